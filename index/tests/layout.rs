//! Lists in the documentation are those of the code: rooms in `ARCHITECTURE.md`, checks in `docs/checks.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn the_rooms_of_the_architecture_are_those_of_the_library() {
    let library = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(library.join("../ARCHITECTURE.md")).expect("it can be read");
    let named = |line: &str| line.strip_prefix("index/src/")?.split_whitespace().next().map(str::to_owned);
    let listed: BTreeSet<String> = text.lines().filter_map(named).collect();
    let without_extension = |name: &str| name.strip_suffix(".rs").unwrap_or(name).to_owned();
    let found = fs::read_dir(library.join("src")).expect("it can be read").flatten();
    let found: BTreeSet<String> = found
        .filter_map(|file| file.file_name().to_str().map(without_extension))
        .filter(|name| name != "lib")
        .collect();
    assert_eq!(listed, found);
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
