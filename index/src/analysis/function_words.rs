//! The words that hold a question together, by language.
//!
//! Each list is in order, so that a word is found by halving; a test keeps it so.

/// How little a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// It holds the question together: `how`, `do`, `the`.
    Function,
    /// It asks, whatever is asked for: `want`, `please help`, `find`.
    Request,
}

/// Returns how little a folded word without apostrophes says, if it is a function word.
pub(crate) fn level(word: &str) -> Option<Level> {
    if ENGLISH_FUNCTION.binary_search(&word).is_ok() {
        return Some(Level::Function);
    }
    ENGLISH_REQUEST.binary_search(&word).is_ok().then_some(Level::Request)
}

/// Whether a Chinese character mostly holds a question together.
pub(crate) fn is_chinese_character(c: char) -> bool {
    CHINESE_CHARACTERS.binary_search(&c).is_ok()
}

/// Whether a pair of Chinese characters mostly holds a question together.
pub(crate) fn is_chinese_word(pair: &str) -> bool {
    CHINESE_WORDS.binary_search(&pair).is_ok()
}

/// Articles, pronouns, auxiliaries, prepositions, question words and greetings of English.
static ENGLISH_FUNCTION: &[&str] = &[
    "a", "about", "also", "am", "an", "and", "any", "are", "arent", "as", "at", "be", "been", "being", "but", "by",
    "can", "cannot", "cant", "could", "couldnt", "dear", "did", "didnt", "do", "does", "doesnt", "doing", "done",
    "dont", "for", "from", "had", "has", "hasnt", "have", "havent", "having", "he", "hello", "her", "here", "hey",
    "hi", "him", "his", "how", "hows", "i", "id", "if", "ill", "im", "in", "into", "is", "isnt", "it", "its", "ive",
    "just", "may", "me", "might", "mine", "must", "my", "myself", "no", "nor", "not", "of", "on", "or", "our", "ours",
    "please", "pls", "plz", "shall", "she", "should", "shouldnt", "sir", "so", "some", "than", "that", "thats", "the",
    "their", "them", "then", "there", "theres", "these", "they", "this", "those", "to", "too", "u", "ur", "us", "very",
    "was", "wasnt", "we", "were", "what", "whats", "when", "where", "wheres", "which", "who", "whom", "whos", "whose",
    "why", "will", "with", "wont", "would", "wouldnt", "you", "your", "yours", "yourself",
];

/// English words that ask, whatever is asked for.
static ENGLISH_REQUEST: &[&str] = &[
    "able",
    "actually",
    "already",
    "anyone",
    "anything",
    "ask",
    "asking",
    "asks",
    "ever",
    "explain",
    "explains",
    "find",
    "finding",
    "finds",
    "found",
    "gave",
    "get",
    "gets",
    "getting",
    "give",
    "given",
    "gives",
    "go",
    "goes",
    "going",
    "gone",
    "got",
    "help",
    "helped",
    "helping",
    "helps",
    "kindly",
    "know",
    "knows",
    "let",
    "lets",
    "like",
    "likes",
    "long",
    "make",
    "makes",
    "making",
    "many",
    "mean",
    "means",
    "much",
    "need",
    "needed",
    "needs",
    "now",
    "often",
    "ok",
    "okay",
    "one",
    "possible",
    "really",
    "saw",
    "see",
    "seen",
    "sees",
    "someone",
    "something",
    "still",
    "tell",
    "tells",
    "thank",
    "thanks",
    "thing",
    "things",
    "told",
    "use",
    "used",
    "uses",
    "using",
    "wanna",
    "want",
    "wanted",
    "wants",
    "way",
    "ways",
    "went",
];

/// Chinese characters that are particles, pronouns, question words or auxiliaries.
static CHINESE_CHARACTERS: &[char] = &[
    '一', '上', '下', '不', '与', '个', '为', '么', '之', '也', '了', '什', '从', '他', '以', '们', '会', '何', '你',
    '其', '再', '几', '到', '前', '去', '又', '及', '只', '可', '后', '吗', '吧', '呀', '呢', '和', '哦', '哪', '啊',
    '嘛', '在', '地', '多', '她', '如', '它', '对', '少', '就', '帮', '应', '很', '得', '怎', '您', '想', '我', '或',
    '所', '把', '是', '有', '来', '样', '没', '的', '着', '给', '而', '能', '被', '要', '让', '该', '请', '谁', '跟',
    '过', '还', '这', '那', '都', '里', '问', '需',
];

/// Pairs of such characters and common requests.
static CHINESE_WORDS: &[&str] = &[
    "一下", "不可", "不是", "不能", "为什", "么办", "么样", "了吗", "什么", "以吗", "你们", "你好", "可不", "可以",
    "吗我", "哪儿", "哪里", "多少", "如何", "帮我", "怎么", "怎样", "想要", "我们", "我在", "我想", "我的", "我能",
    "我要", "是不", "是否", "有没", "没有", "的吗", "能不", "能否", "请问", "这个", "那个", "需要",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        assert!(ENGLISH_FUNCTION.is_sorted());
        assert!(ENGLISH_REQUEST.is_sorted());
        assert!(CHINESE_CHARACTERS.is_sorted());
        assert!(CHINESE_WORDS.is_sorted());
    }
}
