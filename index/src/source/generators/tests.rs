use super::*;

/// All dialects but MDX, or with it.
fn dialects(is_mdx: bool) -> Dialects {
    use Dialect::{Gitbook, Hugo, Jekyll, Mdbook, Mdx, Mkdocs, Obsidian, Vitepress};
    let all = [Gitbook, Hugo, Jekyll, Mdbook, Mkdocs, Obsidian, Vitepress];
    all.into_iter().chain(is_mdx.then_some(Mdx)).collect()
}

#[track_caller]
fn check(is_mdx: bool, cases: &[(&str, &str)]) {
    check_in(dialects(is_mdx), cases);
}

#[track_caller]
fn check_in(dialects: Dialects, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let markdown = to_markdown(text, dialects).text;
        assert_eq!(markdown.matches('\n').count(), text.matches('\n').count(), "{text:?} -> {markdown:?}");
        assert_eq!(&markdown, expected, "{text:?}");
    }
}

#[test]
fn plain_markdown_stays_as_it_is() {
    for text in [
        "",
        "# A {#b}\n\ntext `{{ x }}` <kbd>a</kbd> \\{{x}}  \nb\n",
        "- a\n    - b\n\n```\n:::note\n{{ x }}\n{% x %}\n!!! note\n```\n\n    {{ code }}\n",
        "a: b :: c ::: d {e} [f] [[1]](g) ![h](i) 1 < 2 <https://a.b>",
        "Title\n===\n\n!!!\n\n??\n\n===\n",
        "${{ secrets.TOKEN }} and Vec<T> {not closed {{ here",
    ] {
        check(false, &[(text, text)]);
    }
}

#[test]
fn admonitions_between_colons_are_alerts() {
    check(
        false,
        &[
            (":::note\n\na\n\nb\n:::\nc", "> [!NOTE]\n>\n> a\n>\n> b\n\nc"),
            (":::tip My *tip*\na\n:::", "> [!TIP]\r> **My *tip***\r> \n> a\n"),
            ("::: danger [T]\n```\n:::\n```\n:::", "> [!CAUTION]\r> **T**\r> \n> ```\n> :::\n> ```\n"),
            ("::::info\n:::warning\na\n:::\n::::\nb", "> [!NOTE]\n> > [!WARNING]\n> > a\n> \n\nb"),
            ("- x\n\n  :::note\n\n  a\n\n  :::\n", "- x\n\n  > [!NOTE]\n  >\n  > a\n  >\n\n"),
            ("::: details More\na\n:::", "> **More**\r>  \n> a\n"),
            (":::recipe\na\n:::", "> **Recipe**\r>  \n> a\n"),
            ("::: {.callout-note title=\"T\"}\na\n:::", "> [!NOTE]\r> **T**\r> \n> a\n"),
            ("/// tip | T\n\na\n\n///\nb", "> [!TIP]\r> **T**\r> \n>\n> a\n>\n\nb"),
            (":::note\nnever closed", "\nnever closed"),
            ("::: a.b.C\n    options:\n      x: y\n\nb", "\n\n\n\nb"),
        ],
    );
}

#[test]
fn admonitions_and_tabs_by_indentation_are_alerts_and_titles() {
    check(
        false,
        &[
            ("!!! note\n    a\n\n    b\n\nc", "> [!NOTE]\n> a\n>\n> b\n\nc"),
            ("!!! note \"\"\n    a", "> [!NOTE]\n> a"),
            (
                "???+ warning \"T\"\n\n    ```\n    !!! x\n    ```\nc",
                "> [!WARNING]\r> **T**\r> \n>\n> ```\n> !!! x\n> ```\nc",
            ),
            ("!!! a\n    x\n\n!!! b\n\ty", "> **A**\r>  \n> x\n\n> **B**\r>  \n> y"),
            ("=== \"Tab\"\n\n    a\n\n=== \"B\"\n    b", "**Tab**\r \n\na\n\n**B**\r \nb"),
            ("!!! tip\n    === \"T\"\n        a\nb", "> [!TIP]\n> **T**\r>  \n> a\nb"),
        ],
    );
}

#[test]
fn tags_of_templates_are_dropped_and_their_text_stays() {
    check(
        false,
        &[
            ("a {{< x y=\"z\" >}}b{{< /x >}} {{% note %}}c{{% /note %}} {{ page.title }}d", "a b c {{ page.title }}d"),
            ("{{< figure\n  src=\"x\"\n>}} a\nb", "\n\n a\nb"),
            ("{% include x.html %}\n{{#include a.rs}}\na", "\n\na"),
            ("1. a\n\n    {{< copyable \"sql\" >}}\n\n    b {{{ .company }}}", "1. a\n\n\n\n    b company"),
            ("{% highlight ruby linenos %}\n{{ x }}\n{% endhighlight %}\na", "```ruby\n{{ x }}\n```\na"),
            ("```\n{{#include a.rs:1:2}}\nb\n{% raw %}{{ c }}{% endraw %}\n```", "```\n\nb\n{{ c }}\n```"),
            ("[a]({{< ref \"b.md\" >}}) [c]({% link d.md %})", "[a](b.md) [c](/d.md)"),
            ("a {% raw %}{{ b }}{% endraw %}", "a {{ b }}"),
            ("<!-- a\n\n-->\nb<!-- c\nd --> e", "\n\n\nb\n e"),
            ("b<!-- c\n\nd --> e", "b<!-- c\n\nd --> e"),
        ],
    );
}

