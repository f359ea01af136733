//! Claims: what the sentences of an entry state, in a form in which two are compared.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::dates::{Date, dates};
use super::phrases::{ANSWERS, ASIDES, CONDITIONS, FORCES, Found, HISTORY, PhraseClass};
use super::sentences::{first_sentence, sentences};
use super::values::{Value, values};
use crate::corpus::entry_hashes;
use crate::lint::is_content;
use crate::model::entry::Entry;
use crate::source::generic::is_generic;
use crate::text::fold::folded;
use crate::text::keyed_hash;
use crate::text::language::Language;
use crate::text::tokens::{self, Class, Token};

/// The most content words of a sentence that is compared.
const WORDS_MAX: usize = 24;

/// The characters of the longest phrase that says yes or no, and one more.
const ANSWER_CHARS_MAX: usize = 21;
/// The most words of a label in front of a colon.
const LABEL_WORDS_MAX: usize = 3;
/// Words that begin a clause that tells one thing from others.
const RELATIVE: [&str; 5] = [" that", " which", " who", " where", "的"];

/// The names of things of which each has rules of its own.
static KINDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("kinds.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| line.split(' ')).collect()
});

/// The hashes of terms.
pub(super) type Terms = FxHashSet<u64>;

/// An entry with its claims.
pub(super) struct Subject {
    pub(super) position: u32,
    /// The content words of the question.
    pub(super) topic: Terms,
    /// Those of the titles above it, too.
    pub(super) context: Terms,
    /// The names of platforms, editions and versions in the question, the titles and the path.
    pub(super) kinds: FxHashSet<String>,
    /// True if the question says that its topic is not.
    pub(super) is_negated: bool,
    pub(super) is_chinese: bool,
    /// The phrasings that a yes or a no answers, and the sentence that begins with it.
    pub(super) answer: Option<Answer>,
    pub(super) claims: Vec<Claim>,
}

/// A yes or a no, as the first word of an answer.
pub(super) struct Answer {
    pub(super) is_yes: bool,
    pub(super) sentence: String,
    /// The hash of each phrasing: of its content words and of what it asks for.
    pub(super) questions: Vec<u64>,
}

/// A sentence with what it states.
pub(super) struct Claim {
    pub(super) sentence: String,
    pub(super) stated: Stated,
    /// The content words, without what is stated.
    pub(super) words: Terms,
    /// The hash of what limits it, without which two claims are not compared: the names among the words (code, numbers and
    /// platforms) and the conditions.
    pub(super) limits: u64,
}

/// The statement of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stated {
    Value(Value),
    Date(Date),
    Force(PhraseClass),
    /// That something is so.
    Plain,
}

impl Stated {
    /// Returns the name of what is stated, of which some contradict each other.
    pub(super) fn side(&self) -> &'static str {
        match self {
            Stated::Value(value) => value.quantity,
            Stated::Date(_) => "date",
            Stated::Force(class) => class,
            Stated::Plain => "plain",
        }
    }

    /// Returns the names of what may contradict it: claims of other names never do.
    pub(super) fn opposites(&self) -> &[&'static str] {
        match self {
            Stated::Value(value) => std::slice::from_ref(&value.quantity),
            Stated::Date(_) => &["date"],
            Stated::Force("must") => &["need-not", "must-not", "may"],
            Stated::Force("must-not") => &["must", "may", "can"],
            Stated::Force("may") => &["must", "must-not"],
            Stated::Force("can") => &["must-not"],
            Stated::Force("need-not") => &["must"],
            Stated::Force(_) => &["plain"],
            Stated::Plain => &["not"],
        }
    }

    /// Returns true if both cannot hold of one thing.
    pub(super) fn contradicts(&self, other: &Stated) -> bool {
        match (self, other) {
            (Stated::Value(one), Stated::Value(other)) => one.contradicts(other),
            (Stated::Date(one), Stated::Date(other)) => one.contradicts(other),
            _ => self.opposites().contains(&other.side()),
        }
    }

    /// Names what two sentences differ in.
    pub(super) fn difference(&self) -> &'static str {
        match self {
            Stated::Value(_) => "a number",
            Stated::Date(_) => "a date",
            Stated::Force("not") | Stated::Plain => "yes and no",
            Stated::Force(_) => "what must or may be",
        }
    }
}

