//! A question is not answered by an entry that lacks the word that decides.

use faqt::{KnowledgeBase, Outcome};

const MANUAL: &str = "\
# Why is the download slow?\n\nBecause the disk is full.\n\n\
# How do I upload a photo?\n\nDrag it into the window.\n\n\
# How do I change my password?\n\nIn the settings.\n\n\
# Which payment methods are accepted?\n\nCredit cards and invoices.\n\n\
# How long does shipping take?\n\nThree days.\n\n\
# Can I bring my dog?\n\nYes.\n\n\
# What is the weather station for?\n\nIt measures rain.\n\n\
# Do I need a permit?\n\nIn Hong Kong you do not.\n\n\
# How do I install the app?\n\nRun the installer.\n\n\
# How do I cancel my order?\n\nWrite to us.\n\n\
# How do I connect the printer?\n\nBy cable.\n\n\
# Where do I find the invoice?\n\nIn your account.\n\n\
# Is the lamp waterproof?\n\nNo.\n";

/// Questions in which another thing stands where an entry has its own.
const OTHERS: &[&str] = &[
    "Why is the upload slow?",
    "Why is the elevator slow?",
    "How do I change my wallpaper?",
    "How do I change my fingerprint?",
    "Which browsers are accepted?",
    "How long does frying take?",
    "Can I bring my bicycle?",
    "weather in Hong Kong",
    "restaurants in Hong Kong",
    "What is the weather tomorrow?",
    "How do I install a chimney?",
    "How do I cancel my gym membership?",
    "How do I connect the dishwasher?",
    "How do I open a restaurant?",
    "I am looking for dumble",
    "Why is the sky blue?",
    "How do I upload a screenplay?",
    "Which wine is recommended?",
    "What is the capital of Germany?",
    "How do I order a pizza?",
    "How do I change my dog?",
    "Where do I find a dentist?",
    "Is the violin waterproof?",
    "Which shoes are waterproof?",
    "slow internet",
];

/// Questions that say the same in other words.
const SAME: &[(&str, &str)] = &[
    ("Why is downloading slow?", "Why is the download slow?"),
    ("How do I upload a picture?", "How do I upload a photo?"),
    ("How do I change my passwords?", "How do I change my password?"),
    ("How long does the shipment take?", "How long does shipping take?"),
    ("Can I bring my dogs?", "Can I bring my dog?"),
    ("How do I install the application?", "How do I install the app?"),
    ("How do I cancel my orders?", "How do I cancel my order?"),
    ("Where do I find the invoices?", "Where do I find the invoice?"),
];

/// The same manual in Chinese.
const CHINESE_MANUAL: &str = "\
# 为什么下载很慢？\n\n因为磁盘满了。\n\n\
# 怎么上传照片？\n\n拖到窗口里。\n\n\
# 怎么修改密码？\n\n在设置里。\n\n\
# 可以用哪些付款方式？\n\n信用卡和发票。\n\n\
# 发货要多久？\n\n三天。\n\n\
# 可以带狗吗？\n\n可以。\n\n\
# 气象站是做什么用的？\n\n测量雨量。\n\n\
# 需要许可证吗？\n\n在香港不需要。\n\n\
# 怎么安装应用？\n\n运行安装程序。\n\n\
# 怎么取消订单？\n\n写信给我们。\n\n\
# 怎么连接打印机？\n\n用线。\n\n\
# 发票在哪里？\n\n在你的账户里。\n\n\
# 这盏灯防水吗？\n\n不防水。\n";

/// Chinese questions in which another thing stands where an entry has its own.
const CHINESE_OTHERS: &[&str] = &[
    "为什么上传很慢",
    "为什么电梯很慢",
    "怎么修改壁纸",
    "怎么修改指纹",
    "怎么修改邮箱",
    "可以用哪些浏览器",
    "炸薯条要多久",
    "可以带自行车吗",
    "香港天气",
    "香港餐馆",
    "明天天气怎么样",
    "怎么安装烟囱",
    "怎么安装空调",
    "怎么取消健身会员",
    "怎么连接洗碗机",
    "怎么连接蓝牙耳机",
    "怎么开餐馆",
    "天空为什么是蓝的",
    "怎么上传剧本",
    "推荐哪种酒",
    "德国的首都是哪里",
    "怎么点披萨",
    "牙医在哪里",
    "厕所在哪里",
    "小提琴防水吗",
    "手表防水吗",
];

/// Chinese questions that say the same in other words.
const CHINESE_SAME: &[(&str, &str)] = &[
    ("为什么下载慢", "为什么下载很慢？"),
    ("怎样上传图片", "怎么上传照片？"),
    ("密码怎么改", "怎么修改密码？"),
    ("怎么更改密码", "怎么修改密码？"),
    ("支持哪些付款方式", "可以用哪些付款方式？"),
    ("发货需要多长时间", "发货要多久？"),
    ("能带小狗吗", "可以带狗吗？"),
    ("我需要许可证书吗", "需要许可证吗？"),
    ("怎么装应用程序", "怎么安装应用？"),
    ("打印机怎么用", "怎么连接打印机？"),
    ("发票怎么找", "发票在哪里？"),
    ("灯防水吗", "这盏灯防水吗？"),
];

#[test]
fn another_thing_is_no_answer() {
    for (manual, others) in [(MANUAL, OTHERS), (CHINESE_MANUAL, CHINESE_OTHERS)] {
        let kb = KnowledgeBase::from_markdown(manual).expect("sound");
        let answered = |question: &&&str| kb.ask(question).expect("a sound pack").outcome == Outcome::Answered;
        assert_eq!(others.iter().filter(answered).collect::<Vec<_>>(), [&""; 0]);
    }
}

#[test]
fn the_same_in_other_words_is_answered() {
    for (manual, same) in [(MANUAL, SAME), (CHINESE_MANUAL, CHINESE_SAME)] {
        let kb = KnowledgeBase::from_markdown(manual).expect("sound");
        for (question, expected) in same {
            let found = kb.ask(question).expect("a sound pack");
            assert_eq!(found.answer().map(|hit| &*hit.entry.question), Some(*expected), "{question}");
        }
    }
}

/// Words of Chinese that mean the same are told by their vectors.
#[cfg(feature = "meaning-zh")]
#[test]
fn a_chinese_word_of_the_same_meaning_is_answered() {
    let kb = KnowledgeBase::from_markdown(CHINESE_MANUAL).expect("sound");
    for (question, expected) in [("如何更换密码", "怎么修改密码？"), ("怎么退订订单", "怎么取消订单？")]
    {
        let found = kb.ask(question).expect("a sound pack");
        assert_eq!(found.answer().map(|hit| &*hit.entry.question), Some(expected), "{question}");
    }
}
