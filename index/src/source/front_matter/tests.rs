use super::*;

#[track_caller]
fn read(text: &str) -> Parts<'_> {
    let mut problems = Problems::default();
    let parts = split("a.md", text, &mut problems);
    assert!(problems.into_sorted().is_empty());
    parts.expect("the front matter is sound")
}

#[test]
fn front_matter_is_taken_off() {
    let parts = read("---\r\nquestion: Why?\r\ntags: one\r\nweight: 3\r\n---\r\nBecause.\r\n");
    assert_eq!(parts.body, "Because.\r\n");
    assert_eq!(parts.body_line, 6);
    let mut front = parts.front_matter;
    assert_eq!(front.take_question().as_deref(), Some("Why?"));
}

#[test]
fn toml_is_read_between_plus_signs() {
    let parts = read("+++\r\ntitle = 'Why?'\r\ndate = 2024-01-02\r\ntags = ['a']\r\ndraft = true\r\n+++\r\nx");
    let mut front = parts.front_matter;
    assert!(front.is_draft());
    assert_eq!(front.take_title().as_deref(), Some("Why?"));
    assert_eq!(front.take_keywords(), ["a"]);
    assert_eq!((parts.body, parts.body_line), ("x", 7));
    let mut problems = Problems::default();
    assert!(split("a.md", "+++\nquestion = 'a'\nb = \n+++\n", &mut problems).is_none());
    assert_eq!(problems.into_sorted()[0].line, 3);
}

#[test]
fn shared_keys_may_hold_anything() {
    for (yaml, title, keywords) in [
        ("title: 404\ntags: [1, x, true]", Some("404"), vec!["1", "x", "true"]),
        ("title: [a]\nkeywords: 'a, b,, c'", None, vec!["a", "b", "c"]),
        ("title: {a: b}\ntags: {a: [b]}", None, vec![]),
        ("title:\ntags:\n  - a: b\n  - c\nkeywords: d\nlanguage: 3\nsection: 1.5", None, vec!["d", "c"]),
        ("title: ' '\ndraft:\npublished: 2024-01-01", None, vec![]),
    ] {
        let mut front = read(&format!("---\n{yaml}\n---\n")).front_matter;
        assert!(!front.is_draft(), "{yaml}");
        assert_eq!(front.take_title().as_deref(), title, "{yaml}");
        assert_eq!(front.take_keywords(), keywords, "{yaml}");
    }
    assert!(read("---\npublished: false\n---\n").front_matter.is_draft());
}

/// Asserts that front matter hides the file or not, or that it has a problem.
#[track_caller]
fn check_hidden(text: &str, expected: Result<bool, &str>) {
    let mut problems = Problems::default();
    let found = split("a.md", text, &mut problems).map(|parts| parts.front_matter.is_draft());
    let problems: Vec<String> = problems.into_sorted().iter().map(ToString::to_string).collect();
    let found = found.ok_or_else(|| problems.join(" "));
    assert_eq!(found.as_ref().map_err(String::as_str), expected.as_ref().map_err(|problem| *problem));
}

#[test]
fn what_hides_a_file_is_understood_or_an_error() {
    for truth in ["true", "True", "TRUE", "yes", "Yes", "on", "y", "1", "'true'", "\" true \""] {
        check_hidden(&format!("---\ndraft: {truth}\n---\nx"), Ok(true));
        check_hidden(&format!("---\nDraft : {truth}\n---\nx"), Ok(true));
        check_hidden(&format!("---\npublished: {truth}\n---\nx"), Ok(false));
    }
    for falsehood in ["false", "FALSE", "no", "off", "n", "0", "'false'"] {
        check_hidden(&format!("---\npublished: {falsehood}\n---\nx"), Ok(true));
        check_hidden(&format!("---\ndraft: {falsehood}\n---\nx"), Ok(false));
    }
    for unclear in ["ture", "[true]", "{a: b}", "2.5", "maybe"] {
        for key in ["draft", "published"] {
            let text = format!("---\ntitle: x\n{key}: {unclear}\n---\nx");
            let said = format!("a.md:3: bad front matter: `{key}` is neither `true` nor `false`");
            check_hidden(&text, Err(&said));
        }
    }
    check_hidden("---\npublished: 2024-01-01\n---\nx", Ok(false));
    check_hidden("---\npublished: 2024\n---\nx", Ok(false));
    check_hidden("---\ndraft:\npublished:\n---\nx", Ok(false));
    check_hidden("+++\ndraft = 'yes'\n+++\nx", Ok(true));
}

#[test]
fn a_rule_at_the_top_is_not_front_matter() {
    assert_eq!(read("---\n\ntext").body, "---\n\ntext");
    assert_eq!(read("\u{feff}# Title").body, "# Title");
}

#[test]
fn related_pages_carry_their_line() {
    let parts = read("---\nrelated:\n  - other\n  - {title: T, url: 'https://example.org', status: seen}\n---\n");
    let related = parts.front_matter.related;
    assert_eq!(related[0].value, RelatedSource::Entry("other".into()));
    assert_eq!(related[1].referenced.line(), 3);
}

