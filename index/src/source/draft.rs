//! One file's Markdown as drafts: entries whose links are not resolved.
//!
//! A file with a question in its front matter is one draft. Any other is a document of many: each heading with text of
//! its own under it is a draft, and the headings above it are its section. No other file is read here:
//! [`crate::corpus::links`] resolves links once all files are known.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::front_matter::{FrontMatter, Loose, OneOrMany, Parts, RelatedSource};
use super::outline::{DraftLink, Heading, Outline};
use super::{ids, slug};
use crate::model::entry::Entry;

/// An unresolved entry, and its facts for the catalogue.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The entry.
    pub(crate) unresolved: UnresolvedEntry,
    /// The form of its source.
    pub(crate) form: SourceKind,
    /// True if the author wrote the id; else it was made from the path or the heading.
    pub(crate) id_is_given: bool,
    /// The anchors of the file that lead to this entry.
    pub(crate) anchors: Vec<String>,
    /// True if a generator adds text to the file, and with it unknown anchors.
    pub(crate) is_partial: bool,
}

/// An entry whose links are not resolved yet.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct UnresolvedEntry {
    /// The entry; its answer is the author's Markdown, `related` is empty.
    pub(crate) entry: Entry,
    /// The related procedures that the author named, each with its line.
    pub(crate) related: Vec<(RelatedSource, u32)>,
    /// The links in the answer, in order.
    pub(crate) links: Vec<DraftLink>,
}

/// The form in which an author wrote an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SourceKind {
    /// A file of its own, with its question in the front matter.
    File,
    /// A page with a title, as site generators want of any page.
    Page,
    /// The text before the first heading of a document of many.
    Preamble,
    /// A heading of a document of many.
    Heading,
}

/// Makes drafts from the parts of the file at `path`.
pub(crate) fn drafts(path: &str, parts: Parts<'_>) -> Vec<Draft> {
    let file = File { path, body: parts.body, body_line: parts.body_line, outline: Outline::of(parts.body) };
    let mut front = parts.front_matter;
    let form = if front.is_of_entry() { SourceKind::File } else { SourceKind::Page };
    match front.question.take().or_else(|| front.title.take().and_then(Loose::into_text)) {
        // A page with a title and no text only lists the pages below it.
        Some(_) if form == SourceKind::Page && file.body.trim().is_empty() => Vec::new(),
        Some(question) => vec![file.single(question.trim(), form, front)],
        None => file.many(front),
    }
}

struct File<'a> {
    path: &'a str,
    body: &'a str,
    body_line: u32,
    outline: Outline,
}

impl File<'_> {
    /// Makes one draft, whose answer is the whole body.
    fn single(&self, question: &str, form: SourceKind, mut front: FrontMatter) -> Draft {
        let section = front.section.take().map_or_else(|| slug::path_sections(self.path), Loose::into_list);
        let (keywords, language) = (front.take_keywords(), front.take_language());
        let id_is_given = front.id.is_some();
        let entry = Entry {
            id: front.id.unwrap_or_else(|| slug::path_id(self.path)),
            kind: front.kind.unwrap_or_default(),
            question: question.to_owned(),
            section,
            aliases: list(front.aliases).into_iter().filter(|alias| !is_address(alias)).collect(),
            keywords,
            help_ids: list(front.help_ids),
            language,
            ..Entry::default()
        };
        let related = front.related.into_iter().map(|named| {
            let line = u32::try_from(named.referenced.line()).unwrap_or(u32::MAX).saturating_add(1);
            (named.value, line)
        });
        let anchors = self.outline.headings.iter().map(|heading| heading.anchor.clone()).collect();
        let mut draft = Draft::bare(entry, form, anchors, id_is_given);
        draft.unresolved.related = related.collect();
        self.with_answer(draft, 0..self.body.len(), 1)
    }

    /// Makes a draft of each heading with text of its own.
    fn many(&self, mut front: FrontMatter) -> Vec<Draft> {
        let language = front.take_language();
        let mut drafts = Vec::new();
        let mut waiting_anchors = Vec::new();
        let folders = slug::path_sections(self.path);
        let headings = &self.outline.headings;
        let preamble_end = headings.first().map_or(self.body.len(), |heading| heading.range.start);
        if !self.body[..preamble_end].trim().is_empty() {
            let name = self.path.rsplit('/').next().unwrap_or(self.path);
            let entry = Entry {
                id: slug::path_id(self.path),
                question: slug::title(name),
                section: folders.clone(),
                language: language.clone(),
                ..Entry::default()
            };
            let line = self.line_at(self.first_text(0..preamble_end));
            drafts.push(self.with_answer(
                Draft::bare(entry, SourceKind::Preamble, Vec::new(), false),
                0..preamble_end,
                line,
            ));
        }
        let mut above: Vec<&Heading> = Vec::new();
        for (position, heading) in headings.iter().enumerate() {
            let end = headings.get(position + 1).map_or(self.body.len(), |next| next.range.start);
            above.retain(|upper| upper.level < heading.level);
            waiting_anchors.push(heading.anchor.clone());
            let has_text = !self.body[heading.range.end..end].trim().is_empty();
            if has_text && !heading.text.is_empty() {
                let entry = Entry {
                    id: heading.given_id.clone().unwrap_or_else(|| ids::id_of(&heading.anchor).into_owned()),
                    question: heading.text.clone(),
                    section: folders.iter().cloned().chain(above.iter().map(|upper| upper.text.clone())).collect(),
                    language: language.clone(),
                    ..Entry::default()
                };
                let anchors = std::mem::take(&mut waiting_anchors);
                let draft = Draft::bare(entry, SourceKind::Heading, anchors, heading.given_id.is_some());
                drafts.push(self.with_answer(draft, heading.range.end..end, self.line_at(heading.range.start)));
            }
            above.push(heading);
        }
        drafts
    }

    /// Puts the body's `range`, without surrounding blank lines, and its links into the draft.
    fn with_answer(&self, mut draft: Draft, range: Range<usize>, line: u32) -> Draft {
        let start = self.first_text(range.clone());
        let end = range.end.max(start);
        let answer = self.body[start..end].trim_end();
        let links = self.outline.links_between(start, start + answer.len());
        draft.unresolved.links = links.map(|link| self.moved(link, start)).collect();
        draft.anchors.extend(self.outline.anchors_between(range.start, range.end).map(str::to_owned));
        // A lone carriage return ends a line that the translation of a dialect added.
        let entry = &mut draft.unresolved.entry;
        entry.answer = answer.replace('\r', "\n");
        self.path.clone_into(&mut entry.path);
        entry.line = line;
        draft
    }

    /// Returns the start of the first line with text in `range`; indentation counts, because it may be code.
    fn first_text(&self, range: Range<usize>) -> usize {
        let mut start = range.start;
        for line in self.body[range.clone()].split_inclusive('\n') {
            if !line.trim().is_empty() {
                return start;
            }
            start += line.len();
        }
        range.end
    }

    fn moved(&self, link: &DraftLink, start: usize) -> DraftLink {
        let shift = |range: &Range<usize>| range.start - start..range.end - start;
        let (range, text) = (shift(&link.range), shift(&link.text));
        DraftLink { range, text, line: self.line_at(link.range.start), ..link.clone() }
    }

    fn line_at(&self, offset: usize) -> u32 {
        self.body_line + self.outline.line_of(offset)
    }
}

