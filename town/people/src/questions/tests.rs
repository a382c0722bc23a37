#![allow(clippy::unwrap_used)]
use super::*;
use crate::{connections::ShownTo, testing::TestTown, viewer::Viewer};

fn asked(words: &str, kind: Kind, required: bool) -> Asked {
    let choices = if kind == Kind::Choice { vec!["North".into(), "South".into()] } else { Vec::new() };
    Asked { profiles: vec![Profile::Resident], words: words.into(), kind, choices, required }
}

#[test]
fn an_answer_is_what_was_asked_for() {
    let of = |kind| asked("Q", kind, false);
    assert_eq!(of(Kind::Number).answer(" 07 ").unwrap(), "7");
    assert_eq!(of(Kind::Choice).answer("South").unwrap(), "South");
    assert_eq!(of(Kind::Link).answer("example.com/x").unwrap(), "https://example.com/x");
    assert_eq!(of(Kind::Text).answer("  A\tB ").unwrap(), "A B");
    for (kind, wrong) in
        [(Kind::Number, "many"), (Kind::Choice, "West"), (Kind::Link, "javascript://x.y/%0aalert(1)"), (Kind::Link, "localhost")]
    {
        assert!(of(kind).answer(wrong).is_err(), "{wrong}");
    }
    assert_eq!(of(Kind::Text).answer(" "), Ok(String::new()));
    assert!(asked("Q", Kind::Text, true).answer(" ").unwrap_err().contains("“Q” needs an answer"));
}

#[test]
fn a_question_says_what_it_is_and_for_whom() {
    let mut problems = Problems::default();
    let fields = [
        ("words", "Which part of town?"),
        ("kind", "choice"),
        ("choices", "North\n\nSouth\nNorth"),
        ("profile", "resident"),
        ("profile", "business"),
        ("required", "1"),
    ];
    let question = Asked::parse(&Form::from_pairs(fields), &mut problems);
    assert!(
        problems.is_empty()
            && question.choices == ["North", "South"]
            && question.profiles == [Profile::Resident, Profile::Business]
            && question.required
    );
    Asked::parse(&Form::from_pairs([("kind", "choice"), ("choices", "One")]), &mut problems);
    assert!(["words", "choices", "profile"].iter().all(|field| problems.of(field).is_some()));
}

testkit::on_both! {
    async fn members_answer_and_choose_who_sees_it(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let (street, part) = town.town.db.write_now(|tx| {
            let street = insert(tx, &asked("Your street", Kind::Text, true), 1)?;
            Ok::<_, db::Error>((street, insert(tx, &Asked { profiles: vec![Profile::Business], ..asked("Opening hours", Kind::Text, false) }, 1)?))
        }).unwrap();
        let page = rosa.client.get("/settings/about").await;
        page.assert_status(200).assert_landmarks().assert_text("Your street");
        assert!(!page.has_text("Opening hours"));
        let (answer, shown) = (format!("answer-{street}"), format!("shown-{street}"));
        let wrong = rosa.client.submit(&page, "main form", &[(&answer, " "), (&shown, "public")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("“Your street” needs an answer");
        assert_eq!(wrong.form("main form").value(&shown), Some("public"));
        rosa.client.submit(&page, "main form", &[(&answer, "Verbena"), (&shown, "connections")]).await.assert_status(303);
        let id = rosa.id;
        let seen = |viewer: Viewer| town.town.db.read_now(move |tx| facts(tx, &viewer, id)).unwrap().1.len();
        let me = |actor: &crate::testing::Actor| {
            let (token, levels, now) = (actor.client.cookie(web::door::SESSION_COOKIE).unwrap(), town.town.levels(), town.town.now());
            let digest = web::token::digest(&token);
            town.town.db.read_now(move |tx| crate::sign_in::viewer(tx, Some(&digest), &levels, now)).unwrap().0
        };
        let sam = town.actor("Sam", "member");
        assert_eq!((seen(Viewer::default()), seen(me(&sam)), seen(me(&rosa))), (0, 0, 1));
        town.town.db.write_now(move |tx| put_answer(tx, id, street, "Verbena", ShownTo::Members, 2)).unwrap();
        assert_eq!((seen(Viewer::default()), seen(me(&sam))), (0, 1));
        rosa.client.submit(&page, "main form", &[(&answer, "Verbena"), ("profile", "business")]).await.assert_status(303);
        rosa.client.get("/settings/about").await.assert_text("Opening hours");
        assert_eq!(seen(me(&rosa)), 0, "what was asked of residents is not said of a business");
        rosa.client.post("/settings/about", &[("profile", "official")]).await.assert_status(403);
        town.town.db.write_now(move |tx| swap(tx, part)).unwrap();
        assert_eq!(town.town.db.read_now(all).unwrap()[0].id, part);
        assert!(town.town.db.write_now(move |tx| remove(tx, street)).unwrap());
        assert!(town.town.db.read_now(move |tx| answers_of(tx, id)).unwrap().is_empty());
        town.guest().get("/settings/about").await.assert_status(303);
    }
}
