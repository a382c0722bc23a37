#![allow(clippy::unwrap_used)]
use super::{Ghost, lexical, mobiledoc};
use crate::import_export::{
    import::{Outcome, Report, Wanted},
    tests::{Workshop, headlines, png, run_with, wanted},
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{fs, path::Path};

/// An export as Ghost 5 writes it.
pub(crate) fn export(posts: usize) -> Value {
    let all: Vec<Value> = (1..=posts).map(|number| post(number, "published", "public", "post")).collect();
    let id = |number: usize| format!("{number:024x}");
    let tags: Vec<Value> = (1..=posts)
        .flat_map(|number| {
            [
                json!({"id": id(900_000 + number), "post_id": id(number), "tag_id": id(71 + number % 2), "sort_order": 0}),
                json!({"post_id": id(number), "tag_id": id(73), "sort_order": 1}),
                json!({"post_id": id(number), "tag_id": id(74), "sort_order": 2}),
            ]
        })
        .collect();
    let authors: Vec<Value> =
        (1..=posts).map(|number| json!({"post_id": id(number), "author_id": id(81 + number % 2), "sort_order": 0})).collect();
    json!({"db": [{"meta": {"exported_on": 1_700_000_000_000_i64, "version": "5.71.0"}, "data": {
        "posts": all,
        "comments": comments(posts),
        "members": [{"id": id(91), "uuid": "x", "email": "mia@mail.example", "name": "Mia Member", "status": "free"}, {"id": id(92), "email": "bo@g.example", "name": "Bo as a member", "status": "free"}, {"id": id(93), "email": "no@mail.example", "name": null}],
        "posts_meta": [{"post_id": id(1), "feature_image_alt": "An alt", "feature_image_caption": "A <b>caption</b>"}],
        "tags": [{"id": id(71), "name": "News", "slug": "news", "description": null, "visibility": "public"}, {"id": id(72), "name": "Arts & Music", "slug": "arts-music"}, {"id": id(73), "name": "night sky", "slug": "night-sky"}, {"id": id(74), "name": "#hidden", "slug": "hash-hidden", "visibility": "internal"}],
        "users": [{"id": id(81), "name": "Ana G", "slug": "ana-g", "email": "ana@g.example", "bio": "Writes."}, {"id": id(82), "name": "Bo G", "slug": "bo-g", "email": "bo@g.example"}],
        "posts_tags": tags, "posts_authors": authors, "settings": [{"key": "title", "value": "Old"}]
    }}]})
}

/// As a whole backup has them: a thread of three under each post, of which one is hidden.
fn comments(posts: usize) -> Vec<Value> {
    let id = |number: usize| format!("{number:024x}");
    let said = |number: usize, place: usize, member: Value, parent: Value, status: &str| {
        json!({"id": id(10_000_000 + 10 * number + place), "post_id": id(number), "member_id": member, "parent_id": parent, "in_reply_to_id": null, "status": status,
            "html": format!("<p>Comment {place} on <em>{number}</em>\n &amp; more</p><p>Next</p>"), "edited_at": null, "created_at": format!("2020-03-01T10:0{place}:00.000Z"), "updated_at": "2020-03-01T10:00:00.000Z"})
    };
    (1..=posts)
        .flat_map(|number| {
            let top = json!(id(10_000_000 + 10 * number + 1));
            [
                said(number, 1, json!(id(91)), Value::Null, "published"),
                said(number, 2, json!(id(92)), top.clone(), "published"),
                said(number, 3, json!(id(93)), top, "hidden"),
            ]
        })
        .collect()
}

fn post(number: usize, status: &str, visibility: &str, kind: &str) -> Value {
    json!({"id": format!("{number:024x}"), "uuid": "x", "title": format!("Ghost {number} {visibility}"), "slug": format!("ghost-{number}"), "mobiledoc": null,
        "html": format!("<p>Words of {number}, <a href=\"__GHOST_URL__/ghost-1/\">first</a></p><figure class=\"kg-card kg-image-card\"><img src=\"__GHOST_URL__/content/images/2020/01/a.png\" alt=\"A\"><figcaption>Caption {number}</figcaption></figure>"),
        "lexical": null, "feature_image": "__GHOST_URL__/content/images/2020/01/a.png", "featured": 0, "type": kind, "status": status, "visibility": visibility,
        "created_at": "2020-01-01T00:00:00.000Z", "updated_at": "2020-02-01T00:00:00.000Z", "published_at": format!("2020-01-{:02}T10:00:00.000Z", 1 + number % 28), "custom_excerpt": "In short"})
}

fn take(workshop: &Workshop, folder: &Path, export: &Value, wanted: &Wanted) -> Report {
    let path = folder.join("ghost.json");
    fs::write(&path, export.to_string()).unwrap();
    run_with(workshop, &mut Ghost::open(&path, None, TimeZone::UTC).unwrap(), wanted)
}

testkit::on_both! {
    async fn an_export_of_five_hundred_posts_comes_in_once(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/images/2020/01")).unwrap();
        fs::write(folder.path().join("content/images/2020/01/a.png"), png(20, 10)).unwrap();
        let wanted = Wanted { media: Some(folder.path().join("content/images")), ..wanted() };
        let report = take(&workshop, folder.path(), &export(500), &wanted);
        assert_eq!((report.of(Outcome::Published), report.people.len(), report.pictures, report.comments), (500, 2, 1, 1_000), "{}", report.whole());
        assert!(report.whole().contains("500 × a comment was left out: it was hidden"), "{report}");
        let guest = workshop.news.town.guest();
        let old = guest.get("/ghost-1/").await;
        old.assert_status(301);
        let page = guest.get(old.header("location").unwrap()).await;
        assert_eq!(page.select_text("article.comment .byline strong"), ["Mia Member", "Bo G"], "whoever writes there is who they are here");
        assert_eq!(page.select_text("article.comment .post-words"), ["Comment 1 on 1 & more Next", "Comment 2 on 1 & more Next"]);
        page.assert_text("Words of 1").assert_text("Bo G").assert_text("Caption 1").assert_text("A caption").assert_text("In short").assert_text("Arts & Music");
        for (old, new) in [("/tag/news/", "/sections/news"), ("/author/ana-g/", "/@ana-g"), ("/rss/", "/feed.rss"), ("/tag/news/rss/", "/sections/news.rss")] {
            assert_eq!(guest.get(old).await.header("location"), Some(new), "{old}");
        }
        let again = take(&workshop, folder.path(), &export(500), &wanted);
        assert_eq!((again.of(Outcome::Unchanged), workshop.count("stories"), again.comments, workshop.count("comments")), (500, 500, 0, 1_000), "{again}");
    }

    async fn what_was_for_members_is_not_public(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let mut export = export(1);
        let posts = [("published", "members", "post"), ("published", "paid", "post"), ("draft", "public", "post"), ("sent", "public", "post"), ("scheduled", "public", "post"), ("published", "public", "page")];
        for (number, (status, visibility, kind)) in posts.into_iter().enumerate() {
            export["db"][0]["data"]["posts"].as_array_mut().unwrap().push(post(600 + number, status, visibility, kind));
        }
        let report = take(&workshop, folder.path(), &export, &wanted());
        // A schedule that has passed is published.
        assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept)), (3, 4), "{}", report.whole());
        assert!(report.whole().contains("was for “paid” only"), "{}", report.whole());
        assert_eq!(headlines(&workshop, "pages").await, ["Ghost 605 public"]);
        workshop.news.town.guest().get("/ghost-600").await.assert_status(404);
    }
}

