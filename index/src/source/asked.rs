//! The questions that an author tests an entry with: `asked` and `not_for` in front matter.

use super::fences::{self, Format};
use super::front_matter_values::{Loose, Placed};

/// A question beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedQuestion {
    /// The question.
    pub(crate) text: String,
    /// The line of the file, counted from 1.
    pub(crate) line: u32,
    /// True if the entry must not answer it.
    pub(crate) is_forbidden: bool,
}

/// The questions of a file, and the number of its entries that they are for: the first and those behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AskedOfFile {
    pub(crate) questions: Vec<AskedQuestion>,
    pub(crate) entries: usize,
}

/// The place of front matter in its file.
#[derive(Clone, Copy)]
pub(crate) struct FrontMatterPlace<'a> {
    pub(crate) format: Format,
    pub(crate) source: &'a str,
    /// The number of lines above it.
    pub(crate) above: u32,
}

/// Lists the questions under one key of front matter, each with its line.
pub(crate) fn questions(value: Option<Placed>, is_forbidden: bool, place: FrontMatterPlace<'_>) -> Vec<AskedQuestion> {
    let values = match value {
        Some(Placed { value: Loose::Many(values), .. }) => values,
        value => value.into_iter().collect(),
    };
    let question = |placed: Placed| {
        let line = place.line_of(&placed);
        Some(AskedQuestion { line, text: placed.value.into_text()?, is_forbidden })
    };
    values.into_iter().filter_map(question).collect()
}

impl FrontMatterPlace<'_> {
    /// Returns the line of the file on which a value begins.
    pub(super) fn line_of(self, value: &Placed) -> u32 {
        let text = match &value.value {
            Loose::Many(values) => values.first().and_then(|first| first.value.clone().into_text()),
            value => value.clone().into_text(),
        };
        self.line(u32::try_from(value.referenced.line()).unwrap_or(u32::MAX), &text.unwrap_or_default())
    }

    /// Returns the line of the file for a `line` of YAML. TOML was translated to one line, so its `text` is looked for.
    fn line(self, line: u32, text: &str) -> u32 {
        let line = match self.format {
            Format::Yaml => line,
            Format::Toml => self.source.find(text).map_or(1, |at| fences::line_count(&self.source[..at]) + 1),
        };
        line.saturating_add(self.above)
    }
}
