//! The outline of one Markdown text: its headings and its links, with their places.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::disclosures::{self, DisclosureTag};
use super::draft_link::{DraftLink, LinkForm};
use super::note_anchors::NoteAnchors;
use super::source_anchors::{self, SourceAnchor};
use super::wiki::{self, WikiLink};
use super::{html_links, markers, slug};
use crate::markdown::dialect::DIALECT;
use crate::markdown::mend::mended;
use crate::markdown::plain::plain;
use crate::steps;

/// The largest distance in bytes between an anchor and the heading that it belongs to.
const MARKUP_BYTES_MAX: usize = 1000;
/// The most headings that an anchor is moved over to reach text: Markdown has 6 levels.
const HEADINGS_MAX: usize = 6;

/// The headings and links of a text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The headings that stand by themselves, not inside a quotation or a list.
    pub(crate) headings: Vec<Heading>,
    /// All links, in order; `line` is not set.
    pub(crate) links: Vec<DraftLink>,
    /// The offsets and names of all other anchors: attributes of HTML, headings inside other blocks.
    anchors: Vec<(usize, String)>,
    /// The anchors that all files share: labels on a line of their own.
    labels: HashSet<String>,
    /// The bytes of the thematic breaks that stand by themselves.
    breaks: Vec<Range<usize>>,
    /// The starts of all lines but the first.
    line_starts: Vec<usize>,
    /// The starts of those that the author wrote in this file.
    own_line_starts: Vec<usize>,
}

/// A heading.
#[derive(Debug)]
pub(crate) struct Heading {
    /// Its level; 1 is the outermost.
    pub(crate) level: HeadingLevel,
    /// The bytes it takes up.
    pub(crate) range: Range<usize>,
    /// The end of the text below it, if that does not reach to the next heading.
    pub(crate) end: Option<usize>,
    /// Its text without markup.
    pub(crate) text: String,
    /// The id that the author gave it with `{#id}`.
    pub(crate) given_id: Option<String>,
    /// The anchor by which a link finds it: the given id, or its slug, made unique in the file.
    pub(crate) anchor: String,
}

impl Outline {
    /// Reads the outline of `text`.
    pub(crate) fn of(text: &str) -> Outline {
        let mut reader = OutlineReader { source: text, ..OutlineReader::default() };
        for (event, range) in Parser::new_ext(text, DIALECT).into_offset_iter() {
            reader.read(event, range);
        }
        reader.end_run();
        let mut outline = std::mem::take(&mut reader.outline);
        outline.line_starts = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        let is_own = |start: &&usize| !text[..**start].ends_with("\r\n");
        outline.own_line_starts = outline.line_starts.iter().filter(is_own).copied().collect();
        for heading in &mut outline.headings {
            let source = &text[heading.range.clone()];
            if matches!(mended(source), Cow::Owned(_)) {
                heading.text = plain(source);
            }
        }
        outline.add_questions(text, &reader.tags);
        name_anchors(&mut outline.headings);
        outline.anchors.extend(repeated_names(&outline.headings, reader.inner_names));
        outline.anchors.extend(reader.notes.anchors());
        outline.anchors_to_headings(text);
        outline
    }

    /// Adds the summaries of elements that open and close as headings, if they are a list of questions.
    fn add_questions(&mut self, text: &str, tags: &[DisclosureTag]) {
        if tags.is_empty() {
            return;
        }
        let starts: Vec<usize> = self.headings.iter().map(|heading| heading.range.start).collect();
        for found in disclosures::questions(text, tags, &starts) {
            let above = self.headings[..starts.partition_point(|&start| start < found.head.start)].last();
            let level = above.map_or(HeadingLevel::H2, |above| below(above.level));
            self.headings.push(Heading {
                level,
                range: found.head,
                end: Some(found.end),
                text: plain(&text[found.summary]),
                given_id: None,
                anchor: String::new(),
            });
        }
        self.headings.sort_by_key(|heading| heading.range.start);
    }

    /// Moves anchors right before a heading to the text below it.
    fn anchors_to_headings(&mut self, text: &str) {
        for (at, _) in &mut self.anchors {
            let next = self.headings.partition_point(|heading| heading.range.start < *at);
            for heading in self.headings[next..].iter().take(HEADINGS_MAX) {
                // Text before the anchor, on its line, has it.
                let line = self.line_starts.partition_point(|start| start <= at).checked_sub(1);
                let line = line.map_or(0, |line| self.line_starts[line]);
                let between = line..heading.range.start;
                steps::count(1);
                if between.len() > MARKUP_BYTES_MAX || markers::has_text(&text[between]) {
                    break;
                }
                *at = heading.range.end;
            }
        }
        self.anchors.sort_by_key(|(at, _)| *at);
    }

