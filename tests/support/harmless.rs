//! Terminal output that commands nothing: the escape sequences and characters that may stand in it.

/// Asserts that the only escape sequences are the program's styles and hyperlinks, each closed on its line.
#[track_caller]
pub(crate) fn assert_harmless(output: &[u8], of: &str) {
    let text = std::str::from_utf8(output).unwrap_or_else(|_| panic!("{of}: not UTF-8"));
    for line in text.split('\n') {
        let mut parts = line.split('\x1b');
        assert_visible(parts.next().unwrap_or_default(), of);
        let (mut is_styled, mut is_linked) = (false, false);
        for part in parts {
            let rest = if let Some(link) = part.strip_prefix("]8;;") {
                assert!(link.bytes().all(|byte| byte.is_ascii_graphic()), "{of}: {line:?}");
                assert!(link.is_empty() || link.starts_with("https://example.org/"), "{of}: {line:?}");
                is_linked = !link.is_empty();
                ""
            } else if let Some(end) = part.strip_prefix('\\') {
                end
            } else {
                let style = part.strip_prefix('[').and_then(|style| style.split_once('m'));
                let (codes, rest) = style.unwrap_or_else(|| panic!("{of}: {line:?}"));
                assert!(["", "0", "1", "2", "3", "4", "9"].contains(&codes) || is_color(codes), "{of}: {line:?}");
                is_styled = !matches!(codes, "" | "0");
                rest
            };
            assert_visible(rest, of);
        }
        assert!(!is_styled && !is_linked, "{of}: open at the end of {line:?}");
    }
}

/// Removes the frames of a progress bar from terminal output, and asserts that each holds only a bar and is erased.
#[track_caller]
pub(crate) fn without_bar(output: &[u8], of: &str) -> Vec<u8> {
    const ERASED: &str = "\r\x1b[2K";
    let text = std::str::from_utf8(output).unwrap_or_else(|_| panic!("{of}: not UTF-8"));
    let mut pieces: Vec<&str> = text.split(ERASED).collect();
    let shown = pieces.pop().unwrap_or_default();
    let mut rest = String::new();
    for piece in pieces {
        let (before, bar) = piece.split_at(piece.rfind('\n').map_or(0, |end| end + 1));
        // The first frame has no stage name.
        let drawn = STAGES.iter().find_map(|stage| bar.strip_prefix(stage)).unwrap_or(bar);
        let is_drawn = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '/' | '█' | '░');
        assert!(drawn.chars().all(is_drawn), "{of}: {bar:?}");
        rest.push_str(before);
    }
    (rest + shown).into_bytes()
}

/// The stages that a progress bar names.
pub(crate) const STAGES: [&str; 4] = ["Reading files", "Indexing entries", "Asking for entries", "Building"];

/// Returns true if an SGR parameter is one of the 16 foreground colours.
fn is_color(code: &str) -> bool {
    code.parse().is_ok_and(|code: u8| matches!(code, 30..=37 | 90..=97))
}

#[track_caller]
pub(crate) fn assert_visible(text: &str, of: &str) {
    let is_bad = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    assert!(!text.contains(is_bad), "{of}: {text:?}");
}
