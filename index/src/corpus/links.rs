//! Link resolution: makes entries from drafts, with the procedures that each answer points to.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

use rustc_hash::FxHashSet;

use super::catalogue::Catalogue;
use crate::model::entry::{ENTRY_SCHEME, Entry, Kind, Related};
use crate::model::{address, edition};
use crate::problem::check::Check;
use crate::problem::severity::Severity;
use crate::problem::{KnownNames, Problems};
use crate::source::draft::UnresolvedEntry;
use crate::source::draft_link::{DraftLink, LinkForm};
use crate::source::extensions::{self, MARKDOWN};
use crate::source::files::Files;
use crate::source::generators::tag::UNKNOWN_ADDRESS;
use crate::source::related::RelatedSource;
use crate::source::slug;
use crate::steps;
use crate::text::fold::letters;
use crate::text::version::VersionRange;

/// The extensions of pages that a generator makes.
const PAGES: [&str; 2] = ["html", "htm"];
/// The names of files that stand for their folder, without their extensions.
const INDEX_NAMES: [&str; 5] = ["index", "README", "readme", "Readme", "_index"];

/// The targets of links.
///
/// A link to one of `files` that is no entry, or to a file that a site generator may write, is left as the author wrote it.
pub(crate) struct Targets<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) files: &'a Files,
    /// The addresses, without ordering numbers, of the files that have some.
    pub(crate) numbered_files: &'a HashSet<String>,
    /// The severity of links that lead to nothing.
    pub(crate) severity: Severity,
}

/// The target of a destination.
#[derive(Debug, PartialEq, Eq)]
enum LinkTarget {
    /// The entry at this position.
    Entry(usize),
    /// Something outside the knowledge base, left as the author wrote it.
    Outside,
    /// Something that only a generator knows, of which the text remains.
    Unknown,
    /// Nothing.
    Nowhere,
}

