//! Pages by one outline: the manuals of two commands, or of two products, say the same of two things, and differ where these do.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::catalogue::Catalogue;
use crate::corpus::entry_hashes;
use crate::source::generic;
use crate::steps;

/// The headings that pages by one outline share, at least.
const SHARED_MIN: usize = 3;
/// The headings of a page that are compared, so that two long pages take bounded time.
const HEADINGS_MAX: usize = 64;

/// The headings of each page, which are collected when two pages are first compared.
pub(super) struct PageOutlines<'a> {
    catalogue: &'a Catalogue,
    /// The heading of each entry, by its position.
    headings: Vec<Heading>,
    of_pages: OnceCell<FxHashMap<&'a str, FxHashSet<Heading>>>,
}

/// The hash of a heading.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Heading(u64);

impl Heading {
    /// Returns that of an entry with this question.
    pub(super) fn of(question: &str) -> Heading {
        Heading(entry_hashes::name(generic::heading(question)))
    }
}

impl<'a> PageOutlines<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, headings: Vec<Heading>) -> PageOutlines<'a> {
        PageOutlines { catalogue, headings, of_pages: OnceCell::new() }
    }

    /// Returns true if the entries at two positions stand on two pages that share headings.
    pub(super) fn are_parallel(&self, one: u32, other: u32) -> bool {
        let [one, other] = [one, other].map(|position| self.catalogue.place(position as usize).0);
        if one == other {
            return false;
        }
        let of_pages = self.of_pages.get_or_init(|| self.collected());
        let (Some(one), Some(other)) = (of_pages.get(one), of_pages.get(other)) else { return false };
        steps::count(one.len().min(other.len()));
        one.intersection(other).nth(SHARED_MIN - 1).is_some()
    }

    fn collected(&self) -> FxHashMap<&'a str, FxHashSet<Heading>> {
        let mut of_pages: FxHashMap<&str, FxHashSet<Heading>> = FxHashMap::default();
        for (position, &heading) in self.headings.iter().enumerate() {
            let of_page = of_pages.entry(self.catalogue.place(position).0).or_default();
            if of_page.len() < HEADINGS_MAX {
                of_page.insert(heading);
            }
        }
        of_pages
    }
}
