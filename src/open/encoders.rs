//! The sentence encoders of knowledge bases: that of a pack, and the one that the command line names.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use faqt::build::{Builder, add_sentences};
use faqt::{KnowledgeBase, SentenceEncoder};

use super::cache::CacheEntry;
use crate::cli::failure::Failure;
use crate::models;
use crate::progress::Bar;

/// The encoders of this process, by the hash of their vectors: knowledge bases of one model share it.
static ENCODERS: Mutex<Vec<(u128, Arc<SentenceEncoder>)>> = Mutex::new(Vec::new());

/// The model that `--model` or `$FAQT_MODEL` names.
pub(crate) struct Chosen {
    hash: u128,
    encoder: Arc<SentenceEncoder>,
}

impl Chosen {
    /// Finds the model of this name, if there is a name.
    pub(crate) fn of(name: Option<&str>) -> Result<Option<Chosen>, Failure> {
        let Some(name) = name.filter(|name| !name.is_empty()) else { return Ok(None) };
        let model = models::find(name)?;
        match model.fault {
            Some(fault) => Err(Failure::from(fault).with_hint("import the model again: faqt model import PATH")),
            None => Ok(Some(Chosen { hash: model.vectors_hash, encoder: shared(model.vectors_hash, model.path) })),
        }
    }

    /// Lets `builder` make sentence vectors, but for texts that have one in `before`.
    pub(crate) fn build(&self, builder: Builder, before: Option<KnowledgeBase>) -> Builder {
        builder.encoder(Arc::clone(&self.encoder), before)
    }

    /// Lets the builder of a cached pack go on where an interrupted one ended.
    pub(super) fn resume(builder: Builder, place: Option<&CacheEntry>) -> Builder {
        match place.and_then(CacheEntry::vectors) {
            Some(vectors) => builder.resumable(vectors),
            None => builder,
        }
    }

    /// Lets `builder` make sentence vectors by the model that the settings of its folder name, but for texts that have one
    /// in the pack at `before`.
    pub(crate) fn by_settings(builder: Builder, before: &Path) -> Builder {
        let before = before.to_owned();
        builder.models(move |name| {
            let model = models::find(name).ok().filter(|model| model.fault.is_none())?;
            Some((shared(model.vectors_hash, model.path), KnowledgeBase::open(&before).ok()))
        })
    }

    /// Returns the hash of the vectors, in hexadecimal.
    pub(crate) fn hash(&self) -> String {
        models::hash_digits(self.hash)
    }

    /// Lets a knowledge base compare sentence vectors of this model. A pack without them gets them, and is kept in the
    /// cache.
    pub(super) fn compare(&self, kb: KnowledgeBase) -> Result<KnowledgeBase, Failure> {
        let is_by_this =
            |kb: &KnowledgeBase| kb.manifest().encoder.as_ref().is_some_and(|of| of.vectors_hash == self.hash());
        let kb = if is_by_this(&kb) { kb } else { self.with_sentences(&kb)? };
        kb.attach_encoder(&self.encoder);
        Ok(kb)
    }

    fn with_sentences(&self, kb: &KnowledgeBase) -> Result<KnowledgeBase, Failure> {
        let place = models::folder().and_then(|folder| CacheEntry::of_pack(kb, &folder, &self.hash()));
        if let Some(kept) = place.as_ref().and_then(CacheEntry::open) {
            return Ok(kept);
        }
        let bar = Bar::new();
        let unfinished = place.as_ref().and_then(CacheEntry::vectors);
        let pack = add_sentences(kb, &self.encoder, unfinished.as_deref(), bar.callback())?;
        drop(bar);
        if let Some(place) = place {
            place.keep(&pack);
        }
        Ok(KnowledgeBase::from_vec(pack)?)
    }
}

/// Lets a knowledge base compare questions by the model that its pack names, if that was imported.
pub(super) fn attach(kb: &KnowledgeBase) {
    let hash = kb.manifest().encoder.as_ref().and_then(|model| u128::from_str_radix(&model.vectors_hash, 16).ok());
    let path = hash.and_then(models::path_of).filter(|path| path.is_file());
    if let (Some(hash), Some(path)) = (hash, path) {
        kb.attach_encoder(&shared(hash, path));
    }
}

/// Returns the encoder whose vectors have this hash.
fn shared(hash: u128, path: PathBuf) -> Arc<SentenceEncoder> {
    let mut encoders = ENCODERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, encoder)) = encoders.iter().find(|(known, _)| *known == hash) {
        return Arc::clone(encoder);
    }
    let encoder = Arc::new(SentenceEncoder::at(path));
    encoders.push((hash, Arc::clone(&encoder)));
    encoder
}
