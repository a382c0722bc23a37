#![allow(clippy::unwrap_used)]
use super::Feed;
use crate::import_export::{
    import::{Outcome, Report},
    item::{Body, Found, Item, Source as _},
    tests::{Workshop, headlines, run},
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::fmt::Write as _;

/// A feed as many systems write it.
pub(crate) fn rss(stories: usize) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>Old</title>\n<link>https://feed.example</link>\n<atom:link href=\"https://feed.example/rss\" rel=\"self\" type=\"application/rss+xml\"/>\n<description/>\n",
    );
    for number in 1..=stories {
        let _ = writeln!(
            out,
            "<item>\n<title>Feed story {number} &amp; &#8220;more&#8221;</title>\n<link>https://feed.example/news/{number}.html</link>\n<guid isPermaLink=\"false\">tag:feed,{number}</guid>\n<pubDate>Thu, {:02} Jan 2021 10:00:00 GMT</pubDate>\n<dc:creator><![CDATA[Dee Ray]]></dc:creator>\n<category>Water</category>\n<description>Short {number}</description>\n<content:encoded><![CDATA[<p>All of story {number}.</p>]]></content:encoded>\n</item>",
            1 + number % 28
        );
    }
    out + "</channel>\n</rss>\n"
}

fn items(feed: &str) -> Vec<Item> {
    let mut items = Vec::new();
    Feed::read(feed.as_bytes(), None, &TimeZone::UTC)
        .unwrap()
        .read(&mut |found| {
            if let Found::Story(item) = found {
                items.push(*item);
            }
            Ok(())
        })
        .unwrap();
    items
}

fn take(workshop: &Workshop, feed: &str) -> Report {
    run(workshop, &mut Feed::read(feed.as_bytes(), None, &TimeZone::UTC).unwrap())
}

#[test]
fn every_kind_of_feed_is_read() {
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><link href=\"https://a.example/\"/><link rel=\"self\" href=\"https://a.example/feed\"/><author><name>Ana</name></author><entry><id>urn:1</id><title type=\"html\">A &lt;b&gt;bold&lt;/b&gt; one</title><link href=\"https://a.example/1\"/><published>2020-01-02T03:04:05Z</published><updated>2020-01-03T03:04:05Z</updated><category term=\"x\" label=\"Ex\"/><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>One<br/>two &amp; <em>three</em></p></div></content></entry></feed>";
    let rdf = "<rdf:RDF xmlns:rdf=\"x\" xmlns=\"y\"><channel rdf:about=\"https://r.example/\"><title>R</title><link>https://r.example</link></channel><item rdf:about=\"https://r.example/1\"><title>One</title><link>https://r.example/1</link><description>Words</description><dc:date>2020-01-02</dc:date><dc:creator>Bo</dc:creator></item></rdf:RDF>";
    let json = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"J\",\"home_page_url\":\"https://j.example\",\"authors\":[{\"name\":\"Cy\"}],\"items\":[{\"id\":7,\"url\":\"https://j.example/7\",\"title\":\"Seven\",\"content_html\":\"<p>Words</p>\",\"date_published\":\"2020-01-02T03:04:05Z\",\"tags\":[\"a\",\"b\"]}]}";
    let first = &items(atom)[0];
    assert_eq!(
        (first.key.as_str(), first.title.as_str(), first.authors[0].name.as_str(), first.topics[0].name.as_str()),
        ("urn:1", "A bold one", "Ana", "Ex")
    );
    let Body::Html { html, .. } = &first.body else { panic!("{first:?}") };
    assert!(html.contains("<p>One<br>two &amp; <em>three</em></p>"), "{html}");
    let second = &items(rdf)[0];
    assert_eq!((second.key.as_str(), second.published, second.notes.len()), ("https://r.example/1", Some(1_577_923_200_000), 1));
    let third = &items(json)[0];
    assert_eq!((third.key.as_str(), third.authors[0].name.as_str(), third.topics.len()), ("7", "Cy", 2));
    assert!(Feed::read(b"<html><body>no</body></html>", None, &TimeZone::UTC).is_err());
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><item><title>Caf\xe9</title><description>x</description></item></channel></rss>";
    let mut feed = Feed::read(latin, None, &TimeZone::UTC).unwrap();
    feed.read(&mut |found| {
        assert!(matches!(found, Found::Story(item) if item.title == "Café"));
        Ok(())
    })
    .unwrap();
}

testkit::on_both! {
    async fn a_feed_of_five_hundred_stories_comes_in_once(kind) {
        let workshop = Workshop::new(kind);
        let report = take(&workshop, &rss(500));
        assert_eq!((report.of(Outcome::Published), report.people.len()), (500, 1), "{report}");
        let guest = workshop.news.town.guest();
        let page = guest.get("/news/9.html").await;
        page.assert_status(301);
        guest.get(page.header("location").unwrap()).await.assert_text("Feed story 9 & “more”").assert_text("All of story 9.").assert_text("Dee Ray");
        let again = take(&workshop, &rss(500));
        assert_eq!((again.of(Outcome::Unchanged), workshop.count("stories")), (500, 500), "{again}");
        let changed = take(&workshop, &rss(500).replace("All of story 9.", "Another story 9."));
        assert_eq!((changed.of(Outcome::Unchanged), changed.of(Outcome::Updated)), (499, 1), "{changed}");
        assert!(!headlines(&workshop, "news").await.is_empty());
    }
}

proptest! {
    #[test]
    fn any_feed_is_read_or_refused(text in "(<rss>|<feed>|\\{\"items\":\\[\\{)?(<(channel|item|entry|title|link|content type=\"xhtml\"|guid)>|</(channel|item|entry|title)>|\"(id|title)\":\"x\",?|\\}|\\]|[\\PC]{0,5}){0,20}") {
        let _ = Feed::read(text.as_bytes(), None, &TimeZone::UTC);
    }
}
