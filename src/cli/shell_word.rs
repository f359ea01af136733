//! Quoting of paths in hints, so that a person can copy the command to a shell.

use std::borrow::Cow;
use std::path::Path;

use faqt::render::sanitise;

/// Returns a path as one word of a POSIX shell, sanitised for a terminal.
pub(crate) fn shell_word(path: &Path) -> String {
    let path = path.display().to_string();
    let path = sanitise(&path);
    shlex::try_quote(&path).map_or_else(|_| String::new(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_one_word() {
        for path in ["help", "my help", "a;b", "$(touch x)", "a'b", "备案", "a!b", "~x", "-k"] {
            let word = shell_word(path.as_ref());
            assert_eq!(shlex::split(&word), Some(vec![path.to_owned()]), "{word}");
        }
        assert_eq!(shell_word("docs/a-b.c".as_ref()), "docs/a-b.c");
        assert_eq!(shell_word("$(touch x)".as_ref()), "'$(touch x)'");
    }
}
