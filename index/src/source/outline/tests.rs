use super::*;

#[test]
fn headings_hold_no_marks_of_emphasis() {
    let outline = Outline::of("# **提示：**先备份\n\nx\n\n# Is $a*b*c$ *so*?\n");
    let texts: Vec<_> = outline.headings.iter().map(|heading| heading.text.as_str()).collect();
    assert_eq!(texts, ["提示：先备份", "Is $a*b*c$ so?"]);
}

#[test]
fn anchors_of_html_and_of_inner_headings_are_found() {
    let text = "# A\n\nx <b id=one>y</b>\n\n<a name=\"two\"></a>\n\n# <a id='three'></a>B\n\n> ## In here\n\n`aTerm`\n: x\n\n<p class='id=no' id='four'>z</p>\n";
    let outline = Outline::of(text);
    let second = &outline.headings[1].range;
    assert_eq!(outline.anchors_between(0, second.start).collect::<Vec<_>>(), ["one"]);
    let after: Vec<_> = outline.anchors_between(second.end, text.len()).collect();
    assert_eq!(after, ["two", "three", "in-here", "aterm", "four"]);
}
