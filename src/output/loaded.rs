//! The result of loading a knowledge base into a database.

use faqt::render::sanitise;
use serde::Serialize;

use super::lines::counted;

/// A generation that is the current one now.
#[derive(Serialize)]
pub(crate) struct LoadedGeneration {
    pub(crate) database: String,
    pub(crate) name: String,
    pub(crate) generation: String,
    pub(crate) entries: u32,
    pub(crate) dropped: Vec<String>,
}

/// Formats it as lines.
pub(super) fn text(loaded: &LoadedGeneration) -> String {
    let entries = counted(loaded.entries as usize, "entry");
    let mut text = format!(
        "{}: {} is generation {} of {entries}\n",
        sanitise(&loaded.database),
        sanitise(&loaded.name),
        loaded.generation,
    );
    if !loaded.dropped.is_empty() {
        text.extend(["dropped: ", &loaded.dropped.join(", "), "\n"]);
    }
    text
}
