//! HTML that means the same on any site, and that no program has to be afraid of.

/// Elements that the validator calls acceptable, as far as a story has them.
const ELEMENTS: [&str; 34] = [
    "a",
    "audio",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "small",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
    "sub",
    "sup",
];
/// And attributes. It distrusts `controls`, too; but a recording without it cannot be played.
const ATTRIBUTES: [&str; 14] =
    ["alt", "class", "controls", "height", "href", "id", "playsinline", "poster", "preload", "rel", "scope", "src", "start", "width"];

/// Checks what a feed says in HTML.
#[track_caller]
pub fn check(html: &str) {
    let fragment = scraper::Html::parse_fragment(html);
    for element in fragment.root_element().descendants().filter_map(scraper::ElementRef::wrap).map(|found| found.value()) {
        assert!(element.name() == "html" || ELEMENTS.contains(&element.name()), "<{}> in {html}", element.name());
        for (name, value) in element.attrs() {
            assert!(ATTRIBUTES.contains(&name), "{name}={value} in {html}");
            if matches!(name, "href" | "src" | "poster") {
                let scheme = value.split_once(':').map(|(scheme, _)| scheme);
                assert!(matches!(scheme, Some("http" | "https" | "mailto")), "{name}={value} in {html}");
            }
        }
    }
    // What the parser had to mend would be mended otherwise elsewhere.
    let known = |rest: &str| ["amp;", "lt;", "gt;", "quot;", "nbsp;", "#"].iter().any(|name| rest.starts_with(name));
    assert!(html.split('&').skip(1).all(known), "a bare & in {html}");
}
