#![allow(clippy::unwrap_used)]
use super::WordPress;
use crate::import_export::{
    import::{Outcome, Report, Wanted},
    tests::{Workshop, headlines, png, run_with, wanted},
};
use jiff::tz::TimeZone;
use std::{fmt::Write as _, fs, path::Path};

/// An export file as WordPress 6 writes it: this many posts, in categories, by three authors, with attachments.
pub(crate) fn export(posts: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- generator=\"WordPress/6.4\" -->\n<rss version=\"2.0\"\n\txmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"\n\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n\txmlns:wp=\"http://wordpress.org/export/1.2/\"\n>\n<channel>\n\t<title>The Old Lantern</title>\n\t<link>https://old.example</link>\n\t<language>en-US</language>\n\t<wp:wxr_version>1.2</wp:wxr_version>\n\t<wp:base_site_url>https://old.example</wp:base_site_url>\n\t<wp:base_blog_url>https://old.example</wp:base_blog_url>\n",
    );
    for (number, login) in [(1, "ana"), (2, "bo"), (3, "cy")] {
        let _ = writeln!(
            out,
            "\t<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login><![CDATA[{login}]]></wp:author_login><wp:author_email><![CDATA[{login}@old.example]]></wp:author_email><wp:author_display_name><![CDATA[{login} of Old]]></wp:author_display_name><wp:author_first_name><![CDATA[]]></wp:author_first_name><wp:author_last_name><![CDATA[]]></wp:author_last_name></wp:author>"
        );
    }
    for (number, slug, parent) in [(1, "uncategorized", ""), (2, "news", ""), (3, "schools", "news"), (4, "sport", "")] {
        let _ = writeln!(
            out,
            "\t<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename><![CDATA[{slug}]]></wp:category_nicename><wp:category_parent><![CDATA[{parent}]]></wp:category_parent><wp:cat_name><![CDATA[{}{}]]></wp:cat_name></wp:category>",
            slug[..1].to_uppercase(),
            &slug[1..]
        );
    }
    out.push_str("\t<wp:tag><wp:term_id>9</wp:term_id><wp:tag_slug><![CDATA[night-sky]]></wp:tag_slug><wp:tag_name><![CDATA[night sky]]></wp:tag_name></wp:tag>\n");
    out.push_str(&attachment(9_001, "lead.png", "A lead", "Under the lead"));
    for number in 1..=posts {
        let category = ["news", "schools", "sport", "uncategorized"][number % 4];
        let body = format!(
            "<!-- wp:paragraph -->\n<p>Words of story {number} with an &amp; and <strong>weight</strong>.</p>\n<!-- /wp:paragraph -->\n<!--more-->\n<!-- wp:paragraph -->\n<p>See <a href=\"https://old.example/2020/01/story-1/\">the first</a>.</p>\n<!-- /wp:paragraph -->"
        );
        out.push_str(&item(number, &format!("Story {number} & more"), ["ana", "bo", "cy"][number % 3], "publish", "post", category, &body));
    }
    out.push_str("</channel>\n</rss>\n");
    out
}

fn attachment(number: usize, file: &str, alt: &str, caption: &str) -> String {
    format!(
        "\t<item>\n\t\t<title><![CDATA[{file}]]></title>\n\t\t<excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded>\n\t\t<wp:post_id>{number}</wp:post_id>\n\t\t<wp:post_parent>700</wp:post_parent>\n\t\t<wp:status><![CDATA[inherit]]></wp:status>\n\t\t<wp:post_type><![CDATA[attachment]]></wp:post_type>\n\t\t<wp:attachment_url><![CDATA[https://old.example/wp-content/uploads/2020/01/{file}]]></wp:attachment_url>\n\t\t<wp:postmeta><wp:meta_key><![CDATA[_wp_attachment_image_alt]]></wp:meta_key><wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>\n\t</item>\n"
    )
}