impl Subject {
    /// Reads the entry at `position`, with the claims of the `compared` stretches of its answer; nothing if it has no claim and
    /// answers neither yes nor no.
    pub(super) fn of(position: u32, entry: &Entry, language: Language, compared: &[Range<usize>]) -> Option<Subject> {
        let titles = entry.section.iter().map(String::as_str).chain([entry.question.as_str(), entry.path.as_str()]);
        let above = folded(&titles.collect::<Vec<_>>().join(" / ").replace(['_', '-'], " "));
        let question = folded(&entry.question);
        if !HISTORY.find(&above).is_empty() || !ASIDES.find(&question).is_empty() {
            return None;
        }
        let sentences = compared.iter().flat_map(|stretch| sentences(&entry.answer[stretch.clone()]));
        let answer = Answer::of(entry, language);
        let claims: Vec<Claim> = sentences.flat_map(|sentence| claims(&sentence, language)).collect();
        let topic = content_words(&entry.question, language);
        let titles = entry.section.iter().flat_map(|title| content_words(title, language));
        let context = titles.chain(topic.iter().copied()).collect();
        let kinds = kinds_in(&above).collect();
        let is_negated = FORCES.find(&question).iter().any(|found| found.class == "not");
        let is_chinese = language.tag().starts_with("zh");
        let subject = Subject { position, topic, context, kinds, is_negated, is_chinese, answer, claims };
        (subject.answer.is_some() || !subject.claims.is_empty()).then_some(subject)
    }
}

impl Answer {
    /// Returns true if the answer of an entry may begin with a yes or a no.
    pub(super) fn may_begin(answer: &str) -> bool {
        let text = answer.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '<');
        let start: String = text.chars().take(ANSWER_CHARS_MAX).collect();
        let start = folded(&start);
        text.starts_with('<') || ANSWERS.whole(&start).next().is_some_and(|found| found.range.start == 0)
    }

    fn of(entry: &Entry, language: Language) -> Option<Answer> {
        if !Answer::may_begin(&entry.answer) {
            return None;
        }
        let sentence = first_sentence(&entry.answer)?;
        let text = folded(&sentence);
        let found = ANSWERS.find(&text).into_iter().next().filter(|found| found.range.start == 0)?;
        let rest = text[found.range.end..].trim_start_matches('的');
        let is_alone = rest.is_empty() || rest.starts_with([',', '.', '!', '，', '。', '！', '、', ';', ':', '—', '-']);
        let questions = || entry.phrasings().filter_map(|phrasing| asked(phrasing, language)).collect();
        is_alone.then(|| Answer { is_yes: found.class == "yes", sentence: sentence.clone(), questions: questions() })
    }
}

/// Returns the hash of what a yes-or-no question asks; nothing for one of fewer than two content words.
fn asked(phrasing: &str, language: Language) -> Option<u64> {
    if is_generic(phrasing) {
        return None;
    }
    let text = folded(phrasing);
    // The order of words is free, which pairs of characters keep.
    let mut words: Vec<u64> = content_terms(phrasing, language, Class::Bigram);
    words.sort_unstable();
    words.dedup();
    if words.len() < 2 {
        return None;
    }
    let forces = FORCES.find(&text).into_iter().map(|found| match found.class {
        "can" => "may",
        class => class,
    });
    let conditions = CONDITIONS.find(&text).into_iter().map(|found| text[found.range].to_owned());
    let forces: Vec<String> = forces.map(str::to_owned).chain(conditions).collect();
    Some(words.iter().fold(entry_hashes::name(&forces.join(" ")), |hash, word| hash.rotate_left(5) ^ word))
}

/// Reads what a sentence states: each value and date of a quantity that it has but one of, or its force.
fn claims(sentence: &str, language: Language) -> Vec<Claim> {
    let text = folded(sentence);
    if !ASIDES.find(&text).is_empty() {
        return Vec::new();
    }
    let (values, dates, forces) = (values(&text), dates(&text), FORCES.find(&text));
    let forces = if is_definition(&text, &forces) { None } else { Some(forces) };
    let is_single = |value: &&Value| values.iter().filter(|other| other.quantity == value.quantity).count() == 1;
    let mut stated: Vec<(Stated, Vec<Range<usize>>)> = values
        .iter()
        .filter(is_single)
        .map(|value| (Stated::Value(value.clone()), vec![value.range.clone()]))
        .collect();
    // A fragment, such as a line of a list of events, states nothing.
    let is_whole = text.ends_with(['.', '!', '。', ')', '"', '”']);
    if let [date] = dates.as_slice()
        && is_whole
    {
        stated.push((Stated::Date(date.clone()), vec![date.range.clone()]));
    }
    match forces.as_deref().filter(|_| is_whole) {
        Some([]) => stated.push((Stated::Plain, Vec::new())),
        Some([Found { class, range }]) => stated.push((Stated::Force(class), vec![range.clone()])),
        _ => {}
    }
    let claim = |(stated, ranges): (Stated, Vec<Range<usize>>)| {
        let rest = without(&text, &ranges);
        let words = content_words(&rest, language);
        let is_compared = (1..=WORDS_MAX).contains(&words.len());
        is_compared.then(|| Claim { sentence: sentence.to_owned(), stated, words, limits: limits(&rest, sentence) })
    };
    stated.into_iter().filter_map(claim).collect()
}

