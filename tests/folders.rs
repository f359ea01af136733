//! Questions to a folder of Markdown, and the cache of its pack.

mod support;

use std::fs;
use std::path::Path;

use support::{Run, at_home, command, content};

const LAMP: &str = "---\nquestion: How do I reset the lamp?\n---\nHold the button.\n";
const FAN: &str = "---\nquestion: How do I clean the fan?\n---\nWith a brush.\n";

/// Asks the folder, with the cache in `cache`.
#[track_caller]
fn ask(folder: &Path, cache: &Path, query: &str) -> Run {
    let arguments = ["--kb".as_ref(), folder.as_os_str(), query.as_ref()];
    let mut command = command(arguments);
    at_home(&mut command, cache);
    Run::of(&mut command)
}

fn packs(cache: &Path) -> Vec<String> {
    let found = fs::read_dir(cache.join("faqt")).into_iter().flatten().flatten();
    let names = found.map(|file| file.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.ends_with("folder")).collect()
}

#[test]
fn any_change_in_a_folder_is_seen() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("lamp.md", LAMP)]);
    assert!(ask(&content, cache.path(), "reset lamp").stdout.contains("Hold the button."));
    assert_eq!(packs(cache.path()).len(), 1);
    let kept = packs(cache.path());
    assert!(ask(&content, cache.path(), "reset lamp").stdout.contains("Hold the button."));
    assert_eq!(packs(cache.path()), kept);

    // The length must change, too: the clock of a file system may tick more slowly than questions take.
    fs::write(content.join("lamp.md"), LAMP.replace("button", "red button")).expect("it can be written");
    assert!(ask(&content, cache.path(), "reset lamp").stdout.contains("Hold the red button."));
    fs::write(content.join("fan.md"), FAN).expect("it can be written");
    assert!(ask(&content, cache.path(), "clean fan").stdout.contains("With a brush."));
    fs::rename(content.join("fan.md"), content.join("ventilator.md")).expect("it can be renamed");
    assert!(ask(&content, cache.path(), "clean fan").stdout.contains("ventilator"));
    fs::remove_file(content.join("ventilator.md")).expect("it can be removed");
    assert!(!ask(&content, cache.path(), "clean fan").stdout.contains("With a brush."));
    assert_eq!(packs(cache.path()).len(), 1, "former states are dropped");
}

#[test]
fn a_damaged_or_useless_cache_is_no_error() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("lamp.md", LAMP)]);
    ask(&content, cache.path(), "reset lamp");
    let kept = cache.path().join("faqt").join(&packs(cache.path())[0]);
    fs::write(&kept, "damaged").expect("it can be written");
    assert_eq!(ask(&content, cache.path(), "reset lamp").code, Some(0));
    assert_ne!(fs::read(&kept).expect("it is there"), b"damaged");
    let no_folder = cache.path().join("file");
    fs::write(&no_folder, "").expect("it can be written");
    assert_eq!(ask(&content, &no_folder, "reset lamp").code, Some(0));
}

#[test]
fn one_bad_file_is_not_the_end_of_the_rest() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let files = [("lamp.md", LAMP), ("bad.md", "---\nid: [\n---\n"), ("link.md", "# Link\n\n[x](nowhere.md)\n")];
    let content = content(folder.path(), &files);
    let run = ask(&content, cache.path(), "reset lamp");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.starts_with("warning: 2 problems in "), "{}", run.stderr);
    assert_eq!(ask(&content, cache.path(), "reset lamp").stderr, "", "it is said once");
}

#[test]
fn two_at_once_are_fine() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let content = content(folder.path(), &[("lamp.md", LAMP), ("fan.md", FAN)]);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(ask(&content, cache.path(), "reset lamp").code, Some(0)));
        }
    });
    assert_eq!(packs(cache.path()).len(), 1);
}

