//! The language that the scripts of texts show, for a knowledge base that names none.

use super::script::{Script, script};

/// The least share of East Asian letters in an entry of such a language, of which code and names take the rest. Most
/// entries of public documentation in Chinese have more, and those in English have none.
const SHARE_MIN: f64 = 0.1;
/// The least share of Kana among the East Asian letters of Japanese texts, as for [`super::weight`].
const KANA_SHARE_MIN: f64 = 0.2;

/// The number of entries, of those in scripts of East Asia, and of the letters in these.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ScriptCount {
    entries: u64,
    east_asian: u64,
    han: u64,
    kana: u64,
    hangul: u64,
}

impl ScriptCount {
    /// Adds an entry with these texts.
    pub(crate) fn add(&mut self, texts: [&str; 2]) {
        let (mut all, mut han, mut kana, mut hangul) = (0, 0, 0, 0);
        for c in texts.iter().flat_map(|text| text.chars()).filter(|c| c.is_alphabetic()) {
            all += 1;
            match script(c) {
                Script::Han => han += 1,
                Script::Hiragana | Script::Katakana => kana += 1,
                Script::Hangul => hangul += 1,
                Script::Spaced | Script::Unspaced => {}
            }
        }
        let is_east_asian = share(han + kana + hangul, all) >= SHARE_MIN;
        self.join(ScriptCount { entries: 1, east_asian: is_east_asian.into(), han, kana, hangul });
    }

    /// Adds other entries.
    pub(crate) fn join(&mut self, other: ScriptCount) {
        self.entries += other.entries;
        self.east_asian += other.east_asian;
        self.han += other.han;
        self.kana += other.kana;
        self.hangul += other.hangul;
    }

    /// Returns the tag of the East Asian language that most entries are in; other scripts are those of several languages.
    pub(crate) fn language(self) -> Option<&'static str> {
        if share(self.east_asian, self.entries) <= 0.5 {
            None
        } else if share(self.hangul, self.han + self.kana + self.hangul) > 0.5 {
            Some("ko")
        } else if share(self.kana, self.han + self.kana) >= KANA_SHARE_MIN {
            Some("ja")
        } else {
            Some("zh")
        }
    }
}

fn share(part: u64, of: u64) -> f64 {
    part as f64 / of.max(1) as f64
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
            count.add([text, ""]);
            assert_eq!(count.language(), expected, "{text}");
            count.add(["How do I reset the lamp?", ""]);
            assert_eq!(count.language(), None, "half of the entries: {text}");
        }
    }
}
