//! Forged packs with matching checksums.

use super::forge::Parts;
use super::transducer::{HEAD, Info, LEAF, Nodes, byte};

/// False values for lengths and counts.
const CLAIMS: [u64; 6] = [0, 1, 0xffff, u32::MAX as u64, 1 << 40, u64::MAX];
/// Control sequences of a terminal.
const ESCAPES: &str = "\\u001b]0;owned\\u0007\\u001b[31m\\u202e";

/// Sections that are cut short.
const CUT: [&str; 10] = [
    "lengths",
    "postings",
    "terms",
    "phrasings",
    "entries",
    "synonyms",
    "manifest",
    "lookup-terms",
    "vectors",
    "sentences",
];

/// Returns forgeries of the pack `sound`, each with a name. Of the forgeries that try every byte or every position, 1
/// in `step` is returned.
pub fn forgeries(sound: &[u8], step: usize) -> Vec<(String, Vec<u8>)> {
    let parts = Parts::of(sound);
    let mut all = Vec::new();
    let mut add = |name: String, parts: Parts| all.push((name, parts.pack()));
    for (terms, postings, first) in [("terms", "postings", b'r'), ("lookup-terms", "lookup-postings", b'i')] {
        for (name, bytes) in dictionaries(first).into_iter().chain(nodes(first).into_iter().step_by(step)) {
            add(format!("{terms}: {name}"), parts.with(terms, bytes));
        }
        for (name, bytes) in lists(parts.get(postings)) {
            add(format!("{postings}: {name}"), parts.with(postings, bytes));
        }
        for (place, bytes) in claims(parts.get(terms)).into_iter().step_by(step) {
            add(format!("{terms}: {place}"), parts.with(terms, bytes));
        }
    }
    for section in ["phrasings", "entries", "vectors", "sentences"] {
        for (place, bytes) in claims(parts.get(section)).into_iter().step_by(step) {
            add(format!("{section}: {place}"), parts.with(section, bytes));
        }
    }
    for (name, json) in manifests(parts.get("manifest")) {
        add(format!("manifest: {name}"), parts.with("manifest", json));
    }
    for (name, json) in synonyms() {
        add(format!("synonyms: {name}"), parts.with("synonyms", json));
    }
    for (name, block) in blocks(step == 1) {
        add(format!("entries: {name}"), parts.with("entries", one_block(&block)));
    }
    for section in CUT {
        for length in [0, 1, 7, 15, 31, parts.get(section).len() / 2] {
            let bytes = parts.get(section)[..length.min(parts.get(section).len())].to_vec();
            add(format!("{section}: cut to {length}"), parts.with(section, bytes));
        }
    }
    all
}

