//! Front matter: the YAML between two lines `---` at the top of a file, or the TOML between two lines `+++`.
//!
//! The keys of this project are typed and checked. Keys shared with other tools (`title`, `tags`) may hold any value,
//! and an unusable value is ignored. Keys of other tools alone (`layout`, `weight`) are ignored, so that a folder
//! written for a site generator can be read unchanged.

use serde::Deserialize;
use serde_saphyr::Spanned;
use serde_saphyr::options::NonFiniteFloatPolicy;

use super::asked::{self, AskedQuestion, FrontMatterPlace};
use super::covered::{self, Covered};
use super::fences::{self, Fenced, Format};
use super::front_matter_lines;
use super::front_matter_values::{self, FrontMatterFault, Loose, Placed, placed};
use super::misspelt_keys;
use super::related::{RelatedSource, procedures};
use super::versions::{self, Versions};
use crate::model::entry::Kind;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Severity;

/// The keys of a file's front matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FrontMatter {
    #[serde(deserialize_with = "placed")]
    pub(super) id: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    pub(super) question: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    pub(super) title: Option<Placed>,
    pub(crate) kind: Option<Kind>,
    #[serde(deserialize_with = "placed")]
    pub(super) section: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    pub(super) aliases: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    keywords: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    tags: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    pub(super) help_ids: Option<Placed>,
    #[serde(rename = "related", deserialize_with = "placed")]
    named: Option<Placed>,
    /// The related procedures, each with its place.
    #[serde(skip)]
    pub(crate) related: Vec<Spanned<RelatedSource>>,
    #[serde(deserialize_with = "placed")]
    lang: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    language: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    since: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    until: Option<Placed>,
    #[serde(rename = "versions", deserialize_with = "placed")]
    requirement: Option<Placed>,
    /// The versions that the file is for.
    #[serde(skip)]
    pub(super) versions: Versions,
    #[serde(alias = "Draft", alias = "DRAFT", deserialize_with = "placed")]
    pub(super) draft: Option<Placed>,
    #[serde(alias = "Published", alias = "PUBLISHED", deserialize_with = "placed")]
    pub(super) published: Option<Placed>,
    /// Further addresses of the page, as other tools name them.
    #[serde(deserialize_with = "placed")]
    slug: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    permalink: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    url: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    redirect_from: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    asked: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    not_for: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    covers: Option<Placed>,
    #[serde(deserialize_with = "placed")]
    verified: Option<Placed>,
    /// The files that the entry is about.
    #[serde(skip)]
    pub(crate) covered: Option<Covered>,
    /// The questions under `asked` and `not_for`, each with its line.
    #[serde(skip)]
    pub(super) questions: Vec<AskedQuestion>,
}

impl FrontMatter {
    /// Returns true if the file is unpublished; an unclear value counts as unpublished.
    pub(crate) fn is_draft(&self) -> bool {
        self.hides().unwrap_or(true)
    }

