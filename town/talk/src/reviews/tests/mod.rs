//! Reviews through their store. The pages they stand on are wings above, and tested there.
#![allow(clippy::unwrap_used)]

mod raced;
mod waiting;

use super::{
    review::Asked,
    rules::{self, May},
    store::{self, Listing},
    *,
};
use crate::{
    Cursor, PostId,
    posts::{self, Visibility},
    told::Which,
};
use db::{Tx, params};
use people::{AccountId, Viewer, accounts, blocks, levels, testing::TestTown};
use web::Error;

type Result<T = ()> = std::result::Result<T, Error>;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Whoever joined at the beginning of time is not new any more.
const NOW: i64 = 100 * DAY;

fn about(_: &mut Tx, ids: &[PostId]) -> Result<Vec<About>> {
    Ok(ids.iter().map(|id| About { id: *id, title: format!("Story {id}"), address: format!("/stories/{id}"), owner: 7 }).collect())
}

const STORIES: Reviewables = &[&Reviewable { kind: "story", about }];

/// A story of Rosa's that everybody reads, and four neighbours.
#[derive(Clone, Copy)]
struct Desk {
    subject: PostId,
    rosa: AccountId,
    sam: AccountId,
    ana: AccountId,
    eve: AccountId,
}

fn with_desk(kind: testkit::Kind, mut unit: impl FnMut(&mut Tx, &Desk) -> Result + Send + 'static) {
    let town = TestTown::of_people(kind);
    let [rosa, sam, ana, eve] = ["Rosa Ito", "Sam Park", "Ana Duarte", "Eve Oak"].map(|name| town.actor(name, "member").id);
    town.town
        .db
        .write_now(move |tx| {
            tx.run("update accounts set created_at = 0", params![])?;
            let subject = subject(tx, "story", rosa, Visibility::Public)?;
            unit(tx, &Desk { subject, rosa, sam, ana, eve })
        })
        .unwrap();
}

fn subject(tx: &mut Tx, kind: &str, author: AccountId, visibility: Visibility) -> Result<PostId> {
    let id = posts::insert(tx, kind, author, 1)?;
    posts::set_authors(tx, id, &[author])?;
    tx.run("update posts set visibility = $2, published_at = 1 where id = $1", params![id, visibility.name()])?;
    Ok(id)
}

fn viewer(tx: &mut Tx, account: AccountId) -> Result<Viewer> {
    let account = accounts::by_id(tx, account)?.unwrap();
    Ok(Viewer::away(&account, &levels::all(tx)?))
}

fn says(stars: i64, title: &str) -> Content {
    let ratings = vec![
        Rating { criterion: criteria::CriterionId::new(1), stars },
        Rating { criterion: criteria::CriterionId::new(4), stars: 6 - stars },
    ];
    Content { stars, ratings, recommends: stars > 2, title: title.into(), body: format!("{title}, at length."), ..Content::default() }
}

fn asked(value: serde_json::Value) -> Asked {
    serde_json::from_value(value).unwrap()
}

fn listing(tx: &mut Tx, who: &Viewer, subject: PostId, query: serde_json::Value) -> Result<Listing> {
    store::of(tx, who, STORIES, subject, &asked(query), NOW)
}

fn titles(listing: &Listing) -> Vec<&str> {
    listing.reviews.iter().map(|review| review.content.title.as_str()).collect()
}

fn notices(tx: &mut Tx, of: AccountId) -> Result<Vec<(String, usize)>> {
    let found = crate::told::notices(tx, of, Which::Page(None, Cursor::NEWEST), 20, NOW)?;
    Ok(found.into_iter().filter(|notice| !notice.read).map(|notice| (notice.kind, notice.count)).collect())
}

