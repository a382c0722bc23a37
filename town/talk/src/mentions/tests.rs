#![allow(clippy::unwrap_used)]
use super::*;
use crate::posts;
use people::testing::TestTown;

fn words(title: &str) -> Words {
    Words { title: title.into(), author: "Lou".into(), excerpt: String::new() }
}

testkit::on_both! {
    fn a_mention_goes_from_asked_to_shown_and_back_when_it_changes(kind) {
        let town = TestTown::of_people(kind);
        let ana = town.actor("Ana Duarte", "author").id;
        town.town.db.write_now(move |tx| {
            let post = posts::insert(tx, "story", ana, 0)?;
            let id = ask(tx, post, "https://blog.example/1", "blog.example", 5)?;
            assert_eq!(ask(tx, post, "https://blog.example/1", "blog.example", 9)?, id, "told twice is one mention");
            assert_eq!((asked(tx, 9)?, count_waiting(tx, 9)?), (1, 0));
            decide(tx, id, State::Shown)?;
            assert!(shown_of(tx, post)?.is_empty(), "nothing is shown that nobody has looked at");
            assert_eq!(verify(tx, id, &words("One"))?, Some(State::Waiting));
            assert_eq!(in_state(tx, State::Waiting, (i64::MAX, i64::MAX), 9)?.len(), 1);
            decide(tx, id, State::Shown)?;
            assert_eq!(shown_of(tx, post)?[0].words.title, "One");
            assert_eq!(verify(tx, id, &words("One"))?, Some(State::Shown));
            assert_eq!(verify(tx, id, &words("Buy this"))?, Some(State::Waiting), "not what was approved");
            decide(tx, id, State::Declined)?;
            assert_eq!(verify(tx, id, &words("Again"))?, Some(State::Declined));
            forget(tx, id)?;
            assert_eq!(verify(tx, id, &words("Again"))?, None);
            Ok::<_, web::Error>(())
        }).unwrap();
    }

    fn a_blocked_host_is_forgotten(kind) {
        let town = TestTown::of_people(kind);
        let ana = town.actor("Ana Duarte", "author").id;
        town.town.db.write_now(move |tx| {
            let post = posts::insert(tx, "story", ana, 0)?;
            let id = ask(tx, post, "https://spam.example/1", "spam.example", 5)?;
            ask(tx, post, "https://blog.example/1", "blog.example", 5)?;
            verify(tx, id, &words("One"))?;
            decide(tx, id, State::Shown)?;
            assert_eq!(block(tx, "spam.example", ana, 6)?, [post]);
            assert_eq!(block(tx, "spam.example", ana, 7)?, []);
            assert!(is_blocked(tx, "spam.example")? && !is_blocked(tx, "blog.example")?);
            assert_eq!((find(tx, id)?, asked(tx, 9)?), (None, 1));
            assert_eq!(blocks(tx, 9)?, ["spam.example"]);
            unblock(tx, "spam.example")?;
            assert!(blocks(tx, 9)?.is_empty());
            Ok::<_, web::Error>(())
        }).unwrap();
    }

    fn what_was_told_is_remembered(kind) {
        let town = TestTown::of_people(kind);
        let ana = town.actor("Ana Duarte", "author").id;
        town.town.db.write_now(move |tx| {
            let post = posts::insert(tx, "story", ana, 0)?;
            for target in ["https://b.example/", "https://a.example/", "https://b.example/"] {
                note_sent(tx, post, target)?;
            }
            assert_eq!(sent_of(tx, post)?, ["https://a.example/", "https://b.example/"]);
            forget_sent(tx, post, "https://a.example/")?;
            assert_eq!(sent_of(tx, post)?, ["https://b.example/"]);
            Ok::<_, web::Error>(())
        }).unwrap();
    }
}
