//! The ends of the names of files that hold Markdown.

use std::path::Path;

/// The extensions of Markdown: plain, MDX, Quarto and R Markdown.
pub(crate) const MARKDOWN: [&str; 7] = ["md", "mdx", "markdown", "qmd", "Rmd", "rmd", "Rmarkdown"];
/// Those of files that Pandoc reads.
const PANDOC: [&str; 3] = ["qmd", "rmd", "rmarkdown"];

/// Returns true if a file of this name holds Markdown.
pub(crate) fn is_markdown(path: &Path) -> bool {
    has(path, &MARKDOWN)
}

/// Returns true if a file of this name holds MDX.
pub(crate) fn is_mdx(path: &Path) -> bool {
    has(path, &["mdx"])
}

/// Returns true if Quarto or R Markdown reads a file of this name.
pub(crate) fn is_pandoc(path: &Path) -> bool {
    has(path, &PANDOC)
}

fn has(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|extension| extensions.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}
