//! What appeared on the front porch goes to those who want it, once a day, and only what they may read.
#![allow(clippy::unwrap_used)]

use db::params;
use people::{
    AccountId, accounts, blocks, connections, lists,
    prevention::{Porch, State, letter, store},
    safety,
    testing::Actor,
    town::Letter,
};
use std::collections::BTreeMap;
use talk::{PostId, posts::Visibility};
use testkit::Kind;
use things::notes::{self, Content, Written};

use super::{
    write_letters,
    written::{begin, next_part, put_part},
};
use crate::newsroom::{DAY, HOUR, Newsroom};

const MINUTE: i64 = 60_000;
/// The hour of the letter in these tests.
const EVENING: i64 = 18;

struct Porches {
    news: Newsroom,
    sam: Actor,
    mo: Actor,
}

impl Porches {
    /// A town in which every post is read first, since nine in the morning.
    fn new(kind: Kind) -> Self {
        let news = Newsroom::new(kind);
        let (sam, mo) = (news.town.actor("Sam Park", "member"), news.town.actor("Mo Reed", "moderator"));
        let this = Self { news, sam, mo };
        this.pass_until(9);
        this.set(State::All, EVENING);
        this
    }

    /// Lets time pass until it is this hour at the site, today or tomorrow, and half a minute.
    fn pass_until(&self, hour: i8) {
        let (town, now) = (&self.news.town, self.news.town.town.now());
        let zone = town.town.zone();
        let at = |ms: i64| {
            let date = zone.to_datetime(jiff::Timestamp::from_millisecond(ms).unwrap()).date();
            zone.to_timestamp(date.at(hour, 0, 30, 0)).unwrap().as_millisecond()
        };
        let next = [at(now), at(now + DAY)].into_iter().find(|at| *at > now).unwrap();
        town.pass(next - now);
    }

    fn set(&self, state: State, hour: i64) {
        let now = self.news.town.town.now();
        self.news.town.town.db.write_now(move |tx| store::set_porch(tx, Porch { state, hour, ..Porch::default() }, now)).unwrap();
        self.news.town.reload();
    }

    fn say(&self, by: AccountId, body: &str, audience: Visibility) -> PostId {
        self.post(by, Content { body: body.into(), ..Content::default() }, audience)
    }

    fn post(&self, by: AccountId, content: Content, audience: Visibility) -> PostId {
        let (written, now) = (Written { content, audience: audience.into(), speaker: None, poll: None }, self.news.town.town.now());
        self.news.town.town.db.write_now(move |tx| notes::post(tx, by, &written, now)).unwrap().0
    }

    async fn write(&self) {
        write_letters(self.news.town.town.clone()).await.unwrap();
    }

    fn letters(&self) -> Vec<Letter> {
        self.news.town.letters().into_iter().filter(|letter| letter.subject.starts_with("What the neighbours said")).collect()
    }

    fn letters_to(&self, who: &Actor) -> Vec<Letter> {
        let email = format!("{}@town.example", who.handle);
        self.letters().into_iter().filter(|letter| letter.email == email).collect()
    }
}

