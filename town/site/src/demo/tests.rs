#![allow(clippy::unwrap_used)]

use db::params;
use people::testing::TestTown;
use std::path::PathBuf;

use super::*;

#[test]
fn every_story_can_be_read_and_names_only_what_is_described() {
    let content = Content::read().unwrap();
    let sections: Vec<&str> = content.sections.iter().map(|section| section.slug.as_str()).collect();
    let people: Vec<&str> = content.people.iter().map(|person| person.handle.as_str()).collect();
    for story in &content.stories {
        let head = &story.head;
        assert!(sections.contains(&head.section.as_str()), "{}: section {}", story.number, head.section);
        for handle in head.coauthors.iter().chain([&head.author]) {
            assert!(people.contains(&handle.as_str()), "{}: @{handle}", story.number);
        }
        for correction in &head.corrections {
            assert!(story.body.contains(&correction.now), "{}: “{}” is not in the story", story.number, correction.now);
        }
        assert!(head.topics.iter().all(|topic| text::topic::parse(topic).is_some()), "{}: topics", story.number);
    }
    for album in &content.albums {
        assert!(people.contains(&album.author.as_str()), "{}: @{}", album.title, album.author);
        let with_picture = |number: &u32| content.stories.iter().any(|story| story.number == *number && story.head.picture.is_some());
        assert!(album.stories.iter().all(with_picture), "{}: a story without a picture", album.title);
    }
    for (place, note) in content.notes.iter().enumerate() {
        assert!(note.age_ms().is_ok() && people.contains(&note.author.as_str()), "note {place}");
        let with_picture = |number: &u32| content.stories.iter().any(|story| story.number == *number && story.head.picture.is_some());
        assert!(note.pictures.iter().all(with_picture), "note {place}: a story without a picture");
        assert!(note.pictures.len() == note.alts.len() && note.quotes.is_none_or(|quoted| (1..=place).contains(&quoted)), "note {place}");
    }
    for talk in &content.talks {
        assert!(talk.said().unwrap().iter().all(|said| people.contains(&said.by)), "story {:?}, note {:?}", talk.story, talk.note);
    }
    for review in &content.reviews {
        let story = content.stories.iter().find(|story| story.number == review.story).unwrap();
        let named = review.helpful.iter().chain([&review.by]);
        assert!(named.clone().all(|who| people.contains(&who.as_str())) && !review.helpful.contains(&review.by), "{}", review.title);
        assert!(story.head.author != review.by && !story.head.coauthors.contains(&review.by), "{}: their own", review.title);
        assert!([&[review.stars], review.rated.as_slice()].concat().iter().all(|stars| (0..=5).contains(stars)) && review.rated.len() <= 4);
    }
    for organization in &content.organizations {
        let runs = |who: &String| organization.people.iter().any(|(known, ..)| known == who);
        let named = organization.people.iter().map(|(who, ..)| who).chain(&organization.followers);
        assert!(named.into_iter().all(|who| people.contains(&who.as_str())), "@{}", organization.handle);
        assert!(organization.notes.iter().all(|said| runs(&said.by)), "@{}: somebody posts who does not run it", organization.handle);
        assert!(
            organization.reviews.iter().all(|judged| people.contains(&judged.by.as_str()) && !runs(&judged.by)),
            "@{}",
            organization.handle
        );
    }
    for added in &content.contexts {
        let story = content.stories.iter().find(|story| story.number == added.story).unwrap();
        let by = [added.by.as_str()].into_iter().chain(added.rated().unwrap().into_iter().map(|(by, _)| by)).collect::<Vec<_>>();
        assert!(by.iter().all(|by| people.contains(by) && *by != story.head.author), "context of story {}", added.story);
    }
    assert!(content.talks.iter().any(|talk| talk.said().unwrap().len() >= 60), "a story that is talked about");
    assert!(SIGN_INS.iter().all(|handle| people.contains(handle)));
}

fn config(folder: &std::path::Path) -> Config {
    let values = vec![("data", folder.display().to_string())];
    Config::read(&crate::config::Flags { config: None, values }, [], "unused").unwrap()
}

testkit::on_both! {
    /// Painting takes most of its time, so one test says everything.
    fn the_town_is_whole_and_made_once(kind) {
        let town = TestTown::bare(kind, axum::Router::new(), things::sections::links);
        let folder = shared_pictures();
        prepare(&config(&folder), &town.town.db).unwrap();
        let counts = counts(&town.town.db);
        let content = Content::read().unwrap();
        let published = content.stories.iter().filter(|story| story.head.state == content::State::Published).count() as i64;
        assert_eq!(counts, [published, (content.people.len() + content.organizations.len()) as i64, content.sections.len() as i64, 4]);
        let views: i64 = town.town.db.read_now(|tx| tx.one("select cast(sum(views) as bigint) from post_counts", params![], |row| row.get(0))).unwrap();
        let [likes, typed] = ["kind = 'like'", "kind <> 'like'"].map(|kind| {
            let sql = format!("select count(*) from reactions where {kind}");
            town.town.db.read_now(move |tx| tx.one(&sql, params![], |row| row.get::<i64>(0))).unwrap()
        });
        assert!(likes > typed && typed > 20, "{likes} likes and {typed} others");
        assert_eq!(town.town.db.read_now(|tx| talk::reactions::drift(tx, false)).unwrap(), []);
        assert_eq!(town.town.db.read_now(|tx| talk::reviews::drift(tx, false)).unwrap(), []);
        let reviews: i64 = town.town.db.read_now(|tx| tx.one("select cast(sum(reviews) as bigint) from post_counts", params![], |row| row.get(0))).unwrap();
        let judged = content.organizations.iter().map(|organization| organization.reviews.len()).sum::<usize>();
        assert_eq!(reviews, (content.reviews.len() + judged) as i64);
        assert_eq!(town.town.db.read_now(|tx| people::organizations::drift(tx, false)).unwrap(), []);
        let (contexts, ratings): (i64, i64) = town.town.db.read_now(|tx| {
            tx.one("select (select count(*) from contexts), (select count(*) from context_ratings)", params![], |row| Ok((row.get(0)?, row.get(1)?)))
        }).unwrap();
        assert_eq!((contexts, ratings), (4, 16));
        assert_eq!(views, content.stories.iter().map(|story| story.head.views).sum::<i64>());
        prepare(&config(&folder), &town.town.db).unwrap();
        assert_eq!(self::counts(&town.town.db), counts, "a second start adds nothing");
    }

    fn a_site_that_somebody_began_is_left_alone(kind) {
        let town = TestTown::bare(kind, axum::Router::new(), things::sections::links);
        town.actor("Ana", "administrator");
        let folder = tempfile::tempdir().unwrap();
        let error = prepare(&config(folder.path()), &town.town.db).unwrap_err();
        assert!(error.to_string().contains("belongs to somebody"), "{error}");
        assert_eq!(counts(&town.town.db), [0, 1, 0, 0]);
    }
}

/// Published stories, people, sections, corrections.
fn counts(db: &Db) -> [i64; 4] {
    let from = ["stories where listed_at is not null", "accounts", "sections", "revisions where correction is not null"];
    from.map(|from| db.read_now(move |tx| tx.one(&format!("select count(*) from {from}"), params![], |row| row.get(0))).unwrap())
}

/// One folder for both tests; pictures are named by their content, so painting twice changes nothing.
fn shared_pictures() -> PathBuf {
    static FOLDER: std::sync::OnceLock<tempfile::TempDir> = std::sync::OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().unwrap()).path().to_owned()
}
