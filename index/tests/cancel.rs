//! A build that is cancelled ends with an error of its own and writes nothing, whatever it was doing.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use faqt::build::{BuildError, Builder, Stage};

/// A builder of some files, and the flag that cancels it.
fn builder() -> (Builder, Arc<AtomicBool>) {
    let files = (0..300).map(|at| (format!("{at}.md"), format!("# Where is lamp {at}?\n\nIn room {at}.\n")));
    let flag = Arc::new(AtomicBool::new(false));
    (Builder::from_files("help", files).cancelled_by(Arc::clone(&flag)), flag)
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").file_name());
    files.map(|name| name.into_string().expect("a name")).collect()
}

#[test]
fn a_build_that_is_cancelled_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("help.faqt");
    let old = Builder::from_files("help", [("a.md", "# Is it loud?\n\nNo.\n")]).build().expect("sound").pack;
    fs::write(&file, &old).expect("it can be written");
    for stage in [Stage::Reading, Stage::Indexing, Stage::CheckingFindability] {
        for at in [1, 150] {
            let (builder, flag) = builder();
            let set = Arc::clone(&flag);
            let builder = builder.on_progress(move |progress| {
                if progress.stage == stage && progress.done == at {
                    set.store(true, Ordering::Relaxed);
                }
            });
            let cancelled = [
                builder.build().map(drop),
                builder.check().map(drop),
                builder.write_to(&file).map(drop),
                builder.clone().lenient(true).write_to(folder.path().join("new.faqt")).map(drop),
            ];
            for (way, result) in cancelled.into_iter().enumerate() {
                // The flag stays set, so those behind the first end at once.
                assert!(matches!(result, Err(BuildError::Cancelled)), "{stage:?}, {at}, {way}");
            }
            flag.store(false, Ordering::Relaxed);
            assert!(matches!(builder.write_to(&file), Err(BuildError::Cancelled)), "{stage:?}, {at}");
            assert_eq!(
                (names(folder.path()), fs::read(&file).expect("it is there")),
                (vec!["help.faqt".to_owned()], old.clone())
            );
        }
    }
}

#[test]
fn a_build_that_is_not_cancelled_is_as_any() {
    let (builder, flag) = builder();
    let built = builder.build().expect("nobody cancels it");
    flag.store(true, Ordering::Relaxed);
    let error = builder.build().expect_err("it is cancelled");
    assert_eq!(error.to_string(), "the build was cancelled");
    flag.store(false, Ordering::Relaxed);
    assert_eq!(builder.build().expect("nobody cancels it any more").pack, built.pack);
}
