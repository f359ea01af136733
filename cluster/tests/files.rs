//! A generation in files is the generation, however often its writing was interrupted.

use std::fs;
use std::path::Path;

use faqt::KnowledgeBase;
use faqt::build::Builder;
use faqt::database::{EntryRow, Generation, NameRow, PhrasingRow, Posting};
use faqt_cluster::files::{self, Exported, Form};
use faqt_cluster::{Rows, RowsError, Take};

fn generation(answer: &str) -> Generation {
    let entry = |id: &str, question: &str, answer: &str| {
        (format!("{id}.md"), format!("---\nquestion: {question}\nkeywords: ['a \"quoted\", word']\n---\n{answer}\n"))
    };
    let files = [
        entry("loud", "Is the lamp loud?", answer),
        entry("heavy", "Is the lamp, or its \"foot\", heavy?", "Yes.\n\nIt is."),
        entry("deng", "灯重吗", "重。"),
    ];
    let pack = Builder::from_files("help", files).findability(false).lenient(true).build().expect("it builds").pack;
    KnowledgeBase::from_vec(pack).expect("it opens").generation().expect("a pack has rows")
}

type All = (Vec<Posting>, Vec<NameRow>, Vec<PhrasingRow>, Vec<EntryRow>, Vec<u8>);

/// Returns a function that adds rows to a list.
fn into<R>(list: &mut Vec<R>) -> impl FnMut(R) -> Result<(), RowsError> {
    |row| {
        list.push(row);
        Ok(())
    }
}

fn all(rows: &dyn Rows) -> Result<All, RowsError> {
    let mut all = All::default();
    rows.postings(&mut into(&mut all.0))?;
    rows.names(&mut into(&mut all.1))?;
    rows.phrasings(&mut into(&mut all.2))?;
    rows.entries(&mut into(&mut all.3))?;
    all.4 = rows.planning_pack()?;
    Ok(all)
}

/// Returns the names and contents of the files in a folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut contents: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("it can be read")
        .map(|file| file.expect("it can be read"))
        .map(|file| (file.file_name().into_string().expect("UTF-8"), fs::read(file.path()).expect("it can be read")))
        .collect();
    contents.sort();
    contents
}

#[test]
fn rows_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let generation = generation("No.");
    let written = files::write(&generation, folder.path(), &mut |_| ()).unwrap();
    let read = Exported::open(folder.path()).unwrap();
    assert_eq!((read.name(), read.hash(), read.count()), (generation.name(), Rows::hash(&generation), 3));
    assert_eq!(all(&read).unwrap(), all(&generation).unwrap());
    assert_eq!((written.files, written.rows.entries), (6, 3));
    let lengths: usize = contents(folder.path()).iter().map(|(_, bytes)| bytes.len()).sum();
    assert_eq!(written.bytes, lengths as u64);
}

fn documents(generation: &Generation, folder: &Path, form: Form) -> files::Written {
    files::write_documents(generation, folder, form, &mut |_| ()).expect("it is written")
}

/// Returns the lines of all files of a folder, each behind the name of its file, without those of the planning pack and the hash.
fn lines(folder: &Path, generation: &Generation) -> String {
    let texts = contents(folder).into_iter().filter(|(name, _)| name != "planning.faqt");
    let text =
        |(name, bytes): (String, Vec<u8>)| [name, String::from_utf8(bytes).expect("UTF-8"), String::new()].join("\n");
    let lines: String = texts.map(text).collect();
    lines.replace(&Rows::hash(generation), "HASH")
}

#[test]
fn documents_for_elasticsearch_have_all_of_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let generation = generation("No.");
    let written = documents(&generation, folder.path(), Form::Elasticsearch);
    assert_eq!((written.rows.entries, written.files), (3, 5));
    insta::assert_snapshot!(lines(folder.path(), &generation));
    let Err(error) = Exported::open(folder.path()) else { panic!("documents are no rows") };
    assert!(error.to_string().contains("holds documents for elasticsearch"), "{error}");
}

#[test]
fn documents_for_typesense_have_all_of_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let generation = generation("No.");
    let written = documents(&generation, folder.path(), Form::Typesense);
    assert_eq!((written.rows.entries, written.files), (3, 4));
    insta::assert_snapshot!(lines(folder.path(), &generation));
}

/// Returns more entries than a file of documents and a temporary file hold.
fn many() -> Generation {
    let entry = |number: u64| {
        (format!("e{number}.md"), format!("---\nquestion: Is number {number} odd?\n---\nAs {}.\n", number * 7 % 97))
    };
    let files = (0..files::PART_DOCUMENTS + 10).map(entry);
    let pack = Builder::from_files("help", files).findability(false).lenient(true).build().expect("it builds").pack;
    KnowledgeBase::from_vec(pack).expect("it opens").generation().expect("a pack has rows")
}

