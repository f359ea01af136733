//! Tags of templates whose content is code: `{% highlight ruby %}`, `{% codeblock lang:js %}`, `{{< code-toggle >}}`.

use super::dialect::Dialects;
use super::{block, shortcode, tag};
use crate::source::code_fence::CodeFence;

/// Tags whose content is code, without the marks between their words.
const NAMES: [&str; 7] = ["highlight", "code", "codeblock", "codetoggle", "sourcecode", "codesnippet", "snippet"];
/// Arguments that name the file or the code.
const TITLES: [&str; 3] = ["title", "filename", "caption"];
/// The most blank lines before the first line of the content.
const BLANK_LINES_MAX: usize = 8;

/// Returns the number of lines from the last one that ends code between tags.
pub(crate) fn lines_from_end(lines: &[&str]) -> Option<usize> {
    lines.iter().rev().position(|line| is_end(line)).map(|after| after + 1)
}

/// Returns the fence that stands for the tag that is all of `line`, before the lines `following`, the end of code among them.
///
/// The content may bring its own fence; then the tag is only a frame.
pub(crate) fn fence(line: &str, following: &[&str], dialects: Dialects) -> Option<String> {
    let text = line.trim();
    let text = text.strip_suffix(tag::RAW).unwrap_or(text);
    let (name, arguments) = tag::only_tag(text).filter(|(name, _)| is_name(name))?;
    let next = following.iter().take(BLANK_LINES_MAX).find(|line| !line.trim().is_empty());
    let has_fence = next.is_some_and(|next| CodeFence::opened_by(next).is_some());
    if has_fence || arguments.ends_with('/') || !tag::may_be_template(text, dialects) {
        return None;
    }
    let indent = block::indentation(line);
    let (language, title) = (language(name, arguments), title(name, arguments));
    let title = title.map_or_else(String::new, |title| format!(" title=\"{title}\""));
    Some(format!("{indent}```{language}{title}"))
}

/// Returns true if `line` ends the code that [`fence`] begins.
pub(crate) fn is_end(line: &str) -> bool {
    let text = line.trim();
    let Some((name, rest)) = tag::only_tag(text.strip_prefix(tag::RAW_END).unwrap_or(text)) else { return false };
    let ended = match name {
        "/" | "end" => rest,
        _ => {
            name.strip_prefix("end").or_else(|| name.strip_prefix('/')).filter(|_| rest.is_empty()).unwrap_or_default()
        }
    };
    is_name(ended)
}

fn is_name(name: &str) -> bool {
    let letters = || name.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
    NAMES.iter().any(|known| known.bytes().eq(letters()))
}

/// Returns the language: `highlight` has it first, others have it by name.
fn language<'a>(name: &str, arguments: &'a str) -> &'a str {
    let first = || arguments.split_whitespace().next().filter(|word| !word.contains('=') && name == "highlight");
    let by_name = || ["lang", "language"].iter().find_map(|key| shortcode::value_of(key, arguments));
    let by_colon = arguments.split_whitespace().find_map(|word| word.strip_prefix("lang:"));
    by_colon.or_else(by_name).or_else(first).unwrap_or_default().trim_matches(['"', '\''])
}

/// Returns the title: an argument of that name, or else the words before those of Hexo that have a meaning.
fn title<'a>(name: &str, arguments: &'a str) -> Option<&'a str> {
    if let Some(title) = TITLES.iter().find_map(|key| shortcode::value_of(key, arguments)) {
        return Some(title).filter(|title| !title.contains('"'));
    }
    let is_option = |word: &str| word.contains([':', '=']);
    let end = arguments.split_whitespace().find(|word| is_option(word)).and_then(|word| arguments.find(word));
    let words = arguments[..end.unwrap_or(arguments.len())].trim().trim_matches(['"', '\'']);
    Some(words).filter(|words| !words.is_empty() && !words.contains('"') && name != "highlight")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::generators::dialect::Dialect;

    #[test]
    fn tags_of_code_are_fences() {
        let all: Dialects = [Dialect::Hugo, Dialect::Jekyll].into_iter().collect();
        for (line, expected) in [
            ("{% highlight ruby linenos %}", Some("```ruby")),
            ("  {%- highlight \"js\" %}", Some("  ```js")),
            ("{% highlight \"js\" %}{% raw %}", Some("```js")),
            ("{% codeblock %}", Some("```")),
            ("{% codeblock lang:js wrap:false %}", Some("```js")),
            ("{% codeblock Array map lang:js http://a.b c %}", Some("```js title=\"Array map\"")),
            ("{% code title=\"a b.yml\" %}", Some("``` title=\"a b.yml\"")),
            ("{{< code-toggle file=hugo >}}", Some("```")),
            ("{{< code lang=\"go\" >}}", Some("```go")),
            ("{{< code-toggle config=a />}}", None),
            ("{{< code-tabs >}}", None),
            ("{% codetitle \"a.js\" %}", None),
            ("a {% code %}", None),
        ] {
            assert_eq!(fence(line, &["", "a"], all).as_deref(), expected, "{line}");
            assert_eq!(fence(line, &["", "```"], all), None, "{line}");
            assert_eq!(fence(line, &["a"], Dialects::default()), None, "{line}");
        }
    }

    #[test]
    fn the_end_of_code_has_its_name() {
        for line in [
            "{% endhighlight %}",
            "{% endraw %}{% endcode %}",
            "{%- endcodeblock -%}",
            "{{< /code-toggle >}}",
            "{{< / highlight >}}",
        ] {
            assert!(is_end(line), "{line}");
        }
        for line in ["{% endtab %}", "{% end %}", "{% codeblock %}", "{{< /code-tabs >}}", "endcode", ""] {
            assert!(!is_end(line), "{line}");
        }
    }
}
