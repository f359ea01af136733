//! Hostile content: reading ends, the fault is reported with its position, and other files still answer.
//!
//! Each text is small, and took or could have taken time or memory quadratic in its length.
#![cfg(unix)]

mod support;

use std::fs;
use std::path::Path;

use support::{Run, faqt};

const TIMES: usize = 20_000;
const GOOD: &str = "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n";

fn check(content: &Path) -> Run {
    faqt(["check".as_ref(), content.as_os_str()])
}

/// Checks a folder with a hostile and a good file, and asserts that the good file is read.
#[track_caller]
fn assert_read(path: &str, text: &str, problem: Option<&str>) {
    let place = tempfile::tempdir().expect("a folder");
    let content = support::content(place.path(), &[(path, text), ("good.md", GOOD)]);
    let run = check(&content);
    assert!(matches!(run.code, Some(0 | 1)), "{:.100}: {:.300}", text, run.stderr);
    if let Some(problem) = problem {
        let is_said = run.stdout.lines().any(|line| line.contains(problem));
        assert!(is_said, "{:.100}: {:.1000}", text, run.stdout);
    }
    let asked = faqt(["--kb".as_ref(), content.as_os_str(), "reset the lamp".as_ref()]);
    assert!(asked.stdout.contains("Hold the button."), "{:.100}: {:.300}", text, asked.stderr);
}

#[test]
fn nesting_is_read_however_deep() {
    let begun = ["> ", "- ", "1. ", "*a ", "**a_", "[", "![", "[a](", "[a](<b", "<div>", "[^a]:", ": "];
    for piece in begun {
        assert_read("a.md", &piece.repeat(TIMES), None);
    }
    assert_read("a.md", &("[".repeat(TIMES) + "x" + &"]".repeat(TIMES)), None);
}

#[test]
fn what_begins_and_never_ends_is_looked_for_once() {
    for piece in
        ["<a ", "<!--", "<A b='", "{{<", "{%", "{", "{{", "[[a", "`", "<?", "&", ":material-", "x {: .a ", "~~a", "*"]
    {
        assert_read("a.md", &piece.repeat(TIMES), None);
        assert_read("a.mdx", &(piece.to_owned() + "\n").repeat(TIMES / 4), None);
    }
    let ticks = (1..1000).fold(String::new(), |ticks, length| ticks + &"`".repeat(length) + " ");
    assert_read("a.md", &ticks, None);
}

#[test]
fn blocks_are_counted_not_searched_for() {
    assert_read("a.md", &":::note\n".repeat(TIMES / 4), None);
    assert_read("a.md", &(":::note\n".repeat(TIMES / 4) + ":::\n"), None);
    assert_read("a.md", &("!!! note\n".to_owned() + &"\n".repeat(TIMES) + "x"), None);
    assert_read("a.md", &("\n".repeat(10 * TIMES) + "x"), None);
}

#[test]
fn each_alias_of_thousands_is_not_compared_with_all_others() {
    let aliases =
        (0..TIMES / 4).fold(String::new(), |aliases, at| aliases + &format!("  - colour w{at} x{}\n", at % 99));
    let entry = format!("---\nquestion: Which colours are there?\naliases:\n{aliases}  - reset a lamp\n---\nMany.\n");
    assert_read("a.md", &entry, Some("a.md:1: the words of the alias “reset a lamp” find `good`"));
}

#[test]
fn links_and_anchors_are_looked_up_not_searched_for() {
    assert_read(
        "a.md",
        &"[x](nowhere.md) ".repeat(TIMES / 4),
        Some("a.md:1: the link to `nowhere.md` leads to nothing"),
    );
    assert_read("a.md", &"<a id=\"x\"></a>\n".repeat(TIMES / 4), None);
    assert_read("a.md", &("<a id=\"x\"></a>\n".repeat(TIMES / 4) + "# a\n\nx\n"), None);
    assert_read("a.md", &"<a id=\"x\"></a>\n# a\n".repeat(TIMES / 8), None);
    assert_read("a.md", &"# a\n\n[x](#a) <a id=x></a>\n\n".repeat(TIMES / 8), None);
    let notes = (0..TIMES / 8).fold(String::new(), |notes, at| notes + &format!("[^{at}]\n\n[^{at}]: n\n\n"));
    assert_read("a.md", &notes, None);
    assert_read("a.md", &(format!("[r]: http://x/{}\n\n", "y".repeat(TIMES)) + &"[r] ".repeat(TIMES)), None);
}

#[test]
fn tables_lines_and_headings_may_be_huge() {
    assert_read("a.md", &format!("|{}\n|{}\n|x|\n", "a|".repeat(TIMES), "-|".repeat(TIMES)), None);
    assert_read("a.md", &format!("|{}\n|{}\n{}", "a|".repeat(2000), "-|".repeat(2000), "x\n".repeat(2000)), None);
    assert_read("a.md", &"x".repeat(20 * TIMES), None);
    assert_read("a.md", &"备".repeat(TIMES), None);
    assert_read("a.md", &("a".to_owned() + &"\u{301}".repeat(TIMES)), None);
    assert_read("a.md", &"# a\n\nt\n\n".repeat(TIMES / 20), Some("a.md:"));
    assert_read("a.md", &format!("# {}\n\ntext\n", "word ".repeat(TIMES)), None);
}

