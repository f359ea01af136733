//! Phrasings that a pack keeps: those with terms, and with other terms than the ones before them.

use std::collections::HashSet;

use super::language::Language;
use super::tokens::analyse;

/// Returns the texts that have a phrasing in a pack, in its order: a text without terms is no phrasing, and one of the
/// same terms as another before it is the same.
pub(crate) fn distinct<'a>(texts: impl Iterator<Item = &'a str>, language: Language) -> impl Iterator<Item = &'a str> {
    let mut phrasings: HashSet<Vec<String>> = HashSet::new();
    texts.filter(move |text| {
        let (mut terms, mut known): (Vec<String>, HashSet<String>) = (Vec::new(), HashSet::new());
        analyse(text, language, |token| {
            if known.insert(token.term.to_owned()) {
                terms.push(token.term.to_owned());
            }
        });
        !terms.is_empty() && phrasings.insert(terms)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_the_same_terms_are_one_phrasing() {
        let texts = ["Reset the lamp", "resets the lamps", "?", "the lamp reset", "Reset the lamp!"];
        let kept: Vec<&str> = distinct(texts.into_iter(), Language::DEFAULT).collect();
        assert_eq!(kept, ["Reset the lamp", "the lamp reset"]);
    }
}
