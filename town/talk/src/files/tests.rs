#![allow(clippy::unwrap_used)]

use super::{changes, kept, to_keep, *};
use people::{
    pictures::{self, Picture},
    testing::TestTown,
    uses,
};
use web::{Error, Form, Problems};

fn key(number: usize) -> String {
    format!("{number:032x}-1080")
}

fn attached(number: usize, alt: &str) -> Attached {
    Attached { key: key(number), alt: alt.into() }
}

#[test]
fn a_column_keeps_pictures_in_their_order() {
    let pictures = vec![attached(2, "A \"grey\" cat\nsleeps"), attached(1, "")];
    assert_eq!(kept(&to_keep(&pictures)), pictures);
    assert_eq!((to_keep(&[]), kept("")), (String::new(), Vec::new()));
}

#[test]
fn what_changed_of_pictures_is_said() {
    let (one, two) = (vec![attached(1, "A cat")], vec![attached(1, "A cat"), attached(2, "")]);
    let keys = |pictures: &[Attached]| pictures.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    let told = |before: Option<&[Attached]>, now: &[Attached]| {
        let before = before.map(|before| (keys(before), before));
        changes(before.as_ref().map(|(keys, pictures)| (keys.as_slice(), *pictures)), (&keys(now), now))
    };
    assert_eq!(told(None, &[]), None);
    assert_eq!(told(None, &two).as_deref(), Some("With 2 pictures."));
    assert_eq!(told(Some(&one), &one), None);
    assert_eq!(told(Some(&one), &[attached(1, "A red cat")]).as_deref(), Some("The words on its pictures were changed."));
    assert_eq!(told(Some(&one), &two).as_deref(), Some("Its pictures were changed: now 2 pictures."));
    assert_eq!(told(Some(&two), &[]).as_deref(), Some("Its pictures were taken out."));
    assert_eq!(changes(None, (&["a.mp3".into()], &[])).as_deref(), Some("With 1 picture or recording."));
}

#[test]
fn a_form_names_files_once_each_and_no_more_than_it_may() {
    let parsed = |fields: &[(&str, &str)], came: &[String], most: usize| {
        let mut problems = Problems::default();
        let (pictures, recording) = parse(&Form::from_pairs(fields.iter().copied()), came, ("A thing", most), &mut problems);
        (pictures.len(), recording, problems.of("pictures").or(problems.of("file")).map(ToOwned::to_owned))
    };
    let (one, sound) = (key(1), "0123456789abcdef0123456789abcdef.mp3");
    assert_eq!(parsed(&[("picture", &one), ("picture", &one), ("picture", "../etc")], &[key(1)], 1), (1, None, None));
    assert!(parsed(&[("picture", &one)], &[key(2)], 1).2.unwrap().contains("A thing holds at most 1 pictures"));
    assert_eq!(parsed(&[("picture", &one), ("without", &one)], &[key(2)], 1), (1, None, None));
    let long = "x".repeat(601);
    let alt = format!("alt-{one}");
    assert!(parsed(&[("picture", &one), (&alt, &long)], &[], 1).2.unwrap().contains("600 characters"));
    assert_eq!(parsed(&[("picture", sound)], &[], 1), (0, Some(sound.into()), None));
    assert!(parsed(&[("picture", sound), ("picture", &one)], &[], 1).2.unwrap().contains("pictures or a recording"));
}

testkit::on_both! {
    fn pictures_are_hung_in_one_question_and_none_where_there_are_none(kind) {
        let town = TestTown::of_people(kind);
        let owner = town.actor("Rosa Ito", "member").id;
        town.town.db.write_now(move |tx| {
            for number in 1..4 {
                pictures::insert(tx, &Picture { key: key(number), width: 1080, height: 720, ..Picture::default() }, owner, 0)?;
            }
            let all = [vec![attached(2, "Two"), attached(9, "Gone"), attached(1, "")], Vec::new(), vec![attached(2, "Again")]];
            let mut shown = [Vec::new(), Vec::new(), Vec::new()];
            hang(tx, all.iter().map(Vec::as_slice).zip(&mut shown).collect())?;
            let told: Vec<Vec<(String, &str)>> = shown.iter().map(|of| of.iter().map(|one| (one.key.clone(), one.alt.as_str())).collect()).collect();
            assert_eq!(told, [vec![(key(2), "Two"), (key(1), "")], vec![], vec![(key(2), "Again")]]);
            let mut here = vec![attached(9, ""), attached(3, "")];
            keep_here(tx, &mut here)?;
            assert_eq!(here, [attached(3, "")]);
            Ok::<_, Error>(())
        }).unwrap();
        let asked = |of: Vec<Vec<Attached>>| {
            let before = town.town.db.statements();
            town.town.db.read_now(move |tx| hang(tx, of.iter().map(|one| (one.as_slice(), Box::leak(Box::default()))).collect())).unwrap();
            town.town.db.statements() - before
        };
        assert_eq!(asked(vec![vec![attached(1, "")], vec![attached(2, ""), attached(3, "")]]) - asked(vec![Vec::new(), Vec::new()]), 1);
    }

    fn only_what_is_theirs_or_stands_there_may_be_used(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, sam] = ["Rosa Ito", "Sam Park"].map(|name| town.actor(name, "member").id);
        town.town.db.write_now(move |tx| {
            pictures::insert(tx, &Picture { key: key(1), width: 1080, height: 720, ..Picture::default() }, rosa, 0)?;
            must_be_usable(tx, rosa, &[key(1)], &[])?;
            assert!(must_be_usable(tx, sam, &[key(1)], &[]).is_err());
            must_be_usable(tx, sam, &[key(1)], &[key(1)])?;
            assert!(must_be_usable(tx, sam, &[key(2)], &[key(2)]).is_err(), "it is not here");
            uses::add(tx, sam.get(), &[key(1)])?;
            must_be_usable(tx, sam, &[key(1)], &[])
        }).unwrap();
    }
}
