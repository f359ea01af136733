//! The prefixes that a model was trained with, for questions and for passages.

use super::error::ImportError;
use super::files::ModelFiles;
use super::provenance::readme;
use super::settings::Settings;
use crate::head::PREFIX_MAX;

/// The file that names the prompts of a sentence transformer.
const NAME: &str = "config_sentence_transformers.json";
/// The prefixes of all E5 models.
const E5: [&str; 2] = ["query: ", "passage: "];

/// The prefixes of questions and of passages, most often empty.
#[derive(Default)]
pub(super) struct Prompts {
    pub(super) question: String,
    pub(super) passage: String,
}

impl Prompts {
    /// Reads the prompts `query` and `passage`, or `document`, from the settings. Those of an E5 model stand in its
    /// README.
    pub(super) fn read(files: &mut ModelFiles) -> Result<Prompts, ImportError> {
        let settings = Settings::read(files, NAME)?;
        let prompts = settings.as_ref().map(Prompts::of).transpose()?.unwrap_or_default();
        if !prompts.question.is_empty() || !prompts.passage.is_empty() {
            return Ok(prompts);
        }
        let readme = readme(files)?;
        let is_e5 = E5.iter().all(|prefix| readme.contains(&format!("\"{prefix}\"")));
        Ok(if is_e5 { Prompts::of_e5() } else { prompts })
    }

    /// Returns the prefixes of E5 models.
    pub(super) fn of_e5() -> Prompts {
        let [question, passage] = E5.map(str::to_owned);
        Prompts { question, passage }
    }

    fn of(settings: &Settings) -> Result<Prompts, ImportError> {
        let prompt = |names: &[&str]| -> Result<String, ImportError> {
            let pointers = names.iter().map(|name| format!("/prompts/{name}"));
            let Some((pointer, prompt)) = pointers.into_iter().find_map(|pointer| {
                let prompt = settings.text(&pointer)?.to_owned();
                Some((pointer, prompt))
            }) else {
                return Ok(String::new());
            };
            if prompt.len() > PREFIX_MAX as usize {
                return Err(settings.unsupported(&pointer, "a text of up to 1024 bytes"));
            }
            Ok(prompt)
        };
        Ok(Prompts { question: prompt(&["query"])?, passage: prompt(&["passage", "document"])? })
    }
}
