use super::Square;
use people::levels::{self, Limit, Limits};

const MINUTE: i64 = 60 * 1000;

fn limit(square: &Square, limit: Limit, most: i64) {
    let mut limits = Limits::default();
    limits.set(limit, Some(most));
    square.town.town.db.write_now(move |tx| levels::limit(tx, "member", limits)).unwrap();
    square.town.reload();
}

testkit::on_both! {
    async fn who_has_posted_enough_keeps_the_words_and_is_told_when_to_go_on(kind) {
        let square = Square::new(kind);
        limit(&square, Limit::NotesAnHour, 2);
        let first = square.post(&square.rosa, &[("body", "One")]).await;
        square.town.pass(20 * MINUTE);
        square.post(&square.rosa, &[("body", "Two")]).await;
        square.rosa.client.post(&format!("/notes/{first}/removal"), &[]).await.assert_status(303);
        let page = square.compose(&square.rosa, &[("body", "Three"), ("audience", "members")]).await;
        page.assert_status(429).assert_landmarks().assert_text("posted 2 times within an hour").assert_text("40 minutes");
        let form = page.form("form#compose");
        assert_eq!((form.value("body"), form.value("audience")), (Some("Three"), Some("members")));
        square.post(&square.sam, &[("body", "Others are not kept from it")]).await;
        square.town.pass(41 * MINUTE);
        square.rosa.client.submit(&page, "form#compose", &[]).await.assert_status(303);
    }

    async fn what_is_scheduled_waits_until_there_is_room(kind) {
        let square = Square::new(kind);
        limit(&square, Limit::NotesAnHour, 1);
        let (author, now) = (square.rosa.id, square.town.town.now());
        let words = |body: &str| crate::notes::Written {
            content: crate::notes::Content { body: body.into(), ..Default::default() },
            audience: talk::posts::Visibility::Public.into(),
            speaker: None,
            poll: None,
        };
        let (said, later) = (words("Now"), words("Later"));
        let id = talk::PostId::fresh();
        square.town.town.db.write_now(move |tx| {
            crate::notes::post(tx, author, &said, now)?;
            crate::notes::store::keep_draft(tx, id, author, &later, (now, now))?;
            Ok::<_, web::Error>(crate::notes::drafts::schedule(tx, id, Some(now + MINUTE))?)
        }).unwrap();
        let due = || crate::notes::Due { note: id };
        square.town.pass(2 * MINUTE);
        crate::notes::post_due(square.town.town.clone(), due()).await.unwrap();
        square.town.guest().get(&format!("/notes/{id}")).await.assert_status(404);
        square.town.pass(60 * MINUTE);
        crate::notes::post_due(square.town.town.clone(), due()).await.unwrap();
        square.town.guest().get(&format!("/notes/{id}")).await.assert_status(301);
    }
}