#[test]
fn code_and_components_of_mdx_are_dropped() {
    check(
        true,
        &[
            (
                "import A from './a';\nexport const x = {\n  y,\n};\n\na\n\nexport your data",
                "\n\n\n\n\na\n\nexport your data",
            ),
            ("<Tabs>\n<TabItem value=\"a\" label=\"A\">\n\nb\n\n</TabItem>\n</Tabs>", "\n**A**\r \n\nb\n\n\n"),
            ("<Card\n  to={() => '>'}\n/> a {/* b */}c", "\n\n a c"),
            ("<Table\n  rows={[\n    1,\n\n    2,\n  ]}\n/>\na", "\n\n\n\n\n\n\na"),
            ("<b style={{color: 'red'}}>a</b>", "<b >a</b>"),
            ("<Tab label=\"A\">b</Tab>", "**A** b"),
        ],
    );
    check(true, &[("import A from '@site/a';\n\n<Tabs>\na", "\n\n\na"), ("import it from 'there'\n", "\n")]);
    check(
        true,
        &[
            ("## A {/*a-b*/}\n### B {/* #b */}\n## C {/* a note */}", "## A {#a-b}\n### B {#b}\n## C "),
            ("{/* a */}\nb{\" \"}\nc", "\nb \nc"),
        ],
    );
    check(true, &[("a{' '}{'b'} {c}", "a b {c}"), ("<Badge text=\"new\" /> x", "new x")]);
}

#[test]
fn attributes_tables_of_contents_and_wiki_links() {
    check(
        false,
        &[
            ("# A {: .b #c }\n## D { data-x=\"y z\" }\n{: .e}", "# A {#c}\n## D\n"),
            ("[a](b){ .md-button target=_blank } ![c](d){: width=\"3\"} :material-check: e", "[a](b) ![c](d) ✓ e"),
            ("- :material-star:{ .large } a", "-  a"),
            ("* TOC\n{:toc}\n[TOC]\n[[toc]]", "\n\n\n"),
            ("[[Page]] [[a#b|text]] ![[c.png]] [[1]](d)", "[[Page]] [[a#b|text]]  [[1]](d)"),
        ],
    );
}

#[test]
fn line_ends_of_other_systems_make_no_difference() {
    check(false, &[("!!! note\r\n    a\r\n\r\nb\r\n", "> [!NOTE]\n> a\n\nb\n")]);
}

#[test]
fn without_a_dialect_everything_stays() {
    for text in [
        "What does {{ name }} mean? {% if x %} y {% endif %} {{- .Values.a | quote -}}",
        "{% include x.html %}\n{{#include a.rs}}\n--8<-- \"a\"\n<<< @/a",
        "{{< note >}}a{{< /note >}} {{% b %}} {* c *} {! d !} {/* e */} [x](y){.z} :material-check:",
        "!!! note\n    a\n\n=== \"T\"\n    b\n\n/// tip\n///\n\n::: recipe\n:::\n\n::: a.b.C\n\n:::note never closed",
        "import A from './a'\nexport const x = 1;\n<Tabs>\n[[bin]] ==a== %%b%% {ref}`c`\n```{note}\nd\n```\n(e)=",
        "a <b onclick={x}>c</b> {{ x }}{: .y}",
    ] {
        check_in(Dialects::default(), &[(text, text)]);
    }
}

#[test]
fn a_dialect_leaves_the_constructs_of_others() {
    for (dialect, text) in [
        (Dialect::Mkdocs, "{{ name }} {% if x %} {{< y >}} [[bin]] %%a%%"),
        (Dialect::Hugo, "{{ name }} {% if x %} :material-check: ==a=="),
        (Dialect::Jekyll, "{{< y >}} ==a== %%b%% <Tabs> {ref}`c`"),
        (Dialect::Vitepress, "{{ name }} {% if x %} {{< y >}}"),
        (Dialect::Gitbook, "{{ name }} {{< y >}}"),
        (Dialect::Obsidian, "{{ name }} {% if x %} {{< y >}} [a](b){.c}"),
        (Dialect::Mdx, "{{ name }} {% if x %} {{< y >}} [[bin]]"),
    ] {
        check_in(Dialects::default().with(dialect), &[(text, text)]);
    }
}