#[test]
fn both_editors_are_read() {
    let document = json!({"root": {"children": [
        {"type": "paragraph", "children": [{"type": "extended-text", "text": "Bold <b>", "format": 1}, {"type": "link", "url": "https://a.example", "children": [{"type": "text", "text": "link", "format": 2}]}]},
        {"type": "list", "listType": "number", "children": [{"type": "listitem", "children": [{"type": "text", "text": "one"}]}]},
        {"type": "image", "src": "/a.png", "alt": "A", "caption": "C"}, {"type": "toggle", "heading": "More", "content": "<p>in</p>"},
        {"type": "embed", "url": "https://youtu.be/x", "html": "<iframe></iframe>"}, {"type": "paywall"}, {"type": "codeblock", "code": "a<b", "language": "rust"}]}});
    let html = lexical::html(&document.to_string());
    assert!(
        html.starts_with("<p><strong>Bold &lt;b&gt;</strong><a href=\"https://a.example\"><em>link</em></a></p><ol><li>one</li></ol>"),
        "{html}"
    );
    assert!(html.contains("<summary>More</summary>") && html.contains("<p>https://youtu.be/x</p>") && html.contains("a&lt;b"), "{html}");
    let document = json!({"version": "0.3.1", "atoms": [["soft-return", "", {}]], "cards": [["image", {"src": "/b.png"}], ["hr", {}]], "markups": [["strong"], ["a", ["href", "https://b.example"]]],
        "sections": [[1, "h2", [[0, [], 0, "Head"]]], [1, "p", [[0, [0], 1, "bold"], [1, [], 0, 0], [0, [1], 1, "link"]]], [3, "ul", [[[0, [], 0, "item"]]]], [10, 0], [10, 1], [10, 99]]});
    let html = mobiledoc::html(&document.to_string());
    assert!(
        html.starts_with(
            "<h2>Head</h2><p><strong>bold</strong><br><a href=\"https://b.example\">link</a></p><ul><li>item</li></ul><figure>"
        ),
        "{html}"
    );
}

proptest! {
    #[test]
    fn no_document_panics(text in "\\{\"(root|sections|children|cards)\":(\\[|\\{|\"a\"|[0-9]{1,30}|\\]|\\}|,){0,20}", numbers in prop::collection::vec(any::<i64>(), 0..6)) {
        let _ = (lexical::html(&text), mobiledoc::html(&text));
        let _ = mobiledoc::html(&json!({"sections": [numbers, [1, "p", [numbers, [0, numbers, numbers.first(), "x"]]], [10, numbers.first()]]}).to_string());
        let _ = lexical::html(&json!({"root": {"children": [{"type": "text", "format": numbers.first()}, {"type": "list", "children": numbers}]}}).to_string());
    }
}