#[test]
fn front_matter_is_no_bomb() {
    let bomb = (1..12).fold("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned(), |bomb, level| {
        let inner = vec![format!("*a{}", level - 1); 10].join(",");
        bomb + &format!("a{level}: &a{level} [{inner}]\n")
    });
    let said = Some("bad.md:");
    let yaml = |source: &str| assert_read("bad.md", &format!("---\n{source}\n---\ntext\n"), said);
    for value in ["title: *a11", "keywords: *a11", "related: *a11", "other: *a11"] {
        yaml(&(bomb.clone() + value));
    }
    yaml("a: &a [*a]\ntitle: *a");
    for key in ["title", "keywords", "related", "other"] {
        yaml(&format!("{key}: {}{}", "[".repeat(TIMES), "]".repeat(TIMES)));
        yaml(&format!("{key}: {}{}", "{a: ".repeat(TIMES), "}".repeat(TIMES)));
        let toml = format!("+++\n{key} = {}{}\n+++\ntext\n", "[".repeat(TIMES), "]".repeat(TIMES));
        assert_read("bad.md", &toml, said);
    }
    assert_read("bad.md", &format!("+++\n{}b = 1\n+++\ntext\n", "a.".repeat(TIMES)), said);
}

#[test]
fn an_id_is_a_name_and_no_path() {
    for id in ["../../etc", "a/../b", ".", "..", "a\u{200b}b", "\\u202ea", "a b", "\\ex"] {
        let text = format!("---\nid: \"{id}\"\nquestion: Which?\n---\nSee [this](../../../../../../etc/passwd).\n");
        assert_read("a.md", &text, Some("a.md:1: the id `"));
    }
}

#[test]
fn links_devices_and_pipes_are_not_read() {
    let place = tempfile::tempdir().expect("a folder");
    let outside = place.path().join("outside.md");
    fs::write(&outside, "# Secret\n\nOutside.\n").expect("it can be written");
    let content = support::content(place.path(), &[("good.md", GOOD)]);
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, content.join(name)).expect("links can be made");
    link(&outside, "link.md");
    link(&content, "loop");
    link(Path::new("self.md"), "self.md");
    link(Path::new("/dev/zero"), "zero.md");
    pipe(&content.join("pipe.md"));
    let run = check(&content);
    assert_eq!(run.code, Some(0), "{run:?}");
    for name in ["link.md", "loop", "self.md", "zero.md"] {
        assert!(run.stdout.contains(&format!("warning: {name}:1: a symbolic link, which is not followed")), "{run:?}");
    }
    assert!(run.stdout.contains("warning: pipe.md:1: not a regular file"), "{run:?}");
    assert!(run.stdout.ends_with(": 1 entry, 0 links, 5 warnings\n"), "{run:?}");
}

#[test]
fn settings_that_are_a_pipe_or_lead_out_of_the_folder_are_errors() {
    for make in [pipe as fn(&Path), link_out, |path: &Path| fs::create_dir(path).expect("folders can be made")] {
        let place = tempfile::tempdir().expect("a folder");
        let content = support::content(place.path(), &[("good.md", GOOD)]);
        make(&content.join("faqt.toml"));
        let run = check(&content);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stdout.starts_with("error: faqt.toml:1: "), "{run:?}");
        assert!(!run.stdout.contains("root"), "{run:?}");
        let asked = faqt(["--kb".as_ref(), content.as_os_str(), "reset the lamp".as_ref()]);
        assert_eq!(asked.code, Some(2), "{asked:?}");
    }
}

fn link_out(path: &Path) {
    std::os::unix::fs::symlink("/etc/passwd", path).expect("links can be made");
}

fn pipe(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("pipes can be made");
}

#[test]
fn every_bad_file_is_named_with_its_line() {
    let place = tempfile::tempdir().expect("a folder");
    let content = support::content(place.path(), &[("good.md", GOOD), ("null.md", "# a\n\nb\0c\n")]);
    fs::write(content.join("bytes.md"), b"# a\n\nb\xffc\n").expect("it can be written");
    fs::write(content.join("wide.md"), "# a\n\nb".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())
        .expect("it can be written");
    fs::create_dir(content.join("folder.md")).expect("folders can be made");
    let run = check(&content);
    let problems: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("warning:")).collect();
    assert_eq!(
        problems,
        [
            "warning: bytes.md:3: not UTF-8 (save the file as UTF-8)",
            "warning: null.md:3: control character U+0000 (remove it)",
            "warning: wide.md:1: control character U+0000 (remove it)",
        ]
    );
}

/// A thread writes, empties and removes a file repeatedly while the folder is asked.
#[test]
fn a_file_that_changes_while_it_is_read_stops_nothing() {
    let place = tempfile::tempdir().expect("a folder");
    let content = support::content(place.path(), &[("good.md", GOOD)]);
    let file = content.join("other.md");
    let is_done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_done.load(std::sync::atomic::Ordering::Relaxed) {
                let text = "# Other\n\ntext\n\n".repeat(1000);
                let _ =
                    fs::write(&file, text).and_then(|()| fs::write(&file, "")).and_then(|()| fs::remove_file(&file));
            }
        });
        let runs: Vec<Run> =
            (0..30).map(|_| faqt(["--kb".as_ref(), content.as_os_str(), "reset the lamp".as_ref()])).collect();
        is_done.store(true, std::sync::atomic::Ordering::Relaxed);
        for run in runs {
            assert!(run.stdout.contains("Hold the button."), "{run:?}");
        }
    });
}