#[test]
fn shortcodes_and_tags_keep_their_text() {
    check(
        false,
        &[
            ("{{< tab \"Linux\" >}}\na\n{{< /tab >}}", "**Linux**\r \na\n"),
            ("The {{< glossary text=\"Pods\" id=\"pod\" >}} run", "The Pods run"),
            ("{{% alert title=\"Mind\" color=\"warning\" %}}\na\n{{% /alert %}}", "**Mind**\r \na\n"),
            ("{% include note.html content=\"Save *first*.\" %}", "**Note** Save *first*."),
            ("{% hint style=\"info\" %}\na\n{% endhint %}", "**Info**\r \na\n"),
            ("{{</* tab \"x\" */>}}", "{{< tab \"x\" >}}"),
            ("[a]({{ site.baseurl }}/b) {{ '/c' | relative_url }}", "[a](/b) /c"),
            ("{% raw %}\n{{ a }} {% b %}\n{% endraw %}\n{{ '' }}c", "\n{{ a }} {% b %}\n\nc"),
        ],
    );
}

#[test]
fn directives_and_roles_of_myst_become_markdown() {
    check_in(
        Dialects::default().with(Dialect::Myst),
        &[
            ("```{note}\n:class: x\na {ref}`b <c>`\n```\nd", "> [!NOTE]\n> \n> a b\n\nd"),
            ("```{code-block} python\n:linenos:\nx = {a}`b`\n```", "```python\n\nx = {a}`b`\n```"),
            (":::{admonition} Mind\n:class: tip\na\n:::", "> [!NOTE]\r> **Mind**\r> \n> \n> a\n"),
            ("```{toctree}\n:maxdepth: 2\na\nb\n```\nc", "\n\n\n\n\nc"),
            ("```{figure} a.png\n:alt: A lamp\nThe caption\n```", "**A lamp**\r \n\nThe caption\n"),
            ("(label)=\n% comment\na {kbd}`Ctrl`", "\n\na `Ctrl`"),
        ],
    );
}

#[test]
fn callouts_comments_and_marks_of_obsidian() {
    check_in(
        Dialects::default().with(Dialect::Obsidian),
        &[
            ("> [!faq]- Why?\n> a", "> [!NOTE]\r> **Why?**\r> \n> a"),
            ("> [!note]\n> a", "> [!note]\n> a"),
            ("> [!recipe]\n> a", "> [!NOTE]\r> **Recipe**\r> \n> a"),
            ("a ==b== %%c%% d\n%%\ne\n\nf\n%%\ng", "a b  d\n\n\n\n\n\ng"),
            ("![[a.png|The lamp]] ![[a.png|100]] a == b", "The lamp  a == b"),
            (
                "![[Lamp#Reset]] ![[Lamp v1.2|it]] ![[#Heat]]",
                "[[Lamp#Reset\\|Lamp › Reset]] [[Lamp v1.2\\|it]] [[#Heat\\|Heat]]",
            ),
            ("| ![[a.png\\|100]] | ![[Lamp#^x\\|it]] |", "|  | [[Lamp#^x\\|it]] |"),
            (
                "Hold it. ^hold\n\n^b-1\na^2 b ^ c",
                "Hold it.<span id=\"^hold\"></span>\n\n<span id=\"^b-1\"></span>\na^2 b ^ c",
            ),
        ],
    );
}

#[test]
fn definitions_below_a_heading_lose_their_colon() {
    check_in(
        Dialects::default(),
        &[
            (
                "## `LAMP`\n\n: Only when on,\nand lit.\n\n    - a\n      b\n\n    Defaults to `x`.\n\n        code\n\nc",
                "## `LAMP`\n\nOnly when on,\nand lit.\n\n- a\n  b\n\nDefaults to `x`.\n\n    code\n\nc",
            ),
            ("# A\n:   b\n:   c\n\n: d\n## E\n: f", "# A\nb\n\rc\n\nd\n## E\nf"),
            ("Term\n: b\n\n# C\n\nd\n: e\n\n# F\n\n:smile: :", "Term\n: b\n\n# C\n\nd\n: e\n\n# F\n\n:smile: :"),
        ],
    );
}

#[test]
fn components_of_a_page_are_what_they_stand_for() {
    for (value, expected) in [
        ("<CodeBlock>a</CodeBlock>", Some("```\na\n```")),
        ("<p>\n    Some *text*.\n  </p>", Some("<p>\nSome *text*.\n  </p>")),
        ("<Card title=\"Lamps\" />", Some("**Lamps**")),
        ("<b>{items.length}</b>", None),
    ] {
        assert_eq!(component_text(value).as_deref(), expected, "{value}");
    }
}
