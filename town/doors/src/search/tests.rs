#![allow(clippy::unwrap_used)]
use super::{
    Sweep, look_through,
    matching::Matching,
    near::distance,
    query::{Query, Typed},
    store, sweep,
    tongues::Tongues,
    words,
};
use crate::newsroom::{DAY, HOUR, Newsroom, content};
use proptest::prelude::*;
use testkit::Page;
use text::language::Stemmer;
use things::stories::{Changed, Content, Out, Work, tell_out};

/// Runs what the stories have told and what was put off.
async fn settled(news: &Newsroom) {
    let town = news.town.town.clone();
    let (taking, sweeping, telling, clock) = (town.clone(), town.clone(), town.clone(), town.clone());
    let queue = jobs::Queue::builder(town.db.clone())
        .clock(move || clock.now())
        .on(move |_, changed: Changed| crate::story_changed(taking.clone(), changed))
        .on(move |_, out: Out| tell_out(telling.clone(), out))
        .on(move |_, part: Sweep| sweep(sweeping.clone(), part))
        .build();
    queue.run_due().await;
    assert_eq!(town.db.read(jobs::waiting).await.unwrap(), 0, "every job was done");
}

fn headlines(page: &Page) -> Vec<String> {
    page.assert_status(200);
    page.select_text(".found .headline")
}

async fn search(news: &Newsroom, query: &str) -> Vec<String> {
    headlines(&news.town.guest().get(&format!("/search?{query}")).await)
}

fn told(news: &Newsroom, headline: &str, body: &str) -> Content {
    Content { body: body.into(), ..content(headline, news.water) }
}

