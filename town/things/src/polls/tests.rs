//! A poll is asked, voted on once by each member, and told when it may be.
#![allow(clippy::unwrap_used)]

use people::testing::Actor;
use talk::PostId;
use testkit::Page;

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
}
