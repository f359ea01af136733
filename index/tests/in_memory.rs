//! Files in memory are read as the same files in a folder: the same pack, the same problems.

use std::fs;

use faqt::KnowledgeBase;
use faqt::build::{BuildError, Builder};

/// Content that meets everything that reading it looks at.
const FILES: &[(&str, &str)] = &[
    ("faqt.toml", "language = 'de'\nexclude = ['old', '*-draft.md']\n[redirects]\nformer = 'reset'\n"),
    (
        "a.md",
        "---\nid: reset\nquestion: How do I reset the lamp?\nhelp_ids: [E1]\n---\nSee [loud](b/loud.md#is-it-loud).\n",
    ),
    (
        "b/loud.md",
        "# The lamp\n\n## Is it loud?\n\n![here](picture.png) [up](../a.md) [gone](gone.md) [site](/docs/x.md)\n",
    ),
    ("b/picture.png", "no picture"),
    ("b/notes.txt", "no content"),
    ("b/UPPER.MD", "# Is it heavy?\n\nIt is. [notes](notes.txt), [text](../old/hidden.md)\n"),
    ("old/hidden.md", "# Is it hidden?\n\nIt is.\n"),
    ("c-draft.md", "# Is it a draft?\n\nIt is.\n"),
    ("d/faqt.toml", "exclude = ['secret']\n"),
    ("d/open.md", "# Is it open?\n\nIt is.\n"),
    ("d/secret/x.md", "# Is it secret?\n\nIt is.\n"),
    ("e/faqt.toml", "exlude = ['x.md']\n"),
    ("e/x.md", "# Is it misspelt?\n\nIt is.\n"),
    ("node_modules/y.md", "# Is it a package?\n\nIt is.\n"),
    (".hidden/z.md", "# Is it dotted?\n\nIt is.\n"),
    ("f/.w.md", "# Is it dotted, too?\n\nIt is.\n"),
    ("target/CACHEDIR.TAG", ""),
    ("target/v.md", "# Is it cached?\n\nIt is.\n"),
    ("SUMMARY.md", "# Summary\n\n- [a](a.md)\n"),
    ("g.md", "# Is it bright?\n\n\u{7}\n\n# Is it bright?\n\nIt is.\n"),
];

#[track_caller]
fn is_same(files: &[(&str, &str)]) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("help");
    for (path, text) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    let (on_disk, in_memory) = (Builder::new(&folder), Builder::from_files("help", files.iter().copied()));
    let checked = [&on_disk, &in_memory].map(|builder| {
        let checked = builder.check().expect("there are entries");
        format!("{checked:#?}")
    });
    assert_eq!(checked[0], checked[1]);
    let built = [&on_disk, &in_memory].map(|builder| builder.clone().lenient(true).build().expect("some is sound"));
    assert_eq!(built[0].pack, built[1].pack);
    assert_eq!(built[0].help_ids, built[1].help_ids);
    let strict = [on_disk, in_memory].map(|builder| builder.build().map(|built| built.pack).map_err(|e| e.to_string()));
    assert_eq!(strict[0], strict[1]);
}

#[test]
fn files_in_memory_give_the_bytes_and_the_problems_of_a_folder() {
    is_same(FILES);
    // Without what is an error.
    let sound = |path: &str| !["e/faqt.toml", "g.md", "b/loud.md"].contains(&path);
    is_same(&FILES.iter().copied().filter(|(path, _)| sound(path)).collect::<Vec<_>>());
    for settings in [("FAQT.toml", "language = 'de'\n"), ("faqt.toml", "language = [\n")] {
        let files = [settings, ("a.md", "# Is it loud?\n\nNo.\n")];
        let error = Builder::from_files("help", files).lenient(true).build().expect_err("settings that cannot be read");
        assert!(matches!(error, BuildError::Content(_)), "{error}");
    }
}

#[test]
fn a_pack_of_files_in_memory_is_written_to_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let builder = Builder::from_files("help", [("a.md", "# Is it loud?\n\nNo.\n")]);
    let file = folder.path().join("help.faqt");
    builder.write_to(&file).expect("it can be written");
    assert_eq!(fs::read(&file).expect("it is there"), builder.build().expect("sound").pack);
}

#[test]
fn a_change_in_memory_is_a_change_of_the_fingerprint() {
    let fingerprint = |files: &[(&str, &str)]| Builder::from_files("help", files.iter().copied()).fingerprint();
    let before = fingerprint(&[("a.md", "bc")]);
    assert_eq!(before, fingerprint(&[("./a.md", "bc")]));
    for after in [&[("a.md", "bd")][..], &[("a.mdb", "c")], &[("a.md", "bc"), ("b.md", "")], &[]] {
        assert_ne!(before, fingerprint(after), "{after:?}");
    }
}

#[test]
fn text_without_entries_is_no_knowledge_base() {
    for text in ["", "\n\n", "---\ndraft: true\n---\n# Is it loud?\n\nNo.\n"] {
        let error = KnowledgeBase::from_markdown(text).expect_err("no entries");
        assert_eq!(error.to_string(), "no entries in faq", "{text:?}");
    }
}