testkit::on_both! {
    async fn a_story_is_found_by_everything_it_has(kind) {
        let news = Newsroom::new(kind);
        let story = Content {
            topics: vec!["Acequias".into()],
            place: "Peñasco".into(),
            standfirst: "Ditches older than the state.".into(),
            ..told(&news, "Who owns the snow", "Parciantes met on *Tuesday*.")
        };
        news.publish(&story, HOUR);
        news.story("A brass band", news.arts, HOUR);
        settled(&news).await;
        for word in ["snow", "DITCHES", "parciantes", "tuesday", "acequias", "penasco", "Pe%C3%B1asco", "duarte+snow", "%22owns+the+snow%22"] {
            assert_eq!(search(&news, &format!("q={word}")).await, ["Who owns the snow"], "{word}");
        }
        assert_eq!(search(&news, "q=snow+-tuesday").await, [""; 0]);
        assert_eq!(search(&news, "q=%22snow+the%22").await, [""; 0]);
        assert_eq!(search(&news, "q=%22snow+ditches%22").await, [""; 0], "no phrase reaches from one field into the next");
    }

    async fn headlines_come_first_then_the_newer(kind) {
        let news = Newsroom::new(kind);
        news.publish(&told(&news, "Bridge closed", "For repairs."), 3 * DAY);
        for age in [2, 1] {
            news.publish(&told(&news, &format!("Roads, day {age}"), "The bridge is shut."), age * DAY);
        }
        settled(&news).await;
        assert_eq!(search(&news, "q=bridge").await, ["Bridge closed", "Roads, day 1", "Roads, day 2"]);
    }

    async fn what_readers_no_longer_see_is_not_found(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("A burst pipe", news.water, HOUR);
        settled(&news).await;
        assert_eq!(search(&news, "q=burst").await.len(), 1);
        news.unpublish(story);
        assert_eq!(search(&news, "q=burst").await, [""; 0], "even before the index knows");
        settled(&news).await;
        let held = news.town.town.db.read(|tx| store::newest(tx, &Matching::word(&Typed::plain("burst"), &Tongues::default()), 9)).await.unwrap();
        assert!(held.is_empty());
    }

    async fn stories_from_before_the_index_are_taken_up_at_the_start(kind) {
        let news = Newsroom::new(kind);
        news.fill(30);
        assert_eq!(search(&news, "q=story").await, [""; 0]);
        look_through(news.town.town.clone()).await.unwrap();
        settled(&news).await;
        let page = news.town.guest().get("/search?q=story").await;
        assert_eq!(headlines(&page).len(), 20);
        page.assert_text("About 30 stories").assert_landmarks();
        assert_eq!(page.attr(".pager [rel=next]", "href").as_deref(), Some("/search?q=story&page=2"));
        assert_eq!(search(&news, "q=story&page=2").await.len(), 10);
    }

    async fn filters_narrow_and_answer_to_everything(kind) {
        let news = Newsroom::new(kind);
        news.publish(&Content { work: Work::Opinion, ..told(&news, "Rain, I say", "Rain.") }, 40 * DAY);
        news.publish(&content("Rain in the theatre", news.arts), HOUR);
        settled(&news).await;
        assert_eq!(search(&news, "q=rain&section=city-hall").await, ["Rain, I say"], "what stands in a section below is in it");
        assert_eq!(search(&news, "q=rain&section=arts").await, ["Rain in the theatre"]);
        assert_eq!(search(&news, "q=rain&work=opinion").await, ["Rain, I say"]);
        assert_eq!(search(&news, "q=rain&author=@ana_duarte").await.len(), 2);
        assert_eq!(search(&news, "q=rain&author=nobody").await, [""; 0]);
        let (year, month, day) = text::times::date(news.town.town.now() - 20 * DAY, &news.town.town.zone());
        let day = format!("{year}-{month:02}-{day:02}");
        assert_eq!(search(&news, &format!("q=rain&from={day}")).await, ["Rain in the theatre"]);
        assert_eq!(search(&news, &format!("q=rain&to={day}")).await, ["Rain, I say"]);
        assert_eq!(search(&news, "q=rain&from=2020-01-02&to=2020-01-01").await, [""; 0]);
        assert_eq!(search(&news, "q=rain&from=nonsense&work=poem&page=x").await.len(), 2);
    }

    async fn other_forms_of_a_word_are_found_and_marked_as_they_stand(kind) {
        let news = Newsroom::new(kind);
        news.publish(&told(&news, "Houses wait for water", "The council argued about pipes."), HOUR);
        let spanish = Content { language: "es".into(), ..told(&news, "Las tuberías", "Los niños cantaron canciones en Peñasco.") };
        news.publish(&spanish, 2 * HOUR);
        settled(&news).await;
        for (typed, headline, marked) in [
            ("house", "Houses wait for water", "Houses"),
            ("arguing", "Houses wait for water", "argued"),
            ("%22house+waits%22", "Houses wait for water", "Houses"),
            ("canci%C3%B3n", "Las tuberías", "canciones"),
            ("cancion", "Las tuberías", "canciones"),
            ("tuber%C3%ADa", "Las tuberías", "tuberías"),
            ("ni%C3%B1a", "Las tuberías", "niños"),
            ("penasco", "Las tuberías", "Peñasco"),
        ] {
            let page = news.town.guest().get(&format!("/search?q={typed}")).await;
            assert_eq!(headlines(&page), [headline], "{typed}");
            assert_eq!(page.select_text(".found mark").first().map(String::as_str), Some(marked), "{typed}");
        }
        assert_eq!(search(&news, "q=house+-arguing").await, [""; 0]);
        let page = news.town.guest().get("/search?q=cancion").await;
        assert_eq!(page.attr(".found .headline", "lang").as_deref(), Some("es"));
        assert_eq!(page.attr(".found .standfirst", "lang").as_deref(), Some("es"));
    }

    async fn the_form_that_was_typed_stands_first(kind) {
        let news = Newsroom::new(kind);
        news.publish(&told(&news, "A bridge closes", "Words."), 3 * HOUR);
        news.publish(&told(&news, "Closing the bridge", "Words."), 2 * HOUR);
        news.publish(&told(&news, "The bridge is closed", "Words."), HOUR);
        settled(&news).await;
        assert_eq!(search(&news, "q=closes").await[0], "A bridge closes");
        assert_eq!(search(&news, "q=closing").await[0], "Closing the bridge");
        assert_eq!(search(&news, "q=closed+bridge").await.len(), 3);
    }

    async fn what_was_indexed_in_an_older_way_is_found_and_put_in_anew(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("Bridges", news.water, HOUR);
        settled(&news).await;
        let old = store::Entry { id: story.get(), title: vec!["bridges".into()], headline: vec!["bridges".into()], ..Default::default() };
        news.town.town.db.write_now(move |tx| {
            store::put(tx, &old)?;
            tx.run("update search_stories set form = 1", db::params![])?;
            tx.run("update stories set language = ''", db::params![])
        }).unwrap();
        // Quoted, so that nothing is taken for a typing error.
        assert_eq!((search(&news, "q=%22bridges%22").await.len(), search(&news, "q=%22bridge%22").await.len()), (1, 0));
        look_through(news.town.town.clone()).await.unwrap();
        settled(&news).await;
        assert_eq!((search(&news, "q=%22bridges%22").await.len(), search(&news, "q=%22bridge%22").await.len()), (1, 1));
        let cards = news.town.town.db.read_now(|tx| things::stories::cards(tx, talk::Cursor::NEWEST, 9)).unwrap();
        assert_eq!(cards[0].language, "en", "its language was found on the way");
    }

    async fn a_mistyped_name_is_found_and_said(kind) {
        let news = Newsroom::new(kind);
        news.story("Reservoir at its lowest", news.water, HOUR);
        settled(&news).await;
        for typed in ["Duatre", "duart", "resevoir"] {
            let page = news.town.guest().get(&format!("/search?q={typed}")).await;
            assert_eq!(headlines(&page), ["Reservoir at its lowest"], "{typed}");
            page.assert_text("Showing results for");
            let exact = page.attr(".search-meant a", "href").unwrap();
            assert_eq!(headlines(&news.town.guest().get(&exact).await), [""; 0]);
        }
        assert_eq!(search(&news, "q=%22resevoir%22").await, [""; 0], "quoted words are meant as they are");
    }

    async fn hits_are_marked_and_everything_else_escaped(kind) {
        let news = Newsroom::new(kind);
        let long = "Sand and stone. ".repeat(200);
        news.publish(&told(&news, "Tom & <b>Jerry</b>", &format!("{long} Here a coyote <script>alert(1)</script> sang. {long}")), HOUR);
        settled(&news).await;
        let page = news.town.guest().get("/search?q=coyote+script+jerry").await;
        assert_eq!(headlines(&page), ["Tom & <b>Jerry</b>"]);
        assert_eq!(page.select_text(".found mark"), ["Jerry", "coyote", "script", "script"]);
        assert!(page.select_text(".found .standfirst")[0].len() < 400);
        let echoed = news.town.guest().get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22").await;
        echoed.assert_status(200);
        assert!(!String::from_utf8_lossy(&echoed.body).contains("<script>alert"));
    }

    async fn suggestions_begin_with_what_was_typed(kind) {
        let news = Newsroom::new(kind);
        news.publish(&Content { topics: vec!["Watersheds".into()], ..content("Water comes back", news.water) }, HOUR);
        settled(&news).await;
        let of = async |typed: &str| {
            let json: serde_json::Value = serde_json::from_slice(&news.town.guest().get(&format!("/search/suggestions?q={typed}")).await.body).unwrap();
            let words = json["suggestions"].as_array().unwrap().iter().map(|one| one["words"].as_str().unwrap().to_owned());
            words.collect::<Vec<_>>()
        };
        assert_eq!(of("wat").await, ["Water", "#Watersheds", "Water comes back"]);
        assert_eq!(of("ana+du").await, ["Ana Duarte"]);
        assert_eq!(of("water+ba").await, ["Water comes back"]);
        for nothing in ["", "%22", "zzz", "%00*", "wat%C3%A9%CC%81x"] {
            assert_eq!(of(nothing).await, [""; 0], "{nothing}");
        }
    }

    async fn a_search_has_its_feeds_beside_it(kind) {
        let news = Newsroom::new(kind);
        // Dated back: the younger id is the older story.
        for (headline, age) in [("Snow, day 1", DAY), ("Snow, day 3", 3 * DAY), ("Snow, day 2", 2 * DAY)] {
            news.publish(&told(&news, headline, "Deep & white."), age);
        }
        news.publish(&content("Snow on stage", news.arts), HOUR);
        settled(&news).await;
        let guest = news.town.guest();
        let page = guest.get("/search?q=snow&section=water").await;
        for ending in ["rss", "atom", "json"] {
            let address = format!("/search.{ending}?q=snow&section=water");
            assert!(page.has(&format!("head link[rel=alternate][href='http://localhost{address}']")), "{ending}");
            assert!(page.has(&format!(".search-follow a[href='{address}']")), "{ending}");
        }
        let titles = async |query: &str| {
            let feed = guest.get(&format!("/search.json?{query}")).await;
            feed.assert_status(200);
            feed.json()["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(titles("q=snow&section=water").await, ["Snow, day 1", "Snow, day 2", "Snow, day 3"], "the newest first");
        assert_eq!(titles("q=white&author=ana_duarte").await.len(), 3);
        assert_eq!(titles("q=snwo").await, [""; 0], "nothing is guessed");
        let feed = guest.get("/search.json?section=water&q=snow").await.json();
        assert_eq!(feed["feed_url"], "http://localhost/search.json?q=snow&section=water");
        assert_eq!(feed["home_page_url"], "http://localhost/search?q=snow&section=water");
        assert!(feed["items"][0]["content_html"].as_str().unwrap().contains("Deep &amp; white."), "whole stories");
        guest.get("/search.rss").await.assert_status(400);
        let rss = guest.get("/search.rss?q=%22snow+%3Cb%3E%22").await.text();
        roxmltree::Document::parse(&rss).unwrap();
        // Kept for guests until the index knows of a change.
        assert_eq!(titles("q=snow").await.len(), 4);
        let before = news.town.town.db.statements();
        assert_eq!(titles("q=snow").await.len(), 4);
        assert_eq!(news.town.town.db.statements(), before);
        news.publish(&told(&news, "More snow", "Again."), 0);
        assert_eq!(titles("q=snow").await.len(), 4);
        settled(&news).await;
        assert_eq!(titles("q=snow").await.len(), 5);
    }

    async fn browsers_can_add_the_site(kind) {
        let news = Newsroom::new(kind);
        let page = news.town.guest().get("/opensearch.xml").await;
        page.assert_status(200);
        let document = roxmltree::Document::parse(std::str::from_utf8(&page.body).unwrap()).unwrap();
        assert!(document.descendants().any(|node| node.attribute("template") == Some("http://localhost/search?q={searchTerms}")));
    }

    async fn an_address_that_never_rests_is_told_to_wait(kind) {
        let news = Newsroom::new(kind);
        for _ in 0..200 {
            let page = news.town.guest().get("/search?q=a").await;
            if page.status.as_u16() == 429 {
                return;
            }
        }
        panic!("200 searches in a row were answered");
    }

    fn nothing_typed_breaks_the_index(kind) {
        let news = Newsroom::new(kind);
        let db = &news.town.town.db;
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() });
        runner.run(&typed(), |typed| {
            let asked = super::find::Asked { typed: typed.clone(), page: 1, ..Default::default() };
            let (zone, now) = (jiff::tz::TimeZone::UTC, 0);
            db.read_now(move |tx| super::find::find(tx, &asked, &zone, now)).map_err(|error| TestCaseError::fail(format!("{typed:?}: {error}")))?;
            db.read_now(move |tx| super::suggest::suggestions(tx, &typed)).map_err(|error| TestCaseError::fail(error.to_string()))?;
            Ok(())
        }).unwrap();
    }

    fn any_text_can_be_indexed_and_found(kind) {
        let news = Newsroom::new(kind);
        let db = &news.town.town.db;
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() });
        runner.run(&"\\PC{0,60}", |text| {
            let words = words::folded(&text);
            let entry = store::Entry { id: 7, title: words.clone(), headline: words.clone(), body: words.iter().cycle().take(words.len() * 300).cloned().collect(), ..Default::default() };
            db.write_now(move |tx| store::put(tx, &entry)).map_err(|error| TestCaseError::fail(error.to_string()))?;
            for word in words.into_iter().take(5) {
                let found = db.read_now(move |tx| store::newest(tx, &Matching::word(&Typed::plain(&word), &Tongues::default()), 9)).unwrap();
                prop_assert_eq!(found, [7]);
            }
            Ok(())
        }).unwrap();
    }
}

