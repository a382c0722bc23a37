#![allow(clippy::unwrap_used)]
use crate::*;
use proptest::prelude::*;

#[test]
fn counts_have_their_noun_and_their_commas() {
    assert_eq!(count(0, "comment", "comments"), "0 comments");
    assert_eq!(count(1, "view", "views"), "1 view");
    assert_eq!(count(1_204, "view", "views"), "1,204 views");
    assert_eq!(grouped(999), "999");
    assert_eq!(grouped(-1_000_000), "-1,000,000");
    assert_eq!(grouped(i64::MIN), "-9,223,372,036,854,775,808");
}

#[test]
fn reading_takes_at_least_a_minute_and_rounds_up() {
    assert_eq!([0, 220, 221, 1_100].map(reading_minutes), [1, 1, 2, 5]);
}

#[test]
fn a_line_loses_what_is_not_seen_and_keeps_what_is() {
    assert_eq!(clean_line("  Water \t\n bill\u{0} rises\u{7} "), "Water bill rises");
    assert_eq!(clean_line("\u{202e}evil\u{2066}\u{200b}"), "evil");
    assert_eq!(clean_line("10\u{a0}000 “quotes” — dash…"), "10\u{a0}000 “quotes” — dash…");
    assert_eq!(clean_line("e\u{0}\u{301}t"), "ét");
    assert_eq!(clean_line("👩\u{200d}🌾"), "👩\u{200d}🌾");
    assert_eq!(clean_line("\u{200b}\u{a0} "), "");
}

#[test]
fn names_that_look_the_same_have_one_key() {
    assert_eq!(fold(" ÁNA "), fold("a\u{301}na"));
    assert_eq!(fold("ＡＮＡ"), "ana");
    assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
}

#[test]
fn a_place_is_one_however_its_name_is_written() {
    let key = |typed: &str| place::parse(typed).map(|place| place.key);
    assert_eq!(
        place::parse("  Depot \t Street ").map(|place| (place.name, place.key)),
        Some(("Depot Street".into(), "depot-street".into()))
    );
    assert_eq!(key("depot-street"), key("Depot Street."));
    assert_eq!(key("St. Mary’s / West"), Some("st-marys-west".into()));
    assert_eq!(key("Plaza Güell 2"), Some("plaza-güell-2".into()));
    assert_eq!(key("ساحة السوق"), Some("ساحة-السوق".into()));
    for typed in ["", " ", "—", "'", "\u{200b}", &"a".repeat(place::MAX + 1), &"a\u{301}".repeat(100_000)] {
        assert_eq!(key(typed), None);
    }
}

#[test]
fn slugs_are_readable_addresses() {
    assert_eq!(slug("Don’t look now: the bridge — again!"), "dont-look-now-the-bridge-again");
    assert_eq!(slug("Straße nach Łódź, smørrebrød & crème brûlée"), "strasse-nach-lodz-smorrebrod-creme-brulee");
    assert_eq!(slug("Новости Київ"), "novosti-kiiv");
    assert_eq!(slug("Αθήνα"), "athina");
    assert_eq!(slug("объявление"), "obyavlenie");
    assert_eq!(slug("砂漠"), "story");
    assert_eq!(slug_or("!?", "section"), "section");
    assert_eq!(slug(&"word ".repeat(40)).len(), 79);
    assert_eq!(slug(&"x".repeat(200)).len(), 80);
}

#[test]
fn excerpts_end_where_words_end() {
    assert_eq!(excerpt("The river  rose\novernight.", 80), "The river rose overnight.");
    assert_eq!(excerpt("The river rose, overnight.", 16), "The river rose…");
    assert_eq!(excerpt("The river rose", 9), "The…");
    assert_eq!(excerpt("砂漠の町で雨が降りました", 6), "砂漠の町で…");
    assert_eq!(excerpt("abc", 0), "");
    assert_eq!(excerpt("abc def", 1), "…");
}

#[test]
fn initials_are_of_the_first_and_last_word() {
    assert_eq!(initials("ana maria duarte"), "AD");
    assert_eq!(initials("“Ocotillo”"), "O");
    assert_eq!(initials("山田 太郎"), "山太");
    assert_eq!(initials(" — "), "?");
}

