//! `faqt model`: imports, lists, removes and checks sentence encoders.

use crate::cli::arguments::Model;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::models;
use crate::output::Output;

pub(super) fn run(command: &Model, output: &Output) -> Result<Exit, Failure> {
    match command {
        Model::Import { path, name } => output.imported(&models::import(path, name.as_deref())?)?,
        Model::List => output.models(&models::list()?)?,
        Model::Remove { name } => {
            let model = models::find(name)?;
            models::remove(&model)?;
            output.removed(&model)?;
        }
        Model::Verify { name } => return verify(name.as_deref(), output),
    }
    Ok(Exit::Success)
}

/// Checks the model of this name, or all.
fn verify(name: Option<&str>, output: &Output) -> Result<Exit, Failure> {
    let mut checked = match name {
        Some(name) => vec![models::find(name)?],
        None => models::list()?,
    };
    checked.iter_mut().for_each(models::Model::verify);
    output.verified_models(&checked)?;
    let is_sound = checked.iter().all(|model| model.fault.is_none());
    Ok(if is_sound { Exit::Success } else { Exit::NotAnswered })
}
