//! Parts of queries.

use faqt::database::{AnyOf, Condition};
use serde_json::{Value, json};

use crate::documents::{key_of, term_name};

/// The values of a `terms` query, at most: half of what a server takes by default.
pub(super) const VALUES: usize = 32_768;

/// Returns a query that scores an entry that holds a term by its weight, times `boost`.
pub(super) fn term(term: u32, boost: f32) -> Value {
    json!({"rank_feature": {"field": format!("terms.{}", term_name(term)), "linear": {}, "boost": boost}})
}

/// Returns the queries that entries which meet a condition match, all of them.
pub(super) fn filters(condition: &Condition) -> Vec<Value> {
    condition.0.iter().map(group).collect()
}

fn group(group: &AnyOf) -> Value {
    match group {
        AnyOf::Names(names) => {
            let keys: Vec<String> = names.iter().map(|name| key_of(name)).collect();
            any("names", &keys)
        }
        AnyOf::Positions(positions) => any("position", positions),
    }
}

/// Returns a query that entries match which have one of the values.
pub(super) fn any<T: serde::Serialize>(field: &str, values: &[T]) -> Value {
    let mut parts: Vec<Value> = values.chunks(VALUES).map(|values| json!({"terms": {field: values}})).collect();
    match parts.len() {
        0 => json!({"match_none": {}}),
        1 => parts.remove(0),
        _ => json!({"bool": {"should": parts, "minimum_should_match": 1}}),
    }
}

/// Returns a query that matches without a score.
pub(super) fn all(filters: &[Value]) -> Value {
    json!({"bool": {"filter": filters}})
}

/// Returns the first text behind all that begin with `prefix`, in the order of bytes; none if there is none.
pub(super) fn end_of(prefix: &str) -> Option<String> {
    let last = prefix.char_indices().rfind(|(_, last)| *last != char::MAX);
    last.and_then(|(at, last)| Some(format!("{}{}", &prefix[..at], (last..).nth(1)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_ends_before_the_next_character() {
        for (prefix, end) in [("ia", Some("ib")), ("i\u{10ffff}\u{10ffff}", Some("j")), ("\u{d7ff}", Some("\u{e000}"))]
        {
            assert_eq!(end_of(prefix).as_deref(), end);
        }
        assert_eq!([end_of(""), end_of("\u{10ffff}")], [None, None]);
    }

    #[test]
    fn a_condition_is_a_filter_for_each_group() {
        let names = |names: &[&str]| AnyOf::Names(names.iter().map(ToString::to_string).collect());
        let condition = Condition(vec![names(&["sit's \"", "b"]), names(&[]), AnyOf::Positions(vec![7])]);
        let expected = r#"[{"terms":{"names":["sit's \"","b"]}},{"match_none":{}},{"terms":{"position":[7]}}]"#;
        assert_eq!(json!(filters(&condition)).to_string(), expected);
        let many = any("position", &(0..=u32::try_from(VALUES).unwrap()).collect::<Vec<_>>());
        assert_eq!(many["bool"]["should"][1], json!({"terms": {"position": [VALUES]}}));
    }
}
