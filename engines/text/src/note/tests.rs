#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn told(text: &str) -> Vec<String> {
    let one = |piece: Piece| match piece {
        Piece::Words(words) => words.to_owned(),
        Piece::Link(url, _) => format!("<{url}>"),
        Piece::Person(handle) => format!("<@{handle}>"),
        Piece::Topic(topic, _) => format!("<#{}>", topic.key),
    };
    pieces(text).into_iter().map(one).collect()
}

#[test]
fn people_topics_and_addresses_are_found() {
    for (text, pieces) in [
        ("Ask @ana_duarte.", vec!["Ask ", "<@ana_duarte>", "."]),
        ("@ana, @bo: see", vec!["<@ana>", ", ", "<@bo>", ": see"]),
        ("#WaterRights now", vec!["<#waterrights>", " now"]),
        ("＃ماء", vec!["<#ماء>"]),
        ("(#a/#b)", vec!["(", "<#a>", "/#b)"]),
        ("see https://a.example/b_(c)).", vec!["see ", "<https://a.example/b_(c)>", ")."]),
        ("HTTPS://A.example/x?y=#z!", vec!["<https://a.example/x?y=#z>", "!"]),
        ("https://a.example/#water @ana", vec!["<https://a.example/#water>", " ", "<@ana>"]),
        ("“https://a.example”", vec!["“", "<https://a.example/>", "”"]),
    ] {
        assert_eq!(told(text), pieces, "{text}");
    }
}

#[test]
fn what_names_nobody_stays_words() {
    for text in [
        "rosa@example.com",
        "@lou@mesa.example",
        "@a",
        "@_",
        "@anaé",
        "we are #1",
        "a#b",
        "C# and # alone",
        "&#39;",
        "https://",
        "http:// x",
        "https://user:secret@bank.example/",
        "ftp://a.example",
        "javascript:alert(1)",
        "xhttps://a.example",
        "/@ana",
    ] {
        let words: String = told(text).concat();
        assert_eq!(words, text);
    }
}

#[test]
fn each_is_named_once_in_order() {
    assert_eq!(people("@Bo and @ana, @BO"), ["Bo", "ana"]);
    let keys: Vec<String> = topics("#Water #roads #WATER").into_iter().map(|topic| topic.key).collect();
    assert_eq!(keys, ["water", "roads"]);
    assert_eq!(first_link("a https://b.example c https://d.example").unwrap(), "https://b.example/");
}

#[test]
fn paragraphs_lines_and_links_are_drawn_and_nothing_else() {
    let address = |named: Named<'_>| match named {
        Named::Person("ana") => Some("/@ana".to_owned()),
        Named::Person(_) => None,
        Named::Topic(key) => Some(format!("/topics/{key}")),
    };
    let drawn = markup("Hi @ana & @nobody\n<b>#Roads</b>\n\nhttps://www.a.example/", &address).into_string();
    assert_eq!(
        drawn,
        "<p dir=\"auto\">Hi <a class=\"mention\" href=\"/@ana\">@ana</a> &amp; @nobody<br>&lt;b&gt;<a class=\"topic\" href=\"/topics/roads\" rel=\"tag\">#Roads</a>&lt;/b&gt;</p>\
         <p dir=\"auto\"><a href=\"https://www.a.example/\" rel=\"nofollow ugc noopener\">a.example</a></p>"
    );
}

#[test]
fn a_long_address_is_shown_short() {
    let long = format!("https://a.example/{}", "x".repeat(100));
    let drawn = markup(&long, &|_| None).into_string();
    assert!(drawn.contains(&format!("href=\"{long}\"")) && drawn.contains("…</a>"), "{drawn}");
}

#[test]
fn what_was_typed_is_tidied() {
    assert_eq!(clean("  a \r\n\r\n\r\n\tb\u{202e}c\u{0}  \n d\n"), "a\n\n bc\n d");
    assert_eq!(clean(" \n\u{200b}\n"), "");
    assert_eq!(clean("e\u{301}"), "é");
    assert_eq!(clean("春\u{3000}\u{3000}\u{2003} 夏\n\u{3000}秋  x"), "春\u{3000} 夏\n\u{3000}秋  x");
}

proptest! {
    #[test]
    fn pieces_put_together_are_the_text(text in "[a-zé@#＃_:/.()\\-ht tps\n&<>م]{0,80}") {
        let whole: String = pieces(&text).into_iter().map(|piece| match piece {
            Piece::Words(words) | Piece::Link(_, words) | Piece::Topic(_, words) => words.to_owned(),
            Piece::Person(handle) => format!("@{handle}"),
        }).collect();
        prop_assert_eq!(whole, text);
    }

    #[test]
    fn no_markup_comes_from_people(text in "[<>\"'&a-z#@ \n]{0,60}") {
        let drawn = markup(&text, &|_| None).into_string();
        let bare = drawn.replace("<p dir=\"auto\">", "").replace("</p>", "").replace("<br>", "");
        prop_assert!(!bare.contains('<'), "{}", bare);
    }

    #[test]
    fn tidying_twice_is_tidying_once(text in "[ a\t\n\r\u{301}\u{202e}é]{0,40}") {
        let once = clean(&text);
        prop_assert_eq!(clean(&once), once);
    }
}
