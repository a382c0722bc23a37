//! What no input may do.

use super::attacks::ATTACKS;
use super::*;
use proptest::prelude::*;

/// Every tag of some HTML with its attributes, read as a browser reads it.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find([' ', '>']).unwrap();
        let name = rest[..end].trim_start_matches('/').to_owned();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        while let Some(attribute) = rest.strip_prefix(' ') {
            let (key, after) = attribute.split_once("=\"").unwrap();
            let (value, after) = after.split_once('"').unwrap();
            attributes.push((key.to_owned(), value.to_owned()));
            rest = after;
        }
        rest = rest.strip_prefix('>').unwrap();
        tags.push((name, attributes));
    }
    tags
}

/// The HTML as text: without tags, entities decoded.
fn shown(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

fn assert_harmless(source: &str) {
    const TAGS: &str = " a blockquote br code del details div em figcaption figure h2 h3 h4 hr img li ol p pre span strong summary table tbody td th thead tr ul ";
    const ATTRIBUTES: &str = " href rel src srcset sizes alt width height loading decoding class id role tabindex aria-label scope start ";
    let html = html(source);
    assert!(!html.to_lowercase().contains("<script"), "{source} => {html}");
    for (tag, attributes) in tags(&html) {
        assert!(TAGS.contains(&format!(" {tag} ")), "<{tag}> from {source} => {html}");
        for (name, value) in attributes {
            assert!(ATTRIBUTES.contains(&format!(" {name} ")), "{name} from {source} => {html}");
            if name == "href" || name == "src" {
                let value = value.to_lowercase();
                let good = ["https://", "http://", "mailto:", "/", "#"].iter().any(|start| value.starts_with(start));
                assert!(good && !value.starts_with("//"), "{value} from {source} => {html}");
            }
        }
    }
}

#[test]
fn no_known_attack_comes_through() {
    assert!(ATTACKS.len() >= 60);
    for attack in ATTACKS {
        assert_harmless(attack);
        assert_harmless(&format!("> - {attack}"));
        assert_harmless(&format!("| a |\n| - |\n| {attack} |"));
        assert_harmless(&format!("+++ {attack}\n{attack}\n+++"));
        assert_harmless(&format!("![{attack}](/media/a \"{attack}\")"));
        assert_harmless(&format!("[{attack}](https://example.org/{attack})"));
        assert_harmless(&format!("# {attack}\n```{attack}\n{attack}"));
    }
}

#[test]
fn the_second_wall_holds_alone() {
    for attack in ATTACKS {
        let html = wall::clean(attack);
        for (tag, attributes) in tags(&html) {
            assert!(!["script", "style", "iframe", "svg", "math", "form", "base", "meta", "object"].contains(&tag.as_str()), "{html}");
            for (name, value) in attributes {
                assert!(!name.starts_with("on") && name != "style" && !value.contains("javascript:"), "{html}");
            }
        }
    }
}

#[test]
fn the_words_of_an_attack_stay_visible() {
    for attack in ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"] {
        assert_eq!(shown(&html(attack)).trim(), attack);
    }
}

#[test]
fn deep_and_endless_input_is_survived() {
    let endless = [
        ">", "> ", "- ", "1. ", "[", "![", "*", "**a ", "_a ", "`", "`a``", "<", "<a ", "<!--", "&", "\\", "~", "|", "[a](", "[a]: b\n",
        "+++ a\n", "# a\n", "$", "a@", "http://", "| a ", "\t", "\u{0}", "﷽",
    ];
    for piece in endless {
        assert_harmless(&piece.repeat(20_000 / piece.len()));
    }
    let stairs: String = (0..150).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    assert_harmless(&stairs);
    assert_harmless(&format!("{}{}", "*a **b ".repeat(2_000), "b** a*".repeat(2_000)));
    assert_harmless(&format!("|{}\n|{}\n{}", "a|".repeat(300), "-|".repeat(300), "|\n".repeat(300)));
}

#[test]
fn what_is_longer_than_any_story_is_shown_plainly() {
    let html = html(&"**a** <b>\n\n".repeat(MAX_SOURCE / 11 + 1));
    assert!(html.starts_with("<p>**a** &lt;b&gt;</p>\n"));
}

fn fragment() -> impl Strategy<Value = String> {
    let hostile = vec![
        "<script>",
        "</script>",
        "<img src=x onerror=",
        "javascript:",
        "\" onload=\"",
        "<svg",
        "data:",
        "[a](",
        ")",
        "](",
        "![",
        "\"",
        "'",
        "<",
        ">",
        "`",
        "```\n",
        "+++ ",
        "+++\n",
        "\n\n",
        "| a |\n|-|\n",
        "# ",
        "> ",
        "- ",
        "&lt;",
        "&#x6a;",
        "&quot;",
        "\u{0}",
        "\u{202e}",
        "https://youtu.be/",
        "/media/",
        "\\",
        "*",
        "~~",
        "<!--",
        "<![CDATA[",
        "<style>",
        "[r]: ",
        " | ",
        "\t",
        "mailto:",
        "<a href=",
    ];
    prop_oneof![4 => prop::sample::select(hostile).prop_map(str::to_owned), 1 => "\\PC{0,8}"]
}

/// Prose with the marks that some programs would "improve".
fn prose() -> impl Strategy<Value = String> {
    let word = "[\\p{L}]{1,8}[,.!?;]?|“[a-z]{1,6}”|\"[a-z]{1,6}\"|[a-z]'[a-z]|[a-z]’[a-z]|— |–|--|---|\\.\\.\\.|…|«\u{a0}[a-z]\u{a0}»|\\(c\\)|a & b|1 < 2";
    prop::collection::vec(word, 1..20).prop_map(|words| format!("W {} w.", words.join(" ").replace("  ", " ")))
}

proptest! {
    #[test]
    fn hostile_fragments_come_out_harmless(fragments in prop::collection::vec(fragment(), 0..24)) {
        let source = fragments.concat();
        assert_harmless(&source);
        plain(&source);
        words(&lead(&source));
    }

    #[test]
    fn prose_is_unchanged_to_the_character(paragraphs in prop::collection::vec(prose(), 1..6)) {
        let page = html(&paragraphs.join("\n\n"));
        let read: Vec<String> = page.trim_end().split("</p>\n").map(|p| shown(p.trim_end_matches("</p>"))).collect();
        prop_assert_eq!(read, paragraphs.clone());
        prop_assert_eq!(plain(&paragraphs.join("\n\n")), paragraphs.join("\n\n"));
    }
}

#[test]
fn long_runs_of_text_are_parted_for_the_wall_and_whole_for_the_reader() {
    for piece in ["&", "a & b\n", "\u{a0}x", "«ß»"] {
        let source = format!("w{}w", piece.repeat(3_000));
        assert_eq!(shown(&html(&source)), format!("{source}\n"));
        let parts = wall::parted(&write::body(&source, &|_| None)).into_owned();
        let longest = parts.split('<').map(|run| run.matches(['&', '\u{a0}', '«', '»']).count()).max();
        assert!(longest < Some(1_500), "{longest:?} in one run");
    }
    let alt = format!("![{}](/media/a)", "& ".repeat(5_000));
    assert!(html(&alt).len() < 10_000);
}
