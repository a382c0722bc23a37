use db::params;
use people::{decisions, safety};

use super::Square;
use people::testing::Actor;
use talk::PostId;

/// Posts a note with pictures that are in the library already.
async fn post(by: &Actor, fields: &[(&str, &str)]) -> PostId {
    let posted = by.client.post("/notes", fields).await;
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

testkit::on_both! {
    async fn sensitive_pictures_are_covered_until_somebody_opens_them(kind) {
        let square = Square::new(kind);
        let (rosa, sam) = (&square.rosa, &square.sam);
        let (key, other) = (square.picture(rosa, 1), square.picture(rosa, 2));
        let (alt, other_alt) = (format!("alt-{key}"), format!("alt-{other}"));
        let plain = post(rosa, &[("body", "A cat"), ("picture", &other), (&other_alt, "A cat")]).await;
        let id = post(rosa, &[("body", "The crash"), ("sensitive", "1"), ("picture", &key), (&alt, "A broken car")]).await;
        let guest = square.town.guest();
        let seen = square.read(&guest, id).await;
        seen.assert_landmarks().assert_text("The crash");
        assert!(seen.has("details.cover:not([open]) .note-pictures img[loading=lazy]"));
        assert!(!seen.has("meta[property='og:image']"), "no site that links here shows it");
        assert_eq!(seen.attr("meta[name='twitter:card']", "content").as_deref(), Some("summary"));
        assert!(square.read(&guest, plain).await.has("meta[property='og:image']"));
        assert!(!square.read(&guest, plain).await.has("details.cover"));
        // Quoted it is covered, too.
        let quoting = post(sam, &[("body", "Look"), ("quote", &id.to_string())]).await;
        assert!(square.read(&guest, quoting).await.has(".post-quote details.cover"));
        // A member may choose to see it at once; a minor never does.
        let me = sam.id;
        let chosen = safety::Choices { shows_sensitive: true, ..safety::Choices::default() };
        square.town.town.db.write_now(move |tx| safety::choose(tx, me, chosen)).unwrap();
        let shown = square.read(&sam.client, id).await;
        assert!(!shown.has("details.cover") && shown.has(".note-pictures img"));
        square.town.town.db.write_now(move |tx| tx.run("update accounts set minor_until = 99 where id = $1", params![me])).unwrap();
        let withheld = square.read(&sam.client, id).await;
        assert!(!withheld.has(".note-pictures") && withheld.has(".cover-away"));
        // Its author takes the cover off.
        let edit = rosa.client.get(&format!("/notes/{id}/edit")).await;
        assert!(edit.form("form#compose").has("sensitive"));
        rosa.client.post(&format!("/notes/{id}/edit"), &[("body", "The crash"), ("picture", &key), (&alt, "A broken car")]).await.assert_status(303);
        assert!(!square.read(&guest, id).await.has("details.cover"));
    }

    async fn the_staff_cover_what_a_note_shows_and_its_author_cannot_lift_that(kind) {
        let square = Square::new(kind);
        let mo = square.town.actor("Mo", "moderator");
        let key = square.picture(&square.rosa, 1);
        let alt = format!("alt-{key}");
        let id = post(&square.rosa, &[("body", "The crash"), ("picture", &key), (&alt, "A broken car")]).await;
        let path = format!("/notes/{id}/cover");
        square.sam.client.post(&path, &[]).await.assert_status(403);
        assert!(!square.read(&square.sam.client, id).await.has(&format!("form[action='{path}']")));
        assert!(square.read(&mo.client, id).await.has(&format!("form[action='{path}']")));
        for _ in 0..2 {
            mo.client.post(&path, &[]).await.assert_status(303);
        }
        let guest = square.town.guest();
        assert!(square.read(&guest, id).await.has("details.cover"));
        square.rosa.client.post(&format!("/notes/{id}/edit"), &[("body", "The wreck"), ("picture", &key), (&alt, "A car")]).await.assert_status(303);
        assert!(square.read(&guest, id).await.has("details.cover"), "what its author changes leaves it");
        let rosa = square.rosa.id;
        let (logged, told) = square.town.town.db.read_now(move |tx| {
            let told = tx.all("select kind from notices where account_id = $1", params![rosa], |row| row.get::<String>(0))?;
            Ok::<_, db::Error>((decisions::about(tx, rosa, 9)?, told))
        }).unwrap();
        assert_eq!(logged.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["Covered the pictures of a post"]);
        assert_eq!(told, ["covered"]);
        mo.client.post(&format!("{path}/removal"), &[]).await.assert_status(303);
        assert!(!square.read(&guest, id).await.has("details.cover"));
    }

    async fn a_note_to_those_it_names_reaches_those_alone_who_take_it(kind) {
        let square = Square::new(kind);
        let (sam, ana) = (square.sam.id, square.ana.id);
        let nobody = safety::Choices { mentions: safety::Mentions::Nobody, ..safety::Choices::default() };
        square.town.town.db.write_now(move |tx| safety::choose(tx, sam, nobody)).unwrap();
        let id = square.post(&square.rosa, &[("body", "Only for @sam_park and @ana_duarte"), ("audience", "mentioned")]).await;
        square.read(&square.sam.client, id).await.assert_status(404);
        square.read(&square.ana.client, id).await.assert_status(200);
        let told = square.town.town.db.read_now(move |tx| {
            let sql = "select account_id from notices where kind = 'mention' and account_id in ($1, $2)";
            tx.all(sql, params![sam, ana], |row| row.get::<people::AccountId>(0))
        });
        assert_eq!(told.unwrap(), [ana]);
        // In the open he is named as anybody, and hears nothing of it.
        let id = square.post(&square.rosa, &[("body", "Thanks, @sam_park")]).await;
        assert!(square.read(&square.sam.client, id).await.has(".post-words a[href='/@sam_park']"));
        let told = square.town.town.db.read_now(move |tx| tx.one("select count(*) from notices where account_id = $1", params![sam], |row| row.get::<i64>(0)));
        assert_eq!(told.unwrap(), 0);
    }

    async fn a_level_says_how_many_people_a_post_names(kind) {
        use people::levels::{self, Limit, Limits};
        let square = Square::new(kind);
        let mut limits = Limits::default();
        limits.set(Limit::MentionsAPost, Some(1));
        square.town.town.db.write_now(move |tx| levels::limit(tx, "member", limits)).unwrap();
        square.town.reload();
        let two = square.rosa.client.post("/notes", &[("body", "For @sam_park and @ana_duarte")]).await;
        two.assert_status(422).assert_text("your level allows 1").assert_text("For @sam_park");
        let id = square.post(&square.rosa, &[("body", "For @sam_park")]).await;
        square.rosa.client.post(&format!("/notes/{id}/edit"), &[("body", "For @sam_park and @ana_duarte")]).await.assert_status(422);
        let path = format!("/posts/{id}/comments");
        square.sam.client.post(&path, &[("body", "Also @rosa_ito and @ana_duarte")]).await.assert_status(422).assert_text("your level allows 1");
        square.sam.client.post(&path, &[("body", "Also @rosa_ito")]).await.assert_status(303);
    }
}
