//! The explanation of the first rank as text: its score, and what each word of the question gave.

use faqt::render::{self, TextOptions};
use faqt::{EncoderState, Findings, Place, Why, WhyTerm};

use super::editions;
use super::lines::{bold, escaped};

/// Formats the explanation of the first rank, if there is one.
pub(super) fn explanation(findings: &Findings, layout: &TextOptions) -> String {
    let Some(why) = &findings.why else { return String::new() };
    let confidence = findings.confidence;
    let mut text = format!("\n{}\n", bold("Why", layout));
    let mut say = |words: String| text += &render::item("  ", &escaped(&words), layout);
    let alike = why
        .most_alike
        .as_ref()
        .map_or_else(String::new, |phrasing| format!(", {:.2} for being like “{phrasing}”", why.phrasing));
    let held = format!(", {:.2} for the words it holds", why.coverage);
    let meaning = why.meaning.map_or_else(String::new, |meaning| format!(", {meaning:.2} for what it means"));
    let sentences = why.sentences.map_or_else(String::new, |share| format!(", {share:.2} by the sentence encoder"));
    let parts = format!("{:.2} for the whole text{held}{alike}{meaning}{sentences}", why.bm25);
    say(format!("Score {:.2}: {parts}. Confidence {confidence:.2}.", why.score));
    if why.exact {
        say("It is asked word for word, so it stands first whatever the score.".to_owned());
    }
    for term in &why.terms {
        say(format!("“{}”: {}", term.typed, reason(term)));
    }
    for near in &why.near {
        say(format!("“{}” is near “{}” in meaning ({:.2}).", near.typed, near.word, near.cosine));
    }
    if let Some(word) = &why.lacks {
        say(format!("“{word}” decides, and this entry says nothing like it."));
    }
    if let Some(words) = encoder(why) {
        say(words);
    }
    if let Some(edition) = &why.edition {
        say(editions::reason(edition.language.as_deref(), edition.chosen_by));
    }
    if let Some(words) = editions::version(findings) {
        say(words);
    }
    if let Some((id, score)) = &why.next {
        say(format!("Next comes {id} with a score of {score:.2}."));
    }
    text
}

/// Returns the reason that a pack with sentence vectors was asked without an encoder.
fn encoder(why: &Why) -> Option<String> {
    Some(match &why.encoder {
        EncoderState::Missing => {
            "The model that the pack was built with is not imported, so the encoder was not asked.".to_owned()
        }
        EncoderState::Unusable(reason) => format!("The sentence encoder cannot be used: {reason}."),
        EncoderState::Unsupported => {
            "This program has no sentence encoder, and the pack was built with one.".to_owned()
        }
        EncoderState::Ready if why.sentences.is_none() => {
            "The sentence encoder was not asked: words are sure, or it does not read the question.".to_owned()
        }
        _ => return None,
    })
}

fn reason(term: &WhyTerm) -> String {
    let weight = format!("{:.0} % of the question", term.weight * 100.0);
    if !term.is_known {
        return format!("{weight}, not known to this knowledge base");
    }
    if term.places.is_empty() {
        return format!("{weight}, not in this entry");
    }
    let places: Vec<&str> = term.places.iter().map(|place| place_name(*place)).collect();
    let is_itself = |found: &&String| **found == term.typed;
    let others: Vec<&str> = term.matched_as.iter().filter(|found| !is_itself(found)).map(String::as_str).collect();
    let met = if others.is_empty() { String::new() } else { format!(" as “{}”", others.join("”, “")) };
    format!("{weight}, gave {:.2}; met{met} in {}", term.contribution, places.join(", "))
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Question => "the question",
        Place::Alias => "an alias",
        Place::Keyword => "the keywords",
        Place::Section => "the section",
        _ => "the answer",
    }
}
