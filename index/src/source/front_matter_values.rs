//! Values of front matter that may be of any type; scalars stay as the author wrote them.
//!
//! YAML takes `1.10` for a number and `0o7` for 7, but a title of these letters has them. So each scalar that is no text
//! is replaced by the bytes of the source that it was read from.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};
use toml::de::{DeTable, DeValue};

/// The line of a fault, counted from 1, and its message.
pub(super) type FrontMatterFault = (u64, String);

/// The value of a key, which may be of any type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Loose {
    /// A boolean, a number, a null; the text of the source once that is known.
    Scalar(String),
    /// A text.
    Text(String),
    /// Several values.
    Many(Vec<Spanned<Loose>>),
    /// A table, with the values that are one text.
    Table(BTreeMap<String, Spanned<Field>>),
    /// A list or a table in a table.
    Other,
}

/// The value of a table's key: a text or a scalar. Lists and tables within are left out, however deep they are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field(pub(crate) Loose);

impl Loose {
    /// Reads the value as a boolean; YAML 1.1 has several words for each.
    pub(crate) fn truth(&self) -> Option<bool> {
        let (Loose::Scalar(text) | Loose::Text(text)) = self else { return None };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "y" | "1" => Some(true),
            "false" | "no" | "off" | "n" | "0" => Some(false),
            _ => None,
        }
    }

    /// Returns true if the value may be a date: a number above 1, or a text that starts with a digit.
    pub(crate) fn is_date(&self) -> bool {
        match self {
            Loose::Scalar(text) => text.parse::<i64>().is_ok_and(|number| number > 1),
            Loose::Text(text) => text.len() > 1 && text.trim_start().starts_with(|c: char| c.is_ascii_digit()),
            _ => false,
        }
    }

    /// Returns the value as one text, if it is one.
    pub(crate) fn into_text(self) -> Option<String> {
        let (Loose::Scalar(text) | Loose::Text(text)) = self else { return None };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Returns the texts of a value or of a list of values.
    pub(crate) fn into_list(self) -> Vec<String> {
        match self {
            Loose::Many(values) => values.into_iter().filter_map(|value| value.value.into_text()).collect(),
            value => value.into_text().into_iter().collect(),
        }
    }

    /// Returns true if the value is a null.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Loose::Scalar(text) if text.is_empty())
    }

    /// Returns true if the value has no text and no list of texts.
    pub(crate) fn is_odd(&self) -> bool {
        match self {
            Loose::Many(values) => values.iter().any(|value| matches!(value.value, Loose::Many(_) | Loose::Table(_))),
            value => matches!(value, Loose::Table(_)),
        }
    }
}

/// A key's value with its place.
pub(crate) type Placed = Spanned<Loose>;

/// Reads a value with its place; a null is a value, too.
pub(crate) fn placed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Placed>, D::Error> {
    Placed::deserialize(deserializer).map(Some)
}

/// Replaces each scalar of `value` by its bytes of `source`, and a null without any by nothing.
pub(crate) fn write_back(value: &mut Option<Placed>, source: &str) {
    if let Some(placed) = value {
        restore(placed, source);
    }
    *value = value.take().filter(|placed| !placed.value.is_null());
}

fn restore(placed: &mut Placed, source: &str) {
    match &mut placed.value {
        Loose::Scalar(text) => restore_text(text, placed.referenced, source),
        Loose::Many(values) => values.iter_mut().for_each(|value| restore(value, source)),
        Loose::Table(fields) => {
            for field in fields.values_mut() {
                if let Field(Loose::Scalar(text)) = &mut field.value {
                    restore_text(text, field.referenced, source);
                }
            }
        }
        Loose::Text(_) | Loose::Other => {}
    }
}

/// Replaces the text of a scalar by its bytes at `location` of `source`.
fn restore_text(text: &mut String, location: Location, source: &str) {
    let span = location.span();
    let written = || {
        let start = usize::try_from(span.byte_offset()?).ok()?;
        let length = usize::try_from(span.byte_len()?).ok()?;
        source.get(start..start.checked_add(length)?)
    };
    if let Some(written) = written() {
        written.trim().clone_into(text);
    }
}

/// Returns a table of TOML as JSON, with the texts that the author wrote for numbers and dates.
pub(crate) fn json_of_table(table: &DeTable<'_>, source: &str) -> serde_json::Value {
    let pairs = table.iter().map(|(key, value)| (key.get_ref().to_string(), json_of(value, source)));
    serde_json::Value::Object(pairs.collect())
}

fn json_of(value: &toml::Spanned<DeValue<'_>>, source: &str) -> serde_json::Value {
    match value.get_ref() {
        DeValue::String(text) => text.to_string().into(),
        DeValue::Boolean(truth) => (*truth).into(),
        DeValue::Array(values) => values.iter().map(|value| json_of(value, source)).collect(),
        DeValue::Table(table) => json_of_table(table, source),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
            source.get(value.span()).unwrap_or_default().trim().into()
        }
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Loose, D::Error> {
        deserializer.deserialize_any(AnyValue { is_field: false })
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Field, D::Error> {
        deserializer.deserialize_any(AnyValue { is_field: true }).map(Field)
    }
}

/// Reads a value.
struct AnyValue {
    /// True for the value of a table's key.
    is_field: bool,
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Scalar(value.to_string()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Loose, E> {
        Ok(Loose::Scalar(value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Loose, E> {
        Ok(Loose::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Loose, E> {
        Ok(Loose::Scalar(String::new()))
    }

    fn visit_none<E>(self) -> Result<Loose, E> {
        Ok(Loose::Scalar(String::new()))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose, D::Error> {
        Loose::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Loose, A::Error> {
        if self.is_field {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Loose::Other);
        }
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Loose::Many(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Loose, A::Error> {
        if self.is_field {
            while table.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Loose::Other);
        }
        let mut values = BTreeMap::new();
        // A key that is no text names nothing here.
        while let Some((key, value)) = table.next_entry::<Field, Spanned<Field>>()? {
            values.extend(key.0.into_text().map(|key| (key, value)));
        }
        Ok(Loose::Table(values))
    }
}
