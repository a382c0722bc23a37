#![allow(clippy::unwrap_used)]
use crate::newsroom::{DAY, HOUR, Newsroom, content};
use people::{lists, testing::Actor};
use talk::{Cursor, PostId, posts};
use things::{albums, sections, stories::Content};

use super::fan::{self, Whose};

async fn follow(actor: &Actor, target: i64) {
    actor.client.post(&format!("/connections/{target}/follow"), &[]).await.assert_status(303);
}

async fn headlines(actor: &Actor) -> Vec<String> {
    actor.client.get("/square").await.select_text(".feed .headline")
}

/// A post on these shelves under this time, of no kind that has a page.
fn shelved(news: &Newsroom, owners: &'static [i64], at: i64) -> PostId {
    let ana = news.ana.id;
    news.town
        .town
        .db
        .write_now(move |tx| {
            let post = posts::insert(tx, "thing", ana, at)?;
            posts::shelve(tx, post, owners, at)?;
            Ok::<_, db::Error>(post)
        })
        .unwrap()
}

testkit::on_both! {
    async fn whoever_follows_nothing_is_shown_whom_to_follow(kind) {
        let news = Newsroom::new(kind);
        news.story("The new pipe", news.water, HOUR);
        let rosa = news.town.actor("Rosa Mora", "member");
        let page = rosa.client.get("/square").await;
        page.assert_status(200).assert_landmarks().assert_text("Your square is quiet");
        assert_eq!(page.select_text(".connected h3 a"), ["Ana Duarte"]);
        page.assert_text("Wrote here lately");
        rosa.client.submit(&page, "form.follow", &[]).await.assert_status(303);
        assert_eq!(headlines(&rosa).await, ["The new pipe"]);
        follow(&rosa, news.arts.get()).await;
        rosa.client.post(&format!("/connections/{}/follow/removal", news.ana.id), &[]).await.assert_status(303);
        rosa.client.get("/square").await.assert_text("Nothing here yet");
    }

    async fn what_people_sections_and_topics_publish_stands_there_once_with_its_reasons(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        news.story("The old pipe", news.water, 3 * HOUR);
        news.publish(&Content { topics: vec!["Music".into()], ..content("A brass band", news.arts) }, 2 * HOUR);
        news.story("A mural", news.arts, HOUR);
        let music = news.town.town.db.read_now(|tx| talk::topics::by_key(tx, "music")).unwrap().unwrap();
        follow(&rosa, music.id.get()).await;
        follow(&rosa, news.city.get()).await;
        assert_eq!(headlines(&rosa).await, ["A brass band", "The old pipe"]);
        let page = rosa.client.get("/square").await;
        page.assert_landmarks().assert_text("You are caught up");
        assert_eq!(page.select_text(".why"), ["Because you follow #Music", "Because you follow City Hall"]);
        assert_eq!(page.attr(".why a", "href").unwrap(), "/topics/music");
        follow(&rosa, news.ana.id.get()).await;
        assert_eq!(headlines(&rosa).await, ["A mural", "A brass band", "The old pipe"]);
        let why = rosa.client.get("/square").await.select_text(".why");
        assert_eq!(why[0], "Because you follow Ana Duarte");
        assert!(why[1] == "Because you follow Ana Duarte and #Music" || why[1] == "Because you follow #Music and Ana Duarte", "{}", why[1]);
    }

    async fn the_feed_that_is_kept_is_brought_up_to_date(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        follow(&rosa, news.water.get()).await;
        let old = news.story("The old pipe", news.water, DAY);
        assert_eq!(headlines(&rosa).await, ["The old pipe"]);
        news.story("The new pipe", news.water, HOUR);
        news.story("A brass band", news.arts, HOUR);
        news.story("A pipe of long ago", news.water, 9 * DAY);
        assert_eq!(headlines(&rosa).await, ["The new pipe", "The old pipe", "A pipe of long ago"]);
        news.unpublish(old);
        assert_eq!(headlines(&rosa).await, ["The new pipe", "A pipe of long ago"]);
        // A section that moves brings its stories along.
        follow(&rosa, news.arts.get()).await;
        news.town.town.db.write_now({
            let (water, arts) = (news.water, news.arts);
            move |tx| sections::save(tx, water, &crate::newsroom::section("Water", "water", Some(arts), 1))
        }).unwrap();
        let page = rosa.client.get("/square").await;
        assert_eq!(page.select_text(".feed .headline").len(), 3);
        assert!(page.select_text(".why")[1].contains("Arts"), "{:?}", page.select_text(".why"));
        rosa.client.post(&format!("/connections/{}/follow/removal", news.arts), &[]).await.assert_status(303);
        rosa.client.post(&format!("/connections/{}/follow/removal", news.water), &[]).await.assert_status(303);
        assert!(headlines(&rosa).await.is_empty());
    }

    async fn followers_of_a_section_that_goes_follow_its_successor(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        follow(&rosa, news.water.get()).await;
        news.story("A brass band", news.arts, HOUR);
        assert!(headlines(&rosa).await.is_empty());
        let (water, arts) = (news.water, news.arts);
        news.town.town.db.write_now(move |tx| sections::remove(tx, water, arts)).unwrap();
        assert_eq!(headlines(&rosa).await, ["A brass band"]);
    }

    async fn the_muted_and_the_blocked_stay_off_it(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        follow(&rosa, news.water.get()).await;
        news.story("The new pipe", news.water, HOUR);
        assert_eq!(headlines(&rosa).await.len(), 1);
        let muting = format!("/connections/{}/mute", news.ana.id);
        rosa.client.post(&muting, &[("lasts", "day")]).await.assert_status(303);
        assert!(headlines(&rosa).await.is_empty());
        news.town.pass(DAY);
        assert_eq!(headlines(&rosa).await.len(), 1, "a mute ends by itself");
        news.ana.client.post(&format!("/connections/{}/block", rosa.id), &[]).await.assert_status(303);
        assert!(headlines(&rosa).await.is_empty(), "either way");
    }

    async fn albums_stand_on_it_while_readers_see_them(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        follow(&rosa, news.ana.id.get()).await;
        let (ana, now) = (news.ana.id, news.town.town.now());
        let album = news.town.town.db.write_now(move |tx| {
            tx.run(
                "insert into pictures (key, account_id, width, height, variants, colour, created_at, alt) values ($1, $2, 960, 640, '[]', '#ffffff', 0, 'A pig')",
                db::params!["00112233445566778899aabbccddeeff-960", ana],
            )?;
            albums::bring(tx, ana, ("Fair days", ""), &["00112233445566778899aabbccddeeff-960".to_owned()], now - HOUR)
        }).unwrap();
        news.story("The new pipe", news.water, 2 * HOUR);
        let page = rosa.client.get("/square").await;
        page.assert_landmarks();
        assert_eq!(page.select_text(".feed .headline"), ["Fair days", "The new pipe"]);
        assert_eq!(page.select_text(".why")[0], "Because you follow Ana Duarte");
        // Its maker's page of stories stays one of stories.
        assert_eq!(rosa.client.get("/@ana_duarte").await.select_text("main .headline"), ["The new pipe"]);
        news.ana.client.post(&format!("/albums/{album}/removal"), &[]).await.assert_status(303);
        assert_eq!(headlines(&rosa).await, ["The new pipe"]);
    }

    async fn a_long_feed_comes_in_pages_without_gap_or_repetition(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        news.fill(170);
        follow(&rosa, news.arts.get()).await;
        follow(&rosa, news.ana.id.get()).await;
        let (mut address, mut seen) = ("/square".to_owned(), Vec::new());
        loop {
            let page = rosa.client.get(&address).await;
            page.assert_status(200);
            seen.extend(page.select_text(".feed .headline"));
            let Some(next) = page.attr("a[rel=next]", "href") else {
                page.assert_text("You are caught up");
                break;
            };
            assert!(!page.has_text("You are caught up"));
            address = next;
        }
        assert_eq!(seen, (1..=170).map(|number| format!("Story {number}")).collect::<Vec<_>>());
        rosa.client.get("/square?before=0-0").await.assert_status(200).assert_text("You are caught up");
        rosa.client.get("/square?before=x").await.assert_status(400);
    }

    async fn a_page_asks_few_questions(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        news.fill(60);
        for target in [news.arts.get(), news.ana.id.get()] {
            follow(&rosa, target).await;
        }
        rosa.client.get("/square").await.assert_status(200);
        let before = news.town.town.db.statements();
        rosa.client.get("/square").await.assert_status(200);
        // Who asks; in which order they read; whether the feed still holds, what changed; the cards; the lists; as whom they post.
        assert_eq!(news.town.town.db.statements() - before, 7);
    }

    fn shelves_are_merged_newest_first(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member").id;
        // Three shelves, one of them longer than is taken at once; some posts on two or three.
        let mut all: Vec<Cursor> = (0..40).map(|number| {
            let owners: &[i64] = match number % 8 { 0 => &[1, 2], 1 => &[1, 2, 3], 2 => &[3], _ => &[1] };
            let at = (number / 2) * 10;
            Cursor { at, id: shelved(&news, owners, at) }
        }).collect();
        all.sort_by_key(|place| std::cmp::Reverse((place.at, place.id)));
        shelved(&news, &[4], 1_000);
        let (list, found) = news.town.town.db.write_now(move |tx| {
            for target in [1, 2, 3, 5] {
                people::connections::follow(tx, rosa, target, 0)?;
            }
            let (mut found, mut before) = (Vec::new(), Cursor::NEWEST);
            for limit in [1, 7, 12, 30, 5] {
                let places = fan::newest(tx, Whose::Followed(rosa), before, limit)?;
                before = places.last().map_or(before, |last| last.cursor);
                found.extend(places);
            }
            let list = lists::make(tx, rosa, "Empty", 0)?;
            Ok::<_, web::Error>((fan::newest(tx, Whose::OnList(list), Cursor::NEWEST, 9)?, found))
        }).unwrap();
        assert!(list.is_empty());
        assert_eq!(found.iter().map(|place| place.cursor).collect::<Vec<_>>(), all);
        for place in &found {
            let mut via = place.via.to_vec();
            via.retain(|owner| *owner != 0);
            via.sort_unstable();
            assert!(!via.is_empty() && via.len() <= 3 && via.windows(2).all(|pair| pair[0] < pair[1]), "{via:?}");
        }
        assert_eq!(found.iter().filter(|place| place.via.iter().all(|owner| *owner != 0)).count(), 5, "those on three shelves name all three");
    }

    async fn near_me_is_what_is_said_about_my_place_and_by_its_neighbours(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, ana] = ["Rosa Mora", "Sam Park", "Ana Ortiz"].map(|name| news.town.actor(name, "member"));
        let lives = async |who: &Actor, place: &str, to: &str| {
            who.client.post("/settings/profile", &[("place", place), ("place_to", to)]).await.assert_status(303);
        };
        let say = async |who: &Actor, body: &str, place: &str| {
            who.client.post("/notes", &[("body", body), ("place", place)]).await.assert_status(303);
        };
        assert_eq!(news.town.guest().get("/square/near").await.assert_status(303).location(), "/square/local");
        rosa.client.get("/square/near").await.assert_status(200).assert_landmarks().assert_text("Where are you at home?");
        lives(&rosa, "depot street", "only_me").await;
        rosa.client.get("/square/near").await.assert_text("It is quiet here");
        lives(&sam, "Depot Street", "members").await;
        lives(&ana, "Tank Hill", "public").await;
        say(&sam, "My cat is back.", "").await;
        say(&ana, "A window is open.", "Depot Street").await;
        say(&ana, "The hill is windy.", "").await;
        news.publish(&Content { place: "Depot Street".into(), ..content("The old pipe", news.water) }, HOUR);
        let page = rosa.client.get("/square/near").await;
        page.assert_landmarks().assert_text("My cat is back.").assert_text("A window is open.").assert_text("The old pipe");
        assert!(!page.text().contains("windy"));
        assert_eq!(page.select_text(".why"), ["About Depot Street", "By a neighbour", "About Depot Street"]);
        assert_eq!(page.form("form#compose").value("place"), Some("Depot Street"));
        // Whoever says it to friends alone is nobody's neighbour; what they said about the place stays.
        lives(&sam, "Depot Street", "connections").await;
        let page = rosa.client.get("/square/near").await;
        assert!(!page.text().contains("My cat is back.") && page.text().contains("A window is open."));
        say(&sam, "Nobody is to know where I live.", "").await;
        lives(&sam, "Tank Hill", "public").await;
        assert!(!rosa.client.get("/square/near").await.text().contains("Nobody is to know"));
        rosa.client.post(&format!("/connections/{}/mute", ana.id), &[("lasts", "day")]).await.assert_status(303);
        assert!(!rosa.client.get("/square/near").await.text().contains("A window is open."));
    }

    async fn most_discussed_is_what_most_people_talk_about_of_late(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, ana] = ["Rosa Mora", "Sam Park", "Ana Ortiz"].map(|name| news.town.actor(name, "member"));
        let address = "/square/discussed";
        news.town.guest().get(address).await.assert_status(200).assert_landmarks().assert_text("It is quiet here");
        let [band, pipe, mural] = ["A brass band", "The old pipe", "A mural"].map(|title| news.story(title, news.water, HOUR));
        let say = async |who: &Actor, post: PostId, body: &str| {
            who.client.post(&format!("/posts/{post}/comments"), &[("body", body)]).await.assert_status(303);
        };
        for body in ["No.", "Never.", "Not at all."] {
            say(&rosa, pipe, body).await;
        }
        say(&rosa, band, "Well played.").await;
        say(&sam, band, "Louder!").await;
        say(&sam, mural, "Long ago.").await;
        news.town.town.db.write_now(move |tx| tx.run("update comments set posted_at = posted_at - $2 where subject_id = $1", db::params![mural, 8 * DAY])).unwrap();
        // It is counted once a minute, and again when the site changes.
        news.town.town.pages.changed(&[people::town::SITE]);
        for client in [&news.town.guest(), &ana.client] {
            let page = client.get(address).await;
            page.assert_landmarks();
            assert_eq!(page.select_text(".feed .headline"), ["A brass band", "The old pipe"]);
            assert_eq!(page.select_text(".why"), ["2 people, 2 comments in seven days", "1 person, 3 comments in seven days"]);
        }
        ana.client.post(&format!("/connections/{}/mute", news.ana.id), &[("lasts", "day")]).await.assert_status(303);
        assert!(ana.client.get(address).await.select_text(".feed .headline").is_empty(), "whom somebody mutes is not in their feeds");
        // Whoever is suspended has said nothing.
        news.town.town.db.write_now({ let rosa = rosa.id; move |tx| people::accounts::set_suspended(tx, rosa, true, 1) }).unwrap();
        news.town.town.pages.changed(&[people::town::SITE]);
        assert_eq!(news.town.guest().get(address).await.select_text(".why"), ["1 person, 1 comment in seven days"]);
        news.town.guest().get(&format!("{address}?after=201")).await.assert_status(400);
    }

    async fn the_order_is_the_readers_and_stays_as_they_chose_it(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, ana] = ["Rosa Mora", "Sam Park", "Ana Ortiz"].map(|name| news.town.actor(name, "member"));
        follow(&rosa, news.water.get()).await;
        follow(&rosa, sam.id.get()).await;
        news.story("The old pipe", news.water, HOUR);
        let said = sam.client.post("/notes", &[("body", "My cat is back.")]).await.assert_status(303).location();
        let cat: PostId = said.split(['/', '?']).nth(2).unwrap().parse().unwrap();
        news.town.town.db.write_now(move |tx| {
            for table in ["feed_entries", "shelf_changes"] {
                tx.run(&format!("update {table} set listed_at = listed_at - $2 where post_id = $1"), db::params![cat, 2 * HOUR])?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        let (me, friend) = (rosa.id, sam.id);
        news.town.town.db.write_now(move |tx| {
            people::connections::ask(tx, me, friend, 1)?;
            people::connections::accept(tx, friend, me, 1)
        }).unwrap();
        ana.client.post(&format!("/notes/{cat}/share"), &[("back", "/")]).await.assert_status(303);
        let first = async || {
            let text = rosa.client.get("/square").await.text();
            if text.find("The old pipe") < text.find("My cat is back.") { "story" } else { "cat" }
        };
        assert_eq!(first().await, "story");
        let page = rosa.client.get("/square").await;
        assert_eq!(page.select_text(".orders button[aria-pressed=true]"), ["Latest"]);
        rosa.client.post("/square/order", &[("order", "ranked")]).await.assert_status(303);
        assert_eq!(first().await, "cat");
        let page = rosa.client.get("/square").await;
        page.assert_landmarks().assert_text("Stands here for: new, from a friend, 1 share").assert_text("What it goes by");
        page.assert_text("Because you follow Sam Park").assert_text("You are caught up");
        // Older pages of the order of time are there as well; what is no page says so.
        rosa.client.get("/square?before=1-2").await.assert_status(200);
        rosa.client.get("/square?ranked=x").await.assert_status(400);
        rosa.client.get(&format!("/square?ranked={}-1", i64::MAX)).await.assert_status(200).assert_text("The old pipe");
        rosa.client.post("/square/order", &[("order", "whatever")]).await.assert_status(400);
        rosa.client.post("/square/order", &[("order", "latest")]).await.assert_status(303);
        assert_eq!(first().await, "story");
        assert!(news.town.guest().post("/square/order", &[("order", "ranked")]).await.location().starts_with("/sign-in"));
    }

    async fn every_page_of_the_ranked_order_shows_the_next_ones_once(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        follow(&rosa, news.water.get()).await;
        for number in 0..45 {
            news.story(&format!("Story {number}"), news.water, number * HOUR);
        }
        rosa.client.post("/square/order", &[("order", "ranked")]).await.assert_status(303);
        let (mut address, mut seen) = ("/square".to_owned(), Vec::new());
        for page in 0..3 {
            let read = rosa.client.get(&address).await;
            seen.extend(read.select_text(".feed .headline"));
            match read.attr("a[rel=next]", "href") {
                Some(next) => address = next,
                None => assert_eq!(page, 2, "{address}"),
            }
        }
        assert_eq!(seen, (0..45).map(|number| format!("Story {number}")).collect::<Vec<_>>());
    }
}