/// A changed byte at any offset of a cached pack leaves the answer intact, and an unreadable pack is replaced.
#[test]
fn a_pack_damaged_inside_is_made_again() {
    let cache = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let many = (0..300).map(|at| format!("# How heavy is part {at}?\n\nPart {at} has {} grams.\n\n", at * 7));
    let content = content(folder.path(), &[("lamp.md", LAMP), ("parts.md", &many.collect::<String>())]);
    ask(&content, cache.path(), "reset lamp");
    let kept = cache.path().join("faqt").join(&packs(cache.path())[0]);
    let sound = fs::read(&kept).expect("it was kept");
    let mut healed_inside = 0;
    for at in (0..sound.len()).step_by(1_500) {
        let mut damaged = sound.clone();
        damaged[at] ^= 0x55;
        fs::write(&kept, &damaged).expect("it can be written");
        let opens = faqt::KnowledgeBase::open(&kept).is_ok();
        let run = ask(&content, cache.path(), "reset lamp");
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "byte {at}");
        assert!(run.stdout.contains("Hold the button."), "byte {at}: {}", run.stdout);
        healed_inside += usize::from(opens && fs::read(&kept).expect("it is there") == sound);
    }
    assert!(healed_inside > 0, "of {} bytes", sound.len());
    // Each of these commands reads the pack by a path of its own.
    let middle = sound.len() / 2;
    for command in ["list", "stats", "verify"] {
        let mut damaged = sound.clone();
        damaged[middle..].iter_mut().take(64).for_each(|byte| *byte ^= 0x55);
        fs::write(&kept, &damaged).expect("it can be written");
        let arguments: &[&str] = if command == "list" { &["--kb"] } else { &[command] };
        let mut run = support::command(arguments);
        run.arg(&content).args((command == "list").then_some(command));
        at_home(&mut run, cache.path());
        let output = run.output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{command}: {output:?}");
    }
}

