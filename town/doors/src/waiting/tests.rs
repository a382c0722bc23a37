#![allow(clippy::unwrap_used)]

use ::people::{
    pictures::{self, Picture},
    prevention::{Changes, Porch, State, store},
    testing::Actor,
};
use talk::{comments, gate, posts};
use testkit::Kind;
use web::{Form, Problems};

use crate::newsroom::{DAY, Newsroom};

const NOTE: [(&str, &str); 2] = [("body", "Cheap pills behind the depot"), ("audience", "public")];

struct Town {
    news: Newsroom,
    sam: Actor,
    mo: Actor,
}

fn begun(kind: Kind, filters: &[(&str, &str)]) -> Town {
    let news = Newsroom::new(kind);
    let (sam, mo) = (news.town.actor("Sam Park", "member"), news.town.actor("Mo Reed", "moderator"));
    let all: Vec<Changes> = filters
        .iter()
        .map(|(pattern, act)| {
            let form = Form::from_pairs([("kind", "words"), ("pattern", *pattern), ("act", *act), ("sentence", "Think twice.")]);
            Changes::parse(&form, &mut Problems::default()).unwrap()
        })
        .collect();
    news.town.town.db.write_now(move |tx| all.iter().try_for_each(|changes| store::add(tx, changes, 1).map(drop))).unwrap();
    news.town.reload();
    Town { news, sam, mo }
}

fn counters_are_right(town: &Town) {
    let drifted = town.news.town.town.db.read_now(|tx| Ok::<_, db::Error>([gate::drift(tx, false)?, comments::drift(tx, false)?].concat()));
    assert_eq!(drifted.unwrap(), []);
}