#[test]
fn a_table_of_related_pages_is_for_other_tools() {
    let front = read("---\ntitle: T\nrelated:\n  title: Next\n  links: [a/b, c]\n---\n").front_matter;
    assert!(front.related.is_empty() && !front.is_of_entry());
    assert!(read("---\nrelated:\n---\n").front_matter.related.is_empty());
    assert!(split("a.md", "---\nquestion: q\nrelated: x\n---\n", &mut Problems::default()).is_none());
}

#[test]
fn bad_front_matter_names_its_line() {
    let mut problems = Problems::default();
    assert!(split("a.md", "---\nquestion: a\nkind: recipe\n---\n", &mut problems).is_none());
    let problems = problems.into_sorted();
    assert_eq!((problems[0].line, problems[0].check), (3, Check::FrontMatter), "{problems:?}");
}

#[test]
fn scalars_stay_what_the_author_wrote() {
    for written in [
        "1.10",
        "on",
        "0o7",
        "1e3",
        "2024-01-05",
        "~",
        "null",
        "True",
        "0x1F",
        ".5",
        "12:30",
        "1_000",
        "+1",
        "12e345",
        "-1e999",
        ".inf",
        "-.INF",
        ".nan",
        "007",
        "no",
        "2024-01-05T10:00:00Z",
    ] {
        let mut front =
            read(&format!("---\ntitle: {written}\ntags: [{written}, x]\nkeywords:\n- {written}\n---\n")).front_matter;
        assert_eq!(front.take_title().as_deref(), Some(written));
        assert_eq!(front.take_keywords(), [written, written, "x"]);
        let mut front =
            read(&format!("---\nquestion: {written} # a note\naliases: {written}\nid: {written}\n---\n")).front_matter;
        assert_eq!(front.take_question().as_deref(), Some(written));
        assert_eq!((front.take_aliases(), front.take_id().as_deref()), (vec![written.to_owned()], Some(written)));
    }
    let mut front = read("---\ntitle:\t1.10\ntags:\n- \ton\n---\n").front_matter;
    assert_eq!((front.take_title().as_deref(), front.take_keywords()), (Some("1.10"), vec!["on".to_owned()]));
}

#[test]
fn tabs_are_spaces_where_yaml_allows_none() {
    let front = read("---\ntitle: A\naliases: [\n\t\"/a\",\n\t/b\n]\nmenu:\n\tparent: x\n---\n").front_matter;
    assert_eq!(front.aliases.map(|placed| placed.value.into_list()), Some(vec!["/a".to_owned(), "/b".to_owned()]));
}

#[test]
fn scalars_of_toml_stay_what_the_author_wrote() {
    for written in ["1.10", "1e999", "inf", "nan", "0x1F", "2024-01-05", "2024-01-05 10:00:00Z", "true", "1_000"] {
        let text = format!("+++\ntitle = {written}\nid = {written} # a note\ntags = [{written}]\n+++\n");
        let mut front = read(&text).front_matter;
        assert_eq!((front.take_title().as_deref(), front.take_id().as_deref()), (Some(written), Some(written)));
        assert_eq!(front.take_keywords(), [written]);
    }
    check_hidden("+++\npublished = 2024-01-05\n+++\nx", Ok(false));
}

#[test]
fn ids_of_related_procedures_may_look_like_numbers() {
    let related = read("---\nrelated: [007, 12e345, 0x1F, ~, on]\n---\n").front_matter.related;
    let expected = ["007", "12e345", "0x1F", "~", "on"].map(|id| RelatedSource::Entry(id.to_owned()));
    assert_eq!(related.into_iter().map(|named| named.value).collect::<Vec<_>>(), expected);
}

#[test]
fn front_matter_of_other_tools_that_cannot_be_read_is_a_warning() {
    for (text, title) in [
        ("---\ntitle: Lamp: the manual\n---\nx", Some("Lamp: the manual")),
        ("---\ntitle: 'Lamp'\nkind: recipe\nrelated: 5\n---\nx", Some("Lamp")),
        ("---\ntitle: @lamp\ndraft: false\n---\nx", Some("@lamp")),
        ("+++\ntitle = Lamp\n+++\nx", Some("Lamp")),
        ("---\n{% if a %}\nlayout: x\n---\nx", None),
    ] {
        let mut problems = Problems::default();
        let parts = split("a.md", text, &mut problems).expect("it is read");
        let mut front = parts.front_matter;
        assert_eq!((front.take_title().as_deref(), parts.body), (title, "x"), "{text}");
        let problems = problems.into_sorted();
        assert!(problems.len() == 1 && problems[0].severity == Severity::Warning, "{text}: {problems:?}");
    }
    for text in [
        "---\nquestion: Lamp: why?\n---\nx",
        "---\ntitle: a: b\ndraft: maybe\n---\nx",
        "---\ntitle: a: b\n  draft: true\n---\nx",
        "---\n{title: a, draft: true\n---\nx",
    ] {
        let mut problems = Problems::default();
        assert!(split("a.md", text, &mut problems).is_none(), "{text}");
        assert_eq!(problems.into_sorted()[0].severity, Severity::Error, "{text}");
    }
    let mut problems = Problems::default();
    let parts = split("a.md", "---\ntitle: a: b\ndraft: yes\n---\nx", &mut problems).expect("it is read");
    assert!(parts.front_matter.is_draft());
}
