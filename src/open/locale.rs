//! The language of the reader's system.

/// Returns the language of the system as a BCP 47 tag, if it has one: `C` and `POSIX` are none.
pub(crate) fn language() -> Option<String> {
    let locale = sys_locale::get_locale()?;
    // `de_AT.UTF-8@euro`
    let tag = locale.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    (!matches!(tag.as_str(), "" | "C" | "POSIX")).then_some(tag)
}
