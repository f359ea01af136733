//! The parts that an edition has from the original of its id, where it leaves them out.

use rustc_hash::FxHashMap;

use crate::corpus::catalogue::Catalogue;
use crate::corpus::draft_store::Chunk;
use crate::source::draft::UnresolvedEntry;
use crate::source::related::RelatedSource;

/// The parts of the originals that have editions, by their positions.
#[derive(Default)]
pub(super) struct Inherited {
    of_originals: FxHashMap<usize, Parts>,
}

/// The parts that are the same in every language, unless an edition says otherwise.
struct Parts {
    keywords: Vec<String>,
    help_ids: Vec<String>,
    related: Vec<(RelatedSource, u32)>,
}

impl Inherited {
    /// Reads the originals among the drafts.
    pub(super) fn of(catalogue: &Catalogue, chunks: &[Chunk]) -> Inherited {
        let mut inherited = Inherited::default();
        if catalogue.editions().is_empty() {
            return inherited;
        }
        let is_original = |position: usize| catalogue.editions().sisters(position).first() == Some(&position);
        for chunk in chunks.iter().filter(|chunk| chunk.positions().any(is_original)) {
            for (position, UnresolvedEntry { entry, related, .. }) in chunk.drafts(is_original) {
                let parts = Parts { keywords: entry.keywords, help_ids: entry.help_ids, related };
                inherited.of_originals.insert(position, parts);
            }
        }
        inherited
    }

    /// Gives the edition at `position` what it leaves out.
    pub(super) fn add_to(&self, draft: &mut UnresolvedEntry, position: usize, catalogue: &Catalogue) {
        let original = catalogue.editions().original(position);
        let Some(parts) = self.of_originals.get(&original).filter(|_| original != position) else { return };
        if draft.entry.keywords.is_empty() {
            draft.entry.keywords.clone_from(&parts.keywords);
        }
        if draft.entry.help_ids.is_empty() {
            draft.entry.help_ids.clone_from(&parts.help_ids);
        }
        if draft.related.is_empty() {
            draft.related.clone_from(&parts.related);
        }
        draft.entry.kind = catalogue.kind(original);
    }
}
