//! Context that readers added, on the cards of notes.

use db::params;
use talk::context::{
    ContextId,
    whole::{Line, take_in},
};

use super::Square;

testkit::on_both! {
    async fn what_readers_add_stands_on_the_card(kind) {
        let square = Square::new(kind);
        let note = square.post(&square.rosa, &[("body", "The well is dry.")]).await;
        assert!(square.read(&square.sam.client, note).await.has(&format!(".add-context a[href='/posts/{note}/context']")));
        assert!(!square.read(&square.rosa.client, note).await.has(".add-context"), "not to one’s own");
        let by = square.sam.id;
        square.town.town.db.write_now(move |tx| {
            let (id, sources) = (ContextId::fresh(), vec!["https://records.example/wells".into()]);
            take_in(tx, &Line { id, post: note, by, body: "It was pumped on Monday.".into(), sources, at: 0, told: None, removed: None, why: String::new() }, 0)?;
            tx.run("update contexts set status = 'shown' where id = $1", params![id])?;
            tx.run("update post_counts set contexts = 1 where post_id = $1", params![note])
        }).unwrap();
        let page = square.read(&square.ana.client, note).await;
        page.assert_status(200).assert_landmarks().assert_text("It was pumped on Monday.");
        assert!(page.has(&format!(".reader-context a[href='/posts/{note}/context']")));
        assert!(!square.read(&square.rosa.client, note).await.has(&format!(".reader-context a[href='/posts/{note}/context']")));
    }
}
