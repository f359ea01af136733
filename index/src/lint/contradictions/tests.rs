//! Planted contradictions of each kind, and pairs that only look like some.

use crate::build::Builder;
use crate::problem::check::Check;

/// Returns the messages for two entries, each with its question and its answer.
fn found(entries: &[(&str, &str)]) -> Vec<String> {
    let file = |(at, (question, answer)): (usize, &(&str, &str))| {
        (format!("{}.md", ["one", "two", "three"][at]), format!("---\nquestion: \"{question}\"\n---\n{answer}\n"))
    };
    let checked = Builder::from_files("help", entries.iter().enumerate().map(file)).check().expect("content");
    let problems = checked.problems.into_iter().filter(|problem| problem.check == Check::Contradiction);
    problems.map(|problem| problem.message).collect()
}

#[track_caller]
fn assert_each(pairs: &[[(&str, &str); 2]], difference: Option<&str>) {
    for pair in pairs {
        let found = found(pair);
        let is_as_said = match difference {
            None => found.is_empty(),
            Some(difference) => found.len() == 1 && found[0].contains(&format!("differs in {difference} from")),
        };
        assert!(is_as_said, "{pair:?}\n{found:?}");
    }
}

#[test]
fn pages_by_one_outline_are_about_two_things() {
    let page = |name: &str, size: &str, headings: &str| {
        format!(
            "# {name}\n\nStores files.\n\n## Transfers\n\nFiles above {size} are sent in several chunks.\n\n{headings}"
        )
    };
    let found = |headings: &str| {
        let files = [("one.md", page("Quartz", "50 MB", headings)), ("two.md", page("Sharing", "128 MB", headings))];
        let checked = Builder::from_files("help", files).check().expect("content");
        checked.problems.iter().filter(|problem| problem.check == Check::Contradiction).count()
    };
    assert_eq!(found("## Configuration\n\nAs below.\n\n## Limitations\n\nNone.\n"), 0);
    assert_eq!(found("## Configuration\n\nAs below.\n"), 1);
}

#[test]
fn numbers_with_units_are_compared() {
    assert_each(
        &[
            [
                ("How large may an attachment be?", "The attachments of a message may have up to 20 MB."),
                ("Which limits does mail have?", "You can send attachments of up to 25 MB in a message."),
            ],
            [
                ("How long is the trial?", "The trial lasts 14 days."),
                ("Is there a trial?", "Yes. The trial lasts 30 days, and needs no card."),
            ],
            [
                ("How long does a refund take?", "A refund takes 5 business days."),
                ("When do I get a refund?", "We pay. Refunds take ten business days."),
            ],
            [
                ("How do I reset the lamp?", "Hold the button for 5 seconds."),
                ("Resetting the lamp", "Hold the button for 10 seconds. The light blinks."),
            ],
            [
                ("数据存几份？", "同一个 Region 的数据保存至少 3 份。"),
                ("Region 的副本", "同一个 Region 的数据保存至少五份。"),
            ],
            [
                ("备案密码有效期是多久？", "备案密码的有效期为 7 天。"),
                ("忘记备案密码怎么办？", "可以找回，备案密码的有效期为三十天。"),
            ],
            [
                ("管局审核要多久？", "管局审核最多 20 个工作日。"),
                ("什么时候能通过管局审核？", "管局审核最多需要 10 个工作日。"),
            ],
        ],
        Some("a number"),
    );
}

#[test]
fn dates_are_compared() {
    assert_each(
        &[
            [
                ("When does the old interface end?", "The old interface is switched off on May 1, 2025."),
                ("Can I still use the old interface?", "The old interface is switched off on 2025-06-01."),
            ],
            [
                ("旧接口什么时候停用？", "旧接口将于 2025年5月1日停用。"),
                ("旧接口还能用吗？", "旧接口将于 2025 年 6 月 1 日停用。"),
            ],
        ],
        Some("a date"),
    );
}

#[test]
fn yes_and_no_are_compared() {
    assert_each(
        &[
            [
                ("Can I use the lamp outdoors?", "Yes, it is sealed."),
                ("May the lamp be used outdoors?", "No. Rain ruins it."),
            ],
            [
                ("Where can I put the lamp?", "The lamp is safe for use outdoors."),
                ("Which lamp do I buy?", "The lamp is not safe for use outdoors."),
            ],
            [("个人可以备案域名吗？", "可以。"), ("域名个人可以备案吗？", "不可以，请找公司。")],
        ],
        Some("yes and no"),
    );
}

#[test]
fn what_must_and_what_may_be_is_compared() {
    assert_each(
        &[
            [
                ("How do I file a domain?", "You must register the domain before the filing."),
                ("Does a domain need a filing?", "You do not have to register the domain before the filing."),
            ],
            [
                ("Who signs the form?", "The form must be signed by the owner."),
                ("Do I sign the form?", "The form may be signed by the owner."),
            ],
            [
                ("Which cards are accepted?", "Prepaid cards can be used for subscriptions."),
                ("How do I pay?", "Prepaid cards cannot be used for subscriptions."),
            ],
            [("备案要准备什么？", "备案期间必须关闭网站。"), ("备案期间网站怎么办？", "备案期间不必关闭网站。")],
            [("接入备案吗？", "更换服务商必须办理接入备案。"), ("换服务商怎么办？", "更换服务商无需办理接入备案。")],
        ],
        Some("what must or may be"),
    );
}

#[test]
fn sentences_about_other_things_are_no_contradiction() {
    assert_each(
        &[
            // Platforms and editions.
            [
                ("Install on Windows", "The download takes 5 minutes."),
                ("Install on macOS", "The download takes 9 minutes."),
            ],
            [
                ("How large is a file?", "A file on the free plan has 5 MB."),
                ("How large is a file?", "A file on the paid plan has 50 MB."),
            ],
            // Versions and the past.
            [
                ("Release notes", "The timeout of a request is 5 s."),
                ("What is the timeout?", "The timeout of a request is 9 s."),
            ],
            [
                ("What is new in 1.2?", "The timeout of a request is 5 s."),
                ("What is new in 1.3?", "The timeout of a request is 9 s."),
            ],
            // Examples and code.
            [
                ("How do I set it?", "For example, the timeout of a request is 5 s."),
                ("What is the timeout?", "The timeout of a request is 9 s."),
            ],
            [
                ("How do I set it?", "```\nThe timeout of a request is 5 s.\n```"),
                ("What is the timeout?", "The timeout of a request is 9 s."),
            ],
            [
                ("`connect`", "The `connect` timeout of a request is 5 s."),
                ("`read`", "The `read` timeout of a request is 9 s."),
            ],
            // The same in another unit, a bound of the other side, a range.
            [
                ("How long is the trial?", "The trial lasts 60 minutes."),
                ("Is there a trial?", "The trial lasts 1 hour."),
            ],
            [
                ("How long is the password?", "The password has at least 8 characters."),
                ("Password", "The password has at most 64 characters."),
            ],
            [
                ("How long is the trial?", "The trial lasts 5 to 9 days."),
                ("Is there a trial?", "The trial lasts 7 days."),
            ],
            // Other conditions, other questions.
            [
                ("Can I open it?", "The door can be opened."),
                ("Can I open it?", "The door cannot be opened unless it is dry."),
            ],
            [("Can I open the door?", "Yes."), ("Do I have to open the door?", "No.")],
            [("Can I open the door?", "Yes."), ("Why can I not open the door?", "No idea.")],
        ],
        None,
    );
}
