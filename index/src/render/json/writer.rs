//! Versioned JSON whose strings command no terminal.

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

use crate::markdown::sanitise::{MarkRun, sanitise};

/// The version of the JSON that [`versioned`] writes. Fields are added, never changed, within a version.
///
/// ```
/// assert_eq!(faqt::json::FORMAT_VERSION, 1);
/// ```
pub const FORMAT_VERSION: u32 = 1;

/// The reason that a value cannot be written as JSON.
///
/// # Examples
///
/// ```
/// let error = faqt::json::versioned(&[1, 2]).unwrap_err();
/// assert!(!error.to_string().is_empty());
/// ```
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct JsonError(serde_json::Error);

/// Writes a value as compact JSON; characters that [`sanitise`] would change are escaped.
///
/// # Errors
///
/// If a map in it has keys that are no text, or its serialisation fails.
///
/// # Examples
///
/// ```
/// assert_eq!(faqt::json::to_string("\u{1b}[31m\u{202e}备案")?, r#""\u001b[31m\u202e备案""#);
/// # Ok::<(), faqt::json::JsonError>(())
/// ```
pub fn to_string(value: &(impl Serialize + ?Sized)) -> Result<String, JsonError> {
    let mut bytes = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Escaping)).map_err(JsonError)?;
    String::from_utf8(bytes).map_err(|error| JsonError(serde::ser::Error::custom(error)))
}

/// Writes a struct or map as [`to_string`] does, with `format_version` before its fields.
///
/// # Errors
///
/// As [`to_string`], and if the value is neither a struct nor a map.
///
/// # Examples
///
/// ```
/// let answer = std::collections::BTreeMap::from([("id", "reset-the-lamp")]);
/// assert_eq!(faqt::json::versioned(&answer)?, r#"{"format_version":1,"id":"reset-the-lamp"}"#);
/// # Ok::<(), faqt::json::JsonError>(())
/// ```
pub fn versioned(value: &impl Serialize) -> Result<String, JsonError> {
    #[derive(Serialize)]
    struct Versioned<'v, T> {
        format_version: u32,
        #[serde(flatten)]
        value: &'v T,
    }
    to_string(&Versioned { format_version: FORMAT_VERSION, value })
}

/// Writes compact JSON; characters that [`sanitise`] would change are escaped.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let (mut done, mut marks) = (0, MarkRun::default());
        for (at, c) in fragment.char_indices() {
            let text = &fragment[at..at + c.len_utf8()];
            let is_shown = marks.admits(c) && (c.is_ascii_graphic() || c == ' ' || sanitise(text) == text);
            if !is_shown {
                writer.write_all(&fragment.as_bytes()[done..at])?;
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
                done = at + text.len();
            }
        }
        writer.write_all(&fragment.as_bytes()[done..])
    }
}
