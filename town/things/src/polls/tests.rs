//! A poll is asked, voted on once by each member, and told when it may be.
#![allow(clippy::unwrap_used)]

use db::params;
use people::testing::Actor;
use talk::PostId;
use testkit::Page;

use super::{drift, of, whole};
use crate::notes::tests::Square;

const HOUR: i64 = 60 * 60 * 1000;

async fn asked(square: &Square, more: &[(&str, &str)]) -> PostId {
    // Nobody asks the same twice within an hour.
    let question = format!("Which repair first? {}", PostId::fresh());
    let fields = [("body", question.as_str()), ("poll_choice", "The light"), ("poll_choice", "Potholes"), ("poll_choice", " ")];
    let fields = [&fields[..], more].concat();
    let posted = square.rosa.client.post("/notes", &fields).await;
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

async fn vote(by: &Actor, poll: PostId, choices: &[&str]) -> Page {
    let fields: Vec<(&str, &str)> = choices.iter().map(|choice| ("choice", *choice)).collect();
    by.client.post(&format!("/polls/{poll}/ballot"), &fields).await
}

testkit::on_both! {
    async fn each_member_votes_once_and_then_sees_how_it_stands(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[]).await;
        let page = square.read(&square.sam.client, poll).await;
        page.assert_landmarks().assert_text("0 votes");
        assert_eq!(page.select_text(".poll-choices label"), ["The light", "Potholes"]);
        let voted = square.sam.client.submit(&page, ".poll-box form", &[("choice", "1")]).await;
        assert_eq!(voted.assert_status(303).location(), format!("/@rosa_ito/{poll}?done=voted#poll-{poll}"));
        let told = square.read(&square.sam.client, poll).await;
        assert_eq!(told.select_text(".poll li"), ["The light 0%, 0 votes", "Potholes (your vote) 100%, 1 vote"]);
        vote(&square.sam, poll, &["0"]).await.assert_status(409).assert_text("voted here already");
        vote(&square.rosa, poll, &["0"]).await.assert_status(303);
        let told = square.read(&square.sam.client, poll).await;
        assert!(told.select_text(".poll li")[0].contains("50%"));
        told.assert_text("2 votes");
    }

    async fn nobody_votes_with_the_crowd(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[]).await;
        vote(&square.sam, poll, &["1"]).await.assert_status(303);
        let page = square.read(&square.ana.client, poll).await;
        assert!(!page.has_text("100%"), "how it stands is told to those who voted");
        page.assert_text("1 vote");
        let other = asked(&square, &[]).await;
        square.read(&square.town.guest(), other).await.assert_text("Sign in to vote").assert_text("0 votes");
        square.town.pass(73 * HOUR);
        square.read(&square.town.guest(), poll).await.assert_text("100%").assert_text("closed");
        vote(&square.ana, poll, &["1"]).await.assert_status(409).assert_text("closed");
    }

    async fn a_ballot_is_what_the_poll_asks_for(kind) {
        let square = Square::new(kind);
        let (one, several) = (asked(&square, &[]).await, asked(&square, &[("poll_several", "1")]).await);
        for none in [&[][..], &["2"], &["-1"], &["x"], &["99999999999999999999"]] {
            vote(&square.sam, one, none).await.assert_status(422);
            vote(&square.sam, several, none).await.assert_status(422);
        }
        vote(&square.sam, one, &["0", "1"]).await.assert_status(422);
        vote(&square.sam, several, &["0", "1", "0"]).await.assert_status(303);
        let told = square.read(&square.sam.client, several).await;
        assert!(told.select_text(".poll li").iter().all(|line| line.contains("100%")));
        told.assert_text("1 vote ");
    }

    async fn who_may_not_read_it_does_not_vote(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[("audience", "mentioned"), ("body", "@sam_park?")]).await;
        vote(&square.ana, poll, &["0"]).await.assert_status(404);
        assert!(square.town.guest().post(&format!("/polls/{poll}/ballot"), &[("choice", "0")]).await.location().starts_with("/sign-in"));
        let plain = square.post(&square.rosa, &[("body", "No poll")]).await;
        vote(&square.ana, plain, &["0"]).await.assert_status(404);
        square.town.town.db.write_now(|tx| people::levels::grant(tx, "member", &[])).unwrap();
        square.town.reload();
        vote(&square.sam, poll, &["0"]).await.assert_status(403);
    }

    async fn with_scripts_only_the_poll_changes(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[]).await;
        let turbo = square.sam.client.clone().with_header("accept", "text/vnd.turbo-stream.html, text/html");
        let stream = turbo.post(&format!("/polls/{poll}/ballot"), &[("choice", "0")]).await;
        assert!(stream.assert_status(200).text().contains(&format!("target=\"poll-{poll}\"")));
        assert!(stream.text().contains("100%"));
    }

    async fn what_is_no_poll_comes_back_with_its_words(kind) {
        let square = Square::new(kind);
        for (choices, words) in [
            (vec!["Only one"], "2 to 8 choices"),
            (vec!["Yes", "YES"], "say the same"),
            (vec!["a", "b", "c", "d", "e", "f", "g", "h", "i"], "2 to 8 choices"),
        ] {
            let mut fields = vec![("body", "Well?")];
            fields.extend(choices.iter().map(|choice| ("poll_choice", *choice)));
            let page = square.rosa.client.post("/notes", &fields).await;
            page.assert_status(422).assert_landmarks().assert_text(words);
            assert!(page.form("form#compose").values().contains(&("poll_choice", choices[0])));
        }
        let fields = [("body", ""), ("poll_choice", "a"), ("poll_choice", "b")];
        square.rosa.client.post("/notes", &fields).await.assert_status(422).assert_text("Write the question");
    }
    async fn votes_are_counted_again_and_set_right(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[("poll_several", "1")]).await;
        vote(&square.sam, poll, &["0", "1"]).await.assert_status(303);
        vote(&square.ana, poll, &["1"]).await.assert_status(303);
        let look = |mend| {
            let found = square.town.town.db.write_now(move |tx| drift(tx, mend)).unwrap();
            found.iter().map(|one| (one.what, one.of.1.clone(), one.stored, one.counted)).collect::<Vec<_>>()
        };
        assert_eq!(look(false), []);
        square.town.town.db.write_now(move |tx| {
            tx.run("update polls set ballots = 7 where id = $1", params![poll])?;
            tx.run("update poll_choices set votes = 0 where poll_id = $1 and position = 1", params![poll])
        }).unwrap();
        let wrong = vec![("voters of a poll", String::new(), 7, 2), ("votes", "Potholes".to_owned(), 0, 2)];
        assert_eq!((look(false), look(true)), (wrong.clone(), wrong), "what is mended is told, too");
        assert_eq!((look(false), counts(&square, poll)), (vec![], (2, vec![1, 2])));
    }

    async fn votes_of_whoever_leaves_stay_and_are_still_counted_exactly(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[("poll_several", "1")]).await;
        vote(&square.sam, poll, &["0", "1"]).await.assert_status(303);
        vote(&square.ana, poll, &["1"]).await.assert_status(303);
        let (sam, now) = (square.sam.id, square.town.town.now());
        square.town.town.db.write_now(move |tx| crate::departures::forget(tx, sam, now)).unwrap();
        assert_eq!((drifted(&square), counts(&square, poll)), (vec![], (2, vec![1, 2])));
        let kept: i64 = square.town.town.db.read_now(|tx| tx.one("select count(*) from poll_ballots", params![], |row| row.get(0))).unwrap();
        assert_eq!(kept, 1, "who they were is forgotten");
        square.town.town.db.write_now(move |tx| tx.run("update poll_choices set votes = 9 where poll_id = $1", params![poll])).unwrap();
        square.town.town.db.write_now(|tx| drift(tx, true)).unwrap();
        assert_eq!(counts(&square, poll), (2, vec![1, 2]), "what is mended has their votes in it");
    }

    async fn ballots_that_come_in_are_those_that_were_counted_elsewhere(kind) {
        let square = Square::new(kind);
        let poll = asked(&square, &[]).await;
        vote(&square.sam, poll, &["0"]).await.assert_status(303);
        let (sam, ana) = (square.sam.id, square.ana.id);
        let counted = |words: &str, votes| whole::Counted { words: words.into(), votes };
        let elsewhere = whole::Whole { choices: vec![counted("The light", 1), counted("Potholes", 1)], several: false, closes: 0, ballots: 2 };
        let raise = elsewhere.clone();
        square.town.town.db.write_now(move |tx| whole::raise(tx, poll, &raise)).unwrap();
        assert_eq!((drifted(&square), counts(&square, poll)), (vec![], (2, vec![1, 1])));
        let take = |by, choice| {
            let ballot = whole::Ballot { poll, by, at: 1, choices: vec![choice] };
            square.town.town.db.write_now(move |tx| whole::take_ballot(tx, &ballot)).unwrap()
        };
        assert!(!take(sam, 0) && take(ana, 1) && !take(ana, 1));
        assert_eq!((drifted(&square), counts(&square, poll)), (vec![], (2, vec![1, 1])), "counted already");
        let rosa = square.rosa.id;
        assert!(take(rosa, 1));
        assert_eq!((drifted(&square), counts(&square, poll)), (vec![], (3, vec![1, 2])), "a ballot that nobody had counted");
        square.town.town.db.write_now(move |tx| whole::raise(tx, poll, &elsewhere)).unwrap();
        assert_eq!(counts(&square, poll), (3, vec![1, 2]));
    }
}

fn drifted(square: &Square) -> Vec<people::counters::Drift> {
    square.town.town.db.read_now(|tx| drift(tx, false)).unwrap()
}

/// How many voted, and for what.
fn counts(square: &Square, poll: PostId) -> (i64, Vec<i64>) {
    let found = square.town.town.db.read_now(move |tx| of(tx, None, &[poll])).unwrap().remove(&poll).unwrap();
    (found.ballots, found.choices.iter().map(|choice| choice.votes).collect())
}