impl Targets<'_> {
    /// Makes the entry of a draft: resolves its links, and reports those that lead to nothing.
    pub(crate) fn entry(&self, draft: UnresolvedEntry, problems: &mut Problems) -> Entry {
        let related = self.related(&draft, problems);
        let answer = self.answer(&draft, problems);
        let answer = answer.unwrap_or(draft.entry.answer);
        Entry { answer, related, ..draft.entry }
    }

    /// Returns the edition that `entry` points to where it names the one at `position`: that in its own language, for its own
    /// versions, if it names no edition of itself.
    fn edition(&self, position: usize, entry: &Entry) -> usize {
        let sisters = self.catalogue.editions().sisters(position);
        let is_own = || edition::plain_id(self.catalogue.id(position)) == edition::plain_id(&entry.id);
        if sisters.first() != Some(&position) || is_own() {
            return position;
        }
        let range = VersionRange::of(entry.since.as_deref(), entry.until.as_deref()).unwrap_or_default();
        let is_in = |sister: usize, language: Option<&str>| {
            self.catalogue.language(sister) == language && self.catalogue.range(sister).overlaps(&range)
        };
        let latest = |language: Option<&str>| {
            let suiting = sisters.iter().copied().filter(|&sister| is_in(sister, language));
            suiting.max_by(|&one, &other| self.catalogue.range(one).cmp_end(&self.catalogue.range(other)))
        };
        latest(entry.language.as_deref()).or_else(|| latest(self.catalogue.language(position))).unwrap_or(position)
    }

    /// Resolves `destination`, written in the file at `path`.
    fn find(&self, path: &str, destination: &str) -> LinkTarget {
        if let Some(id) = destination.strip_prefix(ENTRY_SCHEME) {
            return self.catalogue.by_id(id).map_or(LinkTarget::Nowhere, LinkTarget::Entry);
        }
        if has_scheme(destination) || destination.starts_with("//") {
            return LinkTarget::Outside;
        }
        if destination.starts_with(UNKNOWN_ADDRESS) {
            return LinkTarget::Unknown;
        }
        // A query alone means this page, in another state.
        if destination.starts_with('?') {
            return LinkTarget::Outside;
        }
        let decoded = percent_decoded(destination);
        // Only a generator knows what stands for an expression.
        let name = decoded.rsplit('/').next().unwrap_or_default();
        let is_nameless = name.strip_prefix('.').is_some_and(|extension| MARKDOWN.contains(&extension));
        if is_nameless || decoded.contains('{') || decoded.contains("<%") {
            return LinkTarget::Outside;
        }
        let (file, fragment) = decoded.split_once('#').map_or((decoded.as_str(), None), |(f, a)| (f, Some(a)));
        let file = file.split('?').next().unwrap_or(file);
        let found = match (file, fragment) {
            // Browsers take `#` and `#top` for the top of a page.
            ("", Some("" | "top")) => self.catalogue.by_path(path),
            ("", Some(anchor)) => {
                self.anchor(path, anchor).or_else(|| self.catalogue.by_id(anchor)).or_else(|| self.label(anchor))
            }
            ("", None) => None,
            (file, fragment) => match joined(path, file) {
                Some(target) => match self.page(&target) {
                    Some(page) => self.file(&page, fragment),
                    None if self.label(&decoded).is_some() => self.label(&decoded),
                    None if !is_page(file) || self.is_elsewhere(file, &target) => return LinkTarget::Outside,
                    None => None,
                },
                None => return LinkTarget::Outside,
            },
        };
        found.map_or(LinkTarget::Nowhere, LinkTarget::Entry)
    }

    /// Returns the target of a link of an entry.
    fn target(&self, entry: &Entry, link: &DraftLink) -> LinkTarget {
        match self.written_target(&entry.path, link) {
            LinkTarget::Entry(at) => LinkTarget::Entry(self.edition(at, entry)),
            other => other,
        }
    }

    fn written_target(&self, path: &str, link: &DraftLink) -> LinkTarget {
        if matches!(link.form, LinkForm::Wiki | LinkForm::WikiMarkup) {
            return self.wiki(path, &link.destination).map_or(LinkTarget::Outside, LinkTarget::Entry);
        }
        self.find(path, &link.destination)
    }

    /// Finds the page that a wiki calls `name`, and in it the heading behind `#`, if it is there.
    fn wiki(&self, path: &str, name: &str) -> Option<usize> {
        let (page, heading) = name.split_once('#').map_or((name, None), |(page, heading)| (page, Some(heading)));
        let last = page.rsplit('/').next().unwrap_or(page);
        let of_name = || self.catalogue.by_name(slug::strip_extension(last)).or_else(|| self.catalogue.by_name(last));
        let named = || self.page(page).or_else(|| of_name().map(|at| self.catalogue.place(at).0.to_owned()));
        let path = if page.is_empty() { path.to_owned() } else { named()? };
        let heading = heading.and_then(|heading| heading.rsplit('#').next());
        let found = heading.and_then(|heading| self.anchor(&path, heading));
        found.or_else(|| self.catalogue.by_path(&path))
    }

    /// Finds the entry with a label, which `MyST` writes as a destination without `#`.
    fn label(&self, name: &str) -> Option<usize> {
        self.catalogue.by_name(&format!("#{name}"))
    }

    /// Returns true if a page without entries exists, or may exist. An address that starts with `/` counts from the top
    /// of a site, of which the folder may be only a part.
    fn is_elsewhere(&self, file: &str, target: &str) -> bool {
        let first = target.split('/').next().unwrap_or(target);
        let is_of_site = || file.starts_with('/') && target != first && !self.files.exists(first);
        let is_numbered = || self.numbered_files.contains(&slug::unordered(target));
        self.files.is_file(target) || is_numbered() || file.starts_with("@site/") || is_of_site()
    }

    /// Finds the file from which a site generator makes the page at `path`, or made it once.
    fn page(&self, path: &str) -> Option<String> {
        if self.catalogue.by_path(path).is_some() {
            return Some(path.to_owned());
        }
        let without = path.rsplit_once('.').filter(|(_, end)| PAGES.iter().chain(&MARKDOWN).any(|known| known == end));
        let stem = without.map_or(path, |(stem, _)| stem).trim_end_matches('/');
        // A file that stands for its folder may have another name.
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let folder = if slug::is_index_name(name) { folder } else { stem };
        let separator = if folder.is_empty() { "" } else { "/" };
        let files = MARKDOWN.iter().map(|extension| [stem, "", "", ".", extension]);
        let of_folder = INDEX_NAMES
            .iter()
            .flat_map(|name| MARKDOWN.iter().map(move |extension| [folder, separator, name, ".", extension]));
        // One buffer for all of them: most links of a folder may lead nowhere.
        let mut file = String::new();
        for parts in files.chain(of_folder) {
            file.clear();
            file.extend(parts);
            if self.catalogue.by_path(&file).is_some() {
                return Some(file);
            }
        }
        let by_address = self.catalogue.by_address(path);
        // Some generators leave ordering numbers out of addresses.
        let is_whole = without.is_some() || !path.contains('.');
        let unordered = || self.catalogue.by_address(&slug::unordered(path)).filter(|_| is_whole);
        by_address.or_else(unordered).map(|at| self.catalogue.place(at).0.to_owned())
    }

    fn file(&self, path: &str, fragment: Option<&str>) -> Option<usize> {
        match fragment.filter(|anchor| !anchor.is_empty()) {
            Some(anchor) => self.anchor(path, anchor),
            None => self.catalogue.by_path(path),
        }
    }

    /// Finds the entry that holds an anchor. In a file that a generator adds text to, an unknown anchor leads to the
    /// first entry.
    fn anchor(&self, path: &str, anchor: &str) -> Option<usize> {
        let exact = self.catalogue.by_anchor(path, anchor);
        let found = exact.or_else(|| self.catalogue.by_letters(path, &letters(anchor)));
        found.or_else(|| self.catalogue.by_path(path).filter(|&first| self.catalogue.is_partial(first)))
    }

    /// Writes the answer with each link to an entry as `faqt:ID`, and without links that lead nowhere; `None` if
    /// nothing changes.
    fn answer(&self, draft: &UnresolvedEntry, problems: &mut Problems) -> Option<String> {
        let source = draft.entry.answer.as_str();
        let mut answer = String::new();
        let mut done = 0;
        for link in draft.links.iter().filter(|link| link.text.start >= link.range.start) {
            let found = self.target(&draft.entry, link);
            if link.form == LinkForm::Wiki && found == LinkTarget::Outside {
                continue;
            }
            if found == LinkTarget::Nowhere {
                self.report(draft, link, problems);
            }
            let stays = match link.form {
                LinkForm::Inline => found == LinkTarget::Outside && !link.is_bare(),
                LinkForm::Html => !matches!(found, LinkTarget::Entry(_)),
                LinkForm::Reference | LinkForm::Wiki | LinkForm::WikiMarkup => false,
            };
            if link.range.start < done || stays {
                continue;
            }
            answer.push_str(&source[done..link.range.start]);
            let text = if link.is_bare() { self.title_of(&found, link) } else { &source[link.text.clone()] };
            // Writing to a string cannot fail.
            let _ = match found {
                LinkTarget::Entry(at) if link.form == LinkForm::Html => {
                    write!(answer, "{ENTRY_SCHEME}{}", self.catalogue.id(at))
                }
                LinkTarget::Entry(at) => write!(answer, "[{text}](<{ENTRY_SCHEME}{}>)", self.catalogue.id(at)),
                LinkTarget::Outside if link.form == LinkForm::WikiMarkup => write!(answer, "{text}"),
                LinkTarget::Outside => write!(answer, "[{text}](<{}>)", link.destination),
                LinkTarget::Unknown | LinkTarget::Nowhere => write!(answer, "{text}"),
            };
            done = link.range.end;
        }
        (done > 0).then(|| answer + &source[done..])
    }

    /// Returns the text of a link that has none: the title of its entry, or else its destination.
    fn title_of<'l>(&'l self, found: &LinkTarget, link: &'l DraftLink) -> &'l str {
        let title = if let LinkTarget::Entry(at) = *found { self.catalogue.title(at) } else { None };
        title.unwrap_or(&link.destination)
    }

    /// Collects the related procedures: those that the author named, then the targets of links in the answer, each
    /// once.
    fn related(&self, draft: &UnresolvedEntry, problems: &mut Problems) -> Vec<Related> {
        let mut related: Vec<Related> = Vec::new();
        let (mut positions, mut urls) = (FxHashSet::default(), HashSet::new());
        for (source, line) in &draft.related {
            steps::count(1);
            match source {
                RelatedSource::Page { title, url, status } => {
                    if status.is_none() {
                        let message = format!("nobody says how sure the address `{url}` is");
                        let problem = problems.warning((&draft.entry.path, *line), Check::NeverVerified, message);
                        problem.hint("add `status:` verified, seen, cited or unverified");
                    }
                    let fault = address::fault(url);
                    if let Some(fault) = fault {
                        let message = format!("the address `{url}` {fault}");
                        problems
                            .push(self.severity, (&draft.entry.path, *line), Check::BadAddress, message)
                            .hint(address::REMEDY);
                    }
                    let url = fault.is_none().then(|| url.clone());
                    if urls.insert(url.clone()) {
                        related.push(Related { title: title.clone(), id: None, url, status: *status });
                    }
                }
                RelatedSource::Entry(id) => match self.catalogue.by_id(id) {
                    Some(at) => {
                        let at = self.edition(at, &draft.entry);
                        related.extend(positions.insert(at).then(|| self.catalogue.procedure(at)));
                    }
                    None => {
                        let message = format!("`related` names `{id}`, which is no entry's id");
                        let place = (draft.entry.path.as_str(), *line);
                        let problem = problems.push(self.severity, place, Check::BrokenLink, message);
                        problem.hint_nearest(id, KnownNames::Ids);
                    }
                },
            }
        }
        for link in &draft.links {
            steps::count(1);
            if let LinkTarget::Entry(at) = self.target(&draft.entry, link)
                && self.catalogue.kind(at) == Kind::Procedure
                && self.catalogue.id(at) != draft.entry.id
                && positions.insert(at)
            {
                related.push(self.catalogue.procedure(at));
            }
        }
        related
    }

    fn report(&self, draft: &UnresolvedEntry, link: &DraftLink, problems: &mut Problems) {
        let own = || ((draft.entry.path.as_str(), link.line), &link.destination);
        let origin = link.origin.as_ref().map(|from| ((from.path.as_str(), from.line), &from.destination));
        let (place, destination) = origin.unwrap_or_else(own);
        let message = format!("the link to `{destination}` leads to nothing");
        let problem = problems.push(self.severity, place, Check::BrokenLink, message);
        let wanted = percent_decoded(&link.destination);
        match wanted.strip_prefix(ENTRY_SCHEME).or_else(|| wanted.strip_prefix('#')) {
            Some(id) => problem.hint_nearest(id, KnownNames::Ids),
            None => {
                let file = wanted.split('#').next().unwrap_or(&wanted);
                let path = joined(&draft.entry.path, file).unwrap_or_default();
                match self.page(&path) {
                    Some(page) => problem.hint(format!("`{page}` has no such heading")),
                    None => problem.hint_nearest(&path, KnownNames::Files),
                }
            }
        }
    }
}

