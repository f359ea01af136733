//! Forms of one word: letters and digits apart or together, names of code and their words, Traditional and Simplified
//! Chinese, kana.

use faqt::{KnowledgeBase, Outcome};

/// Questions about names and numbers, then ways to ask for the one that they stand below.
const NAMES: &[(&str, &[&str])] = &[
    ("Which model answers: GPT-4 or GPT-3.5?", &["gpt4", "GPT 4", "gpt-3.5", "gpt3.5"]),
    ("How large may an upload of 25 MB be?", &["25MB", "25 mb", "25mb upload"]),
    ("Why does the film stutter at 60fps?", &["60 fps", "60-fps film"]),
    ("What changed in v2.6.1?", &["2.6.1", "version 2.6.1", "v2.6.1"]),
    ("What does ADR-0054 decide?", &["adr0054", "ADR 0054", "adr-0054"]),
    ("Does the app run on Windows 11?", &["windows11", "windows-11"]),
    (
        "What does linkedProjects mean?",
        &["linked", "linked projects", "linked_projects", "LinkedProjects", "linkedprojects"],
    ),
    ("Which value has tableOfContents?", &["table of contents", "table-of-contents", "toggle the table"]),
    ("When does getHTTPResponse fail?", &["http response", "get_http_response"]),
    ("How do I set max_line_length?", &["maxLineLength", "max line length", "max-line-length", "line length"]),
    ("What is node.js for?", &["nodejs", "node js", "Node.js"]),
    ("How do I set up the wi-fi?", &["wifi", "wi fi", "WiFi"]),
    ("How do I log in?", &["login", "log-in"]),
    ("Where is the e-mail sent?", &["email", "e mail"]),
];

/// The same of Chinese and Japanese.
const SCRIPTS: &[(&str, &[&str])] = &[
    ("如何变更备案信息？", &["變更備案信息", "變更備案", "备案信息变更"]),
    ("網站需要多久才能上線？", &["网站多久才能上线", "网站上线"]),
    ("忘记密码怎么办？", &["忘記密碼", "密碼忘記了"]),
    ("パスワードを再設定するには？", &["ﾊﾟｽﾜｰﾄﾞ", "パスワ-ド"]),
    ("コンピューターが起動しません", &["コンピュータ", "コンピュータが起動しない", "コンピューター　起動"]),
    ("人々はどこにいますか", &["人人"]),
    ("サーバーの容量は？", &["サーバ", "サーバの容量"]),
    ("「やばい」とはどういう意味ですか", &["やばい", "やばいの意味"]),
    ("そうだよと言うのはいつですか", &["そうだよ"]),
    ("らーめんを注文するには？", &["らーめん", "らあめん"]),
    ("ヴァイオリンの弦を替えるには？", &["バイオリン", "ヴァイオリン"]),
];

fn knowledge_base(cases: &[(&str, &[&str])]) -> KnowledgeBase {
    let entry = |(question, _): &(&str, &[&str])| format!("# {question}\n\n…\n\n");
    KnowledgeBase::from_markdown(cases.iter().map(entry).collect::<String>()).expect("sound")
}

/// Asks for each question by its forms; none of them may be refused.
fn ask(cases: &[(&str, &[&str])]) {
    let kb = knowledge_base(cases);
    let mut faults = Vec::new();
    for (question, forms) in cases {
        for form in *forms {
            let found = kb.ask(form).expect("a sound pack");
            let first = found.hits.first().map(|hit| hit.entry.question.as_str());
            if first != Some(question) || found.outcome == Outcome::NotCovered {
                faults.push(format!("{form}: {} {first:?}", found.outcome));
            }
        }
    }
    assert_eq!(faults, [""; 0]);
}

#[test]
fn names_and_numbers_are_found_in_each_form() {
    ask(NAMES);
}

#[test]
fn chinese_and_japanese_words_are_found_in_each_form() {
    ask(SCRIPTS);
}

#[test]
fn a_word_inside_a_longer_name_is_not_that_name() {
    let kb = knowledge_base(&[("How do I star a project on GitHub?", &[]), ("Which JavaScript is read?", &[])]);
    for word in ["git", "java", "hub"] {
        let found = kb.ask(word).expect("a sound pack");
        assert_ne!(found.outcome, Outcome::Answered, "{word}: {:?}", found.hits.first().map(|hit| &hit.entry.question));
    }
}