testkit::on_both! {
    async fn what_was_let_through_goes_out_once_a_day_at_its_hour(kind) {
        let porch = Porches::new(kind);
        let rosa = porch.news.town.actor("Rosa Ito", "member");
        let (sam, mo) = (&porch.sam.client, &porch.mo.client);
        sam.post("/notes", &[("body", "The market moves to Friday"), ("audience", "public")]).await.assert_status(303);
        let page = mo.get("/admin/queue/held").await;
        mo.submit(&page, "form[action$=approval]", &[]).await.assert_status(303);
        sam.post("/notes", &[("body", "Nobody has read this"), ("audience", "public")]).await.assert_status(303);
        let story = porch.news.story("Well six goes quiet", porch.news.water, 0);
        mo.post(&format!("/posts/{story}/comments"), &[("body", "So it does")]).await.assert_status(303);
        porch.write().await;
        assert!(porch.letters().is_empty(), "not before its hour");
        porch.pass_until(18);
        porch.write().await;
        porch.write().await;
        let letter = porch.letters_to(&rosa).pop().unwrap();
        assert_eq!(porch.letters_to(&rosa).len(), 1);
        assert_eq!(letter.subject, "What the neighbours said at The Mesa Lantern: 3 posts");
        let at = |words: &str| letter.text.find(words).unwrap_or_else(|| panic!("{words}: {}", letter.text));
        assert!(at("Mo Reed commented on “Well six goes quiet”: “So it does”") < at("Sam Park wrote: “The market moves to Friday”"), "the newest first");
        assert!(letter.text.contains("Ana Duarte published a story: “Well six goes quiet”"), "{}", letter.text);
        assert!(letter.text.contains("http://localhost/@sam_park/") && letter.text.contains(&format!("http://localhost/stories/{story}/")));
        assert!(!letter.text.contains("Nobody has read this"), "it waits");
        assert_eq!(porch.letters_to(&porch.sam)[0].subject, "What the neighbours said at The Mesa Lantern: 2 posts", "nobody is told of their own");
        // The same evening nothing more goes, whatever the hour is set to.
        porch.say(porch.sam.id, "Later", Visibility::Public);
        porch.set(State::All, 20);
        porch.pass_until(21);
        porch.write().await;
        assert_eq!(porch.letters_to(&rosa).len(), 1);
        porch.pass_until(20);
        porch.write().await;
        let letters = porch.letters_to(&rosa);
        assert_eq!(letters.len(), 2);
        assert!(letters[1].text.contains("“Later”") && !letters[1].text.contains("market"), "each post stands in one letter");
        porch.news.town.pass(DAY);
        porch.write().await;
        assert_eq!(porch.letters_to(&rosa).len(), 2, "nothing was said, no letter");
    }

    async fn everybody_reads_only_what_they_may(kind) {
        let porch = Porches::new(kind);
        let names = ["Stranger", "Friend", "Listed", "Blocked", "Blocking", "Muting", "Minor", "Off", "Suspended", "Newcomer", "Locked"];
        let readers: BTreeMap<&str, Actor> = names.map(|name| (name, porch.news.town.actor(name, "member"))).into();
        let ids: BTreeMap<&str, AccountId> = readers.iter().map(|(name, actor)| (*name, actor.id)).collect();
        let sam = porch.sam.id;
        let list = porch.news.town.town.db.write_now(move |tx| {
            connections::ask(tx, sam, ids["Friend"], 1)?;
            connections::accept(tx, ids["Friend"], sam, 1)?;
            let list = lists::make(tx, sam, "Choir", 1)?;
            lists::put(tx, sam, list, ids["Listed"], 1)?;
            blocks::block(tx, sam, ids["Blocked"], 1)?;
            blocks::block(tx, ids["Blocking"], sam, 1)?;
            blocks::mute(tx, ids["Muting"], sam, None, 1)?;
            tx.run("update accounts set birth_year = 2015, minor_until = 99 where id = $1", params![ids["Minor"]])?;
            letter::choose(tx, ids["Off"], false)?;
            accounts::set_suspended(tx, ids["Suspended"], true, 1)?;
            tx.run("update accounts set standing = 'unconfirmed' where id = $1", params![ids["Newcomer"]])?;
            safety::lock(tx, ids["Locked"], None, 1)?;
            Ok::<_, web::Error>(list)
        }).unwrap();
        for (audience, name) in [
            (Visibility::Public, "public"), (Visibility::Quiet, "quiet"), (Visibility::Members, "members"), (Visibility::Connections, "friends"),
            (Visibility::OnlyMe, "own"), (Visibility::Mentioned, "named"),
        ] {
            porch.say(sam, &format!("for-{name} @stranger"), audience);
        }
        let (written, now) = (Content { body: "for-list".into(), ..Content::default() }, porch.news.town.town.now());
        let audience = talk::posts::Audience { visibility: Visibility::List, list: Some(list) };
        let written = Written { content: written, audience, speaker: None, poll: None };
        porch.news.town.town.db.write_now(move |tx| notes::post(tx, sam, &written, now)).unwrap();
        porch.pass_until(18);
        porch.write().await;
        for (name, reader) in &readers {
            let expected: &[&str] = match *name {
                "Stranger" | "Minor" => &["public", "members"],
                "Friend" => &["public", "members", "friends"],
                "Listed" => &["public", "members", "list"],
                _ => &[],
            };
            let letters = porch.letters_to(reader);
            assert_eq!(letters.len(), usize::from(!expected.is_empty()), "{name}");
            for audience in ["public", "quiet", "members", "friends", "own", "named", "list"] {
                let told = letters.iter().any(|letter| letter.text.contains(&format!("for-{audience}")));
                assert_eq!(told, expected.contains(&audience), "{name} {audience}");
            }
        }
    }

    async fn what_stands_behind_a_warning_stays_there(kind) {
        let porch = Porches::new(kind);
        let rosa = porch.news.town.actor("Rosa Ito", "member");
        let content = Content { body: "The snake ate the mouse".into(), warning: "Snakes".into(), ..Content::default() };
        let note = porch.post(porch.sam.id, content, Visibility::Public);
        let labelled = porch.say(porch.sam.id, "The dam breaks tonight", Visibility::Public);
        porch.mo.client.post(&format!("/posts/{note}/comments"), &[("body", "Poor mouse")]).await.assert_status(303);
        porch.news.town.town.db.write_now(move |tx| talk::posts::set_label(tx, labelled, "Not confirmed.")).unwrap();
        rosa.client.post(&format!("/posts/{note}/comments/choice"), &[("choice", "mute")]).await.assert_status(303);
        porch.pass_until(18);
        porch.write().await;
        let text = porch.letters_to(&rosa).pop().unwrap().text;
        assert!(text.contains("Sam Park wrote: “Snakes”") && !text.contains("snake ate"), "{text}");
        assert!(text.contains("“The dam breaks tonight” (Not confirmed.)"), "{text}");
        assert!(!text.contains("Poor mouse"), "they want to hear nothing of that conversation");
        assert!(porch.letters_to(&porch.sam)[0].text.contains("Mo Reed commented: “Poor mouse”"));
    }

    async fn much_is_counted_and_not_shown(kind) {
        let porch = Porches::new(kind);
        let rosa = porch.news.town.actor("Rosa Ito", "member");
        for number in 1..=35 {
            porch.say(porch.sam.id, &format!("Number {number}."), Visibility::Public);
            porch.news.town.pass(MINUTE);
        }
        porch.pass_until(18);
        porch.write().await;
        let letter = porch.letters_to(&rosa).pop().unwrap();
        assert_eq!(letter.text.matches("Sam Park wrote").count(), 30);
        assert!(letter.text.contains("“Number 35.”") && !letter.text.contains("“Number 5.”"));
        assert!(letter.text.contains("And 5 more on the square: http://localhost/square"), "{}", letter.text);
        assert!(letter.subject.ends_with("35 posts"));
    }

    async fn nothing_goes_where_posts_appear_at_once_nor_in_the_evening_it_is_turned_on(kind) {
        let porch = Porches::new(kind);
        porch.set(State::New, EVENING);
        porch.say(porch.sam.id, "Before", Visibility::Public);
        porch.pass_until(19);
        porch.write().await;
        porch.set(State::All, EVENING);
        porch.news.town.pass(MINUTE);
        porch.say(porch.sam.id, "After", Visibility::Public);
        porch.news.town.pass(HOUR);
        porch.write().await;
        assert!(porch.letters().is_empty());
        porch.pass_until(18);
        porch.write().await;
        let text = porch.letters_to(&porch.mo).pop().unwrap().text;
        assert!(text.contains("“After”") && !text.contains("“Before”"), "{text}");
    }

    async fn members_are_written_to_in_parts_each_once_though_the_program_is_killed_in_between(kind) {
        let porch = Porches::new(kind);
        let crowd: Vec<Actor> = (0..60).map(|number| porch.news.town.actor(&format!("Reader {number}"), "member")).collect();
        porch.say(porch.sam.id, "Good evening", Visibility::Public);
        porch.pass_until(18);
        let town = porch.news.town.town.clone();
        begin(&town).await.unwrap();
        // Two nodes take up the same part, and one ends after it.
        let parts: Vec<_> = [town.clone(), town.clone()].into_iter().map(|here| {
            town.db.read_now(move |tx| next_part(tx, &here)).unwrap().unwrap()
        }).collect();
        let now = town.now();
        let mut went_on = Vec::new();
        for part in parts {
            went_on.push(town.db.write_now(move |tx| put_part(tx, &part, now)).unwrap());
        }
        assert_eq!(went_on, [true, false]);
        let first = porch.letters().len();
        assert!(first > 0 && first < crowd.len(), "{first}");
        // The letter of a day that was not written to its end is, before that of the next begins.
        porch.news.town.pass(DAY);
        porch.write().await;
        for reader in &crowd {
            assert_eq!(porch.letters_to(reader).len(), 1, "{}", reader.handle);
        }
        let left: Option<i64> = town.db.read_now(|tx| tx.one("select letter_after from porch", params![], |row| row.get(0))).unwrap();
        assert_eq!(left, None);
    }

    async fn members_choose_and_one_press_ends_it(kind) {
        let porch = Porches::new(kind);
        let rosa = porch.news.town.actor("Rosa Ito", "member");
        let choice = |form: &testkit::Form| form.value("porch-letter").map(ToOwned::to_owned);
        let page = rosa.client.get("/settings/notifications").await;
        page.assert_landmarks().assert_text("comes at 18:00");
        assert_eq!(choice(&page.form("main form")).as_deref(), Some("1"), "by itself where every post is read");
        // Saving something else chooses nothing.
        rosa.client.submit(&page, "main form", &[]).await.assert_status(303);
        porch.set(State::Off, EVENING);
        let page = rosa.client.get("/settings/notifications").await;
        page.assert_text("which is not so now");
        assert_eq!(choice(&page.form("main form")), None);
        rosa.client.submit(&page, "main form", &[]).await.assert_status(303);
        porch.set(State::All, EVENING);
        porch.say(porch.sam.id, "Hello", Visibility::Public);
        porch.pass_until(18);
        porch.write().await;
        let end = porch.letters_to(&rosa).pop().unwrap().unsubscribe.unwrap().trim_start_matches("http://localhost").to_owned();
        let guest = porch.news.town.guest();
        guest.get(&end).await.assert_status(200).assert_landmarks().assert_text("what the neighbours said").assert_text("End these letters?");
        guest.post(&end, &[("List-Unsubscribe", "One-Click")]).await.assert_status(200).assert_text("They have ended.");
        assert_eq!(choice(&rosa.client.get("/settings/notifications").await.form("main form")), None);
        porch.say(porch.sam.id, "Hello again", Visibility::Public);
        porch.news.town.pass(DAY);
        porch.write().await;
        assert_eq!(porch.letters_to(&rosa).len(), 1);
        assert_eq!(porch.letters_to(&porch.mo).len(), 2);
        rosa.client.post("/settings/notifications", &[("porch-letter", "1")]).await.assert_status(303);
        assert_eq!(choice(&rosa.client.get("/settings/notifications").await.form("main form")).as_deref(), Some("1"));
    }

    async fn a_site_begins_its_letter_itself(kind) {
        let porch = Porches::new(kind);
        let own = people::letters::Own { subject: "{site}, {count}".into(), intro: "Evening, {name}!".into() };
        porch.news.town.town.db.write_now(move |tx| people::letters::save(tx, "porch.letter", &own, 1)).unwrap();
        porch.say(porch.sam.id, "Hello", Visibility::Public);
        porch.pass_until(18);
        porch.write().await;
        let letter = porch.news.town.letters().into_iter().find(|letter| letter.email == "mo_reed@town.example").unwrap();
        assert_eq!(letter.subject, "The Mesa Lantern, 1 post");
        assert!(letter.text.starts_with("Hello Mo Reed,\n\nEvening, Mo Reed!\n\nSam Park wrote: “Hello”"), "{}", letter.text);
    }
}