/// Dictionaries in which every term begins with `first`.
fn dictionaries(first: u8) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let letters = || (b'a'..=b'z').chain(0xc3..=0xc4);
    let rooted = |nodes: Nodes, target, count, info| nodes.rooted(first, target, count, info);
    for ways in [1, 2, 26, 256] {
        let inputs: Vec<u8> = (0..=255).cycle().skip(usize::from(b'a')).take(ways).collect();
        let mut sorted = inputs.clone();
        sorted.sort_unstable();
        for is_final in [None, Some(0), Some(u64::MAX)] {
            // Each transition leads back to its own node.
            let mut nodes = Nodes::new();
            let here = nodes.next(
                Nodes::length(ways)
                    + is_final.map_or(0, |_| 8)
                    + if ways > 32 { 256 } else { 0 }
                    + usize::from(ways > 63),
            );
            let to_itself: Vec<_> = sorted.iter().map(|&input| (input, 1, here)).collect();
            assert_eq!(nodes.add(is_final, &to_itself), here);
            for count in [1, 1_000] {
                let nodes = Nodes(nodes.0.clone());
                all.push((
                    format!("a cycle of {ways} ways, {is_final:?}, {count}"),
                    rooted(nodes, here, count, Info::ONE),
                ));
            }
            // Each transition leads to the previous node, 60 times: `ways` to the power of 60 paths.
            for last in [None, Some(0)] {
                let mut nodes = Nodes::new();
                let mut target = nodes.add(last, &[]);
                for _ in 0..60 {
                    let ways: Vec<_> = sorted.iter().map(|&input| (input, u64::from(input), target)).collect();
                    target = nodes.add(is_final, &ways);
                }
                for count in [1, 20_000] {
                    let nodes = Nodes(nodes.0.clone());
                    let name = format!("{ways}^60 paths to {last:?}, {is_final:?}, {count}");
                    all.push((name, rooted(nodes, target, count, Info::ONE)));
                }
            }
        }
    }
    // Two nodes that lead to each other.
    let mut nodes = Nodes::new();
    let second = nodes.next(Nodes::length(1)) + Nodes::length(1);
    let one = nodes.add(None, &[(b'a', 0, second)]);
    nodes.add(None, &[(b'b', 0, one)]);
    all.push(("a cycle of two nodes".into(), rooted(nodes, second, 1, Info::ONE)));
    // A path of one-byte nodes: each leads to the previous node.
    for length in [100, 2_000, 300_000] {
        let mut nodes = Nodes::new();
        nodes.add(Some(0), &[]);
        nodes.0.extend(vec![0xc2; length]);
        let last = nodes.0.len() - 1;
        all.push((format!("a term of {length} bytes"), rooted(nodes, last, 1, Info::ONE)));
    }
    // All letters lead to the leaf, with outputs of all magnitudes.
    for output in [0, 1, 25, 26, u64::from(u32::MAX), u64::MAX / 2, u64::MAX] {
        let mut nodes = Nodes::new();
        let ways: Vec<_> =
            letters().enumerate().map(|(at, input)| (input, output.wrapping_mul(at as u64), LEAF)).collect();
        let target = nodes.add(Some(output), &ways);
        all.push((format!("outputs of {output}"), rooted(nodes, target, 28, Info::ONE)));
    }
    for target in [1, 8, HEAD - 1, HEAD, 1 << 40, usize::MAX] {
        let nodes = Nodes::new();
        all.push((format!("a target of {target}"), rooted(nodes, target, 1, Info::ONE)));
    }
    for info in infos() {
        for count in [1, 2, 28, 300] {
            let mut nodes = Nodes::new();
            let ways: Vec<_> = letters().enumerate().map(|(at, input)| (input, at as u64, LEAF)).collect();
            let target = nodes.add(None, &ways);
            let Info { entries, start, length, widths, rows_at } = info;
            let name = format!("{count} terms at {start}+{length} in {entries} entries, rows {widths:?} at {rows_at}");
            all.push((name, rooted(nodes, target, count, info)));
        }
    }
    for count in CLAIMS {
        let mut nodes = Nodes::new();
        let target = nodes.add(Some(0), &[]);
        all.push((format!("a claim of {count} terms"), rooted(nodes, target, count, Info::ONE)));
    }
    all
}

/// Dictionaries with a node of every kind between filler bytes.
fn nodes(first: u8) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for last in 0..=255 {
        for before in [0x00, 0x11, 0x81, 0xff] {
            let mut nodes = Nodes::new();
            nodes.0.extend([vec![before; 40], vec![last]].concat());
            let target = nodes.0.len() - 1;
            all.push((format!("a node of {before:#x} and {last:#x}"), nodes.rooted(first, target, 1, Info::ONE)));
        }
    }
    all
}

fn infos() -> Vec<Info> {
    let mut all = Vec::new();
    for entries in [0, 3, 127, 128, 129, 1 << 20, u32::MAX] {
        all.push(Info { entries, ..Info::ONE });
    }
    for start in [1, 1 << 20, u64::MAX - 1, u64::MAX] {
        all.push(Info { start, ..Info::ONE });
        all.push(Info { rows_at: start, ..Info::ONE });
    }
    for length in [0, 1, 1 << 20, u32::MAX] {
        all.push(Info { length, ..Info::ONE });
    }
    for widths in [[56, 56, 56], [57, 0, 0], [0, 57, 0], [0, 0, 57], [64, 64, 64], [255, 255, 255], [1, 1, 1]] {
        all.push(Info { widths, ..Info::ONE });
        all.push(Info { widths, rows_at: 60, ..Info::ONE });
    }
    all
}