#[test]
fn every_hue_is_used_and_keeps_its_contrast_with_white() {
    for Hue { color, .. } in HUES {
        let linear = |at: usize| {
            let part = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let light = 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
        assert!(1.05 / (light + 0.05) >= 4.5, "{color}");
    }
    let used: std::collections::HashSet<_> = (0..200).map(|n| hue(&format!("name {n}")).class).collect();
    assert_eq!(used.len(), 8);
    assert_eq!(hue("Ana"), hue(" ANA"));
}

#[test]
fn handles_keep_their_case_and_fold_their_key() {
    let handle = handle::parse(" @Ana_Duarte-2 ").unwrap();
    assert_eq!((handle.name.as_str(), handle.key.as_str()), ("Ana_Duarte-2", "ana_duarte-2"));
    for wrong in ["", "@", "a", "_ana", "ana-", "ána", "a b", "@@ana", "a/b", &"a".repeat(31)] {
        assert!(handle::parse(wrong).is_err(), "{wrong}");
    }
    assert!(handle::parse(&"a".repeat(30)).is_ok());
}

#[test]
fn topics_are_words_of_any_script() {
    assert_eq!(topic::parse("#WaterRights").unwrap().key, "waterrights");
    assert_eq!(topic::parse("#Água").unwrap().name, "Água");
    for right in ["हिन्दी", "砂漠", "عربي", "a_b", "2026"] {
        assert!(topic::parse(right).is_some(), "{right}");
    }
    for wrong in ["", "#", "##a", "a b", "a-b", "___", "\u{301}a", &"é".repeat(51)] {
        assert!(topic::parse(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn marks_that_an_apostrophe_parted_stand_in_order() {
    for typed in ["\u{c55}'\u{11d97}", "x\u{c55}’\u{11d97}"] {
        let found = place::parse(typed).unwrap();
        assert_eq!(place::parse(&found.key).unwrap().key, found.key);
    }
}

proptest! {
    #[test]
    fn the_key_of_a_place_leads_to_the_place(typed in "\\PC{0,90}") {
        if let Some(found) = place::parse(&typed) {
            let again = place::parse(&found.key);
            // A key may grow beyond what a name may have where folding makes two letters of one.
            prop_assert!(found.key.chars().count() > place::MAX || again.is_some_and(|again| again.key == found.key), "{typed:?}");
            prop_assert!(!found.key.contains("--") && !found.key.starts_with('-') && !found.key.ends_with('-'));
        }
    }

    #[test]
    fn lines_come_out_clean_whatever_comes_in(typed in any::<String>()) {
        let clean = clean_line(&typed);
        prop_assert!(!clean.contains(char::is_control));
        prop_assert!(!clean.contains("  "));
        prop_assert_eq!(clean.trim(), &clean);
        prop_assert_eq!(clean_line(&clean), clean.clone());
        prop_assert_eq!(fold(&fold(&clean)), fold(&clean));
    }

    #[test]
    fn slugs_hold_their_limits(typed in "\\PC{0,200}") {
        let slug = slug(&typed);
        prop_assert!((1..=80).contains(&slug.len()));
        prop_assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
    }

    #[test]
    fn excerpts_hold_their_limits(text in "[\\PC\\s]{0,300}", max in 0_usize..80) {
        prop_assert!(excerpt(&text, max).chars().count() <= max);
    }

    #[test]
    fn what_parses_as_a_handle_or_topic_parses_again(typed in "[@#＃]?[\\w\\-\u{300}-\u{310}]{0,60}") {
        if let Ok(handle) = handle::parse(&typed) {
            prop_assert!((2..=30).contains(&handle.name.len()));
            prop_assert_eq!(handle::parse(&handle.name), Ok(handle.clone()));
            prop_assert_eq!(handle::parse(&handle.key).unwrap().key, handle.key);
        }
        if let Some(topic) = topic::parse(&typed) {
            prop_assert!(topic.name.chars().count() <= 50);
            prop_assert_eq!(topic::parse(&topic.name), Some(topic));
        }
    }
}
