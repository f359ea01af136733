//! Translations and the files that they were made from.

/// A file that holds an edition of an entry in another language, and the file with the edition in the language of the knowledge
/// base.
///
/// # Examples
///
/// ```
/// use faqt::build::Builder;
///
/// let files = [
///     ("loud.md", "---\nquestion: Is it loud?\n---\nNo.\n"),
///     ("loud.zh.md", "---\nquestion: 响吗？\nverified: 1a2b3c4\n---\n不响。\n"),
///     ("faqt.toml", "[checks]\noutdated-translation = 'warning'\n"),
/// ];
/// let checked = Builder::from_files("help", files)
///     .translations(|translations| {
///         let zh = &translations[0];
///         assert_eq!((zh.id.as_str(), zh.path.as_str(), zh.source.as_str()), ("loud@zh", "loud.zh.md", "loud.md"));
///         assert_eq!(zh.verified, Some(("1a2b3c4".to_owned(), 3)));
///         Vec::new()
///     })
///     .check()?;
/// assert!(checked.problems.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Translation {
    /// The id of the edition, or of the first of its file.
    pub id: String,
    /// The file of the edition, relative to the content folder.
    pub path: String,
    /// The line of the edition, counted from 1.
    pub line: u32,
    /// The file with the edition that it was made from, relative to the content folder.
    pub source: String,
    /// The revision or the date under `verified` of the file, with its line.
    pub verified: Option<(String, u32)>,
}
