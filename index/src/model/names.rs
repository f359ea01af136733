//! The names of an enumeration's values: one list for JSON, for text and for reading text.

use crate::markdown::sanitise::sanitise;

/// A name that no value of its type has.
///
/// # Examples
///
/// ```
/// use faqt::{Outcome, UnknownName};
///
/// let error: UnknownName = "perhaps".parse::<Outcome>().unwrap_err();
/// assert_eq!(error.name, "perhaps");
/// assert_eq!(error.to_string(), "there is no outcome `perhaps`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {what} `{}`", sanitise(name))]
#[non_exhaustive]
pub struct UnknownName {
    /// The type, as a noun.
    pub what: &'static str,
    /// The name, as it was given.
    pub name: String,
}

impl UnknownName {
    pub(crate) fn new(what: &'static str, name: &str) -> UnknownName {
        UnknownName { what, name: name.to_owned() }
    }
}

/// Implements `ALL`, `name`, `Display`, `FromStr`, `TryFrom` and `Serialize` from one list of the values' names.
///
/// The compiler refuses a list that lacks a variant.
macro_rules! named {
    ($type:ident, $what:literal: $($variant:ident = $name:literal),+ $(,)?) => {
        impl $type {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// Returns the name that JSON and [`Display`](std::fmt::Display) have for the value.
            pub const fn name(self) -> &'static str {
                match self {
                    $($type::$variant => $name),+
                }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::model::names::UnknownName;

            /// Reads a name exactly as [`Display`](std::fmt::Display) writes it.
            fn from_str(name: &str) -> Result<$type, Self::Err> {
                let found = $type::ALL.iter().find(|value| value.name() == name);
                found.copied().ok_or_else(|| $crate::model::names::UnknownName::new($what, name))
            }
        }

        impl TryFrom<&str> for $type {
            type Error = $crate::model::names::UnknownName;

            /// As [`from_str`](std::str::FromStr::from_str).
            fn try_from(name: &str) -> Result<$type, $crate::model::names::UnknownName> {
                name.parse()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

pub(crate) use named;

#[cfg(test)]
mod tests {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;
    use crate::model::entry::{Kind, Status};
    use crate::search::outcome::Outcome;

    #[track_caller]
    fn is_one_name<T>(values: &[T])
    where
        T: Display + FromStr<Err = UnknownName> + Serialize + PartialEq + std::fmt::Debug,
        T: for<'n> TryFrom<&'n str, Error = UnknownName>,
    {
        for value in values {
            let name = value.to_string();
            assert_eq!(name.parse::<T>().as_ref(), Ok(value));
            assert_eq!(T::try_from(&name).as_ref(), Ok(value));
            assert_eq!(serde_json::to_value(value).expect("a name"), json!(name));
            for other in [name.to_uppercase(), format!(" {name}"), String::new()] {
                assert_eq!(other.parse::<T>().expect_err("names are exact").name, other);
            }
        }
    }

    #[track_caller]
    fn is_read_from_json<T: Display + DeserializeOwned + PartialEq + std::fmt::Debug>(values: &[T]) {
        for value in values {
            assert_eq!(&serde_json::from_value::<T>(json!(value.to_string())).expect("a name"), value);
        }
    }

    #[test]
    fn a_value_has_one_name_in_text_and_json() {
        is_one_name(Outcome::ALL);
        is_one_name(Status::ALL);
        is_one_name(Kind::ALL);
        is_read_from_json(Status::ALL);
        is_read_from_json(Kind::ALL);
    }

    #[test]
    fn an_unknown_name_is_harmless_on_a_terminal() {
        let error = "a\u{1b}[2J".parse::<Kind>().expect_err("no kind");
        assert_eq!(error.to_string(), "there is no kind `a␛[2J`");
    }
}
