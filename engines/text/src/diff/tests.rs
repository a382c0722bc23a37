#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn old_of(changes: &[Change<'_>]) -> String {
    changes.iter().filter(|change| !matches!(change, Change::New(_))).map(Change::text).collect()
}

fn new_of(changes: &[Change<'_>]) -> String {
    changes.iter().filter(|change| !matches!(change, Change::Gone(_))).map(Change::text).collect()
}

#[test]
fn a_changed_word_is_shown_with_what_was_there() {
    let markup = markup(&words("The bridge closed Monday & stays shut.", "The bridge opened Monday & stays shut."));
    insta::assert_snapshot!(markup.into_string(), @r#"The bridge <del><span class="visually-hidden">removed: </span>closed</del><ins><span class="visually-hidden">added: </span>opened</ins> Monday &amp; stays shut."#);
}

#[test]
fn neighbouring_changes_are_one_phrase() {
    let changes = words("a quick fox ran", "a slow dog ran");
    assert_eq!(changes, [Change::Same("a "), Change::Gone("quick fox"), Change::New("slow dog"), Change::Same(" ran")]);
}

#[test]
fn punctuation_changes_alone() {
    let changes = words("the war.", "the war,");
    assert_eq!(changes, [Change::Same("the war"), Change::Gone("."), Change::New(",")]);
}

#[test]
fn a_changed_time_is_one_phrase() {
    let changes = words("at 6:40 it", "at 5:55 it");
    assert_eq!(changes, [Change::Same("at "), Change::Gone("6:40"), Change::New("5:55"), Change::Same(" it")]);
    assert_eq!(words("this: yes", "that: no").len(), 5, "other colons stay");
}

#[test]
fn equal_and_empty_texts_are_no_change() {
    assert_eq!(words("same", "same"), [Change::Same("same")]);
    assert_eq!(words("", ""), []);
    assert_eq!(words("", "new"), [Change::New("new")]);
}

#[test]
fn long_texts_are_compared_by_line_and_still_whole() {
    let old: String = (0..40_000).map(|n| format!("line number {n}\n")).collect();
    let new = old.replace("number 77\n", "number seventy-seven\n");
    let changes = words(&old, &new);
    assert_eq!(old_of(&changes), old);
    assert_eq!(new_of(&changes), new);
    assert!(changes.contains(&Change::New("line number seventy-seven\n")));
}

#[test]
fn far_unchanged_text_is_folded() {
    let old = "one two three four five six seven eight nine ten";
    let new = "one two three four five six seven eight NINE ten";
    let changes = words(old, new);
    let hunks = hunks(&changes, 2);
    assert_eq!(hunks[0], Hunk::Folded("one two three four five six "));
    insta::assert_snapshot!(hunks_markup(&hunks).into_string(), @r#"<details class="unchanged"><summary>6 unchanged words</summary>one two three four five six </details>seven eight <del><span class="visually-hidden">removed: </span>nine</del><ins><span class="visually-hidden">added: </span>NINE</ins> ten"#);
}

#[test]
fn a_text_without_changes_is_folded_whole() {
    assert_eq!(hunks(&[Change::Same("all as it was")], 3), [Hunk::Folded("all as it was")]);
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof!["[a-c]{1,2}", Just("é".to_owned()), Just("砂漠".to_owned()), "[ \n\u{a0}.,—]{1,2}"];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn both_sides_come_back_to_the_character(old in text(), new in text(), context in 0_usize..5) {
        let changes = words(&old, &new);
        prop_assert_eq!(old_of(&changes), &old[..]);
        prop_assert_eq!(new_of(&changes), &new[..]);
        let parts: Vec<Change<'_>> = hunks(&changes, context)
            .into_iter()
            .flat_map(|hunk| match hunk {
                Hunk::Shown(changes) => changes,
                Hunk::Folded(text) => vec![Change::Same(text)],
            })
            .collect();
        prop_assert_eq!(old_of(&parts), &old[..]);
        prop_assert_eq!(new_of(&parts), &new[..]);
    }
}
