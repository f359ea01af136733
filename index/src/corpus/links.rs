//! Link resolution: makes entries from drafts, with the procedures that each answer points to.

use std::fmt::Write as _;

use super::catalogue::Catalogue;
use super::entry_hashes::letters;
use crate::model::address;
use crate::model::entry::{ENTRY_SCHEME, Entry, Kind, Related};
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::source::draft::UnresolvedEntry;
use crate::source::files::Files;
use crate::source::front_matter::RelatedSource;
use crate::source::outline::DraftLink;
use crate::text::suggest;

/// The targets of links.
///
/// A link to one of `files` that is no entry, or to a file that a site generator may write, is left as the author wrote it.
pub(crate) struct Targets<'a> {
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) files: &'a Files,
}

/// The target of a destination.
#[derive(Debug, PartialEq, Eq)]
enum Destination {
    /// The entry at this position.
    Entry(usize),
    /// Something outside the knowledge base, left as the author wrote it.
    Outside,
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

    /// Resolves `destination`, written in the file at `path`.
    fn find(&self, path: &str, destination: &str) -> Destination {
        if let Some(id) = destination.strip_prefix(ENTRY_SCHEME) {
            return self.catalogue.by_id(id).map_or(Destination::Nowhere, Destination::Entry);
        }
        if has_scheme(destination) || destination.starts_with("//") {
            return Destination::Outside;
        }
        let decoded = percent_decoded(destination);
        let (file, fragment) = decoded.split_once('#').map_or((decoded.as_str(), None), |(f, a)| (f, Some(a)));
        let file = file.split('?').next().unwrap_or(file);
        let found = match (file, fragment) {
            // Browsers take `#` and `#top` for the top of a page.
            ("", Some("" | "top")) => self.catalogue.by_path(path),
            ("", Some(anchor)) => self.anchor(path, anchor).or_else(|| self.catalogue.by_id(anchor)),
            ("", None) => None,
            (file, fragment) => match joined(path, file) {
                Some(target) => match self.page(&target) {
                    Some(page) => self.file(&page, fragment),
                    None if !is_page(file) || self.is_elsewhere(file, &target) => return Destination::Outside,
                    None => None,
                },
                None => return Destination::Outside,
            },
        };
        found.map_or(Destination::Nowhere, Destination::Entry)
    }

    /// Returns true if a page without entries exists, or may exist. An address that starts with `/` counts from the top
    /// of a site, of which the folder may be only a part.
    fn is_elsewhere(&self, file: &str, target: &str) -> bool {
        let first = target.split('/').next().unwrap_or(target);
        let is_of_site = || file.starts_with('/') && target != first && !self.files.has_at_top(first);
        self.files.is_file(target) || file.starts_with("@site/") || is_of_site()
    }

    /// Finds the file from which a site generator makes the page at `path`.
    fn page(&self, path: &str) -> Option<String> {
        let ends =
            ["", ".md", ".markdown", ".mdx", "/index.md", "/index.mdx", "/README.md", "/readme.md", "/_index.md"];
        let stem = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
        ends.iter().map(|end| format!("{stem}{end}")).find(|path| self.catalogue.by_path(path).is_some())
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
            let found = self.find(&draft.entry.path, &link.destination);
            if found == Destination::Nowhere {
                self.report(draft, link, problems);
            }
            if link.range.start < done || (found == Destination::Outside && link.is_inline) {
                continue;
            }
            answer.push_str(&source[done..link.range.start]);
            let text = &source[link.text.clone()];
            // Writing to a string cannot fail.
            let _ = match found {
                Destination::Entry(at) => write!(answer, "[{text}](<{ENTRY_SCHEME}{}>)", self.catalogue.id(at)),
                Destination::Outside => write!(answer, "[{text}](<{}>)", link.destination),
                Destination::Nowhere => write!(answer, "{text}"),
            };
            done = link.range.end;
        }
        (done > 0).then(|| answer + &source[done..])
    }

    /// Collects the related procedures: those that the author named, then the targets of links in the answer, each
    /// once.
    fn related(&self, draft: &UnresolvedEntry, problems: &mut Problems) -> Vec<Related> {
        let mut related: Vec<Related> = Vec::new();
        let mut add = |procedure: Related| {
            let is_known =
                |known: &Related| known.id == procedure.id && (known.id.is_some() || known.url == procedure.url);
            if !related.iter().any(is_known) {
                related.push(procedure);
            }
        };
        for (source, line) in &draft.related {
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
                        problems.error((&draft.entry.path, *line), Check::BadAddress, message).hint(address::REMEDY);
                    }
                    let url = fault.is_none().then(|| url.clone());
                    add(Related { title: title.clone(), id: None, url, status: *status });
                }
                RelatedSource::Entry(id) => match self.catalogue.by_id(id) {
                    Some(at) => add(self.catalogue.procedure(at)),
                    None => {
                        let message = format!("`related` names `{id}`, which is no entry's id");
                        let problem = problems.error((&draft.entry.path, *line), Check::BrokenLink, message);
                        self.hint_id(id, problem);
                    }
                },
            }
        }
        for link in &draft.links {
            if let Destination::Entry(at) = self.find(&draft.entry.path, &link.destination)
                && self.catalogue.kind(at) == Kind::Procedure
                && self.catalogue.id(at) != draft.entry.id
            {
                add(self.catalogue.procedure(at));
            }
        }
        related
    }

    fn report(&self, draft: &UnresolvedEntry, link: &DraftLink, problems: &mut Problems) {
        let message = format!("the link to `{}` leads to nothing", link.destination);
        let problem = problems.error((&draft.entry.path, link.line), Check::BrokenLink, message);
        let wanted = percent_decoded(&link.destination);
        match wanted.strip_prefix(ENTRY_SCHEME).or_else(|| wanted.strip_prefix('#')) {
            Some(id) => self.hint_id(id, problem),
            None => {
                let file = wanted.split('#').next().unwrap_or(&wanted);
                let path = joined(&draft.entry.path, file).unwrap_or_default();
                if let Some(page) = self.page(&path) {
                    problem.hint(format!("`{page}` has no such heading"));
                } else if let Some(near) = suggest::first(&path, self.catalogue.files()) {
                    problem.hint(format!("nearest: `{near}`"));
                }
            }
        }
    }

    fn hint_id(&self, id: &str, problem: &mut crate::problem::Problem) {
        if let Some(near) = suggest::first(id, self.catalogue.ids()) {
            problem.hint(format!("nearest: `{near}`"));
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
    match name.rsplit_once('.') {
        Some((_, extension)) => ["md", "markdown", "mdx"].contains(&extension.to_ascii_lowercase().as_str()),
        None => false,
    }
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
