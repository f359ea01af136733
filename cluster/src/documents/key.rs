//! Names as engines of documents take them.

use twox_hash::XxHash3_128;

/// The bytes of a name that stands as it is. Lucene refuses terms of more than 32,766 bytes.
const WHOLE_BYTES: usize = 32_000;

/// Returns the name of a feature or token for the term of a number: it holds no dot, which engines would read as a path.
pub(crate) fn term_name(term: u32) -> String {
    format!("t{term}")
}

/// Returns the name by which an entry is found: the name itself, or the beginning and a hash of one that is longer than an engine
/// takes. Different names have different keys.
pub(crate) fn key_of(name: &str) -> String {
    if name.len() <= WHOLE_BYTES {
        return name.to_owned();
    }
    // At most 3 bytes are left out, so a key that was cut is still longer than any that was not.
    format!("{}{:032x}", whole_of(name), XxHash3_128::oneshot(name.as_bytes()))
}

/// Returns the beginning that a name and its key share.
pub(crate) fn whole_of(name: &str) -> &str {
    &name[..name.floor_char_boundary(WHOLE_BYTES)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name() -> impl Strategy<Value = String> {
        (0..WHOLE_BYTES + 40, any::<String>(), any::<String>())
            .prop_map(|(length, start, end)| format!("{start}{}{end}", "é".repeat(length / 2)))
    }

    proptest! {
        #[test]
        fn keys_are_as_short_as_engines_want_and_differ_as_names_do(one in name(), other in name()) {
            let [first, second] = [&one, &other].map(|name| key_of(name));
            prop_assert!(first.len() <= 32_766);
            prop_assert_eq!(one == other, first == second);
            prop_assert_eq!(one.len() <= WHOLE_BYTES, one == first);
            prop_assert_eq!(key_of(&format!("{one}x")) == first, false);
        }

        #[test]
        fn names_of_terms_are_letters_and_digits_and_differ(one: u32, other: u32) {
            let name = term_name(one);
            prop_assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            prop_assert_eq!(one == other, name == term_name(other));
        }
    }
}
