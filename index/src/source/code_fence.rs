//! Fences of code in the lines of a text: three backticks or tildes, or more.

/// A fence that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CodeFence {
    /// Its character.
    pub(crate) mark: u8,
    /// The number of its marks.
    pub(crate) length: usize,
}

impl CodeFence {
    /// Returns the fence that `line` opens, which may follow the mark of a list item or a quotation.
    pub(crate) fn opened_by(line: &str) -> Option<CodeFence> {
        let text = unquoted(line);
        let text = text.strip_prefix(['-', '*', '+']).map_or(text, str::trim_start);
        let mark = *text.as_bytes().first().filter(|mark| matches!(mark, b'`' | b'~'))?;
        let length = text.bytes().take_while(|&byte| byte == mark).count();
        let info = &text[length..];
        // A cell of R Markdown may have code in its caption.
        let is_cell = || info.starts_with('{') && info.trim_end().ends_with('}');
        let is_fence = length >= 3 && (mark != b'`' || !info.contains('`') || is_cell());
        is_fence.then_some(CodeFence { mark, length })
    }

    /// Returns the fence that `line` opens around MDX: other tools show it as code, Docusaurus reads it as if it were not
    /// there.
    pub(crate) fn around_mdx(line: &str) -> Option<CodeFence> {
        let fence = CodeFence::opened_by(line)?;
        (line.trim().trim_start_matches(char::from(fence.mark)).trim() == "mdx-code-block").then_some(fence)
    }

    /// Returns true if `line` closes the fence.
    pub(crate) fn is_closed_by(self, line: &str) -> bool {
        let marks = unquoted(line);
        marks.len() >= self.length && marks.bytes().all(|byte| byte == self.mark)
    }
}

/// Returns a line without the marks of quotations, and without spaces at its ends.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_closed_by_as_many_of_its_marks() {
        let fence = CodeFence::opened_by("> - ````md title=\"a\"").expect("a fence");
        assert_eq!(fence, CodeFence { mark: b'`', length: 4 });
        for (line, is_end) in [("```", false), ("````", true), ("> `````  ", true), ("~~~~", false), ("```` a", false)]
        {
            assert_eq!(fence.is_closed_by(line), is_end, "{line}");
        }
        assert!(CodeFence::opened_by("```{r, fig.cap=\"`lamp`\"}").is_some());
        for line in ["``", "```{ a }```", "```a``` b", "a ```", "# ```", ""] {
            assert_eq!(CodeFence::opened_by(line), None, "{line}");
        }
    }
}
