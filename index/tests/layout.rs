//! Lists in the documentation are those of the code: the tree of `ARCHITECTURE.md`, checks in `docs/checks.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Returns the paths in the tree of `text` that begins with the line of `root`, without the root itself.
///
/// Each level is indented by two spaces; a folder ends with a slash.
fn listed(text: &str, root: &str) -> BTreeSet<String> {
    let is_root = |line: &&str| line.split_whitespace().next() == Some(root);
    let below = text.lines().skip_while(|line| !is_root(line)).skip(1).take_while(|line| line.starts_with("  "));
    let mut folder = "";
    let mut paths = BTreeSet::new();
    for line in below {
        let name = line.split_whitespace().next().unwrap_or_default();
        if line.starts_with("    ") {
            paths.insert(format!("{folder}{name}"));
        } else {
            folder = name;
            paths.insert(name.to_owned());
        }
    }
    paths
}

/// Returns the names in `folder`, those of folders with a slash behind them.
fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("it can be read");
    let name = |file: fs::DirEntry| {
        let name = file.file_name().into_string().expect("names are UTF-8");
        if file.path().is_dir() { name + "/" } else { name }
    };
    files.map(|file| name(file.expect("it can be read"))).collect()
}

/// Returns the files and folders in `root`, and the folders in those. A folder of nothing but tests is left out.
fn found(root: &Path) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for name in names(root) {
        if name.ends_with('/') {
            let inner = names(&root.join(&name)).into_iter().filter(|inner| inner.ends_with('/'));
            let inner = inner.filter(|inner| names(&root.join(&name).join(inner)) != ["tests.rs"]);
            paths.extend(inner.map(|inner| format!("{name}{inner}")));
        }
        paths.insert(name);
    }
    paths
}

#[test]
fn the_tree_of_the_architecture_is_that_of_the_folders() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(repository.join("ARCHITECTURE.md")).expect("it can be read");
    for root in ["index/src/", "src/"] {
        assert_eq!(listed(&text, root), found(&repository.join(root)), "{root}");
    }
}

#[test]
fn the_documentation_describes_every_check() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(library.join("../docs/checks.md")).expect("it can be read");
    let named: BTreeSet<&str> = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .flat_map(|line| line.split('|').nth(1).unwrap_or_default().split('`').skip(1).step_by(2))
        .collect();
    let checks: BTreeSet<&str> = faqt::build::Check::ALL.iter().map(|check| check.name()).collect();
    assert_eq!(named, checks);
}
