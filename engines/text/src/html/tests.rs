#![allow(clippy::unwrap_used)]
use super::{Reading, to_line, to_markdown};
use crate::markdown;
use proptest::prelude::*;
use url::Url;

fn read(html: &str) -> String {
    to_markdown(html, &Reading::default())
}

/// What readers see of it in the end.
fn shown(html: &str) -> String {
    markdown::render(&read(html), &|_| None)
}

#[test]
fn paragraphs_headings_and_marks() {
    assert_eq!(
        read("<h1>A</h1><p>One <b>two</b> <i>three</i>\n four.</p><p>Five<br>six</p>"),
        "# A\n\nOne **two** *three* four.\n\nFive\\\nsix"
    );
    assert_eq!(read("<p>a<strong> b: </strong>c <em>d</em>e</p>"), "a **b:** c *d*e");
    assert_eq!(read("<p><b>Note:</b>then</p>"), "**Note**:then");
    assert_eq!(read("<p>x <del>y</del> <code>a`b</code></p>"), "x ~~y~~ ``a`b``");
    assert_eq!(read("<b><p>One</p><p>Two</p></b>"), "**One**\n\n**Two**");
}

#[test]
fn words_stay_words() {
    for text in [
        "1986. A year",
        "# no heading",
        "- no list",
        "+++ no fold",
        "a * b * c _d_ `e`",
        "[x](y)",
        "<b>",
        "&amp;",
        "a | b",
        "snake_case",
        "~~x~~",
        "=== x",
        "> x",
    ] {
        let html = format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;"));
        assert_eq!(markdown::plain(&read(&html)), text, "{}", read(&html));
        assert!(shown(&html).starts_with("<p>"), "{}", shown(&html));
    }
}

#[test]
fn lists_quotes_code_and_rules() {
    assert_eq!(read("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"), "- a\n  - b\n- c");
    assert_eq!(read("<ol start=3><li><p>a</p><p>b</p></li><li>c</li></ol>"), "3. a\n\n   b\n\n4. c");
    assert_eq!(read("<blockquote><p>a</p><p>b</p></blockquote><hr><p>c</p>"), "> a\n>\n> b\n\n---\n\nc");
    assert_eq!(read("<pre><code class=\"language-rust\">fn a() {}\n```\n</code></pre>"), "````rust\nfn a() {}\n```\n````");
}

#[test]
fn tables_of_words_are_tables() {
    let table = "<table><tr><th>Name</th><th>Age</th></tr><tr><td>Ana | Bo</td><td><code>a|b</code></td></tr></table>";
    assert_eq!(read(table), "| Name | Age |\n| --- | --- |\n| Ana \\| Bo | `a\\|b` |");
    assert_eq!(read("<table><tr><td><p>one</p><p>two</p></td><td>three</td></tr></table>"), "one\n\ntwo\n\nthree");
}

#[test]
fn pictures_have_captions_and_whole_addresses() {
    let base = Url::parse("https://old.example/2020/story/").unwrap();
    let reading = Reading { base: Some(&base), ..Reading::default() };
    let figure = "<figure><a href=\"/big.jpg\"><img src=\"/a (1).jpg\" alt=\"A [dog]\"></a><figcaption>A \"dog\" <em>runs</em></figcaption></figure>";
    assert_eq!(to_markdown(figure, &reading), "![A \\[dog\\]](https://old.example/a%20%281%29.jpg \"A \\\"dog\\\" runs\")");
    assert_eq!(
        to_markdown("<p>See <a href=\"https://old.example/x/?p=1#y\">x</a> <a href=\"#top\">up</a></p>", &reading),
        "See [x](/x/?p=1#y) up"
    );
    assert_eq!(
        read("<img src=\"data:image/gif;base64,R0\" data-src=\"/late.jpg\"><img src=\"/count.gif\" width=1 height=1>"),
        "![](/late.jpg)"
    );
    let html = markdown::render("![A \\[dog\\]](/media/x.webp \"A \\\"dog\\\"\")", &|_| None);
    assert!(html.contains("alt=\"A [dog]\"") && html.contains("A &quot;dog&quot;") || html.contains("A \"dog\""), "{html}");
}

#[test]
fn galleries_keep_every_caption() {
    let html = "<figure class=\"wp-block-gallery\"><figure><img src=\"/a.jpg\"><figcaption>A</figcaption></figure><figure><img src=\"/b.jpg\"></figure><figcaption>Both</figcaption></figure>";
    assert_eq!(read(html), "![](/a.jpg \"A\")\n\n![](/b.jpg)\n\nBoth");
}

