//! Quoting of candidates, so that the shell reads every character literally.
//!
//! zsh, fish and Elvish quote candidates themselves; Bash and PowerShell insert candidates unquoted.

/// The quotes that are open on a line of Bash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// None: backslashes quote.
    None,
    /// `'`: every character is literal up to the next `'`.
    Single,
    /// `"`: some characters keep their meaning.
    Double,
}

impl Quotes {
    /// Returns the quotes that are open after `c`, and true if `c` is a backslash that quotes the next character.
    pub(super) fn after(self, c: char, is_escaped: bool) -> (Quotes, bool) {
        match (self, c) {
            _ if is_escaped => (self, false),
            (Quotes::None | Quotes::Double, '\\') => (self, true),
            (Quotes::None, '\'') => (Quotes::Single, false),
            (Quotes::None, '"') => (Quotes::Double, false),
            (Quotes::Single, '\'') | (Quotes::Double, '"') => (Quotes::None, false),
            _ => (self, false),
        }
    }
}

/// Quotes `text` for a line of Bash on which `open` quotes are open; `None` if it cannot be written there.
///
/// Text is quoted with backslashes: readline inserts the common prefix of several candidates, which would leave a quote
/// open. Inside quotes that the person opened nothing is escaped, because `!` cannot be escaped there.
pub(super) fn bash(text: &str, open: Quotes) -> Option<String> {
    let is_literal = |c: char| match open {
        Quotes::None => !c.is_ascii() || c.is_ascii_alphanumeric() || "_-./:=@+,%".contains(c),
        Quotes::Single => !matches!(c, '\'' | '!'),
        Quotes::Double => !matches!(c, '"' | '!' | '$' | '`' | '\\'),
    };
    if text.contains(char::is_control) || (open != Quotes::None && !text.chars().all(is_literal)) {
        return None;
    }
    let mut quoted = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if !is_literal(c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    Some(quoted)
}

/// Quotes `text` as one argument of PowerShell, which reads 4 further characters as single quotes.
pub(super) fn powershell(text: &str) -> String {
    let is_bare = |c: char| c.is_alphanumeric() || "_-./\\:+=".contains(c);
    let begins_bare = |c: char| c.is_alphanumeric() || "_-./\\".contains(c);
    if text.starts_with(begins_bare) && text.chars().all(is_bare) {
        return text.to_owned();
    }
    let mut quoted = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}'..='\u{201b}') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bash_reads_every_character_back() {
        for (text, quoted) in [
            ("guide/reset-it.now", "guide/reset-it.now"),
            ("备案 多久", r"备案\ 多久"),
            ("z$(touch${IFS}X)", r"z\$\(touch\$\{IFS\}X\)"),
            ("a`b`;c|d&e<f>g", r"a\`b\`\;c\|d\&e\<f\>g"),
            (r#"a'b"c\d!e*f?g[h]~i#j^k"#, r#"a\'b\"c\\d\!e\*f\?g\[h\]\~i\#j\^k"#),
            ("--kb=a:b", "--kb=a:b"),
        ] {
            assert_eq!(bash(text, Quotes::None).as_deref(), Some(quoted));
            assert_eq!(shlex::split(quoted), Some(vec![text.to_owned()]), "{quoted}");
        }
        assert_eq!(bash("a\nb", Quotes::None), None);
    }

    #[test]
    fn inside_quotes_only_what_needs_none_is_left() {
        assert_eq!(bash("a b;c$d", Quotes::Single).as_deref(), Some("a b;c$d"));
        assert_eq!(bash("a b;c'd", Quotes::Double).as_deref(), Some("a b;c'd"));
        for (text, open) in
            [("a'b", Quotes::Single), ("a!b", Quotes::Single), ("$(a)", Quotes::Double), ("a`b", Quotes::Double)]
        {
            assert_eq!(bash(text, open), None, "{text}");
        }
    }

    #[test]
    fn powershell_reads_every_character_back() {
        for (text, quoted) in [
            ("guide/reset-it.now", "guide/reset-it.now"),
            ("--kb=a", "--kb=a"),
            ("备案", "备案"),
            ("reset it", "'reset it'"),
            ("z$(New-Item x)", "'z$(New-Item x)'"),
            ("a;b|c&d`e\"f", "'a;b|c&d`e\"f'"),
            ("a'b", "'a''b'"),
            ("a\u{2019}; New-Item x; \u{2018}", "'a\u{2019}\u{2019}; New-Item x; \u{2018}\u{2018}'"),
            ("@a", "'@a'"),
            ("#a", "'#a'"),
            ("a,b", "'a,b'"),
            ("\u{2013}k", "'\u{2013}k'"),
            ("", "''"),
        ] {
            assert_eq!(powershell(text), quoted);
        }
    }
}
