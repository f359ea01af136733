//! Problems as SARIF 2.1.0, the format in which code hosts accept the results of a checker.

use std::fmt::Write as _;
use std::path::Path;

use faqt::build::{Check, Problem};
use serde::Serialize;

const VERSION: &str = "2.1.0";
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
struct Run<'a> {
    tool: Tool<'a>,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'a str,
    version: &'a str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    level: &'a str,
    message: Message<'a>,
    locations: [Location; 1],
}

#[derive(Serialize)]
struct Message<'a> {
    text: std::borrow::Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

/// Describes the problems of the content in `folder`.
pub(super) fn log<'a>(folder: &Path, problems: &'a [Problem]) -> Log<'a> {
    let rules = Check::ALL.iter().map(|check| Rule { id: check.name(), short_description: message(check.finds()) });
    let driver = Driver { name: "faqt", version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let results = problems.iter().map(|problem| found(folder, problem)).collect();
    Log { schema: SCHEMA, version: VERSION, runs: [Run { tool: Tool { driver }, results }] }
}

fn message(text: &str) -> Message<'_> {
    Message { text: text.into() }
}

fn found<'a>(folder: &Path, problem: &'a Problem) -> SarifResult<'a> {
    let text = match &problem.hint {
        Some(hint) => Message { text: format!("{} ({hint})", problem.message).into() },
        None => message(&problem.message),
    };
    let artifact_location = ArtifactLocation { uri: uri(folder, &problem.path) };
    let physical_location = PhysicalLocation { artifact_location, region: Region { start_line: problem.line } };
    let (rule_id, level) = (problem.check.name(), problem.severity.name());
    SarifResult { rule_id, level, message: text, locations: [Location { physical_location }] }
}

/// Returns the address of the file at `path` below `folder`.
fn uri(folder: &Path, path: &str) -> String {
    let folder = folder.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let joined = format!("{}/{path}", folder.trim_end_matches('/'));
    let relative = joined.strip_prefix("./").unwrap_or(&joined);
    let mut uri = String::from(if relative.starts_with('/') { "file://" } else { "" });
    for byte in relative.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => uri.push(byte.into()),
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_count_from_where_the_check_ran() {
        assert_eq!(uri(Path::new("."), "a.md"), "a.md");
        assert_eq!(uri(Path::new("./my help/"), "b/ä.md"), "my%20help/b/%C3%A4.md");
        assert_eq!(uri(Path::new("/srv/help"), "a.md"), "file:///srv/help/a.md");
    }
}
