//! A model by its name, or by the beginning of its name or hash.

use anyhow::anyhow;

use super::model::{Model, hash_digits, one_line, short_hash};
use super::named::{Named, named};
use crate::cli::failure::Failure;

/// The digits of a hash that name a model: 6 are unlikely to be a word.
const HASH_DIGITS_MIN: usize = 6;

/// The remedy if there is no model.
const IMPORT_ONE: &str = "none is there yet; import one: faqt model import PATH";

/// Finds the model of this name, or the only one whose name or hash begins with it.
pub(crate) fn find(wanted: &str) -> Result<Model, Failure> {
    let mut models = named()?;
    match places(&models, wanted)[..] {
        [place] => {
            let Named { vectors_hash, path, .. } = models.swap_remove(place);
            Ok(Model::open(vectors_hash, path))
        }
        [] => {
            let hint = if models.is_empty() { IMPORT_ONE.to_owned() } else { format!("there are: {}", all(&models)) };
            Err(Failure::from(anyhow!("no model is called `{wanted}`")).with_hint(hint))
        }
        _ => Err(Failure::from(anyhow!("several models are called `{wanted}`, or begin so"))
            .with_hint(format!("there are: {}; the digits name each", all(&models)))),
    }
}

/// Returns the places of the models that a name may mean.
fn places(models: &[Named], wanted: &str) -> Vec<usize> {
    let of = |is_meant: &dyn Fn(&Named) -> bool| {
        let meant = models.iter().enumerate().filter(|(_, model)| is_meant(model));
        meant.map(|(place, _)| place).collect::<Vec<_>>()
    };
    let named = of(&|model| model.name.as_deref() == Some(wanted));
    if !named.is_empty() || wanted.is_empty() {
        return named;
    }
    let digits = wanted.to_ascii_lowercase();
    of(&|model| {
        let is_hash = digits.len() >= HASH_DIGITS_MIN && hash_digits(model.vectors_hash).starts_with(&digits);
        is_hash || model.name.as_deref().is_some_and(|name| name.starts_with(wanted))
    })
}

/// Returns the names of all models, each with the beginning of its hash.
fn all(models: &[Named]) -> String {
    let each = |model: &Named| match &model.name {
        Some(name) => format!("{} ({})", one_line(name), short_hash(model.vectors_hash)),
        None => short_hash(model.vectors_hash),
    };
    models.iter().map(each).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(name: Option<&str>, vectors_hash: u128) -> Named {
        Named { vectors_hash, path: "x".into(), name: name.map(str::to_owned) }
    }

    #[test]
    fn a_name_its_beginning_and_six_digits_mean_a_model() {
        let models = [
            model(Some("mini"), 0xaaaa_aaaa << 96),
            model(Some("mini-large"), 0xaaaa_aabb << 96),
            model(None, 0xcccc_cccc << 96),
            model(Some("two"), 1),
            model(Some("two"), 2),
            model(Some("aaaaaaaa"), 3),
        ];
        for (wanted, expected) in [
            ("mini", &[0][..]),
            ("mini-", &[1]),
            ("min", &[0, 1]),
            ("aaaaaa", &[0, 1, 5]),
            ("AAAAAABB", &[1]),
            ("aaaaaaaa", &[5]),
            ("cccccc", &[2]),
            ("ccccc", &[]),
            ("two", &[3, 4]),
            ("00000000000000000000000000000001", &[3]),
            ("other", &[]),
            ("", &[]),
        ] {
            assert_eq!(places(&models, wanted), expected, "{wanted}");
        }
    }
}