/// Returns the hash of the names and the conditions in a sentence, and in its folded `text` without what is stated.
fn limits(text: &str, sentence: &str) -> u64 {
    let names = names(text, sentence);
    let conditions = CONDITIONS.find(text);
    let conditions = conditions.iter().map(|found| &text[found.range.clone()]);
    // A name and a condition are never one text: a line end stands between them.
    let all = names.iter().map(String::as_str).chain(["\n"]).chain(conditions);
    all.fold(0, |above, text| keyed_hash::hash_child(above, text.as_bytes()))
}

/// Returns true for a sentence that defines one of several: `name - Cannot be opened`, `Status: is not open`, `a door that
/// is not open`.
fn is_definition(text: &str, forces: &[Found]) -> bool {
    let behind_name = text.strip_prefix('`').and_then(|rest| rest.split_once('`')).map(|(_, rest)| rest.trim_start());
    let is_labelled = text.split_once([':', '：']).is_some_and(|(label, _)| words_of(label).count() <= LABEL_WORDS_MAX);
    let is_relative = |found: &Found| RELATIVE.iter().any(|word| text[..found.range.start].trim_end().ends_with(word));
    behind_name.is_some_and(|rest| rest.starts_with(['-', '–', '—', ':', '：']))
        || is_labelled
        || forces.iter().any(is_relative)
}

/// Returns the text with spaces in the place of `ranges`.
fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut text = text.to_owned();
    for range in ranges {
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    text
}

/// Returns the hashes of the content words; of a script without spaces, of pairs of characters.
fn content_words(text: &str, language: Language) -> Terms {
    content_terms(text, language, Class::Character).into_iter().collect()
}

/// Returns the hashes of the content terms that are of another class.
fn content_terms(text: &str, language: Language, left_out: Class) -> Vec<u64> {
    let mut terms = Vec::new();
    tokens::analyse(text, language, |Token { term, spelling, class, .. }| {
        let is_number = spelling.chars().all(|c| c.is_ascii_digit());
        if class != left_out && !is_number && is_content(term, spelling, class, language) {
            terms.push(entry_hashes::name(term));
        }
    });
    terms
}

/// Returns the names in a sentence, and in its folded `text` without what is stated, that another thing has others of: code,
/// words with digits, capitalised words, kinds.
fn names(text: &str, sentence: &str) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = kinds_in(text).collect();
    names.extend(text.split('`').skip(1).step_by(2).map(str::to_owned));
    names.extend(words_of(text).filter(|word| word.chars().any(|c| c.is_ascii_digit())).map(str::to_owned));
    let capitalised = words_of(sentence).skip(1).filter(|word| {
        word.starts_with(char::is_uppercase) && sentence.find(*word).is_some_and(|at| !is_start(&sentence[..at]))
    });
    let rest: FxHashSet<&str> = words_of(text).collect();
    names.extend(capitalised.map(folded).filter(|name| rest.contains(name.as_str())));
    names
}

/// Returns true if a sentence or a clause begins behind `before`.
fn is_start(before: &str) -> bool {
    before.trim_end().is_empty() || before.trim_end().ends_with(['.', ':', '!', '?', '"', '“', '('])
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '-'))
        .map(|word| word.trim_matches(['.', '-']))
        .filter(|word| !word.is_empty())
}

/// Returns the names of platforms, editions and versions in a folded text.
fn kinds_in(folded: &str) -> impl Iterator<Item = String> {
    let is_kind = |word: &&str| KINDS.contains(word) || word.chars().any(|c| c.is_ascii_digit());
    let chinese = KINDS.iter().filter(|kind| !kind.is_ascii() && folded.contains(**kind)).copied();
    words_of(folded).filter(is_kind).chain(chinese).map(str::to_owned).collect::<Vec<_>>().into_iter()
}
