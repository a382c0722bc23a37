//! What a reader gets.

use super::*;

fn known(asked: Own<'_>) -> Option<String> {
    let Own::Picture(url, words) = asked else { return None };
    (url == "/media/river.webp").then(|| format!(
        r#"<span class="shown"><img class="blur" src="data:image/webp;base64,UklGRg==" alt="" aria-hidden="true"><picture><source type="image/webp" srcset="/media/river-640.webp 640w, /media/river.webp 1280w" sizes="100vw"><img src="/media/river.jpg" alt="{words}" width="1280" height="853" class="focus-x-30 focus-y-100" loading="lazy"></picture></span>"#
    ))
}

#[test]
fn a_body_is_plain_readable_html() {
    insta::assert_snapshot!(html("# The river\n\nIt *rose* by **2 feet**, ~~3~~ [they said](https://example.org/a?b=1&c=2).\n\n> “Never seen.”\n\n- one\n- two\n\n3. three\n"), @r#"
    <h2 id="h-the-river">The river</h2>
    <p>It <em>rose</em> by <strong>2 feet</strong>, <del>3</del> <a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">they said</a>.</p>
    <blockquote>
    <p>“Never seen.”</p>
    </blockquote>
    <ul>
    <li>one</li>
    <li>two</li>
    </ul>
    <ol start="3">
    <li>three</li>
    </ol>
    "#);
}

#[test]
fn headings_stay_below_the_headline_and_have_names_of_their_own() {
    insta::assert_snapshot!(html("# A\n\n## A\n\n### A 2\n\n###### 砂漠\n\nA\n=\n"), @r#"
    <h2 id="h-a">A</h2>
    <h2 id="h-a-2">A</h2>
    <h3 id="h-a-2-2">A 2</h3>
    <h4 id="h-section">砂漠</h4>
    <h2 id="h-a-3">A</h2>
    "#);
}

#[test]
fn a_picture_alone_is_a_figure_with_caption_and_credit() {
    let source = "![Brown water](/media/river.webp \"The river | Photo: Ana Duarte\")";
    let own = known(Own::Picture("/media/river.webp", "Brown water")).unwrap();
    let caption = r#"<figcaption>The river <span class="credit">Photo: Ana Duarte</span></figcaption>"#;
    // The wall orders attributes; what matters is that nothing of it is lost.
    let page = render(source, &known);
    assert!(page.starts_with(r#"<figure><span class="shown"><img class="blur" src="data:image/webp;base64,UklGRg==""#), "{page}");
    assert!(page.trim_end().ends_with(&format!("</picture></span>{caption}</figure>")), "{page}");
    assert_eq!(page.len() - page.matches('\n').count(), "<figure></figure>".len() + own.len() + caption.len(), "{page}");
    assert!(html("![a](https://example.org/a.png)").starts_with("<figure><img src=\"https://example.org/a.png\" alt=\"a\""));
    assert!(html("See ![a](/media/a.webp) here").starts_with("<p>See <img src=\"/media/a.webp\""));
}

#[test]
fn pictures_from_elsewhere_leave_their_words() {
    for url in
        ["http://example.org/a.png", "/sign-out", "/media/../sign-out", "//example.org/a.png", "data:image/png;base64,AA", "/media\\a"]
    {
        assert_eq!(html(&format!("![the words]({url})")), "<p>the words</p>\n", "{url}");
    }
}

#[test]
fn folds_nest_and_hold_markdown() {
    insta::assert_snapshot!(html("Before\n+++ How we *counted* <b>\n- a\n+++ Inner\n**b**\n+++\n+++\nAfter\n"), @r"
    <p>Before</p>
    <details><summary>How we *counted* &lt;b&gt;</summary>
    <ul>
    <li>a</li>
    </ul>
    <details><summary>Inner</summary>
    <p><strong>b</strong></p>
    </details>
    </details>
    <p>After</p>
    ");
}

#[test]
fn lines_that_only_look_like_folds_are_text() {
    assert_eq!(html("+++\n"), "<p>+++</p>\n");
    assert_eq!(html("+++more\n"), "<p>+++more</p>\n");
    assert_eq!(html("```\n+++ a\n```\n"), "<pre><code>+++ a\n</code></pre>\n");
    assert_eq!(html("+++ open\nx"), "<details><summary>open</summary>\n<p>x</p>\n</details>\n");
}

#[test]
fn a_bare_link_to_a_provider_is_a_card() {
    insta::assert_snapshot!(html("https://www.youtube.com/watch?v=abc"), @r#"<p class="embed-card"><a href="https://www.youtube.com/watch?v=abc" rel="nofollow ugc noopener"><strong>YouTube</strong> <span>youtube.com/watch?v=abc</span></a></p>"#);
    for plain in [
        "see https://youtu.be/abc",
        "[https://youtu.be/a](https://youtu.be/b)",
        "https://notyoutube.com/a",
        "https://youtube.com.example.org/",
        "[a](https://youtu.be/a)",
    ] {
        assert!(!html(plain).contains("embed-card"), "{plain}");
    }
}

#[test]
fn tables_scroll_in_a_named_region() {
    insta::assert_snapshot!(html("| a | b |\n| --- | ---: |\n| 1 | 2 |\n"), @r#"
    <div class="table" role="region" tabindex="0" aria-label="Table"><table>
    <thead><tr><th scope="col">a</th><th scope="col" class="align-right">b</th></tr></thead><tbody>
    <tr><td>1</td><td class="align-right">2</td></tr>
    </tbody></table></div>
    "#);
}

#[test]
fn code_names_its_language_when_it_is_a_name() {
    assert_eq!(html("```C++ x\n<b>\n```"), "<pre><code class=\"language-c++\">&lt;b&gt;\n</code></pre>\n");
    assert_eq!(html("```\"><b>\n1\n```"), "<pre><code>1\n</code></pre>\n");
}

#[test]
fn html_that_people_type_stays_visible() {
    assert_eq!(html("a <b>bold</b> claim"), "<p>a &lt;b&gt;bold&lt;/b&gt; claim</p>\n");
    assert_eq!(html("<div>\nx\n</div>"), "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>\n");
    assert_eq!(html("<!-- note -->"), "<p>&lt;!-- note --&gt;</p>\n");
}

#[test]
fn links_go_only_where_people_may_send_readers() {
    for good in ["https://example.org/", "http://example.org/", "mailto:ana@example.org", "/stories/1", "#h-a"] {
        assert!(html(&format!("[a]({good})")).contains(&format!("href=\"{good}\" rel=\"nofollow ugc noopener\"")), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "//example.org",
        "/\\example.org",
        "data:text/html,x",
        "ftp://example.org",
        "https://a@example.org",
        "a.html",
        "https:///",
        "tel:1",
    ] {
        assert_eq!(html(&format!("[words](<{bad}>)")), "<p>words</p>\n", "{bad}");
    }
}

#[test]
fn rules_of_many_stars_stay_rules() {
    assert_eq!(html(&"* ".repeat(60)), "<hr>\n");
    let wide = format!("a | b\n{} | ---\n1 | 2", "-".repeat(60));
    assert!(html(&wide).contains("<td>1</td>"));
}

#[test]
fn audio_and_video_come_through_only_as_the_site_writes_them() {
    let own = r#"<video src="/media/a.mp4" poster="/media/b.jpg" width="640" height="360" controls preload="none" playsinline aria-label="The bell"></video>"#;
    let page = render("![The bell](/media/a.mp4 \"At noon | Rosa\")", &|_| Some(own.to_owned()));
    for part in [
        "<figure><video",
        r#"src="/media/a.mp4""#,
        r#"poster="/media/b.jpg""#,
        "controls",
        r#"preload="none""#,
        r#"aria-label="The bell""#,
        "At noon",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    for foreign in [
        r#"<video src="https://evil.example/a.mp4" autoplay onplay="alert(1)"></video>"#,
        r#"<audio src="data:audio/mpeg;base64,AAAA" preload="auto" style="x"></audio>"#,
        r#"<video src="/media/a.mp4" poster="data:image/svg+xml,<svg/>"></video>"#,
        r#"<img class="blur evil" src="data:image/svg+xml;base64,AAAA">"#,
        r#"<a href="data:text/html,x">x</a><picture><source type="text/html" srcset="javascript:x 1w"></picture>"#,
    ] {
        let page = render("![a](/media/a.mp4)", &|_| Some(foreign.to_owned()));
        for trace in ["evil", "alert", "autoplay", "auto\"", "style", "data:", "svg", "text/html", "javascript"] {
            assert!(!page.contains(trace), "{trace} in {page}");
        }
    }
}

#[test]
fn an_address_alone_on_a_line_is_what_the_site_has_there() {
    let card = r#"<figure class="album-card"><a href="/albums/7/fair"><img src="/media/a.webp" alt="A pig"></a><figcaption><a href="/albums/7/fair">Fair</a></figcaption></figure>"#;
    let own = |asked: Own<'_>| (asked == Own::Line("https://town.example/albums/7/fair")).then(|| card.to_owned());
    let page = render("Look:\n\nhttps://town.example/albums/7/fair\n\n> https://town.example/albums/7/fair", &own);
    assert_eq!(page.matches("album-card").count(), 2, "{page}");
    for words in
        ["See https://town.example/albums/7/fair", "[Fair](https://town.example/albums/7/fair)", "![x](https://town.example/albums/7/fair)"]
    {
        assert!(!render(words, &own).contains("album-card"), "{words}");
    }
    let hostile = render("https://evil.example/", &|_| Some("<figure class=\"wide\" onclick=x><script>1</script></figure>".into()));
    assert_eq!(hostile.trim(), "<figure></figure>");
}
