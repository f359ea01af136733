//! The dialect of a file: the constructs that it may hold.

/// The dialect of a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// True if the file is MDX, in which code may stand between paragraphs.
    pub(crate) is_mdx: bool,
}

impl Dialect {
    /// Returns the dialect of the file at `path`.
    pub(crate) fn of(path: &str) -> Dialect {
        Dialect { is_mdx: path.rsplit('.').next().is_some_and(|extension| extension.eq_ignore_ascii_case("mdx")) }
    }
}
