//! Entries as resources: `faqt://entry/ID`, with the checksum of the pack as the key of a cache.

use faqt::{Entry, SearchError};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rmcp::model::{
    ErrorData, ListResourceTemplatesResult, ListResourcesResult, MetaObject, ReadResourceResult, Resource,
    ResourceContents, ResourceTemplate,
};
use serde_json::Value;

use super::tools::PAGE;
use crate::open::asked::Asked;
use crate::open::no_such;
use crate::output::markdown;

/// The beginning of the address of an entry.
const ENTRY: &str = "faqt://entry/";
/// The key of the checksum in `_meta`: what was read under another value is out of date.
const PACK: &str = "faqt/pack";
const MARKDOWN: &str = "text/markdown";
/// The characters of an id that an address does not hold, as RFC 6570 expands `{id}`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Lists a page of the entries, from the one that `cursor` counts to.
pub(super) fn list(kb: &Asked, cursor: Option<&str>) -> Result<ListResourcesResult, ErrorData> {
    let start = match cursor {
        None => 0,
        Some(cursor) => cursor.parse().map_err(|_| ErrorData::invalid_params("unknown cursor", None))?,
    };
    let entries: Result<Vec<Entry>, SearchError> = kb.entries_from(start).take(PAGE + 1).collect();
    let entries = entries.map_err(|error| unreadable(&error))?;
    let meta = meta(kb);
    let resources = entries.iter().take(PAGE).map(|entry| resource(entry).with_meta(meta.clone())).collect();
    let mut page = ListResourcesResult::with_all_items(resources);
    page.next_cursor = (entries.len() > PAGE).then(|| (start + PAGE).to_string());
    page.meta = Some(meta);
    Ok(page)
}

/// Lists the one template of addresses.
pub(super) fn templates() -> ListResourceTemplatesResult {
    let template = ResourceTemplate::new(format!("{ENTRY}{{id}}"), "entry").with_mime_type(MARKDOWN);
    ListResourceTemplatesResult::with_all_items(vec![template])
}

/// Reads the entry at an address, whole.
pub(super) fn read(kb: &Asked, uri: &str) -> Result<ReadResourceResult, ErrorData> {
    let unknown = |message: String| ErrorData::resource_not_found(markdown::lines(&message), None);
    let id = uri.strip_prefix(ENTRY).and_then(|id| percent_decode_str(id).decode_utf8().ok());
    let Some(id) = id else { return Err(unknown(format!("addresses of entries are {ENTRY}ID"))) };
    let entry = no_such::entry(kb, &id).map_err(|error| unreadable(&error))?;
    let entry = entry.map_err(|no_such| {
        let addresses: Vec<String> = no_such.nearest.iter().map(|id| address(id)).collect();
        unknown(format!("{}; nearest: {}", no_such.message, addresses.join(", ")))
    })?;
    let contents = ResourceContents::text(markdown::entry(&entry), address(&entry.id));
    Ok(ReadResourceResult::new(vec![contents.with_mime_type(MARKDOWN).with_meta(meta(kb))]))
}

fn resource(entry: &Entry) -> Resource {
    Resource::new(address(&entry.id), faqt::render::sanitise(&entry.id))
        .with_title(faqt::render::sanitise(&entry.question))
        .with_mime_type(MARKDOWN)
}

fn address(id: &str) -> String {
    format!("{ENTRY}{}", utf8_percent_encode(id, RESERVED))
}

fn meta(kb: &Asked) -> MetaObject {
    let mut meta = MetaObject::default();
    meta.0.insert(PACK.to_owned(), Value::String(kb.checksum()));
    meta
}

fn unreadable(error: &SearchError) -> ErrorData {
    ErrorData::internal_error(format!("the knowledge base cannot be read: {error}"), None)
}