impl Draft {
    fn bare(entry: Entry, form: SourceKind, anchors: Vec<String>, id_is_given: bool) -> Draft {
        let unresolved = UnresolvedEntry { entry, related: Vec::new(), links: Vec::new() };
        Draft { unresolved, form, id_is_given, anchors, is_partial: false }
    }
}

fn list(values: Option<OneOrMany>) -> Vec<String> {
    values.map(OneOrMany::into_list).unwrap_or_default()
}

/// Site generators keep a page's former addresses under `aliases`; those are no phrasings.
fn is_address(alias: &str) -> bool {
    alias.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problems;
    use crate::source::front_matter;

    fn read(text: &str) -> Vec<Draft> {
        let mut problems = Problems::default();
        let parts = front_matter::split("2-guide/faq.md", text, &mut problems).expect("sound front matter");
        drafts("2-guide/faq.md", parts)
    }

    #[test]
    fn a_question_in_front_matter_makes_one_entry() {
        let drafts = read("---\nquestion: Why?\naliases: [How come, /old/]\n---\n\nBecause\n\n# of this\n");
        assert_eq!(drafts.len(), 1);
        let entry = &drafts[0].unresolved.entry;
        assert_eq!((entry.id.as_str(), entry.question.as_str()), ("guide/faq", "Why?"));
        assert_eq!(entry.aliases, ["How come"]);
        assert_eq!(entry.section, ["Guide"]);
        assert_eq!(entry.answer, "Because\n\n# of this");
    }

    #[test]
    fn headings_with_text_of_their_own_are_entries() {
        let drafts = read(
            "# FAQ\n\n## Start {#s}\n\n### One?\nYes.\n\n```\n# no heading\n```\n\n### Two?\n\n## Last\n\nEnd [x](#s)\n",
        );
        let entries: Vec<_> = drafts
            .iter()
            .map(|draft| (&*draft.unresolved.entry.id, draft.unresolved.entry.section.join("/")))
            .collect();
        assert_eq!(entries, [("one", "Guide/FAQ/Start".to_owned()), ("last", "Guide/FAQ".to_owned())]);
        assert_eq!(drafts[0].anchors, ["faq", "s", "one"]);
        assert_eq!(drafts[0].unresolved.entry.line, 5);
        assert_eq!(drafts[0].unresolved.entry.answer, "Yes.\n\n```\n# no heading\n```");
        assert_eq!(drafts[1].unresolved.links[0].destination, "#s");
        assert_eq!(&drafts[1].unresolved.entry.answer[drafts[1].unresolved.links[0].range.clone()], "[x](#s)");
        assert_eq!(drafts[1].unresolved.links[0].line, 16);
    }
}
