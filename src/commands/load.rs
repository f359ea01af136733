//! `faqt load`: loads a knowledge base into a database.

use std::path::Path;

use anyhow::anyhow;
use faqt_cluster::files::Exported;
use faqt_cluster::{Address, Loader, Rows};

use crate::cli::arguments::Global;
use crate::cli::arguments::faces::Load;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::open;
use crate::output::Output;
use crate::output::loaded::LoadedGeneration;
use crate::progress::Bar;

pub(super) fn run(arguments: &Load, global: &Global, output: &Output) -> Result<Exit, Failure> {
    let Some(url) = open::databases::url(Path::new(&arguments.url)) else {
        let failure = Failure::from(anyhow!("the first argument names no database"));
        return Err(failure.with_hint(
            "faqt load 'postgres://USER:PASSWORD@HOST/DATABASE?name=NAME' SOURCE, or clickhouse://…, elasticsearch://…",
        ));
    };
    if arguments.source.is_none() && global.kb.len() > 1 {
        let failure = Failure::from(anyhow!("`faqt load` loads one knowledge base, and --kb names several"));
        return Err(failure.with_hint("load each by itself, under a name of its own: ?name=NAME"));
    }
    let source = arguments.source.as_deref().or(global.kb.first().map(std::path::PathBuf::as_path));
    let rows = rows(source)?;
    let address: Address = url.parse()?;
    let loader = Loader::connect(&address)?;
    let bar = Bar::new();
    let mut show = bar.rows("Loading rows");
    let mut before = 0;
    let current = loader.load(&*rows, |progress| {
        show(before + progress.rows);
        before += if progress.is_done { progress.rows } else { 0 };
    })?;
    drop(bar);
    let dropped = arguments.keep.map(|keep| loader.drop_old(keep)).transpose()?.unwrap_or_default();
    output.loaded(&LoadedGeneration {
        database: address.to_string(),
        name: address.name().to_owned(),
        generation: current.hash,
        entries: current.entries,
        dropped,
    })?;
    Ok(Exit::Success)
}

/// Returns the rows in a folder of rows, or those of a knowledge base.
fn rows(source: Option<&Path>) -> Result<Box<dyn Rows>, Failure> {
    if let Some(folder) = source.filter(|source| source.join("generation.json").is_file()) {
        return Ok(Box::new(Exported::open(folder)?));
    }
    if source.and_then(open::databases::url).is_some() {
        let failure = Failure::from(anyhow!("a knowledge base is loaded from a pack, and the source is a database"));
        return Err(failure.with_hint("name the pack or the folder that it was loaded from"));
    }
    Ok(Box::new(open::open_one(source)?.generation()?))
}