    /// Adds the anchors of markup that was dropped when `source` was translated into Markdown with the same lines.
    pub(crate) fn add_anchors_of(&mut self, source: &str, text: &str) {
        let found = source_anchors::of(source);
        if found.is_empty() {
            return;
        }
        let mut known: HashSet<String> = self.headings.iter().map(|heading| heading.anchor.clone()).collect();
        known.extend(self.anchors.iter().map(|(_, anchor)| anchor.clone()));
        for SourceAnchor { line, name, is_label } in found {
            if is_label {
                self.labels.insert(name.clone());
            }
            let start = |line: usize| self.own_line_starts.get(line).copied().unwrap_or(text.len());
            let at = line.checked_sub(1).map_or(0, start);
            if known.insert(name.clone()) {
                self.anchors.push((at, name));
            }
        }
        self.anchors_to_headings(text);
    }

    /// Returns the links from `start` to `end`.
    pub(crate) fn links_between(&self, start: usize, end: usize) -> impl Iterator<Item = &DraftLink> {
        let first = self.links.partition_point(|link| link.range.start < start);
        self.links[first..].iter().take_while(move |link| link.range.start < end).filter(move |l| l.range.end <= end)
    }

    /// Lists the anchors that stand from `start` to `end`, other than those of headings.
    pub(crate) fn anchors_between(&self, start: usize, end: usize) -> impl Iterator<Item = &str> {
        let first = self.anchors.partition_point(|(at, _)| *at < start);
        let is_inside = move |(at, _): &&(usize, String)| *at < end;
        self.anchors[first..].iter().take_while(is_inside).map(|(_, anchor)| anchor.as_str())
    }

    /// Returns the start of the thematic break that ends at `end`, but for white space.
    pub(crate) fn break_at_end(&self, end: usize) -> Option<usize> {
        let last = self.breaks.partition_point(|rule| rule.start < end).checked_sub(1)?;
        Some(&self.breaks[last]).filter(|rule| rule.end >= end).map(|rule| rule.start)
    }

    /// Returns true if all files share the anchor.
    pub(crate) fn is_label(&self, anchor: &str) -> bool {
        self.labels.contains(anchor)
    }

    /// Returns the number of lines before the line of `offset`.
    pub(crate) fn line_of(&self, offset: usize) -> u32 {
        u32::try_from(self.own_line_starts.partition_point(|&start| start <= offset)).unwrap_or(u32::MAX / 2)
    }
}

#[derive(Default)]
struct OutlineReader<'a> {
    source: &'a str,
    outline: Outline,
    /// The number of open containers (quotations, lists).
    depth: usize,
    open_links: Vec<DraftLink>,
    in_heading: bool,
    in_code: bool,
    /// The tags of elements that open and close.
    tags: Vec<DisclosureTag>,
    /// The bytes of the text since the last markup, in which `[[links]]` may stand.
    run: Range<usize>,
    /// The text of a heading inside another block, while one is open.
    inner_heading: Option<String>,
    /// The places and slugs of headings inside other blocks and of terms.
    inner_names: Vec<(usize, String)>,
    notes: NoteAnchors,
}

