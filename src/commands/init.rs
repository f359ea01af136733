//! `faqt init`: writes a small content folder to start from.

use std::path::Path;
use std::{fs, io};

use anyhow::{Context as _, anyhow};

use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::output::Output;

/// The files of the folder, each with its path below it.
const STARTER: [(&str, &str); 5] = [
    ("FAQ.md", include_str!("../starter/FAQ.md")),
    ("faqt.toml", include_str!("../starter/faqt.toml")),
    ("guide/choose-a-bulb.md", include_str!("../starter/guide/choose-a-bulb.md")),
    ("guide/open-the-case.md", include_str!("../starter/guide/open-the-case.md")),
    ("guide/reset-the-lamp.md", include_str!("../starter/guide/reset-the-lamp.md")),
];

/// The remedy for a folder that cannot be used.
const NAME_A_FOLDER: &str = "name a folder that is empty or does not exist: faqt init FOLDER";
/// The folder if none is named.
const FOLDER: &str = "content";

pub(super) fn run(folder: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => output
            .folder(FOLDER)?
            .ok_or_else(|| Failure::from(anyhow!("no folder is named")).with_hint(NAME_A_FOLDER))?,
    };
    let folder = folder.as_path();
    let shown = folder.display();
    if !is_free(folder).with_context(|| format!("cannot read {shown}"))? {
        return Err(Failure::from(anyhow!("{shown} is not empty")).with_hint(NAME_A_FOLDER));
    }
    for (path, text) in STARTER {
        let file = folder.join(path);
        write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    }
    output.started(folder, &STARTER.map(|(path, _)| path))?;
    Ok(Exit::Success)
}

/// Returns true if nothing would be overwritten: the folder is empty or missing.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut files) => Ok(files.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Writes a file that must not exist yet.
fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    io::Write::write_all(&mut fs::File::create_new(file)?, text.as_bytes())
}