/// What people type, and what they type to break things.
fn typed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[-\"*^:(){}+'&|!<>\\\\ ]{0,8}",
        Just("NEAR(a b)".to_owned()),
        Just("AND OR NOT".to_owned()),
        Just("headline:x*".to_owned()),
        Just("\u{e000}s1".to_owned()),
        Just("'a':*".to_owned()),
        Just("水の道".to_owned()),
        "[a-z]{1,60}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn words_stand_where_they_say_and_fold_to_themselves(text in "\\PC{0,80}") {
        let mut end = 0;
        for word in words::words(&text) {
            prop_assert!(word.place.start >= end && text.is_char_boundary(word.place.end));
            end = word.place.end;
            prop_assert!(word.folded.chars().all(|c| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)));
        }
        let again = words::folded(&words::folded(&text).join(" "));
        prop_assert_eq!(again.len() >= words::folded(&text).len(), true);
    }

    #[test]
    fn any_word_has_a_stem_in_every_language(text in "[\\PC]{0,30}|[a-zæøåßéñçğ]{1,45}|[а-яґєії]{1,20}|[ء-ي]{1,20}") {
        for (tag, _) in text::language::all() {
            let stemmer = Stemmer::of(tag);
            let stems: Vec<String> = words::stemmed(&text, &stemmer).collect();
            prop_assert_eq!(stems.len(), words::folded(&text).len());
            for stem in stems {
                prop_assert!(!stem.is_empty() && stem.chars().all(|c| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)), "{} {}", tag, stem);
            }
        }
    }

    #[test]
    fn html_is_read_to_its_end(text in "[<>&;#a-z0-9 /é]{0,80}") {
        let _ = words::of_html(&text);
    }

    #[test]
    fn marked_text_says_what_the_text_says(text in "\\PC{0,300}", query in "\\PC{0,20}") {
        let hits = super::highlight::Hits::of(&Query::parse(&query), &Tongues::new(["en", "es"]));
        let stemmer = Stemmer::of("en");
        let shown = words::of_html(&hits.marked(&text, &stemmer).into_string());
        prop_assert_eq!(shown, text.clone());
        let _ = hits.excerpt(&text, &stemmer);
    }
}

