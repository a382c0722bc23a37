#![allow(clippy::unwrap_used)]
use super::*;
use db::params;
use talk::context::{
    ContextId, Judge, judge,
    whole::{Line, RatingLine, take_in, take_rating},
};

impl Newsroom {
    /// Context that Sam added to a story; five others call it helpful, of whom two usually disagree.
    fn context(&self, story: PostId, others: [PostId; 2]) {
        let readers: Vec<Actor> = (0..6).map(|number| self.town.actor(&format!("Reader {number}"), "member")).collect();
        let ids: Vec<_> = readers.iter().map(|reader| reader.id).collect();
        let unit = move |tx: &mut db::Tx| {
            for id in &ids {
                tx.run("update accounts set created_at = 0 where id = $1", params![*id])?;
                for _ in 0..3 {
                    let post = talk::posts::insert(tx, "note", *id, 0)?;
                    tx.run("update posts set visibility = 'public', published_at = 0 where id = $1", params![post])?;
                }
            }
            for (post, raters) in [(others[0], 2), (others[1], 2), (story, 5)] {
                let line = Line {
                    id: ContextId::fresh(),
                    post,
                    by: ids[5],
                    body: "Pumps at https://example.org/pump & more.".into(),
                    sources: vec!["https://records.example/pumps".into()],
                    at: 0,
                    told: None,
                    removed: None,
                    why: String::new(),
                };
                assert!(take_in(tx, &line, 0)?);
                for (at, by) in ids.iter().take(raters).enumerate() {
                    let value = if post != story && at == 1 { "not" } else { "helpful" };
                    take_rating(tx, &RatingLine { context: line.id, by: *by, value: value.into(), reasons: Vec::new(), at: 0 }, 0)?;
                }
            }
            Ok::<_, db::Error>(())
        };
        self.town.town.db.write_now(unit).unwrap();
    }
}

testkit::on_both! {
    async fn what_readers_add_stands_under_the_story(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let others = [news.publish(&news.content()), news.publish(&news.content())];
        news.context(story, others);
        let address = format!("/stories/{story}/council-votes-tonight");
        let guest = news.town.guest();
        assert!(!guest.get(&address).await.has(".reader-context, .add-context"));
        let sam = news.town.actor("Sam Park", "member");
        assert_eq!(sam.client.get(&address).await.attr(".add-context a", "href").unwrap(), format!("/posts/{story}/context"));
        assert!(!news.ana.client.get(&address).await.has(".add-context"), "not to one’s own");
        judge(news.town.town.clone(), Judge {}).await.unwrap();
        // The page that was kept for guests is not shown any more.
        let page = guest.get(&address).await;
        page.assert_landmarks().assert_text("Readers added context").assert_text("& more");
        assert_eq!(page.attr(".reader-context .sources a", "rel").unwrap(), "nofollow ugc noopener");
        assert!(!page.has(".reader-context a[href$='/context']:not([href='/context'])"), "guests rate nothing");
        assert!(sam.client.get(&address).await.has(&format!(".reader-context a[href='/posts/{story}/context']")));
        assert!(!guest.get(&format!("/stories/{}/council-votes-tonight", others[0])).await.has(".reader-context"));
    }
}