    /// Returns true if a key hides the file; the error names a key whose value is neither true nor false.
    fn hides(&self) -> Result<bool, &'static str> {
        let known =
            |value: &Option<Placed>| value.as_ref().map(|placed| placed.value.clone()).filter(|value| !value.is_null());
        let truth = |value: Option<Loose>, key| value.map(|value| value.truth().ok_or(key)).transpose();
        let is_draft = truth(known(&self.draft), "draft")?.unwrap_or(false);
        // Some tools write the date of publication here.
        let published = known(&self.published).filter(|value| !value.is_date());
        let is_published = truth(published, "published")?.unwrap_or(true);
        Ok(is_draft || !is_published)
    }

    /// Returns the front matter of `source` if it is clear whether it hides the file, and each name is a text.
    fn checked(mut self, source: &str) -> Result<FrontMatter, FrontMatterFault> {
        self.related = procedures(self.named.take())?;
        let is_odd = |value: &&Option<Placed>| value.as_ref().is_some_and(|placed| placed.value.is_odd());
        if let Some(Some(odd)) =
            [&self.question, &self.aliases, &self.help_ids, &self.asked, &self.not_for].into_iter().find(is_odd)
        {
            return Err((odd.referenced.line(), "expected a text, or a list of texts".to_owned()));
        }
        let Err(key) = self.hides() else { return Ok(self) };
        let is_of_key = |line: &str| line.get(..key.len()).is_some_and(|start| start.eq_ignore_ascii_case(key));
        let line = source.lines().position(is_of_key).unwrap_or_default() + 1;
        Err((line as u64, format!("`{key}` is neither `true` nor `false`")))
    }

    /// Puts the texts that the author wrote in place of numbers and other scalars.
    fn written(mut self, source: &str) -> FrontMatter {
        let values = [
            &mut self.id,
            &mut self.question,
            &mut self.title,
            &mut self.section,
            &mut self.aliases,
            &mut self.keywords,
            &mut self.tags,
            &mut self.help_ids,
            &mut self.named,
            &mut self.lang,
            &mut self.language,
            &mut self.since,
            &mut self.until,
            &mut self.requirement,
            &mut self.slug,
            &mut self.permalink,
            &mut self.url,
            &mut self.redirect_from,
            &mut self.asked,
            &mut self.not_for,
            &mut self.covers,
            &mut self.verified,
        ];
        for value in values {
            front_matter_values::write_back(value, source);
        }
        self
    }

    /// Returns true if a key marks the file as an entry, not as a page with a title.
    pub(crate) fn is_of_entry(&self) -> bool {
        self.question.is_some() || self.kind.is_some() || self.help_ids.is_some() || !self.related.is_empty()
    }

    /// Takes the id that the author gave.
    pub(crate) fn take_id(&mut self) -> Option<String> {
        text(&mut self.id)
    }

    /// Takes the question.
    pub(crate) fn take_question(&mut self) -> Option<String> {
        text(&mut self.question)
    }

    /// Takes the title.
    pub(crate) fn take_title(&mut self) -> Option<String> {
        text(&mut self.title)
    }

    /// Takes the titles of the section that the author named.
    pub(crate) fn take_section(&mut self) -> Option<Vec<String>> {
        self.section.take().map(|section| section.value.into_list())
    }

    /// Takes the aliases.
    pub(crate) fn take_aliases(&mut self) -> Vec<String> {
        list(&mut self.aliases)
    }

    /// Takes the further addresses of the page: the one that it is published at, and former ones.
    pub(crate) fn take_addresses(&mut self) -> Vec<String> {
        [&mut self.slug, &mut self.permalink, &mut self.url, &mut self.redirect_from]
            .into_iter()
            .flat_map(list)
            .collect()
    }

    /// Reads the versions that the file is for. Returns the fault of one that is none, if the file is an entry: other tools may keep
    /// other values under these keys of a page.
    fn read_versions(&mut self) -> Option<FrontMatterFault> {
        let placed = [self.since.take(), self.until.take(), self.requirement.take()];
        let line = placed.iter().flatten().map(|placed| placed.referenced.line()).next().unwrap_or(1);
        match Versions::read(placed.map(|placed| placed.and_then(|placed| placed.value.into_text()))) {
            Ok(versions) => self.versions = versions,
            Err(message) => return self.is_of_entry().then_some((line, message)),
        }
        None
    }

    /// Reads the questions that the entry is tested with.
    fn place_questions(&mut self, place: FrontMatterPlace<'_>) {
        self.questions = asked::questions(self.asked.take(), false, place);
        self.questions.extend(asked::questions(self.not_for.take(), true, place));
        self.covered = covered::covered(self.covers.take(), self.verified.take(), place);
    }

    /// Takes the help ids.
    pub(crate) fn take_help_ids(&mut self) -> Vec<String> {
        list(&mut self.help_ids)
    }

    /// Takes the keywords and tags; commas separate several in one text.
    pub(crate) fn take_keywords(&mut self) -> Vec<String> {
        let mut keywords = Vec::new();
        for value in [self.keywords.take(), self.tags.take()].into_iter().flatten() {
            match value.value {
                Loose::Text(text) => keywords.extend(list_of(text.split(',').map(str::to_owned))),
                value => keywords.extend(value.into_list()),
            }
        }
        keywords
    }

    /// Takes the language that the author named.
    pub(crate) fn take_language(&mut self) -> Option<String> {
        let language = text(&mut self.lang).or_else(|| text(&mut self.language));
        language.filter(|tag| tag.len() <= TAG_BYTES_MAX)
    }
}

/// The longest language tag; all headings of a page repeat it.
const TAG_BYTES_MAX: usize = 255;

fn text(value: &mut Option<Placed>) -> Option<String> {
    value.take().and_then(|placed| placed.value.into_text())
}

fn list(value: &mut Option<Placed>) -> Vec<String> {
    value.take().map(|placed| list_of(placed.value.into_list())).unwrap_or_default()
}

