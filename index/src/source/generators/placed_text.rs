//! Text in the place of a construct that is a whole line.

use super::{block, tag};

/// Writes a text in the place of `line`, each of its lines behind what stands before that.
pub(crate) fn write_text(text: &str, line: &str, out: &mut String) {
    let prefix = format!("\r\n{}{}", block::last_line(out), block::indentation(line));
    for line in text.replace("\r\n", "\n").trim_end().split(['\n', '\r']) {
        out.extend([prefix.as_str(), line]);
    }
    out.push_str(&prefix);
}

/// Returns true if the text that a tag left in its line is a title, which stands apart from the lines below.
fn is_title(text: &str) -> bool {
    let title = text.trim().strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    title.is_some_and(|title| !title.is_empty() && !title.contains("**"))
}

/// Returns the name of the tag that is all of `line` and has no content: `<Card … />`, `{{< provider … >}}`.
fn lone_tag(line: &str) -> Option<&str> {
    let text = line.trim();
    if let Some(tag) = text.strip_prefix('<') {
        let name = tag.split_whitespace().next()?;
        return (text.ends_with("/>") && tag::component_length(text) == Some(text.len())).then_some(name);
    }
    let is_call = ["{{<", "{{%", "{%"].iter().any(|start| text.starts_with(start));
    tag::only_tag(text).map(|(name, _)| name).filter(|name| is_call && name.starts_with(char::is_alphabetic))
}

/// The tag of the line before, if the next has the same.
#[derive(Debug, Default)]
pub(crate) struct TagRun(Option<String>);

impl TagRun {
    /// Sets the text apart that the tags of `line` left at the end of `out`, from `start`: as an item of a list where the same
    /// tag stands in several lines in a row, as a paragraph where it is a title.
    pub(crate) fn set_apart(&mut self, line: &str, next: Option<&&str>, start: usize, out: &mut String) {
        if !line.trim_start().starts_with(['{', '<']) {
            self.0 = None;
            return;
        }
        let name = lone_tag(line);
        let goes_on = name.is_some() && next.and_then(|next| lone_tag(next)) == name;
        let is_item = goes_on || name.is_some() && self.0.as_deref() == name;
        self.0 = name.filter(|_| goes_on).map(str::to_owned);
        let prefix = block::last_line(&out[..start]).to_owned();
        let text = out[start..].trim();
        if is_item && !text.is_empty() && text != line.trim() {
            let indent = out.len() - start - out[start..].trim_start().len();
            out.insert_str(start + indent, "- ");
            out.extend(if goes_on { ["", "", ""] } else { ["\r", &prefix, " "] });
        } else if is_title(text) {
            out.truncate(out.trim_end().len());
            out.extend(["\r", &prefix, " "]);
        }
    }
}
