//! Tests of what readers said: what comes in, what does not, and what a second run does.

#![allow(clippy::unwrap_used)]
use super::{
    WordPress,
    tests::{assert_quiet, comment, export, item, take},
};
use crate::import_export::{
    import::{Outcome, take_in},
    item::{Found, Source as _},
    tests::{Workshop, wanted},
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::{fs, sync::atomic::AtomicBool};
use talk::comments;

/// A file of one story, numbered 900, under which this was said.
fn told(said: &str) -> String {
    let story = item(900, "Told", "ana", "publish", "post", "news", "<p>Words</p>").replace("[9001]", "[]");
    let (before, rest) = story.split_once("\t\t<wp:comment>").unwrap();
    let after = rest.rsplit_once("</wp:comment>\n").unwrap().1;
    export(0).replace("</channel>", &format!("{before}{said}{after}</channel>"))
}

/// Who said what on the page, in its order.
fn shown(page: &testkit::Page) -> Vec<String> {
    let (names, words) = (page.select_text("article.comment .byline strong"), page.select_text("article.comment .post-words"));
    names.into_iter().zip(words).map(|(name, words)| format!("{name}: {words}")).collect()
}

testkit::on_both! {
    async fn readers_of_the_old_site_stand_under_the_story_by_their_names(kind) {
        let workshop = Workshop::new(kind);
        let town = &workshop.news.town;
        let reader = town.actor("Reader", "member");
        let folder = tempfile::tempdir().unwrap();
        let by = |name: &str, said: String| said.replace("[Reader]", &format!("[{name}]"));
        let said = [
            // What is answered may stand behind its answers; what answers nothing that came in stands at the top.
            comment("12", "11", "1", "An answer\nin two lines"),
            comment("11", "0", "1", "First, @reader: see <a href=\"https://a.example/x\" onclick=\"x()\">this</a> <script>alert(1)</script>").replace("10:00:00", "09:00:00"),
            comment("13", "77", "1", "To one that was deleted").replace("10:00:00", "11:00:00"),
            comment("14", "15", "1", "In a circle").replace("10:00:00", "12:00:00"),
            comment("15", "14", "1", "Round").replace("10:00:00", "13:00:00"),
            // Whoever types an author's address is not the author; whoever was signed in is.
            comment("16", "12", "1", "By nobody").replace("r@a.example", "bo@old.example").replace("10:00:00", "14:00:00"),
            comment("17", "12", "1", "By Bo").replace("user_id>0<", "user_id>2<").replace("10:00:00", "15:00:00"),
            by("mail@r.example", comment("18", "0", "1", "Name in the wrong field").replace("10:00:00", "16:00:00")),
            comment("19", "0", "spam", "Cheap watches"),
            comment("20", "0", "0", "Cheap shoes"),
            comment("21", "0", "1", " <br> "),
            comment("22", "0", "1", &"é".repeat(25_000)).replace("10:00:00", "17:00:00"),
        ];
        let report = take(&workshop, folder.path(), &told(&said.concat()), &wanted());
        assert_eq!((report.of(Outcome::Published), report.comments), (1, 9), "{}", report.whole());
        for words in ["marked as spam", "waited to be approved", "had no words", "longer than 20000 characters"] {
            assert!(report.whole().contains(words), "{words} is not in {}", report.whole());
        }
        let guest = town.guest();
        let address = guest.get("/?p=900").await.location();
        let page = guest.get(&format!("{address}?order=oldest")).await;
        page.assert_status(200).assert_landmarks();
        let found = shown(&page);
        assert_eq!(
            found[..7],
            [
                "Reader: First, @reader: see this ( a.example/x )",
                "Reader: An answer in two lines",
                "Reader: By nobody",
                "bo of Old: By Bo",
                "Reader: To one that was deleted",
                "Reader: In a circle",
                "Reader: Round",
            ]
            .map(|line| line.replace("( ", "(").replace(" )", ")")),
            "{found:?}"
        );
        assert!(found[7].starts_with("mail: Name in the wrong field") && found[8].ends_with('…'), "{found:?}");
        assert_eq!(page.select_text("article.comment .byline .label").iter().filter(|label| *label == "Brought along from the old site").count(), 8);
        let body = String::from_utf8_lossy(&page.body).into_owned();
        for never in ["alert(1)", "onclick", "~elsewhere", "/@reader", "r.example", "192.0.2.7", "Cheap"] {
            assert!(!body.contains(never), "{never} is on the page");
        }
        // 2020-03-01 09:00 UTC.
        assert_eq!(workshop.count("comments where posted_at = 1583053200000"), 1, "dates are kept");
        assert_quiet(&workshop);
        // Nobody's page, nobody to follow; whoever really has the handle is not spoken to.
        assert!(matches!(guest.get("/@~elsewhere").await.status.as_u16(), 404 | 410));
        assert_eq!(town.town.db.read_now(move |tx| people::notices::unread(tx, reader.id)).unwrap(), 0);
    }

    async fn they_are_liked_answered_reported_and_taken_down_like_any_other(kind) {
        let workshop = Workshop::new(kind);
        let town = &workshop.news.town;
        let folder = tempfile::tempdir().unwrap();
        take(&workshop, folder.path(), &told(&comment("11", "0", "1", "Well said")), &wanted());
        let (rosa, editor) = (town.actor("Rosa", "member"), town.actor("Mo", "editor"));
        let id: i64 = town.town.db.read_now(|tx| tx.one("select id from comments", db::params![], |row| row.get(0))).unwrap();
        let reply = format!("/comments/{id}/reply");
        rosa.client.get(&reply).await.assert_status(200).assert_text("Your answer to Reader");
        rosa.client.post(&reply, &[("body", "So it was")]).await.assert_status(303);
        rosa.client.post(&format!("/posts/{id}/reaction"), &[("kind", "like")]).await;
        let report = rosa.client.get(&format!("/reports/comment/{id}")).await;
        report.assert_status(200).assert_text("By Reader");
        assert!(!String::from_utf8_lossy(&report.body).contains("~elsewhere"));
        let page = editor.client.get(&format!("/comments/{id}/takedown")).await;
        page.assert_status(200).assert_text("Whoever wrote it has no account here");
        editor.client.submit(&page, "main form", &[("why", "Not true")]).await.assert_status(303);
        let address = town.guest().get("/?p=900").await.location();
        town.guest().get(&address).await.assert_text("took this comment down").assert_text("So it was");
        assert_eq!(workshop.count("notices n join accounts a on a.id = n.account_id where a.kind = 'elsewhere'"), 0);
        assert_eq!(workshop.news.town.town.db.read_now(|tx| comments::drift(tx, false)).unwrap(), []);
        // It is gone here, and stays gone.
        let again = take(&workshop, folder.path(), &told(&comment("11", "0", "1", "Well said, and more")), &wanted());
        assert_eq!((again.comments, workshop.count("comments")), (0, 2), "{again}");
    }

    async fn what_is_new_or_changed_at_the_source_comes_in_and_what_changed_here_stays(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let first = [comment("11", "0", "1", "One"), comment("12", "0", "1", "Two").replace("user_id>0<", "user_id>1<")].concat();
        take(&workshop, folder.path(), &told(&first), &wanted());
        // Edited here: the story stays as it is, and what is said under it comes in all the same.
        workshop.edit("Told", "Told here");
        let own = "update comments set body = 'Two, by myself' where body = 'Two'";
        workshop.news.town.town.db.write_now(move |tx| tx.run(own, db::params![])).unwrap();
        let second = [first.replace("[One]", "[One and a half]").replace("[Two]", "[Two and a half]"), comment("13", "11", "1", "Three")].concat();
        let report = take(&workshop, folder.path(), &told(&second), &wanted());
        assert_eq!((report.of(Outcome::Unchanged), report.of(Outcome::Edited), report.comments), (1, 0, 1), "{}", report.whole());
        assert!(report.whole().contains("a comment was updated") && report.whole().contains("was changed here; it stays"), "{}", report.whole());
        let sql = "select body from comments order by body";
        let bodies: Vec<String> = workshop.news.town.town.db.read_now(move |tx| tx.all(sql, db::params![], |row| row.get(0))).unwrap();
        assert_eq!(bodies, ["One and a half", "Three", "Two, by myself"]);
        let report = take(&workshop, folder.path(), &told(&second), &wanted());
        assert_eq!((report.of(Outcome::Unchanged), report.comments, report.reasons.len()), (1, 0, 0), "{}", report.whole());
    }

    async fn a_site_that_took_the_stories_in_earlier_gets_the_comments_now(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        take(&workshop, folder.path(), &export(5), &wanted());
        // As it was when comments had no place: they were kept, with everything, and the story's note spoke of them.
        let path = folder.path().join("export.xml");
        let mut old = Vec::new();
        WordPress::open(&path, TimeZone::UTC).unwrap().read(&mut |found| {
            if let Found::Story(item) = found {
                old.push((item.key.clone(), crate::import_export::import::digest_of_old(&item)));
            }
            Ok(())
        }).unwrap();
        workshop.news.town.town.db.write_now(move |tx| {
            tx.run("delete from posts where kind = 'comment'", db::params![])?;
            tx.run("update post_counts set comments = 0", db::params![])?;
            tx.run("delete from imports where kind in ('comment', 'remarks')", db::params![])?;
            for (key, digest) in &old {
                tx.run("update imports set digest = $2 where kind = 'story' and item = $1", db::params![key, digest])?;
                let kept = "insert into import_comments (source, item, story_id, content, created_at)
                    select source, 'comment:' || item, cast(target as bigint), '{}', 1 from imports where kind = 'story' and item = $1";
                tx.run(kept, db::params![key])?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        assert_eq!(workshop.count("import_comments"), 5);
        let report = take(&workshop, folder.path(), &export(5), &wanted());
        assert_eq!((report.of(Outcome::Unchanged), report.comments), (5, 10), "{}", report.whole());
        assert_quiet(&workshop);
    }

    async fn a_run_that_is_stopped_goes_on_and_a_dry_one_only_counts(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.xml");
        fs::write(&path, export(200)).unwrap();
        let open = || WordPress::open(&path, TimeZone::UTC).unwrap();
        let town = &workshop.news.town.town;
        let dry = crate::import_export::import::Wanted { dry_run: true, ..wanted() };
        let report = take_in(town, &mut open(), &dry, &|_| {}, &AtomicBool::new(false)).unwrap();
        assert_eq!((report.comments, workshop.count("comments")), (400, 0), "{report}");
        let stop = AtomicBool::new(false);
        let first = take_in(town, &mut open(), &wanted(), &|progress| stop.store(progress.comments > 0, std::sync::atomic::Ordering::Relaxed), &stop).unwrap();
        assert!(first.stopped && first.comments > 0 && first.comments < 400, "{first}");
        // As if it had been killed between two transactions: some comments are in, and nothing says that all of them are.
        town.db.write_now(|tx| tx.run("delete from imports where kind = 'remarks'", db::params![])).unwrap();
        let second = take_in(town, &mut open(), &wanted(), &|_| {}, &AtomicBool::new(false)).unwrap();
        assert_eq!((first.comments + second.comments, workshop.count("comments")), (400, 400), "{second}");
        assert_eq!(workshop.count("comments where parent_id is null"), 200);
        assert_quiet(&workshop);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_comment_makes_the_reader_panic(fields in prop::collection::vec(("(comment_(id|parent|author|content|approved|type|date|date_gmt|user_id|author_email)|commentmeta)", "(<!\\[CDATA\\[|\\]\\]>|<wp:comment>|</wp:comment_id>|&[a-z#0-9]{1,5};?|[0-9:-]{0,20}|\\PC{0,8}|<p>){0,6}"), 0..12)) {
        let said: String = fields.iter().map(|(name, words)| format!("<wp:{name}>{words}</wp:{name}>")).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("export.xml");
        fs::write(&path, told(&format!("<wp:comment>{said}</wp:comment>\n"))).unwrap();
        if let Ok(mut source) = WordPress::open(&path, TimeZone::UTC) {
            let _ = source.read(&mut |found| {
                if let Found::Story(item) = found {
                    item.remarks.iter().for_each(|remark| drop(text::html::to_note(&remark.html, true)));
                }
                Ok(())
            });
        }
    }
}
