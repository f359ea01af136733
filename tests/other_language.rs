//! Questions in Chinese find the English entries of the built-in knowledge base, with all Chinese taken out of them.

use std::fs;
use std::path::Path;

use faqt::build::Builder;
use faqt::{KnowledgeBase, SearchOptions, evaluation};

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Returns a file of content without Chinese: aliases and keywords that hold some are left out whole.
fn without_chinese(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines() {
        if let Some(keywords) = line.strip_prefix("keywords: [").and_then(|rest| rest.strip_suffix(']')) {
            let keywords: Vec<&str> = keywords.split(", ").filter(|keyword| !keyword.contains(is_chinese)).collect();
            kept.extend(["keywords: [", &keywords.join(", "), "]\n"]);
        } else if !line.trim_start().starts_with("- ") || !line.contains(is_chinese) {
            kept.extend(line.chars().filter(|&c| !is_chinese(c)));
            kept.push('\n');
        }
    }
    kept
}

/// Adds the Markdown files of `folder` and of the folders in it, with their paths from `root`.
fn add_files(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            add_files(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.strip_prefix(root).expect("it is inside").to_string_lossy().replace('\\', "/");
            if name.ends_with(".zh.md") {
                continue;
            }
            files.push((name, without_chinese(&fs::read_to_string(&path).expect("it is text"))));
        }
    }
}

#[test]
fn chinese_questions_find_english_entries() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    add_files(&root.join("content"), &root.join("content"), &mut files);
    assert!(files.iter().all(|(_, text)| !text.contains(is_chinese)));
    let pack = Builder::from_files("content", files).build().expect("it is sound").pack;
    let kb = KnowledgeBase::from_vec(pack).expect("a sound pack");

    let questions = fs::read_to_string(root.join("tests/questions/chinese-to-english.jsonl")).expect("it is there");
    let questions = evaluation::queries(&questions).expect("sound");
    assert!(questions.iter().all(|question| !question.text.contains(|c: char| c.is_ascii_alphabetic())));
    let options = SearchOptions::default().with_limit(3);
    let (mut first, mut among_three) = (0, 0);
    for question in &questions {
        let found = kb.search(&question.text, &options).expect("a sound pack");
        let place = found.hits.iter().position(|hit| question.expect.contains(&hit.entry.id));
        first += usize::from(place == Some(0));
        among_three += usize::from(place.is_some());
    }
    assert_eq!(questions.len(), 30);
    assert!(first >= 18, "{first} of 30 come first");
    assert!(among_three >= 26, "{among_three} of 30 are among the first three");
}
