//! The tree, its addresses, and the shelves that stories stand on.
#![allow(clippy::unwrap_used)]

use people::AccountId;
use talk::{Cursor, PostId};
use web::{Error, Form, Problems};

use super::*;
use crate::stories::{self, Content, tests::newsroom::Newsroom};

fn new(name: &str, parent: Option<SectionId>) -> NewSection {
    NewSection { name: name.into(), slug: text::slug(name), description: String::new(), colour: Colour::Sage, parent, position: 0 }
}

fn tree(room: &Newsroom) -> Tree {
    room.town.town.db.read_now(all).unwrap()
}

fn insert_now(room: &Newsroom, section: NewSection) -> Result<SectionId, Error> {
    room.town.town.db.write_now(move |tx| insert(tx, &section, 1))
}

fn save_now(room: &Newsroom, id: SectionId, section: NewSection) -> Result<(), Error> {
    room.town.town.db.write_now(move |tx| save(tx, id, &section))
}

/// A chain of three sections, the outermost first.
fn chain(room: &Newsroom) -> [SectionId; 3] {
    let outer = insert_now(room, new("Outer", None)).unwrap();
    let middle = insert_now(room, new("Middle", Some(outer))).unwrap();
    [outer, middle, insert_now(room, new("Inner", Some(middle))).unwrap()]
}

fn published_in(room: &Newsroom, section: SectionId, headline: &str) -> PostId {
    let (by, content): (AccountId, _) =
        (room.ana.id, Content { headline: headline.into(), body: "Words.".into(), section: Some(section), ..Content::default() });
    let write = move |tx: &mut db::Tx| {
        let story = stories::create(tx, by, &content, 1)?;
        stories::publish(tx, story, None, by, 2)?;
        Ok::<_, Error>(story)
    };
    room.town.town.db.write_now(write).unwrap()
}

fn on(room: &Newsroom, section: SectionId) -> Vec<String> {
    let cards = room.town.town.db.read_now(move |tx| stories::on_shelf(tx, section.get(), Cursor::NEWEST, 20)).unwrap();
    cards.into_iter().map(|card| card.headline).collect()
}

fn parsed(tree: &Tree, fields: &[(&str, &str)], changed: Option<SectionId>) -> Problems {
    let mut problems = Problems::default();
    NewSection::parse(&Form::from_pairs(fields.iter().copied()), tree, changed, &mut problems);
    problems
}

