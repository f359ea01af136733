//! Elements whose content Markdown does not read: scripts, styles, preformatted text.
//!
//! `CommonMark` takes such an element for HTML up to its end tag, over blank lines and headings (HTML blocks, kind 1).

/// The names of the elements; the content of those in front is no text of a page.
const NAMES: [&str; 4] = ["script", "style", "pre", "textarea"];
/// Their end tags. The parser of Markdown knows no other spelling.
const ENDS: [&str; 4] = ["</script>", "</style>", "</pre>", "</textarea>"];
/// The number of names whose content is no text.
const HIDDEN_COUNT: usize = 2;

/// An element that a line opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawElement(usize);

impl RawElement {
    /// Returns the element that `line` opens and does not close.
    pub(crate) fn opened_by(line: &str) -> Option<RawElement> {
        let rest = line.trim_start_matches(' ').strip_prefix('<')?;
        let element = RawElement(NAMES.iter().position(|name| begins(rest, name))?);
        (!element.is_closed_by(line)).then_some(element)
    }

    /// Returns true if `line` holds the end tag.
    pub(crate) fn is_closed_by(self, line: &str) -> bool {
        line.contains(ENDS[self.0])
    }

    /// Returns true if the content of the element is no text of the page.
    pub(crate) fn is_hidden(self) -> bool {
        self.0 < HIDDEN_COUNT
    }

    /// Returns true if `line` opens a script of a Vue component, which only `VitePress` and `VuePress` read.
    pub(crate) fn is_of_vue(self, line: &str) -> bool {
        let tag = line.trim_start().split('>').next().unwrap_or(line);
        NAMES[self.0] == "script" && tag.split_whitespace().any(|attribute| attribute == "setup")
    }
}

/// The last lines that end elements.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastEnds([Option<usize>; NAMES.len()]);

impl LastEnds {
    /// Looks for the end tags in `lines`.
    pub(crate) fn of(lines: &[&str]) -> LastEnds {
        let mut ends = LastEnds::default();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("</")) {
            for (element, end) in ends.0.iter_mut().enumerate() {
                *end = if RawElement(element).is_closed_by(line) { Some(lines.len() - at) } else { *end };
            }
        }
        ends
    }

    /// Returns true if the element ends in the last `left` lines.
    pub(crate) fn is_ahead(self, element: RawElement, left: usize) -> bool {
        self.0[element.0].is_some_and(|of_end| of_end <= left)
    }
}

/// Returns true if the text behind `<` begins a tag of this name.
fn begins(rest: &str, name: &str) -> bool {
    let is_name = rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    is_name && !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_reaches_to_its_end_tag() {
        let opened = |line| RawElement::opened_by(line).map(|element| (NAMES[element.0], element.is_of_vue(line)));
        assert_eq!(opened("<script setup lang=\"ts\">"), Some(("script", true)));
        assert_eq!(opened("  <STYLE>"), Some(("style", false)));
        assert_eq!(opened("<script>a</script>"), None);
        assert_eq!(opened("<scripts>"), None);
        let ends = LastEnds::of(&["<pre>", "x</pre>", "</PRE>"]);
        let pre = RawElement::opened_by("<pre>").expect("an element");
        assert_eq!([3, 2, 1].map(|left| ends.is_ahead(pre, left)), [true, true, false]);
    }
}
