//! Settings of a model: files of JSON in which each value must be one that this crate computes.

use serde_json::Value;

use super::error::ImportError;
use super::files::ModelFiles;

/// A file of settings.
pub(super) struct Settings {
    name: String,
    root: Value,
}

impl Settings {
    /// Reads a file of settings, which must be there.
    pub(super) fn require(files: &mut ModelFiles, name: &'static str) -> Result<Settings, ImportError> {
        let bytes = files.require(name)?;
        Settings::parse(name.to_owned(), &bytes)
    }

    /// Reads a file of settings.
    pub(super) fn read(files: &mut ModelFiles, name: &str) -> Result<Option<Settings>, ImportError> {
        let bytes = files.read(name)?;
        bytes.map(|bytes| Settings::parse(name.to_owned(), &bytes)).transpose()
    }

    fn parse(name: String, bytes: &[u8]) -> Result<Settings, ImportError> {
        match serde_json::from_slice(bytes) {
            Ok(root) => Ok(Settings { name, root }),
            Err(source) => Err(ImportError::Json { name, source }),
        }
    }

    /// Returns the value at a JSON pointer; none if it is missing or `null`.
    pub(super) fn at(&self, pointer: &str) -> Option<&Value> {
        self.root.pointer(pointer).filter(|value| !value.is_null())
    }

    /// Returns the number at a JSON pointer.
    pub(super) fn number(&self, pointer: &str) -> Result<Option<u32>, ImportError> {
        let Some(value) = self.at(pointer) else { return Ok(None) };
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        number.map(Some).ok_or_else(|| self.unsupported(pointer, "numbers from 0 to 4294967295"))
    }

    /// Returns the number at a JSON pointer, which must be there.
    pub(super) fn require_number(&self, pointer: &str) -> Result<u32, ImportError> {
        self.number(pointer)?.ok_or_else(|| self.unsupported(pointer, "a number"))
    }

    /// Returns the text at a JSON pointer; other values have none.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.at(pointer).and_then(Value::as_str)
    }

    /// Returns the truth at a JSON pointer.
    pub(super) fn flag(&self, pointer: &str, default: bool) -> Result<bool, ImportError> {
        let Some(value) = self.at(pointer) else { return Ok(default) };
        value.as_bool().ok_or_else(|| self.unsupported(pointer, "true or false"))
    }

    /// Checks that a value is `expected`; it may be missing if it is the same as `default`.
    pub(super) fn check(&self, pointer: &str, expected: &Value, default: &Value) -> Result<(), ImportError> {
        let found = self.at(pointer).unwrap_or(default);
        if found == expected { Ok(()) } else { Err(self.unsupported(pointer, &expected.to_string())) }
    }

    /// Returns the error of a value that cannot be computed.
    pub(super) fn unsupported(&self, pointer: &str, expected: &str) -> ImportError {
        let found = self.root.pointer(pointer).map_or_else(|| "missing".to_owned(), Value::to_string);
        ImportError::Unsupported {
            name: self.name.clone(),
            field: pointer.trim_start_matches('/').replace('/', "."),
            // A value can be as long as the file.
            found: found.chars().take(100).collect(),
            expected: expected.to_owned(),
        }
    }
}
