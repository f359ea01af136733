//! The built-in entries print every fact of their source.

mod support;

use support::faqt;

type Facts = &'static [&'static str];

/// Each entry with the facts that it must print in English and in Chinese.
const FACTS: &[(&str, Facts, Facts)] = &[
    (
        "need-icp-filing",
        &["China (Hangzhou)", "China (Hong Kong)", "Start Filing", "revoked", "overseas"],
        &["中国（杭州）", "中国（香港）", "Start Filing", "注销", "海外"],
    ),
    (
        "domains-per-website",
        &["One.", "22 April 2019", "single domain name"],
        &["一个。", "2019年4月22日", "只能填写一个域名"],
    ),
    ("existing-icp-filing", &["Alibaba Cloud", "valid", "Transfer an ICP filing"], &["阿里云", "有效", "接入备案"]),
    (
        "bind-baidu-domain",
        &["1. If", "2. In the Web Designer console", "3. Get the DNS record value", "4. Complete"],
        &["1. 如果", "2. 在Web Designer控制台", "3. 获取DNS记录值", "4. 用该记录值"],
    ),
    (
        "public-security-filing-required",
        &["local", "30 days", "Add a Public Security filing number"],
        &["各地", "30天", "添加公安备案号"],
    ),
    ("file-with-another-account", &["Web Designer", "service number"], &["Web Designer", "服务号"]),
    ("recover-filing-password", &["MIIT"], &["工信部"]),
    ("company-content-personal-site", &["No", "individual", "rejected"], &["不可以", "个人备案", "驳回"]),
    ("get-service-number", &["ICP Filing", "Get Service Code"], &["ICP Filing", "Get Service Code"]),
    ("select-cloud-service", &["Quick Web"], &["Quick Web"]),
    (
        "network-access-details",
        &[
            "Alibaba Cloud Computing Co., Ltd.",
            "Leased virtual space/Private network",
            "nslookup",
            "80",
            "443",
            "Windows Server",
            "4008013260",
            "100 Mbps",
            "contact",
        ],
        &[
            "阿里云计算有限公司",
            "Leased virtual space/Private network",
            "nslookup",
            "80",
            "443",
            "Windows Server",
            "4008013260",
            "100 Mbps",
            "联系人",
        ],
    ),
    (
        "server-physical-address",
        &["China (Hangzhou)", "Submit Ticket", "ICP Filing"],
        &["中国（杭州）", "Submit Ticket", "ICP Filing"],
    ),
    ("review-time", &["1 to 20 business days", "local"], &["1至20个工作日", "各地"]),
    (
        "cdn-status-wrong",
        &["7 to 24 hours", "1.", "2.", "another Alibaba Cloud product"],
        &["7至24小时", "1.", "2.", "其他阿里云产品"],
    ),
    ("transfer-icp-filing", &["接入备案", "备案转移", "unverified"], &["接入备案", "备案转移", "未经核实"]),
    (
        "add-public-security-number",
        &["30 days", "https://help.aliyun.com/en/dws/add-public-security-record-number"],
        &["30天", "https://help.aliyun.com/en/dws/add-public-security-record-number"],
    ),
    (
        "apply-for-service-number",
        &["https://bsn.console.aliyun.com/#/bsnManagement"],
        &["https://bsn.console.aliyun.com/#/bsnManagement"],
    ),
    ("retrieve-miit-password", &["https://beian.miit.gov.cn/"], &["https://beian.miit.gov.cn/"]),
    (
        "submit-ticket",
        &["https://smartservice.console.aliyun.com/service/create-ticket"],
        &["https://smartservice.console.aliyun.com/service/create-ticket"],
    ),
    ("start-icp-filing", &["https://beian.aliyun.com/"], &["https://beian.aliyun.com/"]),
    (
        "domain-filings-overview",
        &["https://help.aliyun.com/en/document_detail/164535.html"],
        &["https://help.aliyun.com/en/document_detail/164535.html"],
    ),
];

#[test]
fn every_entry_holds_its_facts_in_both_languages() {
    for (id, english, chinese) in FACTS {
        for (language, facts) in [("en", english), ("zh", chinese)] {
            let run = faqt(["show", id, "--lang", language, "--width", "1000"]);
            assert_eq!(run.code, Some(0), "{}", run.stderr);
            assert!(!run.stdout.contains("edition of this answer"), "{id} is a fallback:\n{}", run.stdout);
            for fact in *facts {
                assert!(run.stdout.contains(fact), "{id} does not say `{fact}` in `{language}`:\n{}", run.stdout);
            }
        }
    }
}

#[test]
fn a_question_is_answered_in_its_language_procedures_and_all() {
    let run = faqt(["百度注册的域名能用吗"]);
    assert!(run.stdout.contains("可以，在百度注册的域名能够绑定。"), "{}", run.stdout);
    assert!(
        run.stdout.contains("Related procedures\n  ICP备案转入阿里云（接入备案） [transfer-icp-filing@zh]"),
        "{}",
        run.stdout
    );
    let run = faqt(["--lang", "zh", "ICP transfer Baidu"]);
    assert!(run.stdout.contains("可以，在百度注册的域名能够绑定。"), "{}", run.stdout);
}

#[test]
fn every_entry_is_listed_and_every_procedure_it_names_is_there() {
    let run = faqt(["list", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let ids: Vec<&str> =
        listed["contents"].as_array().into_iter().flatten().filter_map(|entry| entry["id"].as_str()).collect();
    let editions = FACTS.iter().flat_map(|(id, ..)| [(*id).to_owned(), format!("{id}@zh")]);
    let mut expected: Vec<String> = editions.collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected);
    for id in ids {
        let run = faqt(["show", id, "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        for related in shown["entry"]["related"].as_array().into_iter().flatten() {
            if let Some(id) = related["id"].as_str() {
                assert_eq!(faqt(["show", id]).code, Some(0), "{id}");
            }
        }
    }
}

#[test]
fn the_three_sections_hold_fourteen_questions() {
    let run = faqt(["list", "--sections", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let sections = listed["sections"].as_array().expect("a list");
    let count = |title: &str| {
        let section = sections.iter().find(|section| section["name"] == title);
        section.and_then(|section| section["entries"].as_array()).map_or(0, Vec::len)
    };
    // Each in English and in Chinese.
    assert_eq!(count("Before you start") + count("During the process") + count("After you finish"), 2 * 14);
    assert_eq!(count("Procedures"), 2 * 7);
}