fn list_of(values: impl IntoIterator<Item = String>) -> Vec<String> {
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// A file's text, split into front matter and body.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    /// The front matter; the default where there is none.
    pub(crate) front_matter: FrontMatter,
    /// The text below it.
    pub(crate) body: &'a str,
    /// The line of the file on which `body` starts, counted from 1.
    pub(crate) body_line: u32,
}

/// Takes the front matter off the top of a file.
///
/// Front matter that cannot be read is a problem. It is an error, and the file is left out, if it may hide the file or
/// belongs to an entry with a question of its own; else what a glance at its lines shows is used.
pub(crate) fn split<'a>(path: &str, text: &'a str, problems: &mut Problems) -> Option<Parts<'a>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let whole = Parts { front_matter: FrontMatter::default(), body: text, body_line: 1 };
    let Some(Fenced { format, above, source, body }) = fences::fenced(text) else {
        let Some(fence) = fences::unclosed(text) else { return Some(whole) };
        let is_harmless = glance(text).is_some_and(|front| !front.is_draft());
        let severity = if is_harmless { Severity::Warning } else { Severity::Error };
        let problem = problems.push(severity, (path, 1), Check::FrontMatter, "front matter without an end".to_owned());
        problem.hint(format!("end it with a line `{fence}`"));
        return is_harmless.then_some(whole);
    };
    let body_line = fences::line_count(&text[..text.len() - body.len()]) + 1;
    if source.trim().is_empty() {
        return Some(Parts { body, body_line, ..whole });
    }
    let read = match format {
        Format::Yaml => from_yaml(source),
        Format::Toml => from_toml(source),
    };
    let mut front_matter = match read.and_then(|front_matter| front_matter.checked(source)) {
        Ok(front_matter) => front_matter,
        Err((line, message)) => {
            let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(above);
            let glanced = glance(source);
            let severity = if glanced.is_some() { Severity::Warning } else { Severity::Error };
            problems.push(severity, (path, line), Check::FrontMatter, format!("bad front matter: {message}"));
            glanced?
        }
    };
    if let Some((line, message)) = front_matter.read_versions() {
        let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(above);
        problems.error((path, line), Check::BadVersion, message).hint(versions::REMEDY);
    }
    misspelt_keys::report(path, format, source, above, problems);
    front_matter.place_questions(FrontMatterPlace { format, source, above });
    Some(Parts { front_matter, body, body_line })
}

fn from_yaml(source: &str) -> Result<FrontMatter, FrontMatterFault> {
    // A number too large for a float, `12e345`, is a name like any other.
    let options = serde_saphyr::options! { non_finite_float_policy: NonFiniteFloatPolicy::PassThrough };
    let read = |source: &str| {
        let front = serde_saphyr::from_str_with_options::<FrontMatter>(source, options.clone());
        front.map(|front| front.written(source))
    };
    let fault = |error: serde_saphyr::Error| {
        let line = error.location().map_or(1, |location| location.line());
        (line, first_line(&error))
    };
    // Other parsers take tabs between words for spaces, and some take those before a line for an indentation.
    let without_tabs = || read(&source.replace('\t', " ")).ok().filter(|_| source.contains('\t'));
    read(source).or_else(|error| without_tabs().ok_or_else(|| fault(error)))
}

/// Reads TOML by way of JSON, which is also YAML, so that both formats obey the same rules.
fn from_toml(source: &str) -> Result<FrontMatter, FrontMatterFault> {
    let table = toml::de::DeTable::parse(source).map_err(|error| {
        let before = error.span().and_then(|span| source.get(..span.start)).unwrap_or_default();
        (u64::from(fences::line_count(before)) + 1, error.message().replace('\n', ", "))
    })?;
    from_yaml(&front_matter_values::json_of_table(table.get_ref(), source).to_string())
}

fn first_line(error: &serde_saphyr::Error) -> String {
    let message = error.without_snippet().to_string();
    let line = message.lines().next().unwrap_or_default();
    // Drops the parser's own line number, which does not count from the top of the file, and its hints about its
    // options.
    let line = line.split(", set ").next().unwrap_or(line);
    line.split(" at line ").next().unwrap_or(line).to_owned()
}

/// Reads front matter that cannot be parsed line by line; `None` if it may hide the file, or has a question.
fn glance(source: &str) -> Option<FrontMatter> {
    let mut front = FrontMatter::default();
    for (key, value) in front_matter_lines::pairs(source)? {
        match key.as_str() {
            "draft" => front.draft = value,
            "published" => front.published = value,
            "title" => front.title = front.title.or(value),
            "id" => front.id = front.id.or(value),
            _ => {}
        }
    }
    front.checked(source).ok()
}

#[cfg(test)]
mod tests;