/// Returns true if a destination starts with a scheme, as `https:` and `mailto:` do.
fn has_scheme(destination: &str) -> bool {
    destination.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Returns true if a relative destination points to a page of the content, not a picture or a download.
fn is_page(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    extensions::is_markdown(Path::new(name))
}

/// Returns the path that `file` means in the file at `path`, unless it leaves the content folder. A path that starts
/// with `/`, or with Zola's `@/`, counts from the content folder.
fn joined(path: &str, file: &str) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = file.strip_prefix('@').filter(|file| file.starts_with('/')).unwrap_or(file);
    let folder = if file.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined() {
        assert_eq!(joined("a/b/c.md", "../d.md").as_deref(), Some("a/d.md"));
        assert_eq!(joined("a/c.md", "/d/./e.md").as_deref(), Some("d/e.md"));
        assert_eq!(joined("a/c.md", "@/e.md").as_deref(), Some("e.md"));
        assert_eq!(joined("c.md", "../d.md"), None, "what is above the folder is not known");
    }

    #[test]
    fn anchors_are_alike_in_their_letters() {
        assert_eq!(letters("gcc--clang"), letters("GCC_Clang"));
        assert_eq!(letters("straße"), letters("STRASSE"));
        assert_ne!(letters("usage-1"), letters("usage"));
    }
}
