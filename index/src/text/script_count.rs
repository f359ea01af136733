//! The language that the scripts of texts show, for a knowledge base that names none.

use super::script::{Script, script};

/// The least share of East Asian letters in texts of an East Asian language, of which code and names take the rest.
/// Public documentation in Chinese has shares from 0.2 to 0.4, in English below 0.01.
const SHARE_MIN: f64 = 0.1;
/// The least share of Kana among the East Asian letters of Japanese texts, as for [`super::weight`].
const KANA_SHARE_MIN: f64 = 0.2;

/// The numbers of letters in texts, by script.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ScriptCount {
    others: u64,
    han: u64,
    kana: u64,
    hangul: u64,
}

impl ScriptCount {
    /// Adds the letters of a text.
    pub(crate) fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| c.is_alphabetic()) {
            match script(c) {
                Script::Han => self.han += 1,
                Script::Hiragana | Script::Katakana => self.kana += 1,
                Script::Hangul => self.hangul += 1,
                Script::Spaced | Script::Unspaced => self.others += 1,
            }
        }
    }

    /// Adds the letters of other texts.
    pub(crate) fn join(&mut self, other: ScriptCount) {
        self.others += other.others;
        self.han += other.han;
        self.kana += other.kana;
        self.hangul += other.hangul;
    }

    /// Returns the tag of the East Asian language that the scripts show; other scripts are those of several languages.
    pub(crate) fn language(self) -> Option<&'static str> {
        let share = |part: u64, of: u64| part as f64 / of.max(1) as f64;
        let east_asian = self.han + self.kana + self.hangul;
        if share(east_asian, east_asian + self.others) < SHARE_MIN {
            None
        } else if share(self.hangul, east_asian) > 0.5 {
            Some("ko")
        } else if share(self.kana, self.han + self.kana) >= KANA_SHARE_MIN {
            Some("ja")
        } else {
            Some("zh")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_show_languages_of_east_asia() {
        for (text, expected) in [
            ("", None),
            ("How do I reset the lamp?", None),
            ("Сброс лампы", None),
            ("The lamp of 灯 is called a lamp in every other language", None),
            ("`useEffect` 是一个 React Hook，它允许你将组件与外部系统同步。", Some("zh")),
            ("東大寺の仏像について説明する", Some("ja")),
            ("램프를 초기화하려면 버튼을 누르세요", Some("ko")),
        ] {
            let mut count = ScriptCount::default();
            count.add(text);
            assert_eq!(count.language(), expected, "{text}");
        }
    }
}