#[test]
fn documents_of_an_interrupted_run_are_kept_and_those_of_another_form_replaced() {
    let [folder, whole] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let generation = many();
    documents(&generation, whole.path(), Form::Elasticsearch);
    documents(&generation, folder.path(), Form::Typesense);
    documents(&generation, folder.path(), Form::Elasticsearch);
    assert!(contents(folder.path()) == contents(whole.path()), "nothing of the old form is left");
    let names: Vec<String> = contents(whole.path()).into_iter().map(|(name, _)| name).collect();
    let expected =
        ["documents-00000.ndjson", "documents-00001.ndjson", "generation.json", "mapping.json", "names-00000.ndjson"];
    assert_eq!(names[..5], expected);
    for file in ["generation.json", "documents-00000.ndjson"] {
        fs::remove_file(folder.path().join(file)).unwrap();
    }
    fs::write(folder.path().join("unfinished"), format!("{} elasticsearch", Rows::hash(&generation))).unwrap();
    let kept = folder.path().join("documents-00001.ndjson");
    let before = kept.metadata().unwrap().modified().unwrap();
    documents(&generation, folder.path(), Form::Elasticsearch);
    assert_eq!(kept.metadata().unwrap().modified().unwrap(), before, "a whole file is not written again");
    assert!(contents(folder.path()) == contents(whole.path()));
}

/// A knowledge base without entries, such as no content folder gives.
struct Empty;

impl Rows for Empty {
    fn name(&self) -> String {
        "help".to_owned()
    }

    fn hash(&self) -> String {
        "0".repeat(16)
    }

    fn count(&self) -> u32 {
        0
    }

    fn planning_pack(&self) -> Result<Vec<u8>, RowsError> {
        Ok(Vec::new())
    }

    fn postings(&self, _: Take<'_, Posting>) -> Result<(), RowsError> {
        Ok(())
    }

    fn names(&self, _: Take<'_, NameRow>) -> Result<(), RowsError> {
        Ok(())
    }

    fn phrasings(&self, _: Take<'_, PhrasingRow>) -> Result<(), RowsError> {
        Ok(())
    }

    fn entries(&self, _: Take<'_, EntryRow>) -> Result<(), RowsError> {
        Ok(())
    }
}

#[test]
fn a_knowledge_base_without_entries_has_no_documents() {
    for form in [Form::Elasticsearch, Form::Typesense] {
        let folder = tempfile::tempdir().unwrap();
        let written = files::write_documents(&Empty, folder.path(), form, &mut |_| ()).unwrap();
        assert_eq!((written.rows.entries, written.files), (0, 3));
    }
}

#[test]
fn an_interrupted_run_is_continued_and_one_of_another_generation_replaced() {
    let [folder, whole] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let [old, new] = ["No.", "Only at night."].map(generation);
    files::write(&new, whole.path(), &mut |_| ()).unwrap();
    files::write(&old, folder.path(), &mut |_| ()).unwrap();
    files::write(&new, folder.path(), &mut |_| ()).unwrap();
    assert!(contents(folder.path()) == contents(whole.path()), "nothing of the old generation is left");
    // As a run leaves it that ended behind the names.
    for file in ["generation.json", "entries-00000.csv", "phrasings-00000.csv"] {
        fs::remove_file(folder.path().join(file)).unwrap();
    }
    fs::write(folder.path().join("unfinished"), Rows::hash(&new)).unwrap();
    let Err(error) = Exported::open(folder.path()) else { panic!("half a generation opens") };
    assert!(error.to_string().contains("generation.json"), "{error}");
    let kept = folder.path().join("postings-00000.csv");
    let before = kept.metadata().unwrap().modified().unwrap();
    files::write(&new, folder.path(), &mut |_| ()).unwrap();
    assert_eq!(kept.metadata().unwrap().modified().unwrap(), before, "a whole file is not written again");
    assert!(contents(folder.path()) == contents(whole.path()));
}

#[test]
fn a_folder_of_other_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("entries-of-mine.csv"), "mine").unwrap();
    let error = files::write(&generation("No."), folder.path(), &mut |_| ()).unwrap_err().to_string();
    assert!(error.contains("holds other files"), "{error}");
    assert_eq!(contents(folder.path()), [("entries-of-mine.csv".to_owned(), b"mine".to_vec())]);
}

#[test]
fn a_fault_in_a_file_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    files::write(&generation("No."), folder.path(), &mut |_| ()).unwrap();
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let error = all(&Exported::open(folder.path()).unwrap()).unwrap_err().to_string();
        fs::write(&path, text).unwrap();
        error
    };
    let error = change("phrasings-00000.csv", "\n", "\nx");
    assert!(error.contains("phrasings-00000.csv: line 2: field 1 cannot be read"), "{error}");
    let error = change("entries-00000.csv", "\\x", "");
    assert!(error.contains("entries-00000.csv: line 2: field 4"), "{error}");
    fs::write(folder.path().join("names-00000.csv"), "name,position\n").unwrap();
    let error = all(&Exported::open(folder.path()).unwrap()).unwrap_err().to_string();
    assert!(error.contains("0 rows of names; there should be"), "{error}");
}