#[test]
fn folds_and_frames() {
    assert_eq!(read("<details><summary>More</summary><p>a</p>b</details>"), "+++ More\n\na\n\nb\n\n+++");
    assert!(shown("<details><summary>More</summary><p>a</p></details>").contains("<details><summary>More</summary>"));
    for (src, page) in [
        ("https://www.youtube-nocookie.com/embed/abc_-1?rel=0", "https://www.youtube.com/watch?v=abc_-1"),
        ("//player.vimeo.com/video/12", "https://vimeo.com/12"),
        ("https://open.spotify.com/embed/track/xyz", "https://open.spotify.com/track/xyz"),
        ("https://maps.example/e?x=1", "https://maps.example/e?x=1"),
    ] {
        assert_eq!(read(&format!("<p>a</p><iframe src=\"{src}\"></iframe>")), format!("a\n\n<{page}>"));
    }
    assert!(shown("<iframe src=\"https://www.youtube.com/embed/x\"></iframe>").contains("embed-card"));
    assert!(shown("<p>https://www.youtube.com/watch?v=a_b_c</p>").contains("embed-card"));
}

#[test]
fn what_runs_is_gone() {
    let html = "<p onclick=x()>a<script>alert(1)</script><style>b</style></p><form><input value=c><button>d</button></form><a href=\"javascript:x()\">e</a><svg><script>f</script></svg>";
    assert_eq!(read(html), "a\n\ne");
}

#[test]
fn line_breaks_are_meant_where_no_paragraphs_are_written() {
    let reading = Reading { breaks: true, ..Reading::default() };
    let html = "One\ntwo <em>three</em>\n\nfour\n\n\n<blockquote>five\n\nsix</blockquote>\nseven";
    assert_eq!(to_markdown(html, &reading), "One\\\ntwo *three*\n\nfour\n\n> five\n>\n> six\n\nseven");
}

#[test]
fn pictures_are_replaced_where_they_stand() {
    use markdown::{Instead, Named};
    let source = "é ![A [b]](x.jpg \"C | D\") é\n\n> - ![](<y z.png>)\n\n+++ More\n![e][f]\n\n[f]: /g.jpg\n+++\n\n`![no](no.jpg)`";
    let found: Vec<String> = markdown::pictures_in(source).into_iter().map(|named| named.url).collect();
    assert_eq!(found, ["x.jpg", "y z.png", "/g.jpg"]);
    let new = markdown::replace_pictures(source, &mut |named: &Named| match named.url.as_str() {
        "x.jpg" => Instead::Picture("/media/x.webp".into()),
        "/g.jpg" => Instead::Same,
        other => Instead::Link(format!("https://a.example/{other}")),
    });
    assert_eq!(
        new,
        "é ![A \\[b\\]](/media/x.webp \"C | D\") é\n\n> - [y z.png](https://a.example/y%20z.png)\n\n+++ More\n![e][f]\n\n[f]: /g.jpg\n+++\n\n`![no](no.jpg)`"
    );
}

#[test]
fn a_line_of_words() {
    assert_eq!(to_line("Tom &amp; Jerry&#8217;s <em>house</em>"), "Tom & Jerry’s house");
    assert_eq!(to_line("a\0b"), "ab");
}

#[test]
fn a_tower_of_elements_is_read() {
    let html = format!("{}x", "<div><blockquote><ul><li><b>".repeat(2_000));
    assert!(shown(&html).contains('x'));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn whatever_comes_in_renders_safely(html in "(<[a-z]{1,6}( (href|src|title|alt|class)=\"[a-z:/.?\"<]{0,12}\")?>|</[a-z]{1,6}>|<(b|i|em|a|p|li|ul|td|tr|table|figure|img|details|pre)[ >]|[\\PC\n]{0,8}){0,30}") {
        for breaks in [false, true] {
            let markdown = to_markdown(&html, &Reading { breaks, ..Reading::default() });
            let page = markdown::render(&markdown, &|_| None).to_lowercase();
            prop_assert!(!page.contains("<script") && !page.contains("href=\"javascript:") && !page.contains(" onclick="));
            prop_assert!(!markdown.contains('\0'));
        }
    }

    #[test]
    fn plain_words_come_through(words in "[a-zA-Z0-9 .,*_#+>|&<\\[\\]()`~=-]{0,60}") {
        let html = format!("<p>{}</p>", words.replace('&', "&amp;").replace('<', "&lt;"));
        let there = markdown::plain(&read(&html));
        prop_assert_eq!(markdown::replace_pictures(&words, &mut |_| markdown::Instead::Same), words.clone());
        prop_assert_eq!(there.split_whitespace().collect::<Vec<_>>(), words.split_whitespace().collect::<Vec<_>>(), "{}", read(&html));
    }
}
