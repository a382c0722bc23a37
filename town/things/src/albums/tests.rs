//! Albums are made, shown, put into stories, taken off and brought back.
#![allow(clippy::unwrap_used)]

use people::{
    pictures::{self, Picture, Words},
    testing::Actor,
    uses,
};
use talk::PostId;
use testkit::{Attachment, Page};

use crate::stories::tests::newsroom::{DAY, Newsroom};

pub(super) fn key(number: u8) -> String {
    format!("{number:032x}-1080")
}

impl Newsroom {
    /// Pictures in somebody's library, each with its words; none for an empty text.
    pub(super) fn pictures(&self, of: &Actor, alts: &[(u8, &str)]) {
        let owner = of.id;
        for (number, alt) in alts {
            let words =
                Words { name: format!("IMG_{number}.png"), alt: (*alt).into(), caption: format!("Caption {number}"), ..Words::default() };
            let words = if alt.is_empty() { Words { caption: String::new(), ..words } } else { words };
            let picture = Picture { key: key(*number), width: 1080, height: 720, words, ..Picture::default() };
            self.town.town.db.write_now(move |tx| pictures::insert(tx, &picture, owner, 0)).unwrap();
        }
    }

    pub(super) async fn album(&self, by: &Actor, title: &str, numbers: &[u8]) -> PostId {
        self.town.pass(11_000);
        let begun = by.client.post("/albums", &[]).await;
        let id: PostId = begun.assert_status(303).location().split('/').nth(2).unwrap().parse().unwrap();
        let keys: Vec<String> = numbers.iter().map(|number| key(*number)).collect();
        let fields: Vec<(&str, &str)> = keys.iter().map(|key| ("picture", key.as_str())).collect();
        by.client.post(&format!("/albums/{id}/pictures"), &fields).await.assert_status(303);
        self.make(by, id, &[("title", title), ("do", "save")]).await.assert_status(303);
        id
    }

    pub(super) async fn public_album(&self, by: &Actor, title: &str, numbers: &[u8]) -> PostId {
        let id = self.album(by, title, numbers).await;
        self.make(by, id, &[("do", "publish")]).await.assert_status(303);
        id
    }

    /// Presses a button of the form, with these changes.
    pub(super) async fn make(&self, by: &Actor, id: PostId, changes: &[(&str, &str)]) -> Page {
        let page = by.client.get(&format!("/albums/{id}/edit")).await;
        page.assert_status(200).assert_landmarks();
        by.client.submit(&page, "form#album", changes).await
    }

    pub(super) async fn read_album(&self, id: PostId) -> Page {
        let guest = self.town.guest();
        let page = guest.get(&format!("/albums/{id}")).await;
        if page.status.is_redirection() { guest.follow(&page).await } else { page }
    }
}

fn captions(page: &Page) -> Vec<String> {
    page.select_text(".album-grid figcaption")
}