/// Posting lists filled with one byte, and false token counts.
fn lists(sound: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for byte in [0x00, 0x01, 0x7f, 0x80, 0x82, 0xff] {
        let mut bytes = sound.to_vec();
        bytes[8..].fill(byte);
        all.push((format!("all {byte:#x}"), bytes));
    }
    for tokens in CLAIMS {
        let mut bytes = sound.to_vec();
        bytes[..8].copy_from_slice(&tokens.to_le_bytes());
        all.push((format!("{tokens} tokens"), bytes));
    }
    all
}

/// Sections with each 4-byte and 8-byte number near their ends replaced by a false value.
fn claims(sound: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let ends = (0..sound.len()).filter(|at| at % 4 == 0 && (*at < 48 || at + 64 > sound.len()));
    for at in ends {
        for claim in CLAIMS {
            for width in [4, 8] {
                let mut bytes = sound.to_vec();
                let width = width.min(bytes.len() - at);
                bytes[at..at + width].copy_from_slice(&claim.to_le_bytes()[..width]);
                all.push((format!("{claim} in {width} bytes at {at}"), bytes));
            }
        }
    }
    all
}

fn manifests(sound: &[u8]) -> Vec<(String, Vec<u8>)> {
    let sound = String::from_utf8_lossy(sound).into_owned();
    let entries = sound.split("\"entries\":").nth(1).and_then(|rest| rest.split([',', '}']).next()).expect("a count");
    let replaced = |from: &str, to: &str| sound.replacen(from, to, 1).into_bytes();
    let mut all = Vec::new();
    for count in ["0", "1", "2", "4", "1000", "4294967295", "4294967296", "-1", "1e9", "null"] {
        let bytes = replaced(&format!("\"entries\":{entries}"), &format!("\"entries\":{count}"));
        all.push((format!("{count} entries"), bytes));
    }
    let languages = |list: &str| replaced("\"languages\":[", &format!("\"languages\":[{list}"));
    all.push(("a thousand languages".into(), languages(&"\"en\",\"de\",".repeat(500))));
    all.push(("languages that do not exist".into(), languages(&format!("\"{ESCAPES}\","))));
    all.push(("escapes in an unknown source".into(), replaced("{", &format!("{{\"source\":{{\"{ESCAPES}\":1}},"))));
    all.push(("escapes in a wrong type".into(), replaced("{", &format!("{{\"source\":\"{ESCAPES}\","))));
    all.push((
        "a field of a megabyte".into(),
        replaced("{", &format!("{{\"{}\":1,\"source\":{{\"{}\":1}},", "x".repeat(1 << 20), "y".repeat(1 << 20))),
    ));
    all.push(("depth".into(), [vec![b'['; 200_000], b"{\"a\":".repeat(1_000)].concat()));
    all.push((
        "unknown depth".into(),
        replaced("{", &format!("{{\"x\":{}1{},", "[".repeat(100_000), "]".repeat(100_000))),
    ));
    all
}

