//! `faqt export`: writes a knowledge base as pages that need no server, or as rows or documents for a database.

use anyhow::anyhow;
use faqt::build::PackForm;
#[cfg(feature = "cluster")]
use faqt_cluster::files::Form;

use crate::cli::arguments::Global;
use crate::cli::arguments::faces::{Export, To};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::export::{self, Options};
use crate::open;
use crate::output::Output;

pub(super) fn run(arguments: &Export, global: &Global, output: &Output) -> Result<Exit, Failure> {
    if global.kb.len() > 1 {
        let failure = Failure::from(anyhow!("`faqt export` writes one knowledge base, and --kb names several"));
        return Err(failure.with_hint("export each by itself: faqt --kb PATH export --to html FILE"));
    }
    let kb = open::open_one(global.kb.first().map(std::path::PathBuf::as_path))?;
    let form = if arguments.no_meaning { PackForm::WordsOnly } else { PackForm::Standalone };
    let options = Options { form, engine: arguments.engine.as_deref(), force: arguments.force };
    let exported = match arguments.to {
        To::Html => export::html(&kb, &arguments.output, &options)?,
        To::Site => export::site(&kb, &arguments.output, &options)?,
        #[cfg(feature = "cluster")]
        To::Sql => export::rows(&kb, &arguments.output)?,
        #[cfg(feature = "cluster")]
        To::Elasticsearch => export::documents(&kb, &arguments.output, Form::Elasticsearch)?,
        #[cfg(feature = "cluster")]
        To::Typesense => export::documents(&kb, &arguments.output, Form::Typesense)?,
    };
    output.exported(&exported)?;
    Ok(Exit::Success)
}