testkit::on_both! {
    async fn a_sensitive_album_is_covered_on_every_page(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A pig"), (2, "A goat")]);
        let id = news.album(&news.ana, "The crash", &[1, 2]).await;
        news.make(&news.ana, id, &[("sensitive", "1"), ("do", "publish")]).await.assert_status(303);
        let page = news.read_album(id).await;
        page.assert_landmarks();
        assert!(page.has("details.cover:not([open]) .album-grid img[loading=lazy]") && !page.has("img[fetchpriority=high]"));
        assert!(!page.has("meta[property='og:image']") && !page.text().contains("contentUrl"));
        let one = news.town.guest().get(&format!("/albums/{id}/the-crash/{}", key(1))).await;
        one.assert_status(200).assert_landmarks();
        assert!(one.has("details.cover img") && !one.has("meta[property='og:image']"));
        let list = news.town.guest().get("/albums").await;
        assert!(list.has(".cover-away") && !list.has(".card picture"));
        // The staff cover another, and its author cannot lift that.
        news.pictures(&news.ana, &[(3, "A cow")]);
        let other = news.public_album(&news.ana, "Fair days", &[3]).await;
        let mo = news.town.actor("Mo", "moderator");
        news.ana.client.post(&format!("/albums/{other}/cover"), &[]).await.assert_status(403);
        mo.client.post(&format!("/albums/{other}/cover"), &[]).await.assert_status(303);
        news.make(&news.ana, other, &[("title", "Fair"), ("do", "save")]).await.assert_status(303);
        assert!(news.read_album(other).await.has("details.cover"));
        mo.client.post(&format!("/albums/{other}/cover/removal"), &[]).await.assert_status(303);
        assert!(!news.read_album(other).await.has("details.cover"));
    }

    async fn an_album_is_liked_once_it_is_public(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A pig")]);
        let id = news.album(&news.ana, "Fair days", &[1]).await;
        assert!(!news.ana.client.get(&format!("/albums/{id}/fair-days")).await.has(".react"));
        news.ana.client.post(&format!("/posts/{id}/reaction"), &[]).await.assert_status(404);
        news.make(&news.ana, id, &[("do", "publish")]).await.assert_status(303);
        assert_eq!(news.read_album(id).await.one(".react button"), "Like");
        let reader = news.town.actor("Dee Alvarez", "member");
        let shown = reader.client.get(&format!("/albums/{id}/fair-days")).await;
        assert_eq!(shown.attr("live-stream", "data-query").unwrap(), format!("posts={id}"));
        reader.client.submit(&shown, "form.react", &[]).await.assert_status(303);
        assert_eq!(news.read_album(id).await.one(".react button"), "Like 1 like");
    }

    async fn an_album_is_made_published_and_read(kind) {
        let news = Newsroom::new(kind);
        news.town.guest().get("/albums").await.assert_status(200).assert_landmarks().assert_text("No albums yet");
        news.pictures(&news.ana, &[(1, "A pig"), (2, "A goat"), (3, "A crowd")]);
        let id = news.album(&news.ana, "Fair days", &[1, 2, 3]).await;
        news.read_album(id).await.assert_status(404);
        news.ana.client.get("/albums").await.assert_landmarks().assert_text("In the works").assert_text("Fair days");
        assert!(!news.town.guest().get("/albums").await.has_text("Fair days"));
        news.ana.client.get(&format!("/albums/{id}/fair-days")).await.assert_landmarks().assert_text("Not published");

        let name = format!("caption-{}", key(2));
        let answer = news.make(&news.ana, id, &[("description", "Two days in August."), (&name, "A goat of our own"), ("do", "publish")]).await;
        assert!(answer.location().ends_with("?done=published"));
        let page = news.read_album(id).await;
        page.assert_status(200).assert_landmarks().assert_text("Two days in August.").assert_text("3 pictures");
        assert_eq!(captions(&page), ["Caption 1", "A goat of our own", "Caption 3"]);
        assert_eq!(page.attr("meta[property='og:image']", "content").unwrap(), format!("http://localhost/media/{}.jpg", key(1)));
        assert!(page.one("script[type='application/ld+json']").contains("\"ImageGallery\""));
        let list = news.town.guest().get("/albums").await;
        list.assert_landmarks();
        assert_eq!(list.attr(".album-list a", "href").unwrap(), format!("/albums/{id}/fair-days"));
    }

    async fn each_picture_has_a_page_with_the_ways_before_and_after(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A pig"), (2, "A goat")]);
        let id = news.public_album(&news.ana, "Fair days", &[1, 2]).await;
        let page = news.read_album(id).await;
        let guest = news.town.guest();
        let first = guest.get(&page.attr(".album-grid a", "href").unwrap()).await;
        first.assert_status(200).assert_landmarks().assert_text("Picture 1 of 2").assert_text("Caption 1");
        assert!(!first.has("a[rel=prev]"));
        let second = guest.get(&first.attr("nav a[rel=next]", "href").unwrap()).await;
        second.assert_landmarks().assert_text("Picture 2 of 2").assert_text("Back to the album");
        assert_eq!(second.attr("nav a[rel=prev]", "href").unwrap(), format!("/albums/{id}/fair-days/{}", key(1)));
        guest.get(&format!("/albums/{id}/fair-days/{}", key(9))).await.assert_status(404);
        let wrong = guest.get(&format!("/albums/{id}/other/{}", key(1))).await;
        assert_eq!(wrong.assert_status(301).location(), format!("/albums/{id}/fair-days/{}", key(1)));
    }

    async fn pictures_are_moved_taken_out_and_added_and_guests_see_it_at_once(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A"), (2, "B"), (3, "C"), (4, "D")]);
        let id = news.public_album(&news.ana, "Fair days", &[1, 2, 3]).await;
        assert_eq!(captions(&news.read_album(id).await), ["Caption 1", "Caption 2", "Caption 3"]);
        let moved = news.make(&news.ana, id, &[("do", &format!("up:{}", key(3)))]).await;
        assert_eq!(moved.location(), format!("/albums/{id}/edit#picture-{}", key(3)));
        assert_eq!(captions(&news.read_album(id).await), ["Caption 1", "Caption 3", "Caption 2"]);
        news.make(&news.ana, id, &[("do", &format!("first:{}", key(2)))]).await.assert_status(303);
        news.make(&news.ana, id, &[("do", &format!("remove:{}", key(1)))]).await.assert_status(303);
        news.ana.client.post(&format!("/albums/{id}/pictures"), &[("picture", &key(4)), ("picture", &key(2))]).await.assert_status(303);
        assert_eq!(captions(&news.read_album(id).await), ["Caption 2", "Caption 3", "Caption 4"]);
        let held = news.town.town.db.read_now(move |tx| uses::used_among(tx, &[key(1), key(2), key(4)])).unwrap();
        assert_eq!(held.len(), 2, "{held:?}");
    }

    async fn what_somebody_else_added_meanwhile_stays(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A"), (2, "B")]);
        let id = news.album(&news.ana, "Fair days", &[1]).await;
        let old = news.ana.client.get(&format!("/albums/{id}/edit")).await;
        news.ed.client.post(&format!("/albums/{id}/pictures"), &[("picture", &key(2))]).await.assert_status(303);
        news.ana.client.submit(&old, "form#album", &[("title", "Fair nights"), ("do", "save")]).await.assert_status(303);
        let page = news.ana.client.get(&format!("/albums/{id}/edit")).await;
        assert_eq!((page.count(".sortable > li"), page.form("#album").value("title")), (2, Some("Fair nights")));
    }

    async fn an_album_that_lacks_something_is_not_published_and_nothing_typed_is_lost(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "")]);
        let id = news.album(&news.ana, "", &[]).await;
        let page = news.make(&news.ana, id, &[("description", "My words"), ("do", "publish")]).await;
        page.assert_status(422).assert_landmarks().assert_text("An album needs a title").assert_text("There are no pictures yet");
        assert_eq!(page.form("#album").value("description"), Some("My words"));
        news.ana.client.post(&format!("/albums/{id}/pictures"), &[("picture", &key(1))]).await.assert_status(303);
        let page = news.make(&news.ana, id, &[("title", "Fair"), ("do", "publish")]).await;
        page.assert_status(422).assert_text("Say what picture 1 (IMG_1.png) shows");
        let name = format!("caption-{}", key(1));
        let long = "x".repeat(601);
        let page = news.make(&news.ana, id, &[("title", "Fair"), (&name, &long), ("do", "save")]).await;
        page.assert_status(422).assert_text("at most 600 characters");
        assert_eq!(page.form("#album").value(&name), Some(long.as_str()));
        news.make(&news.ana, id, &[("title", "Fair"), ("coauthors", "@nobody"), ("do", "save")]).await.assert_status(422).assert_text("Nobody here is called @nobody");
        news.make(&news.ana, id, &[("title", "Fair"), (&name, "A pig"), ("do", "publish")]).await.assert_status(303);
        let page = news.make(&news.ana, id, &[(&name, ""), ("do", "save")]).await;
        page.assert_status(422).assert_text("Say what picture 1");
        assert_eq!(captions(&news.read_album(id).await), ["A pig"], "readers see nothing half done");
    }

    async fn authors_work_on_their_own_albums_and_editors_on_all(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa", "author");
        news.pictures(&news.ana, &[(1, "A"), (2, "B")]);
        let id = news.album(&news.ana, "Fair days", &[1]).await;
        let reader = news.town.actor("Reader", "member");
        for (client, status) in [(&rosa.client, 403), (&reader.client, 403), (&news.town.guest(), 303)] {
            client.get(&format!("/albums/{id}/edit")).await.assert_status(status);
            client.get(&format!("/albums/{id}/pictures")).await.assert_status(status);
            for action in ["edit", "pictures", "publication", "publication/remove", "removal", "removal/undo"] {
                client.post(&format!("/albums/{id}/{action}"), &[("title", "Mine")]).await.assert_status(status);
            }
            client.get(&format!("/albums/{id}/fair-days")).await.assert_status(404);
        }
        reader.client.post("/albums", &[]).await.assert_status(403);
        news.ana.client.get("/albums/7/edit").await.assert_status(404);
        // Another author's picture cannot be taken by its name.
        let theirs = news.album(&rosa, "Mine", &[2]).await;
        assert!(!rosa.client.get(&format!("/albums/{theirs}/edit")).await.has(".sortable > li"));
        // A co-author can work on it.
        news.make(&news.ana, id, &[("coauthors", "@rosa"), ("do", "save")]).await.assert_status(303);
        news.make(&rosa, id, &[("title", "Fair nights"), ("do", "publish")]).await.assert_status(303);
        news.read_album(id).await.assert_text("Ana Duarte and Rosa");
        news.make(&news.ed, id, &[("title", "Fair mornings"), ("do", "save")]).await.assert_status(303);
        news.read_album(id).await.assert_text("Fair mornings");
    }

    async fn where_editors_read_first_only_they_publish(kind) {
        let news = Newsroom::new(kind).require_review();
        news.pictures(&news.ana, &[(1, "A")]);
        let id = news.album(&news.ana, "Fair days", &[1]).await;
        let page = news.ana.client.get(&format!("/albums/{id}/edit")).await;
        assert!(!page.has("button[value=publish]"));
        news.ana.client.post(&format!("/albums/{id}/publication"), &[]).await.assert_status(403);
        news.make(&news.ed, id, &[("do", "publish")]).await.assert_status(303);
        news.read_album(id).await.assert_status(200);
    }

    async fn an_album_is_taken_off_deleted_and_restored_as_it_was(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A")]);
        let id = news.public_album(&news.ana, "Fair days", &[1]).await;
        news.ana.client.post(&format!("/albums/{id}/publication/remove"), &[]).await.assert_status(303);
        news.read_album(id).await.assert_status(404);
        news.ana.client.post(&format!("/albums/{id}/publication"), &[]).await.assert_status(303);
        news.read_album(id).await.assert_status(200);
        assert_eq!(news.ana.client.post(&format!("/albums/{id}/removal"), &[]).await.location(), "/albums?done=removed");
        news.read_album(id).await.assert_status(410);
        assert!(!news.town.guest().get("/albums").await.has_text("Fair days"));
        news.ana.client.post(&format!("/albums/{id}/publication"), &[]).await.assert_status(409);
        let list = news.ana.client.get("/albums").await;
        list.assert_landmarks();
        news.ana.client.submit(&list, "form[action$='/removal/undo']", &[]).await.assert_status(303);
        news.read_album(id).await.assert_status(200);
        news.ana.client.post(&format!("/albums/{id}/removal"), &[]).await.assert_status(303);
        news.town.pass(31 * DAY);
        crate::stories::purge(news.town.town.clone()).await.unwrap();
        news.read_album(id).await.assert_status(404);
        let held = news.town.town.db.read_now(|tx| uses::used_among(tx, &[key(1)])).unwrap();
        assert!(held.is_empty(), "what is gone uses nothing");
    }

    async fn its_address_in_a_story_is_a_card_that_follows_the_album(kind) {
        let news = Newsroom::new(kind);
        news.pictures(&news.ana, &[(1, "A pig"), (2, "A goat")]);
        let id = news.public_album(&news.ana, "Fair days", &[1]).await;
        let story = news.draft(&news.ana, "The fair").await;
        let body = format!("Look:\n\nhttps://old.example/albums/{id}/old-name\n\nAnd https://old.example/albums/{id}/x inside.");
        news.write(&news.ana, story, &[("body", &body), ("do", "publish")]).await.assert_status(303);
        let page = news.read(story).await;
        page.assert_landmarks();
        assert_eq!(page.attr(".album-card a", "href").unwrap(), format!("/albums/{id}/fair-days"));
        assert_eq!((page.count(".album-card"), page.one(".album-card figcaption")), (1, "Fair days 1 picture".into()));
        let edit = news.ana.client.get(&format!("/stories/{story}/edit")).await;
        assert!(edit.text().contains("<p class=\"embed-card\">"), "the editor shows it, too");

        news.ana.client.post(&format!("/albums/{id}/pictures"), &[("picture", &key(2))]).await.assert_status(303);
        news.make(&news.ana, id, &[("title", "Fair nights"), ("do", "save")]).await.assert_status(303);
        assert_eq!(news.read(story).await.one(".album-card figcaption"), "Fair nights 2 pictures");
        news.ana.client.post(&format!("/albums/{id}/publication/remove"), &[]).await.assert_status(303);
        let page = news.read(story).await;
        assert!(!page.has(".album-card"));
        assert_eq!(page.attr(".prose a", "href").unwrap(), format!("https://old.example/albums/{id}/old-name"));
        news.ana.client.post(&format!("/albums/{id}/publication"), &[]).await.assert_status(303);
        assert!(news.read(story).await.has(".album-card"));
    }

    async fn new_pictures_come_in_by_a_form_of_its_own(kind) {
        let news = Newsroom::new(kind);
        let id = news.album(&news.ana, "Fair days", &[]).await;
        let files = [Attachment::new("file", "a.png", "image/png", png(1)), Attachment::new("file", "b.png", "image/png", png(2))];
        let address = format!("/albums/{id}/uploads");
        let answer = news.ana.client.upload(&address, &[], &files).await;
        assert_eq!(answer.assert_status(303).location(), format!("/albums/{id}/edit#pictures"));
        assert_eq!(news.ana.client.get(&format!("/albums/{id}/edit")).await.count(".sortable > li"), 2);
        let wrong = [Attachment::new("file", "notes.txt", "text/plain", "words"), Attachment::new("file", "c.png", "image/png", png(3))];
        let page = news.ana.client.upload(&address, &[], &wrong).await;
        page.assert_status(422).assert_landmarks().assert_text("notes.txt: This is not a picture we can read.");
        assert_eq!(page.count(".sortable > li"), 3, "the other one is in it");
        let choose = news.ana.client.get(&format!("/albums/{id}/pictures?q=b.png")).await;
        choose.assert_landmarks().assert_text("In this album");
        assert_eq!(choose.count(".library-grid > li"), 1);
        news.ana.client.get(&format!("/albums/{id}/pictures?q=zebra")).await.assert_landmarks().assert_text("Nothing found");
        news.town.actor("Rosa", "author").client.upload(&address, &[], &files).await.assert_status(403);
    }

    async fn an_album_is_full_at_some_point(kind) {
        let news = Newsroom::new(kind);
        let numbers: Vec<u8> = (0..=200).collect();
        assert_eq!(numbers.len(), super::MAX_PICTURES + 1);
        let pictures: Vec<(u8, &str)> = numbers.iter().map(|number| (*number, "A")).collect();
        news.pictures(&news.ana, &pictures);
        let (author, keys): (_, Vec<String>) = (news.ana.id, numbers[1..].iter().map(|number| key(*number)).collect());
        let id = news.town.town.db.write_now(move |tx| super::store::bring(tx, author, ("Fair days", ""), &keys, 0)).unwrap();
        let page = news.ana.client.post(&format!("/albums/{id}/pictures"), &[("picture", &key(0))]).await;
        page.assert_status(422).assert_text("at most 200 pictures");
    }

    async fn many_albums_come_in_pages(kind) {
        let news = Newsroom::new(kind);
        let author = news.ana.id;
        news.town.town.db.write_now(move |tx| {
            for number in 0..60 {
                let id = super::store::create(tx, author, &format!("Album {number}"), number / 3)?;
                tx.run("update albums set listed_at = $2 where id = $1", db::params![id, number / 3])?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        let (mut address, mut seen) = ("/albums".to_owned(), Vec::new());
        loop {
            let page = news.town.guest().get(&address).await;
            page.assert_landmarks();
            seen.extend(page.select_text(".album-list h2"));
            let Some(next) = page.attr("a[rel=next]", "href") else { break };
            address = next;
        }
        assert_eq!(seen.len(), 60);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 60, "each once");
        news.town.guest().get("/albums?before=x").await.assert_status(404);
    }
}

/// A picture of 8 by 6 pixels, another for each shade.
fn png(shade: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 6);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&[shade; 8 * 6 * 3]).unwrap();
    bytes
}