testkit::on_both! {
    async fn a_note_waits_where_its_author_sees_it_and_appears(kind) {
        let town = begun(kind, &[("pills", "hold")]);
        let (sam, mo, guest) = (&town.sam.client, &town.mo.client, town.news.town.guest());
        sam.get("/waiting").await.assert_text("Nothing waits").assert_landmarks();
        let sent = sam.post("/notes", &NOTE).await;
        assert_eq!(sent.location(), "/waiting?done=waits");
        sam.follow(&sent).await.assert_text("waits to be read by a moderator").assert_text("Cheap pills").assert_landmarks();
        sam.get("/square/local").await.assert_text("Waiting to be read (1)");
        assert!(!guest.get("/square/local").await.text().contains("Cheap pills"));
        assert!(!guest.get(&format!("/@{}", town.sam.handle)).await.text().contains("Cheap pills"));
        sam.post("/notes", &NOTE).await.assert_status(422).assert_text("stands there or waits");
        assert_eq!(sam.post("/notes", &[("body", "More pills"), ("audience", "public")]).await.location(), "/waiting?done=waits");
        let page = mo.get("/admin/queue/held").await;
        page.assert_text("Cheap pills").assert_text("A filter holds it: “pills”").assert_landmarks();
        town.news.ana.client.get("/admin/queue/held").await.assert_status(403);
        let approval = page.attr("form[action$=approval]", "action").unwrap();
        mo.post(&approval, &[]).await.assert_status(303);
        mo.post(&approval, &[]).await.assert_status(404);
        guest.get("/square/local").await.assert_text("Cheap pills");
        let told = sam.get("/notifications").await;
        assert_eq!(told.select_text(".notice-words a"), ["New: Your post was let through"]);
        let there = told.attr(".notice-words a", "href").unwrap();
        guest.get(&there).await.assert_status(200).assert_text("Cheap pills");
        counters_are_right(&town);
        let page = sam.get("/waiting").await;
        sam.submit(&page, "form[action$=removal]", &[]).await.assert_status(303);
        sam.get("/waiting").await.assert_text("Nothing waits");
        counters_are_right(&town);
    }

    async fn a_note_that_is_refused_can_be_appealed(kind) {
        let town = begun(kind, &[("pills", "hold")]);
        let (sam, mo) = (&town.sam.client, &town.mo.client);
        sam.post("/notes", &NOTE).await.assert_status(303);
        let refusal = mo.get("/admin/queue/held").await.attr("a[href$=refusal]", "href").unwrap();
        mo.get(&refusal).await.assert_text("Cheap pills").assert_landmarks();
        mo.post(&refusal, &[("why", " ")]).await.assert_status(422).assert_text("Write why");
        mo.post(&refusal, &[("why", "This is advertising")]).await.assert_status(303);
        let letter = town.news.town.letters().pop().unwrap();
        assert!(letter.text.contains("This is advertising") && letter.text.contains("Cheap pills") && letter.text.contains("appeal"), "{}", letter.text);
        sam.get("/waiting").await.assert_text("Nothing waits");
        assert!(!town.news.town.guest().get("/square/local").await.text().contains("Cheap pills"));
        counters_are_right(&town);
        assert!(letter.text.contains("The rule of the house: The house rules"));
        let told = sam.get("/notifications").await;
        assert_eq!(told.select_text(".notice-words a"), ["New: The moderators decided about something of yours"], "and not that it was let through");
    }

    async fn a_comment_waits_under_its_post_for_its_author_alone(kind) {
        let town = begun(kind, &[("pills", "hold"), ("idiot", "nudge"), ("casino", "refuse"), ("rumour", "label")]);
        let (sam, mo, guest) = (&town.sam.client, &town.mo.client, town.news.town.guest());
        let story = town.news.story("Well six goes quiet", town.news.water, 1_000);
        let to = format!("/posts/{story}/comments");
        let page = guest.get(&format!("/stories/{story}")).await.location().clone();
        let sent = sam.post(&to, &[("body", "Buy pills here")]).await;
        assert!(sent.location().contains("done=waits#waiting-"), "{}", sent.location());
        sam.get(&page).await.assert_text("Only you see it until then").assert_text("Buy pills here");
        for other in [&guest, &town.news.ana.client] {
            let page = other.get(&page).await;
            assert!(!page.text().contains("Buy pills here"));
            page.assert_text("0 comments");
        }
        assert!(!town.news.ana.client.get("/notifications").await.text().contains("commented"), "nobody is told");
        let listed = mo.get("/admin/queue/held").await;
        mo.submit(&listed, "form[action$=approval]", &[]).await.assert_status(303);
        guest.get(&page).await.assert_text("Buy pills here").assert_text("1 comment");
        town.news.ana.client.get("/notifications").await.assert_text("commented");
        let told = sam.get("/notifications?kind=let_through").await;
        assert_eq!(told.select_text(".notice-words a"), ["New: Your comment was let through"]);
        let there = told.attr(".notice-words a", "href").unwrap();
        assert!(sam.get(&there).await.location().contains(&format!("/stories/{story}")), "{there}");
        sam.post("/settings/notifications", &[("let_through-email", "never")]).await.assert_status(303);
        sam.post(&to, &[("body", "A CASINO")]).await.assert_status(422).assert_text("A CASINO").assert_text("Think twice.");
        let asked = sam.post(&to, &[("body", "You idiot")]).await;
        asked.assert_status(422).assert_text("Think twice.").assert_text("You idiot");
        assert_eq!(asked.form("form.comment-form").value("sure"), Some("1"));
        sam.submit(&asked, "form.comment-form", &[]).await.assert_status(303);
        guest.get(&page).await.assert_text("You idiot");
        sam.post(&to, &[("body", "It is a rumour")]).await.assert_status(303);
        assert_eq!(guest.get(&page).await.select_text(".comment .post-label"), ["Think twice."]);
        counters_are_right(&town);
    }

    async fn what_a_comment_shows_is_seen_by_those_who_read_it_first(kind) {
        let town = begun(kind, &[("pills", "hold")]);
        let (sam, mo, guest) = (&town.sam.client, &town.mo.client, town.news.town.guest());
        let story = town.news.story("Well six goes quiet", town.news.water, 1_000);
        let key = format!("{:032x}-1080", 7);
        let (owner, picture) = (town.sam.id, Picture { key: key.clone(), width: 1080, height: 720, ..Picture::default() });
        town.news.town.town.db.write_now(move |tx| pictures::insert(tx, &picture, owner, 0)).unwrap();
        // What a picture shows is judged like every other word, and sensitive it stays while it waits.
        let fields = [("picture", key.as_str()), (&format!("alt-{key}"), "A box of pills"), ("sensitive", "1")];
        let sent = sam.post(&format!("/posts/{story}/comments"), &fields).await;
        assert!(sent.location().contains("done=waits#waiting-"), "{}", sent.location());
        let page = guest.get(&format!("/stories/{story}")).await.location();
        assert!(sam.get(&page).await.has(".comment.waits details.cover .note-pictures img"));
        assert!(!guest.get(&page).await.has(".note-pictures"));
        let own = sam.get("/waiting").await;
        own.assert_landmarks();
        assert!(own.has(".comment.waits .note-pictures img"));
        let listed = mo.get("/admin/queue/held").await;
        listed.assert_landmarks().assert_text("Its author covers what it shows as sensitive.");
        assert_eq!(listed.attr(".case-pictures img:not(.blur)", "alt").as_deref(), Some("A box of pills"));
        mo.submit(&listed, "form[action$=approval]", &[]).await.assert_status(303);
        assert!(guest.get(&page).await.has(".comment details.cover .note-pictures img"));
        // Reported, it is before the moderators as it reads now.
        let link = town.news.ana.client.get(&page).await.attr("article.comment a[href^='/reports/comment/']", "href").unwrap();
        let form = town.news.ana.client.get(&link).await;
        town.news.ana.client.submit(&form, "main form", &[("rule", "2"), ("words", "It sells something")]).await.assert_status(303);
        let case = mo.get("/admin/queue").await.attr("main a[href^='/admin/queue/cases/']", "href").unwrap();
        assert!(mo.get(&case).await.has(".case-pictures img"));
    }

    async fn what_stands_is_not_changed_into_what_would_wait(kind) {
        let town = begun(kind, &[("pills", "hold")]);
        let sam = &town.sam.client;
        let story = town.news.story("Well six goes quiet", town.news.water, 1_000);
        let sent = sam.post(&format!("/posts/{story}/comments"), &[("body", "Fine")]).await;
        let id = sent.location().rsplit('-').next().unwrap().to_owned();
        sam.post(&format!("/comments/{id}/edit"), &[("body", "Pills")]).await.assert_status(422).assert_text("Delete it and post it anew");
        sam.post(&format!("/comments/{id}/edit"), &[("body", "Finer")]).await.assert_status(303);
        let sent = sam.post("/notes", &[("body", "Good morning"), ("audience", "public")]).await;
        let id = sent.location().split(['/', '?']).nth(2).unwrap().to_owned();
        sam.post(&format!("/notes/{id}/edit"), &[("body", "Pills")]).await.assert_status(422).assert_text("Delete it and post it anew");
        let own = [("body", "Buy pills"), ("audience", "only_me")];
        assert!(sam.post("/notes", &own).await.location().contains("done=posted"), "nobody reads a diary");
    }

    async fn a_note_that_is_due_waits_too(kind) {
        let town = begun(kind, &[("pills", "hold")]);
        let sam = &town.sam.client;
        let at = text::times::to_local(town.news.town.town.now() + DAY, &town.news.town.town.zone());
        sam.post("/notes", &[NOTE[0], NOTE[1], ("post_at", &at)]).await.assert_status(303);
        town.news.town.pass(2 * DAY);
        let note = town.news.town.town.db.read_now(|tx| tx.one("select post_id from note_drafts", db::params![], |row| row.get(0))).unwrap();
        things::notes::post_due(town.news.town.town.clone(), things::notes::Due { note }).await.unwrap();
        sam.get("/waiting").await.assert_text("Cheap pills");
        assert!(sam.get("/notes/drafts").await.text().contains("Waits to be read"));
        counters_are_right(&town);
        // Kept as a draft again it waits no more.
        let form = sam.get(&format!("/notes/drafts/{note}")).await;
        sam.submit(&form, "#compose", &[("do", "draft")]).await.assert_status(303);
        sam.get("/waiting").await.assert_text("Nothing waits");
        counters_are_right(&town);
    }

    async fn a_review_is_looked_through_as_well(kind) {
        let town = begun(kind, &[("pills", "hold"), ("casino", "refuse")]);
        town.news.town.pass(10 * DAY);
        let story = town.news.story("Well six goes quiet", town.news.water, 1_000);
        let form = |body| [("stars", "4"), ("recommend", "yes"), ("title", "Clear"), ("body", body)];
        let to = format!("/posts/{story}/review");
        town.sam.client.post(&to, &form("A casino")).await.assert_status(422).assert_text("Think twice.");
        assert!(town.sam.client.post(&to, &form("Read it with pills")).await.location().ends_with("done=review-waits"));
        let page = town.mo.client.get("/admin/reviews").await;
        page.assert_text("A filter holds it");
        town.mo.client.submit(&page, "form[action$=approval]", &[]).await.assert_status(303);
        let told = town.sam.client.get("/notifications").await;
        assert_eq!(told.select_text(".notice-words a"), ["New: Your review was let through"]);
    }

    async fn the_porch_is_set_on_the_desk_and_filters_are_tried(kind) {
        let town = begun(kind, &[("pills", "hold")]);
        let admin = town.news.town.actor("Ada Voss", "administrator");
        let page = town.mo.client.get("/admin/filters?text=Some+pills").await;
        page.assert_text("It would wait").assert_landmarks();
        assert!(!page.has("form[action$=porch]"), "whoever moderates tries them");
        town.mo.client.get("/admin/filters?text=Nothing").await.assert_text("No filter says anything");
        let wrong = [("kind", "words"), ("pattern", "x"), ("act", "label")];
        admin.client.post("/admin/filters/new", &wrong).await.assert_status(422).assert_text("at least two letters").assert_text("Write the sentence");
        let right = [("kind", "link"), ("pattern", "https://shop.example/"), ("act", "refuse"), ("sentence", "")];
        admin.client.post("/admin/filters/new", &right).await.assert_status(303);
        admin.client.post("/admin/filters/new", &right).await.assert_status(422).assert_text("a filter for this already");
        let page = admin.client.get("/admin/filters").await;
        page.assert_text("https://shop.example/");
        let one = page.attr("a[href*='/admin/filters/']:not([href$=new])", "href").unwrap();
        let page = admin.client.get(&one).await;
        admin.client.submit(&page, "form[action$=removal]", &[]).await.assert_status(303);
        admin.client.get(&one).await.assert_status(404);
        admin.client.post("/admin/filters/porch", &[("porch", "all"), ("posts", "99"), ("hour", "24")]).await.assert_status(422).assert_text("from 1 to 50").assert_text("from 0 to 23");
        admin.client.post("/admin/filters/porch", &[("porch", "all"), ("posts", "3"), ("hour", "20")]).await.assert_status(303);
        let sent = town.sam.client.post("/notes", &[("body", "Good morning"), ("audience", "public")]).await;
        assert_eq!(sent.location(), "/waiting?done=waits");
        assert!(town.mo.client.post("/notes", &[("body", "Good evening"), ("audience", "public")]).await.location().contains("done=posted"));
        town.mo.client.get("/admin").await.assert_text("1 post waits to be read");
        super::tell_readers(town.news.town.town.clone()).await.unwrap();
        let letters: Vec<_> = town.news.town.letters().into_iter().filter(|letter| letter.text.contains("Sam Park: Good morning")).collect();
        let mut to: Vec<&str> = letters.iter().map(|letter| letter.email.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["ada_voss@town.example", "mo_reed@town.example"]);
    }

    async fn nobody_is_written_to_when_nothing_waits_and_leaving_takes_all_along(kind) {
        let town = begun(kind, &[]);
        town.news.town.town.db.write_now(|tx| store::set_porch(tx, Porch { state: State::All, ..Porch::default() }, 1)).unwrap();
        town.news.town.reload();
        super::tell_readers(town.news.town.town.clone()).await.unwrap();
        assert!(town.news.town.letters().is_empty());
        let story = town.news.story("Well six goes quiet", town.news.water, 1_000);
        town.sam.client.post("/notes", &NOTE).await.assert_status(303);
        town.sam.client.post(&format!("/posts/{story}/comments"), &[("body", "Hello")]).await.assert_status(303);
        let sam = town.sam.id;
        town.news.town.town.db.write_now(move |tx| things::departures::forget(tx, sam, 0)).unwrap();
        counters_are_right(&town);
        town.mo.client.get("/admin/queue/held").await.assert_text("Nothing waits");
        assert_eq!(town.news.town.town.db.read_now(move |tx| posts::counts_of(tx, story)).unwrap().comments, 0);
    }
}
