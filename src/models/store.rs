//! The folder of the models, and the names of their files.

use std::io;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use etcetera::BaseStrategy as _;

use super::model::{Model, hash_digits};
use crate::cli::failure::Failure;

/// The suffix of the names of models.
const SUFFIX: &str = ".encoder";

/// Returns the path of the model with these vectors, which may not be there; none if the user has no data directory.
pub(crate) fn path_of(vectors_hash: u128) -> Option<PathBuf> {
    Some(folder()?.join(hash_digits(vectors_hash) + SUFFIX))
}

/// Returns the models, sorted by name; files that cannot be opened stand last.
pub(crate) fn list() -> Result<Vec<Model>, Failure> {
    let files = files()?.into_iter();
    let mut models: Vec<Model> = files.map(|(hash, path)| Model::open(hash, path)).collect();
    models.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)));
    Ok(models)
}

/// Returns the model files by the hashes in their names, in no order.
pub(super) fn files() -> Result<Vec<(u128, PathBuf)>, Failure> {
    let folder = folder().ok_or_else(no_folder)?;
    let entries = match folder.read_dir() {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(anyhow!(error).context(format!("cannot read {}", folder.display())).into()),
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if let Some(hash) = entry.file_name().to_str().and_then(hash_of) {
            files.push((hash, entry.path()));
        }
    }
    Ok(files)
}

fn sort_key(model: &Model) -> (bool, Option<&str>, u128) {
    (model.name().is_none(), model.name(), model.vectors_hash)
}

/// Returns the hash in the name of a model file; none for another name.
fn hash_of(file_name: &str) -> Option<u128> {
    let digits = file_name.strip_suffix(SUFFIX)?;
    u128::from_str_radix(digits, 16).ok().filter(|&hash| hash_digits(hash) == digits)
}

/// Returns the folder of the models, which may not be there.
pub(crate) fn folder() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("faqt").join("models"))
}

/// Returns the error of a user without a data directory.
pub(super) fn no_folder() -> Failure {
    Failure::from(anyhow!("there is no place for models: this user has no home folder"))
        .with_hint("set HOME or XDG_DATA_HOME")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_that_a_model_gets_is_one() {
        let digits = "00f1d2c3b4a5968778695a4b3c2d1e0f";
        assert_eq!(hash_of(&format!("{digits}.encoder")), Some(0x00f1_d2c3_b4a5_9687_7869_5a4b_3c2d_1e0f));
        for name in [digits.to_uppercase(), digits[1..].to_owned(), format!("0{digits}"), format!("+{}", &digits[1..])]
        {
            assert_eq!(hash_of(&format!("{name}.encoder")), None, "{name}");
        }
        for name in [digits.to_owned(), format!("{digits}.name"), format!(".faqt-{digits}.encoder-abc.tmp")] {
            assert_eq!(hash_of(&name), None, "{name}");
        }
    }
}
