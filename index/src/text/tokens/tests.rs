use super::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    let mut terms = Vec::new();
    analyse(text, Language::DEFAULT, |token| {
        let whole_class = class_of(token.term);
        assert_eq!(whole_class, token.class, "{}", token.term);
        terms.push(token.term.to_owned());
    });
    assert_eq!(terms.join(" "), expected);
}

#[test]
fn words_are_stemmed() {
    check("Binding the user's Domains", "bind the user domain");
    check("Ｄｏｎ’ｔ crée", "dont cree");
    check("I'd, we'll, they've an id", "i we theyv an id");
}

#[test]
fn a_word_of_accents_alone_keeps_them() {
    check("\u{363}", "\u{363}");
    check("a \u{363} b", "a \u{363} b");
}

#[test]
fn a_word_of_endings_alone_keeps_them() {
    let greek = Language::from_tag("el").expect("a tag");
    assert_eq!(word_term("ετε", greek), "ετε");
    assert_eq!(word_term("σπιτια", greek), "σπιτ");
}

#[test]
fn elided_words_are_cut_off_where_the_language_has_them() {
    for (tag, text, expected) in [
        ("fr", "L’hôtel qu'il", "hôtel il"),
        ("fr", "jusqu'à l'aujourd'hui", "à aujourdhui"),
        ("it", "dell'ordine c'è un'altra", "ordine è altra"),
        ("fr", "O'Reilly don't user's", "oreilly dont user"),
        ("en", "l'hôtel d'accord", "lhôtel daccord"),
    ] {
        let language = Language::from_tag(tag).expect("a tag");
        let mut spellings = Vec::new();
        analyse(text, language, |token| spellings.push(token.spelling.to_owned()));
        assert_eq!(spellings.join(" "), expected);
    }
}

#[test]
fn scripts_break_where_they_meet() {
    check("ICP备案号", "icp 备 案 备案 号 案号");
    check("メール送信", "メ ー メー ル ール 送 ル送 メール 信 送信");
    check("한국어 q", "한 국 한국 어 국어 q");
    check("〇〇年々", "〇 〇 〇〇 年 〇年 々 年々");
    check("\u{20bb7}\u{323b0}屋", "\u{20bb7} \u{323b0} \u{20bb7}\u{323b0} 屋 \u{323b0}屋");
    check("葛\u{e0100}城 ﾒｰﾙ", "葛 城 葛城 メ ー メー ル ール メール");
    check("ㅋㅋ ﾡ", "ᄏ ᄏ ᄏᄏ ᄀ");
}

#[test]
fn identifiers_survive_whole() {
    check("node.js --no-pager", "node.js --no-pager node js no pager");
    check("C++ and c# a::b foo_bar", "c++ c# a::b foo_bar c and c a b foo bar");
    check("E0308, 0x80070057 80/443.", "e0308 0x80070057 80 443");
    check("v1.2. x:y a--b", "v1.2 v1 2 x y a b");
    check("a.b--c --d.e f.g#h++ .x", "a.b --d f.g#h++ a b c d e f g h x");
}

#[test]
fn anything_is_text() {
    check("", "");
    check("* \" ( 😀 \u{200b}", "");
    check("़", "");
}

#[test]
fn names_of_code_hold_words() {
    for (text, expected) in [
        ("Set linkedProjects, or projectLinks.", " linked Projects project Links"),
        ("getHTTPResponse listURLs `resolve.tsconfigPaths`", " get HTTP Response list URLs tsconfig Paths"),
        ("GitHub ModuleNotFoundError iPhone URLs SQL", ""),
        ("dQw4w9WgXcQ aB3dE x25519Key 4Kids", ""),
        ("größeÄndern", ""),
        ("", ""),
    ] {
        assert_eq!(words_in_names(text), expected, "{text}");
    }
}
