//! Temporary files that killed writers left, and their names.

use std::fs;
use std::io;
use std::path::Path;

use super::target::Target;
use crate::pack::regular_file;

/// The number of random letters and digits in the name of a temporary file.
pub(crate) const RANDOM: usize = 12;
/// The end of the name of a temporary file.
const SUFFIX: &str = ".tmp";
/// The most bytes of the target's name in the name of a temporary file; 255 bytes are a common limit.
const NAME_BYTES_MAX: usize = 200;

/// Returns the beginning and the end of the names of temporary files for `target`, which no other program makes.
pub(crate) fn name(target: &Target) -> (String, &'static str) {
    (format!("{}-", stem(target)), SUFFIX)
}

/// Returns the beginning of the names of hidden files for `target`.
pub(crate) fn stem(target: &Target) -> String {
    let name = target.name().to_string_lossy();
    let end = name.floor_char_boundary(NAME_BYTES_MAX);
    format!(".faqt-{}", &name[..end])
}

/// Removes the orphans of `target`. Orphans that cannot be read or removed stay, and so do those of other users.
pub(crate) fn remove(target: &Target) {
    let (prefix, suffix) = name(target);
    let Ok(files) = fs::read_dir(target.folder()) else { return };
    for file in files.flatten() {
        let name = file.file_name();
        if name.to_str().is_some_and(|name| is_temporary(name, &prefix, suffix)) {
            let _ = remove_if_orphan(&file.path());
        }
    }
}

fn is_temporary(name: &str, prefix: &str, suffix: &str) -> bool {
    let random = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
    random.is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Removes the file if nobody writes it. Where files cannot be locked, orphans cannot be recognised, and stay.
fn remove_if_orphan(path: &Path) -> io::Result<()> {
    let file = regular_file::open_no_follow(path)?;
    if regular_file::is_own(&file)? && file.try_lock().is_ok() {
        fs::remove_file(path)?;
    }
    Ok(())
}
