//! Counts of the steps that hostile but well-formed content takes: they grow as n log n, not as the square.

use super::Builder;
use crate::knowledge_base::KnowledgeBase;
use crate::parallel::tests::on_one_thread;
use crate::steps;

/// The files of a folder, each with its path and its text.
type Files = Vec<(String, String)>;

/// The name of a shape, and the folder of a size that has it.
type Shape = (&'static str, fn(usize) -> Files);

/// The size of the smallest folder of each shape.
const SIZE: usize = 128;
/// The most by which twice the content may multiply the steps: n log n gives 2.3 at these sizes, the square 4.
const GROWTH_MAX: f64 = 2.5;

/// Returns a word that no other number has.
fn word(number: usize) -> String {
    let digits = [number / 676 % 26, number / 26 % 26, number % 26];
    let letters = digits.map(|digit| char::from(b'a' + u8::try_from(digit).expect("less than 26")));
    format!("x{}yu", String::from_iter(letters))
}

/// Makes a folder of one page.
fn page(text: String) -> Files {
    vec![("faq.md".to_owned(), text)]
}

/// Makes `count` pieces of text.
fn each(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// Makes a folder of `count` files.
fn files(count: usize, file: impl Fn(usize) -> (String, String)) -> Files {
    (0..count).map(file).collect()
}

/// Makes a file with front matter, and as many files as `others` has.
fn front(front: &str, others: Files) -> Files {
    let first = ("faq.md".to_owned(), format!("---\nquestion: Lamp?\n{front}---\nHold it.\n"));
    [first].into_iter().chain(others).collect()
}

/// Makes a folder with settings.
fn settings(text: String, others: Files) -> Files {
    [("faqt.toml".to_owned(), text)].into_iter().chain(others).collect()
}

/// Makes `count` headings with text, none like another.
fn headings(count: usize) -> String {
    each(count, |at| format!("# How do I {} the {}?\n\nHold {}.\n\n", word(at), word(at + 7), word(3 * at)))
}

/// Makes eight words of 32, other ones for each number.
fn eight_words(number: usize) -> String {
    each(8, |at| word((number * (2 * at + 1) + number / 32 * at * at + at) % 32) + " ")
}

/// The shapes of folders, each made in any size.
const SHAPES: &[Shape] = &[
    ("sound", |n| page(headings(n))),
    ("equal titles of pages", |n| files(n, |at| (format!("{at}.md"), "---\ntitle: Usage\n---\nText.\n".to_owned()))),
    ("equal questions", |n| {
        files(n, |at| (format!("{at}.md"), "---\nquestion: How loud is it?\n---\nNo.\n".to_owned()))
    }),
    ("equal headings", |n| page("# Usage\n\nText.\n\n".repeat(n))),
    ("equal words in titles", |n| page(each(n, |at| format!("# What does error E{at:05} mean?\n\nIt is {at}.\n\n")))),
    ("few words in titles", |n| page(each(n, |at| format!("# {}\n\nYes.\n\n", eight_words(at))))),
    ("questions found elsewhere", |n| {
        let short = page(each(8, |at| format!("# {} lamp\n\nYes.\n\n", word(at))));
        let long = |at| format!("---\nquestion: Lamp {} {}?\n---\n{}\n", word(at % 8), word(at), "cable ".repeat(9));
        short.into_iter().chain(files(n, |at| (format!("{at}.md"), long(at)))).collect()
    }),
    ("aliases", |n| front(&format!("aliases:\n{}", each(n, |at| format!("- {} lamp\n", word(at)))), Vec::new())),
    ("equal aliases", |n| front(&format!("aliases:\n{}", "- loud lamp\n".repeat(n)), Vec::new())),
    ("aliases found elsewhere", |n| {
        let alias = |at| format!("- {} button {}\n", word(at), "cable ".repeat(3));
        front(
            &format!("aliases:\n{}", each(n, alias)),
            page(each(n, |at| format!("# {} button\n\nYes.\n\n", word(at)))),
        )
    }),
    ("related procedures", |n| {
        let others = files(n, |at| {
            (format!("p{at}.md"), format!("---\nquestion: {}?\nkind: procedure\n---\nText.\n", word(at)))
        });
        front(&format!("related:\n{}", each(n, |at| format!("- p{at}\n"))), others)
    }),
    ("related pages", |n| {
        front(&format!("related:\n{}", each(n, |at| format!("- {{title: a, url: 'https://a.b/{at}'}}\n"))), Vec::new())
    }),
    ("links to a long title", |n| {
        let procedure = format!("---\nquestion: {}\nkind: procedure\n---\nText.\n", "long ".repeat(n));
        page(format!("# Lamp\n\n{}\n", "[a](p.md) ".repeat(n)))
            .into_iter()
            .chain([("p.md".to_owned(), procedure)])
            .collect()
    }),
    ("broken links in a line", |n| page(format!("# Lamp\n\n{}\n", each(n, |at| format!("[a](b{at}.md) "))))),
    ("broken links and anchors in files", |n| {
        let links = |at| each(4, |link| format!("[a](b{at}-{link}.md) [a](#b{at}-{link}) [a](faqt:b{at}-{link}) "));
        files(n, |at| (format!("{at}.md"), format!("# {}\n\n{}\n", word(at), links(at))))
    }),
    ("addresses from the top", |n| {
        let links = each(n, |at| format!("[a](/b{at}/c.md) "));
        page(format!("# Lamp\n\n{links}\n"))
            .into_iter()
            .chain(files(n, |at| (format!("d{at}/a.md"), "# A\n\nText.\n".to_owned())))
            .collect()
    }),
    ("links of wikis", |n| page(format!("# Lamp\n\n{}\n", each(n, |at| format!("[[Page {at}]] "))))),
    ("definitions of links", |n| {
        page(format!(
            "# Lamp\n\n{}\n\n{}",
            each(n, |at| format!("[r{at}] ")),
            each(n, |at| format!("[r{at}]: b{at}.md\n"))
        ))
    }),
    ("redirects", |n| {
        settings(format!("[redirects]\n{}", each(n, |at| format!("old{at} = \"new{at}\"\n"))), page(headings(8)))
    }),
    ("synonyms", |n| {
        let groups = each(n, |at| format!("[\"a{}\", \"{}\"],\n", word(at), word(at)));
        settings(format!("synonyms = [\n{groups}]\n"), page(headings(n)))
    }),
    ("synonyms in a group", |n| {
        let group = each(n, |at| format!("\"a{}\", ", word(at)));
        settings(
            format!("synonyms = [[\"lamp\", {group}]]\n"),
            page(each(n, |at| format!("# Lamp {}\n\nText.\n\n", word(at)))),
        )
    }),
    ("globs of pages", |n| {
        let rules = each(n, |at| format!("[[pages]]\nfiles = \"b{at}/*.md\"\nsplit = \"page\"\n"));
        settings(rules, files(n, |at| (format!("{at}.md"), format!("# {}\n\nText.\n", word(at)))))
    }),
    ("questions that must not be answered", |n| {
        let questions = each(n, |at| format!("\"weather {}\", ", word(at)));
        settings(
            format!("unanswerable = [{questions}]\n"),
            page(each(n, |at| format!("# Weather lamp {at}\n\nText.\n\n"))),
        )
    }),
    ("headings below a long title", |n| {
        page(format!("# {}\n\n{}", "long ".repeat(n), each(n, |at| format!("## {}\n\nText.\n\n", word(at)))))
    }),
    ("headings in a long section", |n| {
        let titles = each(n, |at| format!("- s{at}\n"));
        page(format!("---\nsection:\n{titles}---\n{}", each(n, |at| format!("## {}\n\nText.\n\n", word(at)))))
    }),
    ("nested headings", |n| page(each(n, |at| format!("{} {}\n\nText.\n\n", "#".repeat(1 + at % 6), word(at))))),
    ("short ids that collide", |n| files(n, |at| (format!("d{at}/usage.md"), format!("# {}\n\nText.\n", word(at))))),
    ("ids that collide", |n| page(each(n, |at| format!("# {} {{#same}}\n\nText.\n\n", word(at))))),
    ("help ids and keywords", |n| {
        let names = |kind: &str| format!("{kind}:\n{}", each(n, |at| format!("- {kind}{at}\n")));
        front(&(names("help_ids") + &names("keywords")), Vec::new())
    }),
    ("former addresses", |n| {
        page(format!("---\ntitle: A\naliases:\n{}---\nText.\n", each(n, |at| format!("- /old/{at}\n"))))
    }),
    ("anchors in a line", |n| {
        page(format!("# Lamp\n\n{}\n\n# Fan\n\nText.\n", each(n, |at| format!("<a id=\"b{at}\"></a>"))))
    }),
    ("tags left open", |n| page(format!("# Lamp\n\nText.\n\n{}", "<div>\n".repeat(n)))),
    ("a long question and many that say the same", |n| {
        page(format!(
            "# Loud {}\n\nText.\n\n{}",
            "loud lamp ".repeat(n),
            each(n, |_| "# Is loud lamp\n\nText.\n\n".to_owned())
        ))
    }),
    ("sentences that contradict", |n| {
        files(n, |at| {
            let sentences = each(8, |number| format!("The trial of the lamp lasts {} days. ", at * 8 + number));
            (format!("{at}.md"), format!("# Trial {}\n\n{sentences}\n", word(at)))
        })
    }),
    ("a title of many words", |n| page(format!("# {}\n\nText.\n", each(n, |at| word(at) + " ")))),
];

/// Asserts that the steps of `work` on each shape grow in proportion to its size.
#[track_caller]
fn assert_proportional(work: impl Fn(&Builder)) {
    let too_many = |(name, shape): &Shape| {
        let counts = [SIZE, 2 * SIZE, 4 * SIZE].map(|size| {
            let builder = Builder::from_files("help", shape(size));
            on_one_thread(|| steps::of(|| work(&builder)))
        });
        let is_more = |pair: &[usize]| pair[1] as f64 > GROWTH_MAX * pair[0] as f64;
        counts.windows(2).any(is_more).then(|| format!("{name}: {counts:?}"))
    };
    let grown: Vec<String> = SHAPES.iter().filter_map(too_many).collect();
    assert_eq!(grown, [""; 0]);
}

#[test]
fn a_check_takes_steps_in_proportion_to_the_content() {
    assert_proportional(|builder| drop(builder.check().expect("content")));
}

#[test]
fn a_first_question_takes_steps_in_proportion_to_the_content() {
    assert_proportional(|builder| {
        let pack = builder.clone().lenient(true).build().expect("sound content").pack;
        let kb = KnowledgeBase::from_vec(pack).expect("a pack");
        drop(kb.ask("how do I reset the loud lamp").expect("findings"));
    });
}
