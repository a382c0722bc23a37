use people::{blocks, connections};

use things::stories::{self, Content};

use super::{counted, notices, post, told, work};
use crate::newsroom::{Newsroom, content};

const DAY: i64 = 24 * 60 * 60 * 1000;

testkit::on_both! {
    async fn the_page_says_who_did_what_and_leads_there(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, lina] = ["Rosa Mora", "Sam Oak", "Lina Paz"].map(|name| news.town.actor(name, "member"));
        let page = notices(&rosa).await;
        page.assert_landmarks().assert_text("Nothing yet");
        let note = post(&rosa, &[("body", "The bridge is open again")]).await;
        post(&sam, &[("body", "Thank you @rosa_mora")]).await;
        sam.client.post(&format!("/notes/{note}/share"), &[]).await.assert_status(303);
        lina.client.post(&format!("/notes/{note}/share"), &[]).await.assert_status(303);
        post(&lina, &[("body", "At last"), ("quote", &note.to_string())]).await;
        sam.client.post(&format!("/connections/{}/follow", rosa.id), &[]).await.assert_status(303);
        assert_eq!(counted(&rosa).await, "4");
        let page = notices(&rosa).await;
        page.assert_landmarks();
        assert_eq!(told(&rosa).await, [
            "Sam Oak follows you",
            "Lina Paz quoted your post",
            "Lina Paz and Sam Oak shared your post",
            "Sam Oak named you in a post",
        ]);
        assert_eq!(page.select_text(".notice-words p.meta[dir]"), ["At last", "The bridge is open again", "Thank you @rosa_mora"]);
        assert!(page.attr(".notice:nth-child(3) a", "href").unwrap().ends_with(&format!("/@rosa_mora/{note}")));
        assert_eq!(page.attr(".notice:first-child a", "href").unwrap(), "/@sam_oak");
        assert_eq!(rosa.client.get("/notifications?kind=share").await.count(".notice"), 1);
        rosa.client.get("/notifications?kind=nothing").await.assert_status(404);
        assert!(news.town.guest().get("/notifications").await.location().starts_with("/sign-in"));
    }

    async fn one_is_read_and_then_all(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        for body in ["one @rosa_mora", "two @rosa_mora", "three @rosa_mora"] {
            post(&sam, &[("body", body)]).await;
        }
        let page = notices(&rosa).await;
        assert_eq!(page.count(".notice.unread"), 3);
        let read = rosa.client.submit(&page, ".notice:first-child form", &[]).await;
        assert!(read.assert_status(303).location().starts_with("/notifications#notice-"));
        assert_eq!((counted(&rosa).await.as_str(), notices(&rosa).await.count(".notice.unread")), ("2", 2));
        let script = rosa.client.clone().with_header("accept", "*/*");
        let address = notices(&rosa).await.attr(".notice form", "action").unwrap();
        script.post(&address, &[]).await.assert_status(204);
        sam.client.post(&address, &[]).await.assert_status(303);
        assert_eq!(counted(&rosa).await, "1");
        // What comes while the page is read stays unread.
        let page = notices(&rosa).await;
        news.town.pass(1000);
        post(&sam, &[("body", "four @rosa_mora")]).await;
        rosa.client.submit(&page, "form.read-all", &[]).await.assert_status(303);
        let page = notices(&rosa).await;
        assert_eq!((counted(&rosa).await.as_str(), page.select_text(".notice.unread .meta[dir]")), ("1", vec!["four @rosa_mora".to_owned()]));
    }

    async fn what_is_gone_is_neither_shown_nor_counted(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let (me, other, now) = (rosa.id, sam.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| {
            connections::ask(tx, other, me, now)?;
            connections::accept(tx, me, other, now)
        }).unwrap();
        let note = post(&sam, &[("body", "For friends, @rosa_mora"), ("audience", "connections")]).await;
        let open = post(&sam, &[("body", "For all, @rosa_mora")]).await;
        assert_eq!(counted(&rosa).await, "2");
        // No friends any more: only one of the two may be read.
        news.town.town.db.write_now(move |tx| connections::end(tx, me, other)).unwrap();
        assert_eq!(notices(&rosa).await.select_text(".notice .meta[dir]"), ["For all, @rosa_mora"]);
        assert_eq!(counted(&rosa).await, "1", "what is not shown is not counted");
        sam.client.post(&format!("/notes/{open}/removal"), &[]).await.assert_status(303);
        assert_eq!(counted(&rosa).await, "0");
        assert!(told(&rosa).await.is_empty());
        let _ = note;
    }

    async fn a_named_neighbour_is_told_once_however_often_a_note_changes(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let note = post(&sam, &[("body", "Hello @rosa_mora")]).await;
        let (me, now) = (rosa.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| people::notices::read_all(tx, me, now, now)).unwrap();
        sam.client.post(&format!("/notes/{note}/edit"), &[("body", "Hello again @rosa_mora")]).await.assert_status(303);
        assert_eq!(counted(&rosa).await, "0");
    }

    async fn a_closed_poll_is_told_to_those_who_took_part(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, lina] = ["Rosa Mora", "Sam Oak", "Lina Paz"].map(|name| news.town.actor(name, "member"));
        let poll = post(&rosa, &[("body", "Which first?"), ("poll_choice", "Light"), ("poll_choice", "Road"), ("poll_hours", "24")]).await;
        sam.client.post(&format!("/polls/{poll}/ballot"), &[("choice", "0")]).await.assert_status(303);
        work(&news).await;
        assert_eq!(counted(&sam).await, "0");
        news.town.pass(DAY + 1000);
        work(&news).await;
        for who in [&rosa, &sam] {
            assert_eq!(told(who).await, ["A poll you took part in is closed"]);
        }
        assert!(told(&lina).await.is_empty());
    }

    async fn followers_hear_of_a_story_once(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, blocked] = ["Rosa Mora", "Sam Oak", "Lina Paz"].map(|name| news.town.actor(name, "member"));
        let (ana, now) = (news.ana.id, news.town.town.now());
        let followers = [rosa.id, sam.id, blocked.id];
        news.town.town.db.write_now(move |tx| {
            for follower in followers {
                connections::follow(tx, follower, ana.get(), now)?;
            }
            blocks::mute(tx, followers[1], ana, None, now)
        }).unwrap();
        let story = news.story("The new pipe", news.water, 60_000);
        work(&news).await;
        assert_eq!(told(&rosa).await, ["Ana Duarte published a story"]);
        assert!(told(&sam).await.is_empty(), "not of whom they mute");
        assert_eq!(notices(&rosa).await.select_text(".notice .meta[dir]"), ["The new pipe"]);
        news.correct(story, "A street had the wrong name.");
        work(&news).await;
        assert_eq!(counted(&rosa).await, "1");
        news.unpublish(story);
        assert!(told(&rosa).await.is_empty(), "nor of what is off the site");
        let old = Content { dated: Some(news.town.town.now() - 3 * DAY), ..content("From the archive", news.water) };
        let (ana, now) = (news.ana.id, news.town.town.now());
        let published = news.town.town.db.write_now(move |tx| {
            let story = stories::create(tx, ana, &old, now)?;
            stories::publish(tx, story, None, ana, now)
        });
        published.unwrap();
        work(&news).await;
        assert!(told(&rosa).await.is_empty(), "nor of what is no news");
    }

    async fn a_long_list_comes_in_pages(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let (me, by, now) = (rosa.id, sam.id, news.town.town.now());
        news.town.town.db.write_now(move |tx| {
            (1..=65).try_for_each(|about| {
                let news = people::notices::News { about, ..people::notices::News::by(&connections::REQUEST, by) };
                people::notices::tell(tx, me, &news, now - about)
            })
        }).unwrap();
        let (mut address, mut pages, mut seen) = ("/notifications?kind=friend_request".to_owned(), 0, 0);
        loop {
            let page = rosa.client.get(&address).await;
            (pages, seen) = (pages + 1, seen + page.count(".notice"));
            match page.attr("a[rel=next]", "href") {
                Some(next) => address = next,
                None => break,
            }
        }
        assert_eq!((pages, seen), (3, 65));
    }

    async fn members_choose_how_they_hear_of_things(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let page = rosa.client.get("/settings/notifications").await;
        page.assert_status(200).assert_landmarks();
        let mut form = page.form("main form");
        assert_eq!(form.value("mention-email"), Some("daily"));
        form.untick("mention-site").fill(&[("follow-email", "once")]);
        assert_eq!(rosa.client.submit_form(&form).await.location(), "/settings/notifications?done=saved");
        post(&sam, &[("body", "Hello @rosa_mora")]).await;
        assert_eq!(counted(&rosa).await, "0");
        assert!(told(&rosa).await.is_empty());
        let form = rosa.client.get("/settings/notifications").await.form("main form");
        assert!(!form.has("mention-site") || form.value("mention-site") != Some("1"));
        assert_eq!((form.value("follow-email"), form.value("mention-email")), (Some("once"), Some("daily")));
        // What is no choice sends nothing.
        rosa.client.post("/settings/notifications", &[("follow-email", "hourly")]).await.assert_status(303);
        assert_eq!(rosa.client.get("/settings/notifications").await.form("main form").value("follow-email"), Some("never"));
    }
}
