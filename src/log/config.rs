//! The user's configuration, `faqt/config.toml` in the configuration directory. It is read after the answer.

use std::path::PathBuf;
use std::{fs, io};

use anyhow::anyhow;
use etcetera::BaseStrategy as _;
use serde::Deserialize;

use crate::cli::failure::Failure;
use crate::cli::home::at_home;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    /// The path of the log; a relative one counts from the folder of the configuration.
    log: Option<String>,
}

/// Returns the path of the configuration, which may not be there.
pub(super) fn path() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("faqt").join("config.toml"))
}

/// Returns the log that the configuration names.
pub(super) fn log() -> Result<Option<PathBuf>, Failure> {
    let Some(path) = path() else { return Ok(None) };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(anyhow!("cannot read {}: {error}", path.display()).into()),
    };
    let config: Config = toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        Failure::from(anyhow!("{}:{line}: {}", path.display(), error.message()))
    })?;
    let named = config.log.filter(|log| !log.is_empty());
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    Ok(named.map(|log| folder.join(at_home(log.as_ref()))))
}
