//! The folders listed in `ARCHITECTURE.md` are the folders of the source.

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
