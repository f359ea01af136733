use std::fs;

use super::target::Refusal;
use super::*;

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files.collect();
    names.sort();
    names
}

#[test]
fn what_killed_writers_left_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.faqt");
    let live = locked_temporary(&Target::of(&file).unwrap(), Readers::Usual).unwrap();
    let orphan = folder.path().join(".faqt-a.faqt-abcdefABCD12.tmp");
    fs::write(&orphan, "half").unwrap();
    let others = [
        ".faqt-dead",
        ".faqt-notes.md",
        ".faqt-a.faqt-abcdefABCD1.tmp",
        ".faqt-a.faqt-abcdefABCD123.tmp",
        ".faqt-a.faqt-abcdef-BCD12.tmp",
        ".faqt-a.faqt-abcdefABCD12.tmp~",
        ".faqt-b.faqt-abcdefABCD12.tmp",
    ];
    for other in others {
        fs::write(folder.path().join(other), "another's").unwrap();
    }
    fs::create_dir(folder.path().join(".faqt-a.faqt-abcdefABCD34.tmp")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join(others[0]), folder.path().join(".faqt-a.faqt-abcdefABCD56.tmp"))
        .unwrap();
    write_atomically(&file, b"pack").unwrap();
    assert!(!orphan.exists() && live.path().exists() && file.exists());
    let kept = names(folder.path()).len() - usize::from(cfg!(unix));
    assert_eq!(kept, others.len() + 3, "{:?}", names(folder.path()));
}

#[test]
fn writers_of_one_file_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.faqt");
    std::thread::scope(|scope| {
        for byte in 0..8 {
            let file = &file;
            scope.spawn(move || (0..20).for_each(|_| write_atomically(file, &[byte; 10_000]).unwrap()));
        }
    });
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.len() == 10_000 && bytes.iter().all(|byte| *byte == bytes[0]));
    assert_eq!(names(folder.path()), ["a.faqt"]);
}

#[test]
fn a_name_as_long_as_a_name_may_be_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a".repeat(255), "é".repeat(127)] {
        write_atomically(&folder.path().join(name), b"pack").unwrap();
    }
    assert_eq!(names(folder.path()).len(), 2);
}

#[test]
fn what_names_no_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap();
    for (path, refusal) in [
        (folder, Refusal::NotRegular("a folder")),
        (&format!("{folder}/new/"), Refusal::NotRegular("a folder")),
        (&format!("{folder}/.."), Refusal::NotRegular("a folder")),
        ("", Refusal::NoName),
    ] {
        let error = write_atomically(Path::new(path), b"pack").unwrap_err();
        assert_eq!(error.get_ref().and_then(|error| error.downcast_ref()), Some(&refusal), "{path}");
    }
}

#[test]
fn only_packs_and_empty_files_are_replaced_where_a_pack_is_expected() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.faqt");
    let target = || Target::of(&file).unwrap();
    let pack = [crate::pack::MAGIC.as_slice(), b"rest"].concat();
    for old in [b"".as_slice(), &pack] {
        fs::write(&file, old).unwrap();
        assert!(Replacement::of(target(), Replaceable::Packs).is_ok());
    }
    for old in [b"# Notes".as_slice(), b"x", &pack[..4]] {
        fs::write(&file, old).unwrap();
        assert!(Replacement::of(target(), Replaceable::Packs).is_err());
        assert!(Replacement::of(target(), Replaceable::Any).is_ok());
        assert_eq!(fs::read(&file).unwrap(), old);
    }
}

