//! The related procedures that an author names in front matter.

use serde::{Deserialize, Serialize};
use serde_saphyr::Spanned;

use super::front_matter_values::{FrontMatterFault, Loose, Placed};
use crate::model::entry::Status;

/// A related procedure as an author writes it: the id of an entry, or an outside page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum RelatedSource {
    /// The id of an entry.
    Entry(String),
    /// An outside page.
    Page {
        /// Its title.
        title: String,
        /// Its address.
        url: String,
        /// The status of the address.
        status: Option<Status>,
    },
}

/// Reads the list of related procedures; a table, which other tools keep under this key, is ignored.
pub(super) fn procedures(named: Option<Placed>) -> Result<Vec<Spanned<RelatedSource>>, FrontMatterFault> {
    let Some(named) = named.filter(|named| !named.value.is_null()) else { return Ok(Vec::new()) };
    match named.value {
        Loose::Table(_) => Ok(Vec::new()),
        Loose::Many(values) => values.into_iter().map(procedure).collect(),
        _ => {
            let expected = "expected a list of entry ids and of `{title, url, status}`".to_owned();
            Err((named.referenced.line(), expected))
        }
    }
}

/// Reads a related procedure.
fn procedure(named: Placed) -> Result<Spanned<RelatedSource>, FrontMatterFault> {
    let line = named.referenced.line();
    let source = match named.value {
        Loose::Table(mut fields) => page(|key| fields.remove(key).and_then(|field| field.value.0.into_text())),
        value => value.into_text().map(RelatedSource::Entry),
    };
    let source = source.ok_or_else(|| (line, "expected an entry id, or `{title, url, status}`".to_owned()))?;
    Ok(Spanned::new(source, named.referenced, named.defined))
}

/// Reads an outside page.
fn page(mut field: impl FnMut(&str) -> Option<String>) -> Option<RelatedSource> {
    let (title, url) = (field("title")?, field("url")?);
    let status = match field("status").as_deref() {
        None | Some("~" | "null") => None,
        Some(status) => Some(status.parse().ok()?),
    };
    Some(RelatedSource::Page { title, url, status })
}
