#![allow(clippy::unwrap_used)]
use super::{Of, Stopped, Watch, into_folder, into_zip};
use crate::{
    import_export::{
        folder::Folder,
        import::Outcome,
        item::{Body, Found, Source as _},
        restore::{
            Export,
            tests::{assert_same, bare, export, read_back},
        },
        tests::{Workshop, aside, run},
    },
    newsroom::{HOUR, Newsroom, content},
};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use testkit::Kind;
use things::stories::Content;

fn newsroom() -> Newsroom {
    let news = Newsroom::new(Kind::Sqlite);
    news.story("The old pipe", news.water, HOUR);
    news
}

#[test]
fn a_folder_appears_whole_or_not_at_all() {
    let news = newsroom();
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken");
    fs::create_dir(&taken).unwrap();
    export(&news.town, &taken);
    let refused = aside(|| into_folder(&news.town.town, Of::Site, &taken, &Watch::silent())).unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    // Stopped at the first page: nothing is left, under any name.
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let tell = Arc::new(move |progress: super::Progress| asked.store(progress.part == "pages", Ordering::Relaxed));
    let stopped = aside(|| into_folder(&news.town.town, Of::Site, &folder.path().join("stopped"), &Watch { tell, stop })).unwrap_err();
    assert!(stopped.is::<Stopped>());
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["taken"]);
}

#[test]
fn one_zip_file_is_the_same_twice_and_is_read_back() {
    let news = newsroom();
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one.zip"), folder.path().join("other.zip"));
    for to in [&one, &other] {
        aside(|| into_zip(&news.town.town, Of::Site, to, &Watch::silent())).unwrap();
    }
    assert!(fs::read(&one).unwrap() == fs::read(&other).unwrap());
    assert!(aside(|| into_zip(&news.town.town, Of::Site, &one, &Watch::silent())).unwrap_err().to_string().contains("there already"));
    assert!(crate::import_export::is_site(one.to_str().unwrap()));
    let unpacked = crate::import_export::unpack::unpack(&one, folder.path()).unwrap();
    let plain = folder.path().join("plain");
    export(&news.town, &plain);
    assert_same(&plain, unpacked.path());
    let town = bare(Kind::Sqlite);
    assert!(Export::is_in(unpacked.path()));
    assert_eq!(read_back(&town, unpacked.path()).of(Outcome::Published), 1);
}

/// Other programs read the pages; so does this one, as a folder of any site generator.
#[test]
fn the_pages_alone_come_in_as_a_folder_of_stories() {
    let news = newsroom();
    let odd = Content {
        headline: "A \"quoted\": headline — with #signs".into(),
        standfirst: "Under it: 'more'".into(),
        topics: vec!["NightSky".into()],
        place: "At the dam".into(),
        ..content("", news.water)
    };
    news.publish(&odd, HOUR);
    let folder = tempfile::tempdir().unwrap();
    export(&news.town, &folder.path().join("all"));
    let other = Workshop::new(Kind::Sqlite);
    let stories = folder.path().join("all/stories");
    // Each is there twice, as Markdown and as HTML; one of them is enough.
    for path in crate::import_export::restore::tests::files(&stories).keys().filter(|path| path.ends_with(".html")) {
        fs::remove_file(stories.join(path)).unwrap();
    }
    let mut source = Folder::open(&stories, "stories", TimeZone::UTC).unwrap();
    let mut found = Vec::new();
    source
        .read(&mut |item| {
            found.push(item);
            Ok(())
        })
        .unwrap();
    let Some(Found::Story(item)) = found.iter().find(|found| matches!(found, Found::Story(item) if item.title == odd.headline)) else {
        panic!("{found:?}")
    };
    assert_eq!((item.standfirst.as_str(), item.place.as_str()), (odd.standfirst.as_str(), odd.place.as_str()));
    assert_eq!(item.section.iter().map(|label| label.name.as_str()).collect::<Vec<_>>(), ["City Hall", "Water"]);
    assert_eq!((item.topics[0].name.as_str(), item.authors[0].name.as_str()), ("NightSky", "Ana Duarte"));
    assert!(matches!(&item.body, Body::Markdown(body) if body.trim() == "Words."), "{:?}", item.body);
    assert_eq!(run(&other, &mut source).of(Outcome::Published), 2);
}

proptest! {
    /// Whatever a headline holds, what stands over the story is YAML that says it.
    #[test]
    fn any_words_are_read_again_from_the_front_matter(headline in "[^\\p{Cc}]{1,60}", place in "[^\\p{Cc}]{0,30}") {
        let (headline, place) = (text::clean_line(&headline), text::clean_line(&place));
        let story = serde_json::from_value(serde_json::json!({
            "id": "1", "headline": headline, "author": "1", "byline": [{"id": "1", "handle": "a", "name": headline}], "visibility": "public",
            "section": null, "created": "2024-01-01T00:00:00.000Z", "updated": "2024-01-01T00:00:00.000Z", "published": null, "listed": null,
            "views": 0, "comments": 0, "likes": 0, "reviews": 0
        })).unwrap();
        let content = Content { headline: headline.clone(), place: place.clone(), ..Content::default() };
        let head = super::front_matter::FrontMatter { story: &story, content: &content, section: &[], published: Some(0), updated: 0, picture: None };
        let (values, _) = crate::import_export::folder::split(&head.write()).map_err(TestCaseError::fail).map(|(values, body)| (values, body.to_owned()))?;
        prop_assert_eq!(values.get("title").and_then(|title| title.as_str()).unwrap_or_default(), headline.as_str());
        prop_assert_eq!(values.get("place").and_then(|place| place.as_str()).unwrap_or_default(), place.as_str());
    }
}
