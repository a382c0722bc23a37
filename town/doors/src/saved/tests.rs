#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom};

testkit::on_both! {
    async fn a_member_finds_what_they_saved(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "member");
        rosa.client.get("/saved").await.assert_status(200).assert_landmarks().assert_text("Nothing saved yet");
        let (pipe, band) = (news.story("The old pipe", news.water, 2 * HOUR), news.story("A brass band", news.arts, HOUR));
        for story in [pipe, band] {
            let page = rosa.client.get(&format!("/stories/{story}")).await;
            let page = rosa.client.get(&page.location()).await;
            assert_eq!(page.one(".story-tools .save button"), "Save");
            let answer = rosa.client.submit(&page, ".story-tools form.save", &[]).await;
            assert!(answer.location().ends_with("?done=kept"));
            let after = rosa.client.get(&answer.location()).await;
            after.assert_text("On your list.").assert_landmarks();
            assert!(after.one(".story-tools .save button").starts_with("Saved"));
            news.town.pass(HOUR);
        }
        let page = rosa.client.get("/saved").await;
        page.assert_landmarks();
        assert_eq!(page.select_text("main .headline"), ["A brass band", "The old pipe"]);
        assert!(page.has(".menu a[href='/saved']"));
    }

    async fn the_button_of_one_member_is_no_guests_page(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "member");
        let story = news.story("The old pipe", news.water, HOUR);
        let address = format!("/stories/{story}/the-old-pipe");
        let guest = news.town.guest();
        assert_eq!(guest.get(&address).await.one(".save button"), "Save");
        rosa.client.post(&format!("/posts/{story}/saved"), &[("back", &address)]).await.assert_status(303);
        assert!(rosa.client.get(&address).await.one(".save button").starts_with("Saved"));
        assert_eq!(guest.get(&address).await.one(".save button"), "Save");
        assert!(guest.get("/saved").await.location().starts_with("/sign-in"));
    }

    async fn what_was_taken_off_the_site_can_be_taken_off_the_list(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "member");
        let story = news.story("Withdrawn words", news.water, HOUR);
        rosa.client.post(&format!("/posts/{story}/saved"), &[("back", "/saved")]).await.assert_status(303);
        news.unpublish(story);
        let page = rosa.client.get("/saved").await;
        page.assert_text("No longer available").assert_landmarks();
        assert!(!page.has_text("Withdrawn words"));
        let answer = rosa.client.submit(&page, "main form.save", &[]).await;
        rosa.client.get(&answer.location()).await.assert_text("Taken off your list.").assert_text("Nothing saved yet");
    }

    async fn a_long_list_comes_in_pages(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "member");
        news.fill(45);
        let account = rosa.id;
        news.town.town.db.write_now(move |tx| {
            for number in 1..=45 {
                talk::saved::put(tx, account, talk::PostId::new(number), number)?;
            }
            Ok::<_, web::Error>(())
        }).unwrap();
        let (mut address, mut seen) = ("/saved".to_owned(), Vec::new());
        loop {
            let page = rosa.client.get(&address).await;
            seen.extend(page.select_text("main .headline"));
            let Some(next) = page.attr("a[rel=next]", "href") else { break };
            address = next;
        }
        let all: Vec<String> = (1..=45).rev().map(|number| format!("Story {number}")).collect();
        assert_eq!(seen, all);
        rosa.client.get("/saved?before=0-0").await.assert_text("That was all");
    }

    async fn a_reader_is_led_to_their_own_server(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The old pipe", news.water, HOUR);
        let guest = news.town.guest();
        let page = guest.get(&format!("/stories/{story}/the-old-pipe")).await;
        let way = guest.submit(&page, "form.mastodon", &[("server", "@ana@Mastodon.Social")]).await;
        way.assert_status(200).assert_landmarks();
        let link = way.attr("main a.primary", "href").unwrap();
        assert_eq!(link, format!("https://mastodon.social/share?text=The+old+pipe+http%3A%2F%2Flocalhost%2Fstories%2F{story}%2Fthe-old-pipe"));
        let again = guest.submit(&page, "form.mastodon", &[("server", "no server")]).await;
        again.assert_status(422).assert_landmarks().assert_text("Write the name of a server");
        guest.post("/stories/7/sharing", &[("server", "mastodon.social")]).await.assert_status(404);
    }
}
