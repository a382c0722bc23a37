//! What comments show: pictures, in every state of a comment, and cards of links.

use std::collections::HashSet;

use super::*;
use crate::{
    files::Attached,
    gate::{Held, Why},
    links::FetchCard,
};
use people::{
    pictures::{self, Picture},
    uses,
};

const LINK: &str = "https://ridge.example/well";

fn key(number: usize) -> String {
    format!("{number:032x}-1080")
}

/// Pictures of Sam's, numbered from one.
fn bring(tx: &mut Tx, talk: &Talk, many: usize) -> Result {
    for number in 1..=many {
        pictures::insert(tx, &Picture { key: key(number), width: 1080, height: 720, ..Picture::default() }, talk.sam, 0)?;
    }
    Ok(())
}

/// What shows these pictures.
fn showing(body: &str, pictures: &[usize]) -> Content {
    let pictures = pictures.iter().map(|number| Attached { key: key(*number), alt: format!("Number {number}") }).collect();
    Content { body: body.into(), pictures, ..Content::default() }
}

/// The numbers of those pictures that something uses.
fn used(tx: &mut Tx, many: usize) -> Result<Vec<usize>> {
    let keys: Vec<String> = (1..=many).map(key).collect();
    let used: HashSet<String> = uses::used_among(tx, &keys)?;
    Ok((1..=many).filter(|number| used.contains(&key(*number))).collect())
}

/// The alts of what is shown of a comment.
fn alts(comment: &Comment) -> Vec<&str> {
    comment.pictures.iter().map(|shown| shown.alt.as_str()).collect()
}

fn held() -> Held {
    Held { why: Why::Filter, what: "x".into() }
}

/// Addresses whose pages are to be asked.
fn asked(tx: &mut Tx) -> Result<i64> {
    Ok(tx.one("select count(*) from jobs where kind = $1", params![<FetchCard as jobs::Job>::KIND], |row| row.get(0))?)
}

