//! Words of an exported page beside those of `faqt-page`.

/// The words of a page in one language.
pub(super) struct Words {
    /// The browser lacks something that the search needs.
    pub(super) unsupported: &'static str,
    /// The search failed to start.
    pub(super) failed: &'static str,
    /// The search needs JavaScript.
    pub(super) no_script: &'static str,
    /// The heading of all answers.
    pub(super) all: &'static str,
    /// The answers are not among them.
    pub(super) only_questions: &'static str,
}

static ENGLISH: Words = Words {
    unsupported: "This browser cannot search this page: it lacks WebAssembly or DecompressionStream. The table of contents lists all questions.",
    failed: "The search on this page does not start. The table of contents lists all questions.",
    no_script: "The search needs JavaScript. The table of contents lists all questions.",
    all: "All questions",
    only_questions: "The answers of a knowledge base of this size are shown by the search only.",
};

static CHINESE: Words = Words {
    unsupported: "此浏览器不支持 WebAssembly 或 DecompressionStream，无法在本页搜索。目录列出了全部问题。",
    failed: "本页的搜索无法启动。目录列出了全部问题。",
    no_script: "搜索需要 JavaScript。目录列出了全部问题。",
    all: "全部问题",
    only_questions: "知识库较大，答案只能通过搜索查看。",
};

impl Words {
    /// Returns the words for a language: Chinese for `zh`, English for every other.
    pub(super) fn of(language: &str) -> &'static Words {
        if language.split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case("zh")) { &CHINESE } else { &ENGLISH }
    }
}