/// The file is checked again before it is replaced.
#[test]
fn what_came_to_be_there_while_a_pack_was_written_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.faqt");
    let start = || Replacement::of(Target::of(&file).unwrap(), Replaceable::Packs).unwrap();
    let begun = start();
    fs::write(&file, "# Notes").unwrap();
    assert!(begun.commit().is_err());
    assert_eq!(fs::read(&file).unwrap(), b"# Notes");
    fs::remove_file(&file).unwrap();
    let begun = start();
    fs::create_dir(&file).unwrap();
    assert!(begun.commit().is_err());
    fs::remove_dir(&file).unwrap();
    let begun = start();
    write_atomically(&file, &crate::pack::MAGIC).unwrap();
    begun.commit().unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"");
    assert_eq!(names(folder.path()), ["a.faqt"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::os::unix::net::UnixListener;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;

    fn set_mode(file: &Path, mode: u32) {
        fs::set_permissions(file, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn mode(file: &Path) -> u32 {
        fs::metadata(file).unwrap().mode() & 0o7777
    }

    #[test]
    fn the_permissions_of_the_old_file_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.faqt");
        write_atomically(&file, b"old").unwrap();
        for kept in [0o600, 0o640, 0o444, 0o666, 0o400] {
            set_mode(&file, kept);
            write_atomically(&file, b"new").unwrap();
            assert_eq!(mode(&file), kept);
            write_private_atomically(&file, b"new").unwrap();
            assert_eq!(mode(&file), kept);
        }
    }

    #[test]
    fn the_owner_and_the_group_stay_where_they_may_be_set() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.faqt");
        write_atomically(&file, b"old").unwrap();
        // Only root may give a file away.
        if std::os::unix::fs::chown(&file, Some(12_345), Some(12_346)).is_ok() {
            set_mode(&file, 0o640);
            write_atomically(&file, b"new").unwrap();
            let new = fs::metadata(&file).unwrap();
            assert_eq!((new.uid(), new.gid(), mode(&file)), (12_345, 12_346, 0o640));
        }
    }

    #[test]
    fn until_it_is_done_a_file_that_replaces_another_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.faqt");
        let start = |readers| Replacement::start(Target::of(&file).unwrap(), Replaceable::Any, readers).unwrap();
        assert_eq!(mode(start(Readers::Owner).path()), 0o600);
        fs::write(&file, "old").unwrap();
        assert_eq!(mode(start(Readers::Usual).path()), 0o600);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_access_control_list_stays_and_none_is_inherited() {
        use rustix::fs::{XattrFlags, lgetxattr, lsetxattr};
        const ACCESS: &str = "system.posix_acl_access";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.faqt");
        write_atomically(&file, b"old").unwrap();
        let rows: [(u16, u16, u32); 5] = [(1, 6, !0), (2, 4, 12_345), (4, 0, !0), (16, 4, !0), (32, 0, !0)];
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, rights, id) in rows {
            list.extend([tag.to_le_bytes(), rights.to_le_bytes()].concat());
            list.extend(id.to_le_bytes());
        }
        if lsetxattr(&file, ACCESS, &list, XattrFlags::empty()).is_err() {
            return; // The file system has no lists.
        }
        let list_of = |file: &Path| {
            let mut list = vec![0; 1_024];
            lgetxattr(file, ACCESS, &mut list).map(|length| list[..length].to_vec()).ok()
        };
        write_atomically(&file, b"new").unwrap();
        assert_eq!((list_of(&file), mode(&file)), (Some(list.clone()), 0o640));
        let private = folder.path().join("private.faqt");
        fs::write(&private, "old").unwrap();
        set_mode(&private, 0o640);
        lsetxattr(folder.path(), "system.posix_acl_default", &list, XattrFlags::empty()).unwrap();
        write_atomically(&private, b"new").unwrap();
        assert_eq!((list_of(&private), mode(&private)), (None, 0o640));
    }

    #[test]
    fn a_link_is_followed_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("elsewhere")).unwrap();
        symlink("elsewhere/a.faqt", at("link")).unwrap();
        symlink("link", at("link-to-link")).unwrap();
        symlink("loop", at("loop")).unwrap();
        for bytes in [b"new".as_slice(), b"newer"] {
            write_atomically(&at("link-to-link"), bytes).unwrap();
            assert_eq!(fs::read(at("elsewhere/a.faqt")).unwrap(), bytes);
            assert_eq!(fs::read_link(at("link")).unwrap(), Path::new("elsewhere/a.faqt"));
        }
        assert!(write_atomically(&at("loop"), b"new").is_err());
        assert_eq!(names(folder.path()), ["elsewhere", "link", "link-to-link", "loop"]);
    }

    #[test]
    fn what_is_no_regular_file_is_refused_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        mknodat(CWD, at("pipe"), FileType::Fifo, Mode::RUSR, 0).unwrap();
        let _socket = UnixListener::bind(at("socket")).unwrap();
        symlink("/dev/null", at("link")).unwrap();
        for (path, kind) in [
            (at("pipe"), "a pipe"),
            (at("socket"), "a socket"),
            (at("link"), "a device"),
            ("/dev/null".into(), "a device"),
            ("/dev/full".into(), "a device"),
            ("/dev/stdout".into(), "a stream"),
            ("/dev/fd/1".into(), "a stream"),
            ("/proc/self/fd/1".into(), "a stream"),
        ] {
            let before = fs::symlink_metadata(&path).unwrap();
            for replaceable in [Replaceable::Any, Replaceable::Packs] {
                let refused = Target::of(&path).and_then(|target| Replacement::of(target, replaceable).map(drop));
                let error = refused.unwrap_err();
                let refusal = error.get_ref().and_then(|error| error.downcast_ref());
                assert_eq!(refusal, Some(&Refusal::NotRegular(kind)), "{path:?}: {error}");
            }
            let after = fs::symlink_metadata(&path).unwrap();
            assert_eq!((before.file_type(), before.ino()), (after.file_type(), after.ino()));
        }
        assert_eq!(names(folder.path()), ["link", "pipe", "socket"]);
    }
}