pub(super) fn item(number: usize, title: &str, by: &str, status: &str, kind: &str, category: &str, body: &str) -> String {
    let (day, title) = (1 + number % 28, title.replace("]]>", ""));
    format!(
        "\t<item>\n\t\t<title><![CDATA[{title}]]></title>\n\t\t<link>https://old.example/2020/01/story-{number}/</link>\n\t\t<pubDate>Wed, 01 Jan 2020 00:00:00 +0000</pubDate>\n\t\t<dc:creator><![CDATA[{by}]]></dc:creator>\n\t\t<guid isPermaLink=\"false\">https://old.example/?p={number}</guid>\n\t\t<description></description>\n\t\t<content:encoded><![CDATA[{body}]]></content:encoded>\n\t\t<excerpt:encoded><![CDATA[In short: {number}.]]></excerpt:encoded>\n\t\t<wp:post_id>{number}</wp:post_id>\n\t\t<wp:post_date><![CDATA[2020-01-{day:02} 02:00:00]]></wp:post_date>\n\t\t<wp:post_date_gmt><![CDATA[2020-01-{day:02} 10:00:00]]></wp:post_date_gmt>\n\t\t<wp:post_modified_gmt><![CDATA[2020-02-{day:02} 10:00:00]]></wp:post_modified_gmt>\n\t\t<wp:post_name><![CDATA[story-{number}]]></wp:post_name>\n\t\t<wp:status><![CDATA[{status}]]></wp:status>\n\t\t<wp:post_parent>0</wp:post_parent>\n\t\t<wp:post_type><![CDATA[{kind}]]></wp:post_type>\n\t\t<wp:post_password><![CDATA[]]></wp:post_password>\n\t\t<category domain=\"category\" nicename=\"{category}\"><![CDATA[{category}]]></category>\n\t\t<category domain=\"post_tag\" nicename=\"night-sky\"><![CDATA[night sky]]></category>\n\t\t<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[9001]]></wp:meta_value></wp:postmeta>\n{}\t</item>\n",
        comments(number)
    )
}

/// What was said under an item, as WordPress exports it: two comments that were seen, the second by one of the authors, one that waits,
/// one in the trash, a pingback.
fn comments(number: usize) -> String {
    [
        comment(&format!("{number}1"), "0", "1", "Well said <b>you</b>"),
        comment(&format!("{number}2"), &format!("{number}1"), "1", "Thank you,\nreader &amp; friend")
            .replace("<wp:comment_user_id>0<", "<wp:comment_user_id>2<"),
        comment(&format!("{number}3"), "0", "0", "Buy now"),
        comment(&format!("{number}4"), "0", "trash", "Gone"),
        comment(&format!("{number}5"), "0", "1", "[…] as they say […]")
            .replace("<wp:comment_type><![CDATA[comment]]>", "<wp:comment_type><![CDATA[pingback]]>"),
    ]
    .concat()
}

/// One comment, by a reader who was not signed in.
pub(super) fn comment(number: &str, parent: &str, approved: &str, words: &str) -> String {
    format!(
        "\t\t<wp:comment>\n\t\t\t<wp:comment_id>{number}</wp:comment_id>\n\t\t\t<wp:comment_author><![CDATA[Reader]]></wp:comment_author>\n\t\t\t<wp:comment_author_email><![CDATA[r@a.example]]></wp:comment_author_email>\n\t\t\t<wp:comment_author_url>https://r.example</wp:comment_author_url>\n\t\t\t<wp:comment_author_IP><![CDATA[192.0.2.7]]></wp:comment_author_IP>\n\t\t\t<wp:comment_date><![CDATA[2020-03-01 02:00:00]]></wp:comment_date>\n\t\t\t<wp:comment_date_gmt><![CDATA[2020-03-01 10:00:00]]></wp:comment_date_gmt>\n\t\t\t<wp:comment_content><![CDATA[{words}]]></wp:comment_content>\n\t\t\t<wp:comment_approved><![CDATA[{approved}]]></wp:comment_approved>\n\t\t\t<wp:comment_type><![CDATA[comment]]></wp:comment_type>\n\t\t\t<wp:comment_parent>{parent}</wp:comment_parent>\n\t\t\t<wp:comment_user_id>0</wp:comment_user_id>\n\t\t\t<wp:commentmeta><wp:meta_key><![CDATA[akismet_history]]></wp:meta_key><wp:meta_value><![CDATA[a:0:{{}}]]></wp:meta_value></wp:commentmeta>\n\t\t</wp:comment>\n"
    )
}

