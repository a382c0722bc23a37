//! Reviews that wait, through the desk; and where else reviews are seen.

use ::people::testing::Actor;
use db::params;
use talk::PostId;
use testkit::Kind;

use crate::newsroom::{DAY, Newsroom};

const FORM: [(&str, &str); 4] = [("stars", "4"), ("recommend", "yes"), ("title", "Clear and dry"), ("body", "Read it twice.")];

/// A story, somebody who has just joined, and an editor.
fn begun(kind: Kind) -> (Newsroom, PostId, Actor, Actor) {
    let news = Newsroom::new(kind);
    let story = news.story("Well six goes quiet", news.water, 1_000);
    let (new, editor) = (news.town.actor("Neo New", "member"), news.town.actor("Ed Stone", "editor"));
    (news, story, new, editor)
}

testkit::on_both! {
    async fn what_waits_is_read_and_let_appear_or_refused(kind) {
        let (news, story, new, editor) = begun(kind);
        let other = news.town.actor("Lou Late", "member");
        editor.client.get("/admin/reviews").await.assert_text("Nothing waits");
        for who in [&new, &other] {
            who.client.post(&format!("/posts/{story}/review"), &FORM).await.assert_status(303);
        }
        editor.client.get("/admin").await.assert_text("2 reviews wait");
        let page = editor.client.get("/admin/reviews").await;
        page.assert_text("Its author is new here").assert_text("Clear and dry").assert_landmarks();
        let approval = page.attr("form[action$=approval]", "action").unwrap();
        editor.client.post(&approval, &[]).await.assert_status(303);
        let guest = news.town.guest();
        assert_eq!(guest.get(&format!("/posts/{story}/reviews")).await.select_text("article.review .byline strong"), ["Neo New"]);
        let page = editor.client.get("/admin/reviews").await;
        let refusal = page.attr("a[href$=refusal]", "href").unwrap();
        editor.client.get(&refusal).await.assert_status(200).assert_landmarks();
        editor.client.post(&refusal, &[("why", " ")]).await.assert_status(422).assert_text("Write why");
        editor.client.post(&refusal, &[("why", "Not about the story")]).await.assert_status(303);
        editor.client.get("/admin/reviews").await.assert_text("Nothing waits");
        editor.client.post(&refusal, &[("why", "Again")]).await.assert_status(404);
        assert!(news.town.letters().iter().any(|letter| letter.text.contains("Not about the story")));
        assert_eq!(guest.get(&format!("/posts/{story}/reviews")).await.select_text("article.review").len(), 1);
        // Its author is told why; the story's author of the one that appeared alone.
        let id = refusal.split('/').nth(3).unwrap().to_owned();
        other.client.get(&format!("/reviews/{id}")).await.assert_text("Not about the story");
        news.ana.client.get("/notifications").await.assert_text("Neo New reviewed your story");
        assert_eq!(news.town.town.db.read_now(|tx| talk::reviews::drift(tx, false)).unwrap(), []);
    }

    async fn a_burst_is_said_on_the_page_and_ended_from_the_desk(kind) {
        let (news, story, new, editor) = begun(kind);
        news.town.pass(10 * DAY);
        let now = news.town.town.now();
        let watch = "insert into review_watches (subject_id, since, until) values ($1, $2, $3)";
        news.town.town.db.write_now(move |tx| tx.run(watch, params![story, now, now + DAY])).unwrap();
        news.town.guest().get(&format!("/posts/{story}/reviews")).await.assert_text("looked at before they appear");
        let sent = new.client.post(&format!("/posts/{story}/review"), &FORM).await;
        assert!(sent.location().ends_with("done=review-waits"));
        let page = editor.client.get("/admin/reviews").await;
        page.assert_text("Many at once: Well six goes quiet").assert_text("Many reviews came at once");
        editor.client.submit(&page, "form[action*=watches]", &[]).await.assert_status(303);
        assert!(!editor.client.get("/admin/reviews").await.text().contains("Many at once:"));
    }

    async fn a_section_says_what_is_judged(kind) {
        let (news, story, new, editor) = begun(kind);
        let path = format!("/admin/reviews/criteria/{}", news.water.get());
        editor.client.get("/admin/reviews/criteria").await.assert_text("Accuracy, Sourcing, Fairness, Clarity");
        editor.client.get(&format!("/admin/sections/{}", news.water)).await.assert_text("What is judged in reviews");
        let many = (0..9).map(|number| format!("Point {number}")).collect::<Vec<_>>().join("\n");
        editor.client.post(&path, &[("criteria", &many)]).await.assert_status(422).assert_text("Point 8").assert_text("at most 6 criteria");
        editor.client.post(&path, &[("criteria", "Depth\n\n depth \nWetness")]).await.assert_status(303);
        let form = new.client.get(&format!("/posts/{story}/review")).await;
        assert_eq!(form.select_text(".review-criteria .star-choice legend"), ["Depth", "Wetness"]);
        editor.client.post(&path, &[("criteria", "")]).await.assert_status(303);
        let form = new.client.get(&format!("/posts/{story}/review")).await;
        assert_eq!(form.select_text(".review-criteria .star-choice legend").len(), 4);
        editor.client.get("/admin/reviews/criteria/12345").await.assert_status(404);
    }

    async fn a_members_page_has_their_reviews_if_there_are_any(kind) {
        let (news, story, new, _) = begun(kind);
        news.town.pass(10 * DAY);
        let guest = news.town.guest();
        let (profile, tab) = (format!("/@{}/about", new.handle), format!("/@{}/reviews", new.handle));
        assert!(!guest.get(&profile).await.has(&format!("nav.tabs a[href='{tab}']")));
        new.client.post(&format!("/posts/{story}/review"), &FORM).await.assert_status(303);
        assert!(guest.get(&profile).await.has(&format!("nav.tabs a[href='{tab}']")), "what was kept of the page is drawn anew");
        let page = guest.get(&tab).await;
        page.assert_status(200).assert_text("Clear and dry").assert_text("Well six goes quiet").assert_landmarks();
    }

    async fn whoever_leaves_takes_their_reviews_along_or_leaves_them(kind) {
        let (news, story, new, _) = begun(kind);
        news.town.pass(10 * DAY);
        let fan = news.town.actor("Fay Fan", "member");
        new.client.post(&format!("/posts/{story}/review"), &FORM).await.assert_status(303);
        let id = new.id;
        let review: PostId = news.town.town.db.read_now(move |tx| tx.one("select id from reviews where author_id = $1", params![id], |row| row.get(0))).unwrap();
        fan.client.post(&format!("/reviews/{review}/helpful"), &[]).await.assert_status(303);
        news.ana.client.post(&format!("/reviews/{review}/answer"), &[("body", "Thank you.")]).await.assert_status(303);
        let (fan, ana, now) = (fan.id, news.ana.id, news.town.town.now());
        let gone = news.town.town.db.write_now(move |tx| {
            while talk::reviews::leave(tx, fan, 5)? {}
            let with_posts = |account| ::people::departures::Departure { account, with_posts: true };
            things::departures::take_along(tx, with_posts(ana), 100, now)?;
            let answered: Option<i64> = tx.one("select answer_by from reviews where id = $1", params![review], |row| row.get(0))?;
            things::departures::take_along(tx, with_posts(id), 100, now)?;
            let deleted: Option<i64> = tx.one("select deleted_at from posts where id = $1", params![review], |row| row.get(0))?;
            Ok::<_, web::Error>((answered, deleted.is_some(), talk::reviews::drift(tx, false)?))
        });
        assert_eq!(gone.unwrap(), (None, true, vec![]));
    }
}
