//! The modules of a sentence transformer: a transformer, its pooling, and a normalisation that every encoder has.

use std::path::{Component, Path};

use serde_json::{Value, json};

use super::error::ImportError;
use super::files::ModelFiles;
use super::settings::Settings;

/// Returns the folder of the transformer, with a slash behind unless it is empty.
pub(super) fn transformer_folder(files: &mut ModelFiles) -> Result<String, ImportError> {
    let modules = Settings::require(files, "modules.json")?;
    check_module(&modules, 0, "Transformer")?;
    check_module(&modules, 1, "Pooling")?;
    let transformer = folder(&modules, 0)?;
    let pooling = folder(&modules, 1)?;
    if modules.at("/2").is_some() {
        check_module(&modules, 2, "Normalize")?;
    }
    if modules.at("/3").is_some() {
        return Err(modules.unsupported("/3/type", "a transformer, a pooling and a normalisation"));
    }
    check_pooling(files, &pooling)?;
    Ok(transformer)
}

/// Checks the type of a module, whose last part is the name of a class.
fn check_module(modules: &Settings, number: usize, class: &str) -> Result<(), ImportError> {
    let pointer = format!("/{number}/type");
    match modules.text(&pointer) {
        Some(found) if found.rsplit('.').next() == Some(class) => Ok(()),
        _ => Err(modules.unsupported(&pointer, class)),
    }
}

/// Returns the folder of a module, which must not lead out of the model.
fn folder(modules: &Settings, number: usize) -> Result<String, ImportError> {
    let pointer = format!("/{number}/path");
    let folder = modules.text(&pointer).unwrap_or_default();
    if !Path::new(folder).components().all(|component| matches!(component, Component::Normal(_))) {
        return Err(modules.unsupported(&pointer, "a folder of the model"));
    }
    Ok(if folder.is_empty() { String::new() } else { format!("{}/", folder.trim_end_matches('/')) })
}

fn check_pooling(files: &mut ModelFiles, folder: &str) -> Result<(), ImportError> {
    let Some(pooling) = Settings::read(files, &format!("{folder}config.json"))? else {
        return Err(ImportError::Missing { path: files.path().to_owned(), name: "config.json of the pooling" });
    };
    // The settings of 2025 and later name the mode; earlier ones have a flag for each.
    if pooling.at("/pooling_mode").is_some() {
        return pooling.check("/pooling_mode", &json!("mean"), &Value::Null);
    }
    pooling.check("/pooling_mode_mean_tokens", &json!(true), &json!(true))?;
    for mode in ["cls_token", "max_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken"] {
        pooling.check(&format!("/pooling_mode_{mode}"), &json!(false), &json!(false))?;
    }
    Ok(())
}