testkit::on_both! {
    fn one_a_member_and_a_second_one_changes_the_first(kind) {
        with_desk(kind, |tx, desk| {
            let (first, _) = put(tx, desk.sam, desk.subject, &says(2, "So so"), None, NOW)?;
            let (again, tags) = put(tx, desk.sam, desk.subject, &says(2, "So so"), None, NOW + 1)?;
            assert!(tags.is_empty(), "it says that already");
            let (second, _) = put(tx, desk.sam, desk.subject, &says(5, "On second thought"), None, NOW + 2)?;
            assert_eq!((first, first), (again, second));
            put(tx, desk.ana, desk.subject, &says(4, "Good"), None, NOW + 3)?;
            let guest = Viewer::default();
            let found = listing(tx, &guest, desk.subject, serde_json::json!({ "order": "newest" }))?;
            assert_eq!((titles(&found), found.tally.stars, found.tally.recommended), (vec!["Good", "On second thought"], [0, 0, 0, 1, 1], 2));
            assert_eq!(found.reviews[1].rated, [("Accuracy".to_owned(), 5), ("Clarity".to_owned(), 1)]);
            assert_eq!((found.reviews[1].edited_at, found.reviews[0].edited_at), (Some(NOW + 2), None));
            let versions = store::versions(tx, first)?;
            assert_eq!(versions.iter().map(|(_, content)| content.title.as_str()).collect::<Vec<_>>(), ["On second thought", "So so"]);
            assert_eq!(posts::counts_of(tx, desk.subject)?.reviews, 2);
            assert_eq!(drift(tx, false)?, []);
            assert_eq!(notices(tx, desk.rosa)?, [("review".to_owned(), 2)]);
            Ok(())
        });
    }

    fn nobody_reviews_their_own_work(kind) {
        with_desk(kind, |tx, desk| {
            posts::set_authors(tx, desk.subject, &[desk.rosa, desk.ana])?;
            let may = |tx: &mut Tx, who: AccountId| -> Result<May> {
                let who = viewer(tx, who)?;
                Ok(store::head(tx, &who, STORIES, desk.subject, NOW)?.may)
            };
            assert_eq!([may(tx, desk.rosa)?, may(tx, desk.ana)?, may(tx, desk.sam)?], [May::Own, May::Own, May::Yes]);
            assert!(matches!(may(tx, desk.rosa)?.must(), Err(Error::Forbidden(words)) if words.contains("your own work")));
            assert!(matches!(rules::may(tx, &Viewer::default(), &[desk.rosa])?.must(), Err(Error::SignIn)));
            blocks::block(tx, desk.rosa, desk.sam, NOW)?;
            assert_eq!(may(tx, desk.sam)?, May::Parted);
            // A note is nothing that can be reviewed.
            let note = subject(tx, "note", desk.rosa, Visibility::Public)?;
            let who = viewer(tx, desk.eve)?;
            assert!(matches!(store::head(tx, &who, STORIES, note, NOW), Err(Error::NotFound)));
            Ok(())
        });
    }

    fn reviews_are_filtered_ordered_and_paged_without_gap_or_repetition(kind) {
        let town = TestTown::of_people(kind);
        let people: Vec<AccountId> = (0..46).map(|number| town.actor(&format!("Reader {number}"), "member").id).collect();
        let all = move |tx: &mut Tx| -> Result {
            let subject = subject(tx, "story", people[45], Visibility::Public)?;
            for (number, who) in (0_i64..).zip(&people[..45]) {
                let (id, _) = put(tx, *who, subject, &says(number % 5 + 1, &number.to_string()), None, number / 3)?;
                for fan in &people[..usize::try_from(number % 4).unwrap()] {
                    if fan != who {
                        set_helpful(tx, *fan, id, true, 50)?;
                    }
                }
            }
            let guest = Viewer::default();
            for order in ["helpful", "newest", "highest", "lowest"] {
                let (mut seen, mut past) = (Vec::new(), String::new());
                for page in 0..3 {
                    let found = listing(tx, &guest, subject, serde_json::json!({ "order": order, "past": past }))?;
                    assert_eq!((found.first, found.reviews.len()), (page == 0, if page < 2 { 20 } else { 5 }), "{order}");
                    seen.extend(found.reviews.iter().map(|review| (review.helpful, review.posted_at, review.content.stars, review.content.title.clone())));
                    past = found.past.map(|cursor| cursor.to_string()).unwrap_or_default();
                }
                let sorted = match order {
                    "helpful" => seen.is_sorted_by_key(|of| -of.0),
                    "newest" => seen.is_sorted_by_key(|of| -of.1),
                    "highest" => seen.is_sorted_by_key(|of| -of.2),
                    _ => seen.is_sorted_by_key(|of| of.2),
                };
                assert!(sorted && past.is_empty(), "{order}");
                let mut titles: Vec<i64> = seen.iter().map(|of| of.3.parse().unwrap()).collect();
                titles.sort_unstable();
                assert_eq!(titles, (0..45).collect::<Vec<_>>(), "{order}");
            }
            let fives = listing(tx, &guest, subject, serde_json::json!({ "stars": "5" }))?;
            assert!(fives.reviews.len() == 9 && fives.reviews.iter().all(|review| review.content.stars == 5));
            let against = listing(tx, &guest, subject, serde_json::json!({ "recommend": "no", "stars": "2" }))?;
            assert!(against.reviews.len() == 9 && against.reviews.iter().all(|review| !review.content.recommends));
            assert!(matches!(listing(tx, &guest, subject, serde_json::json!({ "past": "x" })), Err(Error::NotFound)));
            Ok(())
        };
        town.town.db.write_now(all).unwrap();
    }

    fn blocks_mutes_suspension_and_the_subject_decide_who_sees_a_review(kind) {
        with_desk(kind, |tx, desk| {
            let (id, _) = put(tx, desk.sam, desk.subject, &says(4, "Good"), None, NOW)?;
            let sees = |tx: &mut Tx, who: AccountId| -> Result<(usize, bool)> {
                let who = viewer(tx, who)?;
                Ok((listing(tx, &who, desk.subject, serde_json::json!({}))?.reviews.len(), find(tx, &who, id).is_ok()))
            };
            assert_eq!(sees(tx, desk.eve)?, (1, true));
            blocks::mute(tx, desk.ana, desk.sam, None, NOW)?;
            assert_eq!(sees(tx, desk.ana)?, (0, true), "muted: out of lists, and found where it is");
            blocks::block(tx, desk.eve, desk.sam, NOW)?;
            assert_eq!(sees(tx, desk.eve)?, (0, false));
            tx.run("update accounts set suspended_at = 1 where id = $1", params![desk.sam])?;
            assert_eq!(sees(tx, desk.ana)?, (0, false));
            tx.run("update accounts set suspended_at = null where id = $1", params![desk.sam])?;
            // What friends alone read, friends alone read reviews of.
            tx.run("update posts set visibility = 'only_me' where id = $1", params![desk.subject])?;
            let ana = viewer(tx, desk.ana)?;
            assert!(find(tx, &ana, id).is_err() && listing(tx, &ana, desk.subject, serde_json::json!({})).is_err());
            assert_eq!(sees(tx, desk.rosa)?, (1, true));
            Ok(())
        });
    }

    fn an_author_answers_once_and_helpful_votes_are_gathered(kind) {
        with_desk(kind, |tx, desk| {
            posts::set_authors(tx, desk.subject, &[desk.rosa, desk.eve])?;
            let (id, _) = put(tx, desk.sam, desk.subject, &says(4, "Good"), None, NOW)?;
            answer(tx, id, desk.rosa, "Thank you.", NOW + 1)?;
            assert!(matches!(answer(tx, id, desk.eve, "Me too.", NOW + 2), Err(Error::Conflict(_))));
            answer(tx, id, desk.rosa, "Thank you, Sam.", NOW + 3)?;
            let sam = viewer(tx, desk.sam)?;
            let said = find(tx, &sam, id)?.answer.unwrap();
            assert_eq!((said.body.as_str(), said.at, said.edited_at, said.by.id), ("Thank you, Sam.", NOW + 1, Some(NOW + 3), desk.rosa));
            for who in [desk.ana, desk.eve, desk.ana] {
                set_helpful(tx, who, id, true, NOW)?;
            }
            assert_eq!(find(tx, &sam, id)?.helpful, 2);
            let mut told = notices(tx, desk.sam)?;
            told.sort();
            assert_eq!(told, [("helpful".to_owned(), 2), ("review_answer".to_owned(), 1)]);
            set_helpful(tx, desk.ana, id, false, NOW)?;
            set_helpful(tx, desk.ana, id, false, NOW)?;
            store::take_answer_back(tx, id, desk.rosa, NOW)?;
            assert_eq!(notices(tx, desk.sam)?, [("helpful".to_owned(), 1)]);
            assert!(find(tx, &sam, id)?.answer.is_none());
            while leave(tx, desk.eve, 1)? {}
            assert_eq!((find(tx, &sam, id)?.helpful, drift(tx, false)?), (0, vec![]));
            Ok(())
        });
    }

    fn criteria_are_the_sections_own_or_the_usual_ones(kind) {
        with_desk(kind, |tx, desk| {
            let words = |found: Vec<criteria::Criterion>| found.into_iter().map(|one| one.words).collect::<Vec<_>>();
            assert_eq!(words(criteria::of(tx, 7)?), ["Accuracy", "Sourcing", "Fairness", "Clarity"]);
            criteria::set(tx, 7, &["Taste".into(), "Price".into()])?;
            let taste = criteria::own(tx, 7)?[0].id;
            let content = Content { ratings: vec![Rating { criterion: taste, stars: 3 }], ..says(4, "Tasty") };
            let (id, _) = put(tx, desk.sam, desk.subject, &content, None, NOW)?;
            criteria::set(tx, 7, &["Price".into(), "Noise".into()])?;
            assert_eq!(words(criteria::of(tx, 7)?), ["Price", "Noise"]);
            assert_eq!(find(tx, &Viewer::default(), id)?.rated, [("Taste".to_owned(), 3)], "what was given stays");
            criteria::set(tx, 7, &["taste".into()])?;
            assert_eq!(criteria::of(tx, 7)?, [criteria::Criterion { id: taste, words: "taste".into() }]);
            criteria::set(tx, 7, &[])?;
            assert_eq!(words(criteria::of(tx, 7)?).len(), 4);
            Ok(())
        });
    }

    fn a_review_travels_with_all_it_said(kind) {
        with_desk(kind, |tx, desk| {
            let (id, _) = put(tx, desk.sam, desk.subject, &says(2, "So so"), None, NOW)?;
            put(tx, desk.sam, desk.subject, &says(3, "Better"), None, NOW + 1)?;
            answer(tx, id, desk.rosa, "Thank you.", NOW + 2)?;
            put(tx, desk.ana, desk.subject, &says(1, "Waits"), Some(Reason::Burst), NOW)?;
            set_helpful(tx, desk.eve, id, true, NOW)?;
            let (before, votes) = (whole::page(tx, None, PostId::new(0), 10)?, whole::votes(tx, None, None, 10)?);
            let counted = posts::counts_of(tx, desk.subject)?;
            assert_eq!((before.len(), whole::page(tx, Some(desk.sam), PostId::new(0), 10)?.len(), votes.len()), (2, 1, 1));
            assert!(matches!(whole::take_back(tx, &before[0])?, posts::Taken::Same));
            forget_under(tx, desk.subject.get())?;
            for counts in ["update post_counts set reviews = 0", "delete from review_counts"] {
                tx.run(counts, params![])?;
            }
            for review in &before {
                let json = serde_json::to_string(review).unwrap();
                assert!(matches!(whole::take_back(tx, &serde_json::from_str(&json).unwrap())?, posts::Taken::New));
            }
            assert!(whole::take_vote(tx, &votes[0])? && !whole::take_vote(tx, &votes[0])?);
            assert_eq!((whole::page(tx, None, PostId::new(0), 10)?, whole::votes(tx, None, None, 10)?), (before.clone(), votes));
            assert_eq!((posts::counts_of(tx, desk.subject)?, drift(tx, false)?), (counted, vec![]));
            let again = whole::Whole { id: PostId::fresh(), ..before[0].clone() };
            assert!(matches!(whole::take_back(tx, &again)?, posts::Taken::Foreign), "one a member and subject");
            let long = whole::Whole { versions: vec![whole::Version { at: 1, content: says(9, "x") }], ..before[0].clone() };
            assert!(whole::take_back(tx, &long).is_err());
            Ok(())
        });
    }

    fn counters_that_drift_are_mended(kind) {
        with_desk(kind, |tx, desk| {
            let (id, _) = put(tx, desk.sam, desk.subject, &says(4, "Good"), None, NOW)?;
            tx.run("update post_counts set reviews = 7 where post_id = $1", params![desk.subject])?;
            tx.run("update review_counts set count = 3 where slot = 'recommended'", params![])?;
            tx.run("update reviews set helpful = 9 where id = $1", params![id])?;
            assert_eq!(drift(tx, true)?.len(), 3);
            assert_eq!((drift(tx, false)?, posts::counts_of(tx, desk.subject)?.reviews), (vec![], 1));
            Ok(())
        });
    }
}