/// Counts are exact, nobody was told, and of nobody's address anything is left.
pub(super) fn assert_quiet(workshop: &Workshop) {
    assert_eq!(workshop.news.town.town.db.read_now(|tx| talk::comments::drift(tx, false)).unwrap(), []);
    for nothing in ["notices", "import_comments", "jobs where kind = 'comment.followers'", "post_mentions"] {
        assert_eq!(workshop.count(nothing), 0, "{nothing}");
    }
    assert_eq!(workshop.count("accounts where email = 'r@a.example' or handle_key like 'reader%' and email not like '%@town.example'"), 0);
    assert_eq!(workshop.count("comments where body like '%r@a.example%' or body like '%192.0.2.7%' or guest_name like '%@%'"), 0);
}

pub(super) fn take(workshop: &Workshop, folder: &Path, export: &str, wanted: &Wanted) -> Report {
    let path = folder.join("export.xml");
    fs::write(&path, export).unwrap();
    run_with(workshop, &mut WordPress::open(&path, TimeZone::UTC).unwrap(), wanted)
}

testkit::on_both! {
    async fn five_hundred_stories_come_in_once(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("uploads/2020/01")).unwrap();
        fs::write(folder.path().join("uploads/2020/01/lead.png"), png(40, 30)).unwrap();
        let wanted = Wanted { media: Some(folder.path().join("uploads")), ..wanted() };
        let report = take(&workshop, folder.path(), &export(500), &wanted);
        assert_eq!((report.of(Outcome::Published), report.stories(), report.comments, report.pictures, report.people.len()), (500, 500, 1_000, 1, 3), "{report}");
        assert_eq!((workshop.count("stories"), workshop.count("comments"), workshop.count("pictures")), (500, 1_000, 1));
        for words in ["500 × a comment was left out: it waited to be approved", "500 × a comment was left out: it was in the trash", "500 × a pingback or trackback was left out"] {
            assert!(report.whole().contains(words), "{words} is not in {report}");
        }
        let guest = workshop.news.town.guest();
        for old in ["/2020/01/story-7/", "/?p=7", "/2020/01/story-7"] {
            let page = guest.get(old).await;
            page.assert_status(301);
            let page = guest.get(page.header("location").unwrap()).await;
            page.assert_status(200).assert_text("Words of story 7 with an & and weight.").assert_text("bo of Old").assert_text("Under the lead").assert_text("In short: 7.");
            assert_eq!(page.attr(".prose a", "href").as_deref(), Some("/2020/01/story-1/"));
        }
        for (old, new) in [("/category/news/schools/", "/sections/schools"), ("/?cat=2", "/sections/news"), ("/author/ana/", "/@ana"), ("/tag/night-sky/", "/topics/nightsky"), ("/feed/", "/feed.rss"), ("/tag/night-sky/feed/", "/topics/nightsky.rss")] {
            assert_eq!(guest.get(old).await.header("location"), Some(new), "{old}");
        }
        guest.get("/sections/schools").await.assert_text("News");
        let again = take(&workshop, folder.path(), &export(500), &wanted);
        assert_eq!((again.of(Outcome::Unchanged), again.comments, again.redirects, again.people.len()), (500, 0, 0, 0), "{again}");
        assert_eq!((workshop.count("stories"), workshop.count("comments")), (500, 1_000));
        assert_quiet(&workshop);
    }

    async fn states_and_kinds_are_told_apart(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let mut items = String::new();
        for (number, status) in ["publish", "draft", "pending", "future", "private", "trash", "auto-draft"].iter().enumerate() {
            items += &item(600 + number, status, "ana", status, "post", "news", "<p>Words</p>");
        }
        items += &item(620, "About", "ana", "publish", "page", "news", "<p>About us</p>");
        items += &item(621, "Menu", "ana", "publish", "nav_menu_item", "news", "");
        items += &item(622, "Secret", "ana", "publish", "post", "news", "<p>Secret</p>").replace("<wp:post_password><![CDATA[]]>", "<wp:post_password><![CDATA[x]]>");
        let report = take(&workshop, folder.path(), &export(0).replace("</channel>", &format!("{items}</channel>")), &wanted());
        // A future that has passed is published.
        assert_eq!((report.of(Outcome::Published), report.of(Outcome::Kept), report.of(Outcome::LeftOut)), (3, 4, 3), "{}", report.whole());
        let whole = report.whole();
        for words in ["was in the trash", "nav_menu_item", "behind a password", "was private"] {
            assert!(whole.contains(words), "{words} is not in {whole}");
        }
        assert_eq!(headlines(&workshop, "pages").await, ["About"]);
    }

    async fn classic_words_and_shortcodes(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("lead.png"), png(40, 30)).unwrap();
        let body = "One\nline\n\n[caption id=\"x\" width=\"300\"]<a href=\"/lead.png\"><img src=\"https://old.example/wp-content/uploads/2020/01/lead-300x200.png\" alt=\"Alt\" /></a> A <em>caption</em>[/caption]\n\n[gallery ids=\"9001\"]\n\n[embed]https://www.youtube.com/watch?v=a_b[/embed]\n\n[contact-form-7 id=\"1\"]\n\nHe said so [sic].\n\n[unknown x=\"1\"]in[/unknown]\n\n<script>alert(1)</script>";
        let export = export(0).replace("</channel>", &format!("{}</channel>", item(700, "Classic", "ana", "publish", "post", "news", body)));
        let report = take(&workshop, folder.path(), &export, &Wanted { media: Some(folder.path().into()), ..wanted() });
        assert_eq!(report.of(Outcome::Published), 1, "{}", report.whole());
        let guest = workshop.news.town.guest();
        let page = guest.get(guest.get("/?p=700").await.header("location").unwrap()).await;
        page.assert_text("A caption").assert_text("Under the lead").assert_text("He said so [sic].").assert_text("[unknown x=\"1\"]in[/unknown]");
        assert_eq!(page.select_text(".prose .embed-card").len(), 1);
        assert!(!String::from_utf8_lossy(&page.body).contains("alert(1)") && !String::from_utf8_lossy(&page.body).contains("contact-form"));
        assert!(report.whole().contains("the shortcode [unknown] stayed as text"), "{}", report.whole());
    }

    async fn damaged_and_hostile_files(kind) {
        let workshop = Workshop::new(kind);
        let folder = tempfile::tempdir().unwrap();
        let bomb = export(1).replacen("<rss", "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<rss", 1).replace("<![CDATA[Story 1 & more]]>", "&b;&x; & <b>bold</b>");
        let report = take(&workshop, folder.path(), &bomb, &wanted());
        assert_eq!(report.of(Outcome::Published), 1, "{report}");
        let whole = export(60);
        let path = folder.path().join("cut.xml");
        fs::write(&path, &whole[..whole.len() - 3_000]).unwrap();
        let error = WordPress::open(&path, TimeZone::UTC).err().unwrap();
        let words = format!("{error:#}");
        assert!(words.contains("cut off") || words.contains("damaged"), "{words}");
    }
}