testkit::on_both! {
    fn pictures_are_kept_changed_and_shown_wherever_a_comment_is(kind) {
        with_talk(kind, |tx, talk| {
            bring(tx, talk, 5)?;
            let who = viewer(tx, talk.ana)?;
            let (top, _) = post(tx, talk.sam, (talk.subject, None), &showing("", &[2, 1]), 10)?;
            let (reply, _) = post(tx, talk.sam, (talk.subject, Some(top)), &showing("Another", &[3, 9]), 20)?;
            let conversation = of(tx, &who, talk.subject, &Asked::default(), 1_000)?;
            assert_eq!(alts(&conversation.threads[0].top), ["Number 2", "Number 1"], "in their order");
            assert_eq!(alts(&conversation.threads[0].replies[0]), ["Number 3"], "what is not here is not shown");
            assert_eq!(alts(&find(tx, &who, reply)?), ["Number 3"]);
            let part = store::thread(tx, &who, top, (None, None), 1_000)?;
            assert_eq!((alts(&part.top), alts(&part.replies[0])), (vec!["Number 2", "Number 1"], vec!["Number 3"]));
            assert_eq!(pictures_of(tx, top)?, [key(2), key(1)]);
            // One kept, one taken out, one added; what it showed before can be read, so its pictures are needed.
            store::change(tx, top, talk.sam, &Content { sensitive: true, ..showing("", &[1, 4]) }, 30)?;
            let changed = find(tx, &who, top)?;
            assert_eq!((alts(&changed), changed.is_sensitive(), changed.edited_at), (vec!["Number 1", "Number 4"], true, Some(30)));
            assert_eq!(store::versions(tx, top)?.iter().map(|(_, content)| content.pictures.len()).collect::<Vec<_>>(), [2, 2]);
            assert_eq!(used(tx, 5)?, [1, 2, 3, 4]);
            store::change(tx, top, talk.sam, &Content { sensitive: true, ..showing("", &[1, 4]) }, 40)?;
            assert_eq!(store::versions(tx, top)?.len(), 2, "the same again is no version");
            // Of what is gone nothing is told.
            remove(tx, reply, 50)?;
            remove(tx, top, 50)?;
            let leaf = say(tx, talk.ana, (talk.subject, Some(top)), "Gone?", 60)?;
            let conversation = of(tx, &who, talk.subject, &Asked::default(), 1_000)?;
            assert!(conversation.threads[0].top.pictures.is_empty() && conversation.threads[0].top.content.pictures.is_empty());
            assert_eq!(conversation.threads[0].replies.last().unwrap().id, leaf);
            Ok(())
        });
    }

    fn what_is_gone_for_good_uses_no_pictures(kind) {
        with_talk(kind, |tx, talk| {
            bring(tx, talk, 4)?;
            let (top, _) = post(tx, talk.sam, (talk.subject, None), &showing("", &[1]), 1)?;
            store::change(tx, top, talk.sam, &showing("", &[2]), 2)?;
            let (alone, _) = post(tx, talk.sam, (talk.subject, None), &showing("alone", &[3]), 1)?;
            say(tx, talk.ana, (talk.subject, Some(top)), "It keeps its place", 3)?;
            post(tx, talk.sam, (talk.subject, None), &showing("stays", &[4]), 4)?;
            remove(tx, top, 5)?;
            remove(tx, alone, 5)?;
            assert_eq!(used(tx, 4)?, [1, 2, 3, 4], "for thirty days it can be brought back");
            posts::purge_removed(tx, 5 + posts::RESTORE_MS)?;
            assert_eq!(used(tx, 4)?, [4]);
            let (said, shown) = store::said_in(tx, top)?;
            assert_eq!((said, shown.len()), (Content::default(), 0), "an empty place");
            // What stands under a post goes with it.
            posts::remove(tx, talk.subject, 8)?;
            posts::purge_removed(tx, 8 + posts::RESTORE_MS)?;
            assert_eq!(used(tx, 4)?, [] as [usize; 0]);
            assert_eq!(tx.one("select count(*) from media_uses", params![], |row| row.get::<i64>(0))?, 0);
            Ok(())
        });
    }

    fn what_waits_keeps_its_pictures_as_long_as_it_does(kind) {
        with_talk(kind, |tx, talk| {
            bring(tx, talk, 4)?;
            let place = (talk.subject, None);
            let held_back = |tx: &mut Tx, number| hold(tx, talk.sam, place, &showing("", &[number]), (&held(), ""), 10);
            let (first, second, _third, _fourth) = (held_back(tx, 1)?, held_back(tx, 2)?, held_back(tx, 3)?, held_back(tx, 4)?);
            assert_eq!(used(tx, 4)?, [1, 2, 3, 4]);
            let waits = waiting(tx, (i64::MIN, PostId::new(0)), 9)?;
            assert!(waits.iter().all(|of| of.pictures.len() == 1 && of.pictures[0].alt == of.content.pictures[0].alt));
            assert_eq!(waiting_of(tx, talk.sam, Some(talk.subject))?.iter().map(|of| of.pictures.len()).sum::<usize>(), 4);
            let mut sam = viewer(tx, talk.sam)?;
            sam.me.as_mut().unwrap().held = 4;
            assert!(of(tx, &sam, talk.subject, &Asked::default(), 20)?.waiting.iter().all(|of| of.pictures.len() == 1));
            approve(tx, first, 20)?;
            let who = viewer(tx, talk.ana)?;
            assert_eq!(alts(&find(tx, &who, first)?), ["Number 1"]);
            withdraw(tx, talk.sam, second)?;
            assert_eq!(used(tx, 4)?, [1, 3, 4]);
            forget_waiting(tx, talk.sam)?;
            assert_eq!(used(tx, 4)?, [1]);
            Ok(())
        });
    }

    fn the_same_picture_twice_is_a_slip_and_another_is_not(kind) {
        with_talk(kind, |tx, talk| {
            bring(tx, talk, 2)?;
            post(tx, talk.sam, (talk.subject, None), &showing("", &[1]), 10)?;
            let again = rules::must_be_new(tx, talk.sam, talk.subject, &showing("", &[1]), 20);
            assert!(matches!(again, Err(Error::Invalid(_))));
            rules::must_be_new(tx, talk.sam, talk.subject, &showing("", &[2]), 20)
        });
    }

    fn pictures_go_out_and_come_back(kind) {
        with_talk(kind, |tx, talk| {
            bring(tx, talk, 3)?;
            let (top, _) = post(tx, talk.sam, (talk.subject, None), &showing("", &[1, 9]), 10)?;
            store::change(tx, top, talk.sam, &Content { sensitive: true, ..showing("Better", &[2]) }, 20)?;
            store::set_covered(tx, top, true, 30)?;
            hold(tx, talk.sam, (talk.subject, Some(top)), &Content { sensitive: true, ..showing("", &[3]) }, (&held(), "Careful."), 40)?;
            let lines = whole::page(tx, None, PostId::new(0), 10)?;
            assert_eq!((lines[0].keys().collect::<Vec<_>>(), lines[0].covered), (vec![key(1), key(9), key(2)], Some(30)));
            let waits = whole::waiting(tx, None, None, 10)?;
            tx.run("delete from waiting_comments", params![])?;
            tx.run("delete from posts where kind = 'comment'", params![])?;
            for holder in tx.all("select holder from media_uses", params![], |row| row.get::<i64>(0))? {
                uses::forget(tx, holder)?;
            }
            assert_eq!(whole::take_back(tx, &lines[0])?, posts::Taken::New);
            assert!(whole::take_waiting(tx, &waits[0])?);
            assert_eq!(whole::page(tx, None, PostId::new(0), 10)?, lines);
            assert_eq!(whole::waiting(tx, None, None, 10)?, waits);
            assert_eq!(used(tx, 3)?, [1, 2, 3]);
            let who = viewer(tx, talk.ana)?;
            let back = find(tx, &who, top)?;
            assert_eq!((alts(&back), back.covered, back.content.sensitive), (vec!["Number 2"], true, true));
            // A file never lifts what the staff of this site covered, and never brings what is no picture.
            let mut later = lines[0].clone();
            (later.covered, later.updated) = (None, 50);
            assert_eq!(whole::take_back(tx, &later)?, posts::Taken::Updated);
            assert!(find(tx, &who, top)?.covered);
            later.versions[0].content.pictures[0].key = "../../etc/passwd".into();
            assert!(matches!(whole::take_back(tx, &later), Err(Error::Conflict(_))));
            let mut many = lines[0].clone();
            many.versions[0].content = showing("", &[1, 2, 3, 4, 5]);
            assert!(matches!(whole::take_back(tx, &many), Err(Error::Conflict(_))));
            Ok(())
        });
    }

    fn a_link_has_a_card_where_nothing_else_is_shown(kind) {
        with_talk(kind, |tx, talk| {
            bring(tx, talk, 1)?;
            let body = format!("Look: {LINK} and https://b.example/");
            let said = say(tx, talk.sam, (talk.subject, None), &body, 10)?;
            say(tx, talk.ana, (talk.subject, Some(said)), &body, 20)?;
            assert_eq!(asked(tx)?, 1, "the first address, once");
            let (pictured, _) = post(tx, talk.sam, (talk.subject, None), &showing("https://c.example/", &[1]), 30)?;
            let few = subject(tx, "note", talk.rosa, Visibility::OnlyMe)?;
            say(tx, talk.rosa, (few, None), "https://d.example/", 40)?;
            assert_eq!(asked(tx)?, 1, "what is for few tells nobody that it is there");
            tx.run(
                "insert into link_cards (url, title, description, site, fetched_at) values ($1, 'The well', 'Deep', '', 50), ('https://c.example/', 'No', '', '', 50)",
                params![LINK],
            )?;
            let who = viewer(tx, talk.eve)?;
            let conversation = of(tx, &who, talk.subject, &Asked::default(), 1_000)?;
            let cards: Vec<Option<String>> = conversation.comments().map(|comment| comment.card.as_ref().map(|card| card.about.title.clone())).collect();
            assert_eq!(cards.iter().flatten().collect::<Vec<_>>(), ["The well", "The well"]);
            assert_eq!(find(tx, &who, said)?.card.unwrap().host(), "ridge.example");
            assert!(find(tx, &who, pictured)?.card.is_none());
            store::change(tx, said, talk.sam, &Content { body: "No link".into(), ..Content::default() }, 60)?;
            assert!(find(tx, &who, said)?.card.is_none());
            remove(tx, said, 70)?;
            let conversation = of(tx, &who, talk.subject, &Asked::default(), 1_000)?;
            assert!(conversation.comments().filter(|comment| !comment.stands()).all(|comment| comment.card.is_none()));
            Ok(())
        });
    }

    async fn pictures_of_a_whole_page_cost_one_statement(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, sam] = ["Rosa Ito", "Sam Park"].map(|name| town.actor(name, "member").id);
        let make = move |pictured: bool| {
            move |tx: &mut Tx| -> Result<PostId> {
                let under = subject(tx, "note", rosa, Visibility::Public)?;
                let talk = Talk { subject: under, rosa, sam, ana: sam, eve: sam };
                bring(tx, &talk, 4)?;
                for number in 0..12_i64 {
                    let content = if pictured { showing("Look", &[1, 2, 3, 4]) } else { showing(&format!("See {LINK}"), &[]) };
                    let (top, _) = post(tx, sam, (under, None), &content, number)?;
                    post(tx, rosa, (under, Some(top)), &content, 100 + number)?;
                }
                Ok(under)
            }
        };
        let (plain, pictured) = (town.town.db.write_now(make(false)).unwrap(), town.town.db.write_now(make(true)).unwrap());
        let cost = |under: PostId| {
            let before = town.town.db.statements();
            let read = move |tx: &mut Tx| of(tx, &Viewer::default(), under, &Asked::default(), 1_000);
            assert_eq!(town.town.db.read_now(read).unwrap().comments().count(), 24);
            town.town.db.statements() - before
        };
        assert_eq!(cost(pictured), cost(plain) + 1);
    }
}