impl OutlineReader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        steps::count(1);
        if matches!(event, Event::Text(_)) && self.open_links.is_empty() && !self.in_code {
            self.widen_run(&range);
        } else {
            self.end_run();
        }
        if !self.open_links.is_empty() && !matches!(event, Event::End(TagEnd::Link)) {
            self.widen_link_text(&range);
        }
        match event {
            Event::Start(Tag::Heading { level, id, .. }) if self.depth == 0 => {
                self.in_heading = true;
                let given_id = id.map(|id| id.to_string()).filter(|id| !id.is_empty());
                let (text, anchor) = (String::new(), String::new());
                self.outline.headings.push(Heading { level, range, end: None, text, given_id, anchor });
            }
            // Generators give the terms of a list of definitions anchors, too.
            Event::Start(Tag::Heading { .. } | Tag::DefinitionListTitle) => self.inner_heading = Some(String::new()),
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => {
                self.in_heading = false;
                let inner = self.inner_heading.take().map(|text| (range.start, slug::heading_slug(&text)));
                self.outline.anchors.extend(inner.clone());
                self.inner_names.extend(inner);
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let is_inline = matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
                let form = if is_inline { LinkForm::Inline } else { LinkForm::Reference };
                let text = range.end..range.end;
                // The parser ends `[text][]` before its empty label.
                let has_label = link_type == LinkType::Collapsed && self.source[range.end..].starts_with("[]");
                let range = range.start..range.end + if has_label { "[]".len() } else { 0 };
                let destination = dest_url.to_string();
                self.open_links.push(DraftLink { range, text, destination, form, line: 0, origin: None });
            }
            Event::End(TagEnd::Link) => self.outline.links.extend(self.open_links.pop()),
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::FootnoteReference(label) => self.notes.add_mark(&label, range.start),
            Event::Start(tag) if is_container(&tag) => {
                self.depth += 1;
                if let Tag::FootnoteDefinition(label) = tag {
                    self.notes.add_note(&label, range.start);
                }
            }
            Event::End(tag) if is_container_end(tag) => self.depth -= 1,
            Event::Text(text) => self.text(&text, range.start),
            Event::Code(text) => self.heading_text(&text),
            Event::Rule if self.depth == 0 => self.outline.breaks.push(range),
            Event::SoftBreak | Event::HardBreak => self.heading_text(" "),
            Event::Html(html) | Event::InlineHtml(html) => {
                let heading = self.outline.headings.last().filter(|_| self.in_heading);
                let at = heading.map_or(range.start, |heading| heading.range.end);
                if self.depth == 0 && self.inner_heading.is_none() && !self.in_heading {
                    self.tags.extend(disclosures::tags(&html, range.start));
                }
                self.outline.anchors.extend(html_links::anchors(&html).map(|anchor| (at, anchor.to_owned())));
                self.outline.links.extend(html_links::links(&html, range.start));
            }
            _ => {}
        }
    }

    /// Adds text to the run; a backslash between two texts is an escape.
    fn widen_run(&mut self, range: &Range<usize>) {
        if self.run.is_empty() || !(self.run.end..=self.run.end + 1).contains(&range.start) {
            self.end_run();
            self.run = range.clone();
        }
        self.run.end = range.end;
    }

    /// Ends the run of text, and takes the links of wikis in it.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.is_empty() && !self.in_heading {
            let link = |WikiLink { range, text, destination }| DraftLink {
                range,
                text,
                destination,
                form: LinkForm::Wiki,
                line: 0,
                origin: None,
            };
            self.outline.links.extend(wiki::links(self.source, run).into_iter().map(link));
        }
    }

    /// Reads text, which may be the label of the next heading.
    fn text(&mut self, text: &str, at: usize) {
        let label = markers::label(text).filter(|_| !self.in_heading && !self.in_code);
        if let Some(name) = label {
            self.outline.anchors.push((at, name.to_owned()));
            self.outline.labels.insert(name.to_owned());
        }
        self.heading_text(text);
    }

    fn heading_text(&mut self, text: &str) {
        if let (true, Some(heading)) = (self.in_heading, self.outline.headings.last_mut()) {
            heading.text.push_str(text);
        } else if let Some(inner) = &mut self.inner_heading {
            inner.push_str(text);
        }
    }

    /// Widens the text of the open links by `range`, an event inside them.
    fn widen_link_text(&mut self, range: &Range<usize>) {
        for link in &mut self.open_links {
            let is_first = link.text.is_empty();
            let start = if is_first { range.start } else { link.text.start.min(range.start) };
            let end = if is_first { range.end } else { link.text.end.max(range.end) };
            link.text = start..end;
        }
    }
}

/// Gives each heading an anchor; the second of the same name gets `-1`, the third `-2`, as code hosts do.
fn name_anchors(headings: &mut [Heading]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for heading in headings {
        heading.text = heading.text.trim().to_owned();
        if heading.given_id.is_none()
            && let Some((text, id)) = written_id(&heading.text)
        {
            (heading.text, heading.given_id) = (text, Some(id));
        }
        let name = heading.given_id.clone().unwrap_or_else(|| slug::heading_slug(&heading.text));
        let count = seen.entry(name.clone()).or_insert(0);
        heading.anchor = if *count == 0 { name } else { format!("{name}-{count}") };
        *count += 1;
    }
}

/// Returns the numbered anchors that generators give which number headings and terms together, `lamp-1`.
fn repeated_names(headings: &[Heading], inner: Vec<(usize, String)>) -> Vec<(usize, String)> {
    if inner.is_empty() {
        return Vec::new();
    }
    let own = |heading: &Heading| heading.given_id.clone().unwrap_or_else(|| slug::heading_slug(&heading.text));
    let mut known: HashSet<String> = headings.iter().map(|heading| heading.anchor.clone()).collect();
    let mut all: Vec<_> = headings.iter().map(|heading| (heading.range.end, own(heading))).chain(inner).collect();
    all.sort_by_key(|(at, _)| *at);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut found = Vec::new();
    for (at, name) in all {
        let numbered = seen.get(&name).map(|count| format!("{name}-{count}"));
        *seen.entry(name).or_default() += 1;
        found.extend(numbered.filter(|name| known.insert(name.clone())).map(|name| (at, name)));
    }
    found
}

/// Splits the id off a heading that MDX has written out: `Heading {#id}`, `Heading {/* #id */}`, `Heading {/*id*/}`.
fn written_id(heading: &str) -> Option<(String, String)> {
    let (text, mark) = heading.strip_suffix('}')?.rsplit_once('{')?;
    let comment = mark.strip_prefix("/*").and_then(|mark| mark.strip_suffix("*/")).map(str::trim);
    let id = comment.map(|id| id.strip_prefix('#').unwrap_or(id)).or_else(|| mark.trim().strip_prefix('#'));
    let id = id.filter(|id| !id.is_empty() && !id.contains(char::is_whitespace))?;
    Some((text.trim().to_owned(), id.to_owned()))
}

fn below(level: HeadingLevel) -> HeadingLevel {
    HeadingLevel::try_from(level as usize + 1).unwrap_or(HeadingLevel::H6)
}

fn is_container(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList)
}

fn is_container_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionList)
}

#[cfg(test)]
mod tests;