#[test]
fn packs_of_folders_that_are_gone_are_dropped() {
    let cache = tempfile::tempdir().expect("a folder");
    let folders = [1, 2, 3].map(|_| tempfile::tempdir().expect("a folder"));
    let contents = folders.each_ref().map(|folder| content(folder.path(), &[("lamp.md", LAMP)]));
    ask(&contents[0], cache.path(), "reset lamp");
    ask(&contents[1], cache.path(), "reset lamp");
    assert_eq!(packs(cache.path()).len(), 2);
    fs::remove_dir_all(&contents[0]).expect("it can be removed");
    ask(&contents[2], cache.path(), "reset lamp");
    assert_eq!(packs(cache.path()).len(), 2);
    assert_eq!(fs::read_dir(cache.path().join("faqt")).expect("it is there").count(), 4, "a note for each");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};

    use super::*;

    fn modes(cache: &Path) -> Vec<u32> {
        let cache = cache.join("faqt");
        let files = fs::read_dir(&cache).expect("it is there").map(|file| file.expect("a file").path());
        let mut modes: Vec<u32> = [cache].into_iter().chain(files).map(|path| mode(&path)).collect();
        modes.sort_unstable();
        modes.dedup();
        modes
    }

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).expect("it is there").mode() & 0o777
    }

    #[test]
    fn nobody_else_can_read_the_cache() {
        let cache = tempfile::tempdir().expect("a folder");
        let folder = tempfile::tempdir().expect("a folder");
        let content = content(folder.path(), &[("lamp.md", LAMP)]);
        for is_there in [false, true] {
            if is_there {
                // Former versions left these modes.
                let directory = cache.path().join("faqt");
                for file in fs::read_dir(&directory).expect("it is there").flatten() {
                    fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).expect("it is ours");
                }
                fs::set_permissions(&directory, fs::Permissions::from_mode(0o755)).expect("it is ours");
                fs::write(content.join("more.md"), FAN).expect("it can be written");
            }
            ask(&content, cache.path(), "reset lamp");
            assert_eq!(modes(cache.path()), [0o600, 0o700]);
        }
    }

    #[test]
    fn a_cache_that_is_a_link_or_another_users_is_not_used() {
        let place = tempfile::tempdir().expect("a folder");
        let content = content(place.path(), &[("lamp.md", LAMP)]);
        let (elsewhere, cache) = (place.path().join("elsewhere"), place.path().join("cache"));
        fs::create_dir(&elsewhere).expect("a folder");
        fs::create_dir(&cache).expect("a folder");
        symlink(&elsewhere, cache.join("faqt")).expect("a link");
        let check = || {
            let run = ask(&content, &cache, "reset lamp");
            assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
            assert_eq!(fs::read_dir(&elsewhere).expect("it is there").count(), 0);
        };
        check();
        fs::remove_file(cache.join("faqt")).expect("it can be removed");
        fs::rename(&elsewhere, cache.join("faqt")).expect("it can be renamed");
        // Only root may change the owner of a directory.
        if chown(cache.join("faqt"), Some(12_345), None).is_ok() {
            let run = ask(&content, &cache, "reset lamp");
            assert_eq!((run.code, packs(&cache).len()), (Some(0), 0));
        }
    }

    /// Changes settings that hide a file, and asserts that the folder then answers nothing.
    #[track_caller]
    fn assert_closed(change: impl FnOnce(&Path), said: &str) {
        let cache = tempfile::tempdir().expect("a folder");
        let place = tempfile::tempdir().expect("a folder");
        let files = [("lamp.md", LAMP), ("secret/fan.md", FAN), ("faqt.toml", "exclude = ['secret/**']\n")];
        let content = content(place.path(), &files);
        let sound = ask(&content, cache.path(), "clean fan");
        assert!(matches!(sound.code, Some(0 | 1)) && !sound.stdout.contains("brush"), "{sound:?}");
        change(&content.join("faqt.toml"));
        for query in ["clean fan", "reset lamp"] {
            let run = ask(&content, cache.path(), query);
            assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
            let (error, hint) = run.stderr.split_once('\n').expect("two lines");
            assert!(error.starts_with("error: ") && error.contains(said), "{}", run.stderr);
            assert!(hint.starts_with("hint: fix ") && hint.contains("faqt.toml"), "{}", run.stderr);
        }
        assert!(faqt::KnowledgeBase::from_folder(&content).is_err());
        assert!(!place.path().join("kb.faqt").exists());
    }

    #[test]
    fn settings_that_cannot_be_read_open_nothing() {
        let write = |bytes: &'static [u8]| move |file: &Path| fs::write(file, bytes).expect("it can be written");
        assert_closed(write(b"exlude = ['secret/**']\n"), "faqt.toml:1: unknown field `exlude`");
        assert_closed(write(b"name = 'x'\nexclude = ['secret/**'\n"), "faqt.toml:2: ");
        assert_closed(write(b"name = 'x'\nexclude = 'secret/**'\n"), "faqt.toml:2: ");
        assert_closed(write(b"exclude = ['secret/[']\n"), "faqt.toml:1: ");
        assert_closed(write(b"exclude = ['secret/**']\nname = '\xff'\n"), "faqt.toml:2: not UTF-8");
        assert_closed(write(b"exclude = ['secret/**']\nstrict = 'yes'\n"), "faqt.toml:2: ");
        assert_closed(write(b"exclude = ['secret/**']\n[settings]\n"), "faqt.toml:2: ");
        let swap = |kind: fn(&Path)| {
            move |file: &Path| {
                fs::rename(file, file.with_extension("bak")).expect("it can be renamed");
                kind(file);
            }
        };
        assert_closed(swap(|file| symlink("faqt.bak", file).expect("a link")), "faqt.toml:1: a symbolic link");
        assert_closed(swap(|file| symlink("nowhere", file).expect("a link")), "faqt.toml:1: a symbolic link");
        assert_closed(swap(|file| fs::create_dir(file).expect("a folder")), "faqt.toml:1: not a regular file");
        let pipe = |file: &Path| {
            use rustix::fs::{CWD, FileType, Mode, mknodat};
            mknodat(CWD, file, FileType::Fifo, Mode::RUSR, 0).expect("a pipe");
        };
        assert_closed(swap(pipe), "faqt.toml:1: not a regular file");
        let rename = |file: &Path| fs::rename(file, file.with_file_name("Faqt.toml")).expect("it can be renamed");
        assert_closed(rename, "Faqt.toml:1: `faqt.toml` in another case");
        // Permissions do not hold for root.
        if !rustix::process::geteuid().is_root() {
            let lock = |file: &Path| fs::set_permissions(file, fs::Permissions::from_mode(0o000)).expect("it is ours");
            assert_closed(lock, "faqt.toml:1: cannot be read: Permission denied");
        }
    }
}
