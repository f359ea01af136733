//! The kinds of admonitions, under the names of all generators.

/// Returns the kind of alert that comes closest.
pub(crate) fn alert(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "note" | "info" | "abstract" | "summary" | "tldr" | "todo" | "seealso" | "secondary" | "question" | "help"
        | "faq" => "NOTE",
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" | "attention" => "IMPORTANT",
        "warning" | "warn" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => return None,
    })
}

/// Returns the name of a kind as a title.
pub(crate) fn capitalised(kind: &str) -> String {
    let words = kind.replace(['-', '_'], " ");
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