#[test]
fn words_fold_as_people_type_them() {
    let folded = |text: &str| words::folded(text).join(" ");
    assert_eq!(folded("Peña's ÉCOLE, well-being"), "pena s ecole well being");
    assert_eq!(folded("Straße Łódź Ærø"), "strasse lodz aero");
    assert_eq!(folded("水の道 2026"), "水 の 道 2026");
    assert_eq!(folded("한국어 И\u{306}"), "한국어 и");
    assert_eq!(folded("… — \u{e000}"), "");
}

#[test]
fn words_are_cut_by_the_rules_of_their_language() {
    let stems = |text: &str, tag: &str| words::stemmed(text, &Stemmer::of(tag)).collect::<Vec<_>>().join(" ");
    assert_eq!(stems("Houses of the councils, argued 1990s", "en"), "hous of the council argu 1990s");
    assert_eq!(stems("Élections municipales", "fr"), "elect municipal");
    assert_eq!(stems("Häuser", "de"), stems("Haus", "de"));
    assert_eq!(stems("Будинки будинків", "uk").split(' ').collect::<std::collections::BTreeSet<_>>().len(), 1);
    assert_eq!(stems("水の道 houses", "ja"), "水 の 道 houses", "what has no rules stays");
}

#[test]
fn questions_are_understood() {
    let parts = |typed: &str| {
        let (query, words) =
            (Query::parse(typed), |words: &[Typed]| words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" "));
        (query.wanted().map(words).collect::<Vec<_>>(), query.unwanted().map(words).collect::<Vec<_>>())
    };
    assert_eq!(
        parts("city \"Water Board\" -rates -\"old pipe\""),
        (vec!["city".into(), "water board".into()], vec!["rates".into(), "old pipe".into()])
    );
    assert_eq!(parts("\"never closed"), (vec!["never closed".into()], vec![]));
    assert_eq!(parts("- -- \"\" *"), (vec![], vec![]));
    assert_eq!(Query::parse("a -\"b c\" d-e").words(), "a -\"b c\" \"d e\"");
}

#[test]
fn distances_count_what_fingers_do() {
    for (one, other, far) in [
        ("water", "water", 0),
        ("watre", "water", 1),
        ("wter", "water", 1),
        ("wateer", "water", 1),
        ("wader", "water", 1),
        ("", "abc", 3),
        ("kitten", "sitting", 3),
    ] {
        assert_eq!(distance(one, other), far, "{one} {other}");
    }
}