testkit::on_both! {
    async fn two_who_move_sections_at_once_make_no_circle(kind) {
        let room = Newsroom::new(kind);
        let [left, right] = ["Left", "Right"].map(|name| insert_now(&room, new(name, None)).unwrap());
        // Both forms were checked while both sections stood at the top.
        save_now(&room, left, new("Left", Some(right))).unwrap();
        assert!(matches!(save_now(&room, right, new("Right", Some(left))), Err(Error::Invalid(problems)) if problems.of("parent").is_some()));
        assert_eq!(tree(&room).in_order().len(), 3, "every section is still in the tree");
        let gone = save_now(&room, right, new("Right", Some(SectionId::new(1))));
        assert!(matches!(gone, Err(Error::Invalid(_))), "and no parent that was removed meanwhile is our fault");
        assert!(matches!(insert_now(&room, new("Lost", Some(SectionId::new(1)))), Err(Error::Invalid(_))));
    }

    async fn the_tree_is_three_deep_and_no_deeper(kind) {
        let room = Newsroom::new(kind);
        let [outer, middle, inner] = chain(&room);
        let tree = tree(&room);
        assert_eq!(tree.path(inner).iter().map(|section| section.name.as_str()).collect::<Vec<_>>(), ["Inner", "Middle", "Outer"]);
        assert_eq!((tree.height(outer), tree.height(middle), tree.height(inner)), (2, 1, 0));
        let ordered: Vec<_> = tree.in_order().into_iter().map(|(depth, section)| (depth, section.name.clone())).collect();
        assert_eq!(ordered, [(0, "City Hall".into()), (0, "Outer".into()), (1, "Middle".into()), (2, "Inner".into())]);
        let below = |parent: SectionId, changed| {
            parsed(&tree, &[("name", "X"), ("colour", "clay"), ("parent", &parent.to_string())], changed).of("parent").map(ToOwned::to_owned)
        };
        assert!(below(inner, None).unwrap().contains("3 deep"));
        assert_eq!(below(middle, None), None);
        // A section with two levels below it fits nowhere but at the top.
        assert!(below(room.section, Some(outer)).unwrap().contains("3 deep"));
        assert!(below(inner, Some(outer)).unwrap().contains("cannot stand in itself"));
        assert!(below(middle, Some(middle)).unwrap().contains("cannot stand in itself"));
        assert!(below(SectionId::new(7), None).unwrap().contains("no longer exists"));
    }

    async fn every_address_goes_on_leading_to_its_section(kind) {
        let room = Newsroom::new(kind);
        let id = insert_now(&room, new("Water", None)).unwrap();
        save_now(&room, id, new("Water and Power", None)).unwrap();
        save_now(&room, id, new("Utilities", None)).unwrap();
        for slug in ["water", "water-and-power", "utilities"] {
            let found = room.town.town.db.read_now(move |tx| by_slug(tx, slug)).unwrap().unwrap();
            assert_eq!((found.id, found.slug.as_str()), (id, "utilities"));
        }
        assert!(room.town.town.db.read_now(|tx| by_slug(tx, "fire")).unwrap().is_none());
        // Nobody else gets them, but it can take its own back.
        for taken in ["Water", "Utilities"] {
            let Err(Error::Invalid(problems)) = insert_now(&room, new(taken, None)) else { panic!("{taken} was taken") };
            assert!(problems.of("slug").unwrap().contains("Utilities"));
        }
        assert!(matches!(save_now(&room, room.section, new("Water", None)), Err(Error::Invalid(_))));
        save_now(&room, id, new("Water", None)).unwrap();
        assert_eq!(tree(&room).get(id).unwrap().slug, "water");
    }

    async fn a_section_that_moves_takes_its_stories_along(kind) {
        let room = Newsroom::new(kind);
        let [outer, middle, inner] = chain(&room);
        published_in(&room, inner, "Deep");
        published_in(&room, outer, "High");
        assert_eq!((on(&room, inner).len(), on(&room, middle).len(), on(&room, outer).len()), (1, 1, 2));
        save_now(&room, middle, new("Middle", Some(room.section))).unwrap();
        assert_eq!((on(&room, outer), on(&room, room.section)), (vec!["High".to_owned()], vec!["Deep".to_owned()]));
        assert_eq!((on(&room, inner).len(), on(&room, middle).len()), (1, 1));
        save_now(&room, middle, new("Middle", None)).unwrap();
        assert!(on(&room, room.section).is_empty());
    }

    async fn a_removed_section_leaves_everything_to_its_successor(kind) {
        let room = Newsroom::new(kind);
        let [outer, middle, inner] = chain(&room);
        let story = published_in(&room, middle, "Moved");
        published_in(&room, inner, "Stays inside");
        let draft = room.draft(&room.ana, "\"section\":\"1\"").await;
        room.write(&room.ana, draft, &[("section", &middle.to_string())]).await.assert_status(303);
        let heir = room.section;
        let refused = room.town.town.db.write_now(move |tx| remove(tx, middle, inner));
        assert!(matches!(refused, Err(Error::Invalid(_))));
        room.town.town.db.write_now(move |tx| remove(tx, middle, heir)).unwrap();
        assert_eq!(on(&room, heir), ["Moved"]);
        assert_eq!(on(&room, outer), ["Stays inside"], "a story leaves the shelves above its old section");
        assert_eq!(tree(&room).get(inner).unwrap().parent, Some(outer));
        let found = room.town.town.db.read_now(|tx| by_slug(tx, "middle")).unwrap().unwrap();
        assert_eq!(found.id, heir);
        // Working copies, whether of drafts or of published stories, stand in the successor, too.
        assert_eq!((room.opened(draft).content.section, room.opened(story).content.section), (Some(heir), Some(heir)));
        assert_eq!(room.opened(draft).content.headline, "\"section\":\"1\"");
    }

    async fn the_bar_shows_the_sections_at_the_top_in_their_order(kind) {
        let room = Newsroom::new(kind);
        let outer = insert_now(&room, NewSection { position: -1, ..new("First", None) }).unwrap();
        insert_now(&room, new("Below", Some(outer))).unwrap();
        let links = room.town.town.db.read_now(links).unwrap();
        assert_eq!(links.iter().map(|link| link.address.as_str()).collect::<Vec<_>>(), ["/sections/first", "/sections/city-hall"]);
    }
}

#[test]
fn a_form_without_sense_is_refused_field_by_field() {
    let tree = Tree::default();
    let problems = parsed(&tree, &[("name", " "), ("colour", "#ff0000"), ("description", &"x".repeat(301))], None);
    assert_eq!(problems.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "description", "colour"]);
    assert!(parsed(&tree, &[("name", "Fine"), ("colour", "clay")], None).is_empty());
    assert!(parsed(&tree, &[("name", &"x".repeat(61)), ("colour", "clay")], None).of("name").is_some());
}

#[test]
fn a_circle_in_the_table_ends_nowhere_bad() {
    let section = |id, parent| Section {
        id: SectionId::new(id),
        parent: Some(SectionId::new(parent)),
        name: String::new(),
        slug: String::new(),
        description: String::new(),
        colour: Colour::Clay,
        position: 0,
    };
    let tree = Tree::new(vec![section(1, 2), section(2, 1)]);
    assert_eq!((tree.path(SectionId::new(1)).len(), tree.height(SectionId::new(1))), (MAX_DEPTH, 0));
}

#[test]
fn pictures_and_pages_have_the_same_colours() {
    let css = include_str!("../stories/show/show.css");
    for colour in Colour::ALL {
        let hex: String = colour.on_paper().iter().map(|part| format!("{part:02x}")).collect();
        assert!(css.contains(&format!(".{} {{\n  --section: light-dark(#{hex},", colour.class())), "{colour:?}");
    }
}
