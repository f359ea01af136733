//! The dialects of site generators that a text is written in.
//!
//! A dialect's constructs are text to every other generator, so a dialect applies only where something shows it: a
//! configuration file of the folder, the kind of file, or a construct that can only be markup.

use serde::Deserialize;

/// A dialect, as `dialects` in `faqt.toml` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Dialect {
    /// Blocks between colons, of a generator that nothing else shows.
    #[serde(skip)]
    Colons,
    Docusaurus,
    Gitbook,
    Hugo,
    Jekyll,
    Mdbook,
    Mdx,
    Mkdocs,
    Myst,
    Nuxt,
    Obsidian,
    Quarto,
    Starlight,
    Vitepress,
}

/// A set of dialects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Dialects(u16);

impl Dialects {
    /// Returns the set with `dialect`.
    pub(crate) fn with(self, dialect: Dialect) -> Dialects {
        Dialects(self.0 | 1 << dialect as u16)
    }

    /// Returns the dialects of either set.
    pub(crate) fn union(self, other: Dialects) -> Dialects {
        Dialects(self.0 | other.0)
    }

    /// Returns true if one of `dialects` applies.
    pub(crate) fn any(self, dialects: &[Dialect]) -> bool {
        dialects.iter().any(|&dialect| self.0 & 1 << dialect as u16 != 0)
    }

    /// Returns true if code and components of JavaScript stand between paragraphs.
    pub(crate) fn is_mdx(self) -> bool {
        self.any(&[Dialect::Mdx, Dialect::Docusaurus, Dialect::Starlight])
    }

    /// Returns true if no indentation makes code: in MDX. Starlight reads `.md` as Markdown.
    pub(crate) fn is_without_indented_code(self) -> bool {
        self.any(&[Dialect::Mdx, Dialect::Docusaurus])
    }

    /// Returns true if tags of components are markup.
    pub(crate) fn has_components(self) -> bool {
        self.is_mdx() || self.any(&[Dialect::Nuxt, Dialect::Vitepress])
    }

    /// Returns true if blocks stand between lines of colons.
    pub(crate) fn has_colon_blocks(self) -> bool {
        self.has_components() || self.any(&[Dialect::Colons, Dialect::Myst, Dialect::Quarto])
    }

    /// Returns true if names between colons are emoji.
    pub(crate) fn has_emoji_names(self) -> bool {
        self.any(&[Dialect::Gitbook, Dialect::Jekyll, Dialect::Mkdocs, Dialect::Vitepress])
    }

    /// Returns true if attribute lists in braces are markup.
    pub(crate) fn has_attributes(self) -> bool {
        use Dialect::{Colons, Docusaurus, Hugo, Jekyll, Mdbook, Mkdocs, Myst, Nuxt, Quarto, Starlight, Vitepress};
        self.any(&[Colons, Docusaurus, Hugo, Jekyll, Mdbook, Mkdocs, Myst, Nuxt, Quarto, Starlight, Vitepress])
    }
}

impl FromIterator<Dialect> for Dialects {
    fn from_iter<I: IntoIterator<Item = Dialect>>(dialects: I) -> Dialects {
        dialects.into_iter().fold(Dialects::default(), Dialects::with)
    }
}