fn synonyms() -> Vec<(String, Vec<u8>)> {
    let member = |units: &str, terms: &str| format!("{{\"units\":[{units}],\"terms\":[{terms}]}}");
    let group = |members: &[String]| format!("{{\"groups\":[[{}]]}}", members.join(",")).into_bytes();
    let lamp = || member("\"lamp\"", "\"lamp\"");
    let many = |text: &str, count: usize| vec![text; count].join(",");
    vec![
        ("no units".into(), group(&[member("", "\"lamp\""), lamp()])),
        ("no terms".into(), group(&[member("\"reset\"", ""), lamp()])),
        ("neither".into(), group(&[member("", ""), member("", "")])),
        ("many members".into(), group(&vec![lamp(); 50_000])),
        ("a member of many terms".into(), group(&[lamp(), member("\"x\"", &many("\"reset\"", 50_000))])),
        ("a member of many units".into(), group(&[lamp(), member(&many("\"lamp\"", 50_000), "\"reset\"")])),
        ("empty members".into(), format!("{{\"groups\":[[{}]]}}", many("{\"units\":[],\"terms\":[]}", 50_000)).into()),
        ("empty groups".into(), format!("{{\"groups\":[{}]}}", many("[]", 300_000)).into()),
        ("escapes".into(), format!("{{\"groups\":\"{ESCAPES}\"}}").into()),
        ("depth".into(), format!("{{\"groups\":{}", "[".repeat(100_000)).into()),
    ]
}

/// Blocks of entries with false lengths or hostile JSON; `with_largest` adds blocks of the maximum length.
fn blocks(with_largest: bool) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let block = |length: u32, packed: &[u8]| [&length.to_le_bytes()[..], packed].concat();
    // One literal, and a match of it with a length coded by `bytes` bytes.
    for bytes in [100_u32, 10_000, 400_000] {
        let mut bomb = vec![0x1f, b'\n', 1, 0];
        bomb.extend(vec![255; bytes as usize]);
        bomb.extend([0, 0x50, b'\n', b'\n', b'\n', b'\n', b'\n']);
        let length = 1 + 4 + 15 + 255 * bytes + 5;
        all.push((format!("a bomb of {bytes} bytes"), block(length, &bomb)));
        all.push((format!("a bomb of {bytes} bytes that claims less"), block(100, &bomb)));
        all.push((format!("a bomb of {bytes} bytes that claims more"), block(u32::MAX, &bomb)));
    }
    for (name, json) in entries(if with_largest { 460_000 } else { 20_000 }) {
        let text = [json.as_bytes(), b"\n"].concat().repeat(3);
        all.push((name, block(u32::try_from(text.len()).expect("a few megabytes"), &literals(&text))));
    }
    all
}

/// Compresses a text as literals, without a match.
fn literals(text: &[u8]) -> Vec<u8> {
    let mut packed = vec![byte(text.len().min(15) << 4)];
    if let Some(rest) = text.len().checked_sub(15) {
        packed.extend(vec![255; rest / 255]);
        packed.push(byte(rest % 255));
    }
    packed.extend(text);
    packed
}

fn entries(aliases_max: usize) -> Vec<(String, String)> {
    let entry = |fields: &str| {
        format!(
            "{{\"id\":\"is-it-loud\",\"question\":\"Is it loud?\",\"answer\":\"No.\",\"path\":\"a.md\",\"line\":1{fields}}}"
        )
    };
    let aliases = |count: usize| entry(&format!(",\"aliases\":[{}]", vec!["\"\""; count].join(",")));
    vec![
        ("no JSON".into(), ESCAPES.into()),
        ("escapes in a kind".into(), entry(&format!(",\"kind\":\"{ESCAPES}\""))),
        (
            "escapes in a status".into(),
            entry(&format!(",\"related\":[{{\"title\":\"t\",\"url\":\"u\",\"status\":\"{ESCAPES}\"}}]")),
        ),
        ("escapes in a wrong type".into(), entry(&format!(",\"section\":\"{ESCAPES}\""))),
        (format!("{aliases_max} empty aliases"), aliases(aliases_max)),
        ("depth".into(), entry(&format!(",\"x\":{}", "[".repeat(50_000)))),
    ]
}

/// Returns a section of entries with one block.
fn one_block(block: &[u8]) -> Vec<u8> {
    let per_block = u32::MAX.to_le_bytes();
    let end = block.len() as u64;
    [&per_block[..], &[0; 4], block, &0_u64.to_le_bytes(), &end.to_le_bytes()].concat()
}
