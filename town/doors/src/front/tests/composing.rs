#![allow(clippy::unwrap_used)]

use crate::front::{Arrangement, Candidates, FrontPage, compose, compose::score};
use crate::newsroom::{DAY, HOUR};
use people::{AccountId, accounts::Author};
use talk::{Counts, PostId};
use things::{
    sections::{Colour, Section, SectionId, Tree},
    stories::{Card, Work},
};

const NOW: i64 = 1_000 * DAY;

fn card(id: i64, section: i64, age: i64, views: i64) -> Card {
    Card {
        id: PostId::new(id),
        headline: format!("Story {id}"),
        slug: "story".into(),
        standfirst: String::new(),
        work: Work::News,
        words: 1,
        published_at: NOW - age,
        counts: Counts { views, ..Counts::default() },
        section: SectionId::new(section),
        section_name: String::new(),
        section_slug: String::new(),
        section_colour: Colour::Clay,
        author: Author { id: AccountId::new(1), handle: "ana".into(), name: "Ana".into(), picture: None },
        picture: None,
        language: String::new(),
    }
}

/// Sections 100 and 200 at the top, 101 in the first.
fn tree() -> Tree {
    let section = |id: i64, parent: Option<i64>| Section {
        id: SectionId::new(id),
        parent: parent.map(SectionId::new),
        name: id.to_string(),
        slug: id.to_string(),
        description: String::new(),
        colour: Colour::Clay,
        position: id,
    };
    Tree::new(vec![section(100, None), section(101, Some(100)), section(200, None)])
}

fn candidates(newest: Vec<Card>) -> Candidates {
    let shelf = |top: i64| {
        let within = |card: &&Card| tree().contains(SectionId::new(top), card.section);
        (SectionId::new(top), newest.iter().filter(within).cloned().collect())
    };
    Candidates { tree: tree(), arranged: newest.clone(), shelves: vec![shelf(100), shelf(101), shelf(200)], newest }
}

fn ids<'a>(cards: impl IntoIterator<Item = &'a Card>) -> Vec<i64> {
    cards.into_iter().map(|card| card.id.get()).collect()
}

fn twenty() -> Vec<Card> {
    (1..=20).map(|id| card(id, if id % 3 == 0 { 200 } else { 101 }, id * HOUR, 0)).collect()
}

#[test]
fn nothing_comes_of_nothing() {
    let page = compose(&Arrangement::default(), &Candidates::default(), NOW);
    assert_eq!(page.cards().count(), 0);
}

#[test]
fn a_story_appears_once_wherever_it_could_stand() {
    let arrangement =
        Arrangement { lead: Some(PostId::new(9)), row: vec![PostId::new(9), PostId::new(3), PostId::new(3)], ..Arrangement::default() };
    for arrangement in [Arrangement::default(), arrangement] {
        let page = compose(&arrangement, &candidates(twenty()), NOW);
        let mut shown = ids(page.cards());
        let count = shown.len();
        shown.sort_unstable();
        shown.dedup();
        assert_eq!(shown.len(), count);
        assert_eq!(count, 1 + 3 + 3 + 3 + 6, "and no place stays empty");
    }
}

#[test]
fn what_is_set_stands_and_the_rest_fills_itself() {
    let arrangement =
        Arrangement { lead: Some(PostId::new(15)), row: vec![PostId::new(20), PostId::new(404)], strands: vec![SectionId::new(200)] };
    let page = compose(&arrangement, &candidates(twenty()), NOW);
    assert_eq!(page.lead.as_ref().unwrap().id.get(), 15);
    assert_eq!(ids(&page.row), [20, 1, 2], "an unpublished story leaves its place to the next");
    let sections = |page: &FrontPage| page.strands.iter().map(|strand| strand.section.id.get()).collect::<Vec<_>>();
    assert_eq!(sections(&page), [200]);
    assert_eq!(ids(&page.strands[0].cards), [3, 6, 9]);
    assert_eq!(ids(&page.latest), [4, 5, 7, 8, 10, 11]);
}

#[test]
fn an_editor_may_set_a_longer_row_but_not_an_endless_one() {
    let row: Vec<PostId> = (5..=15).map(PostId::new).collect();
    let page = compose(&Arrangement { row, ..Arrangement::default() }, &candidates(twenty()), NOW);
    assert_eq!(ids(&page.row), [5, 6, 7, 8, 9, 10]);
    assert_eq!(page.lead.unwrap().id.get(), 1);
}

#[test]
fn a_story_that_was_set_is_not_taken_to_fill_another_place() {
    let arrangement = Arrangement { row: vec![PostId::new(1)], ..Arrangement::default() };
    let page = compose(&arrangement, &candidates(twenty()), NOW);
    assert_eq!(page.lead.unwrap().id.get(), 2);
    assert_eq!(ids(&page.row), [1, 3, 4]);
}

#[test]
fn busy_sections_get_strands_whatever_their_depth() {
    let page = compose(&Arrangement::default(), &candidates(twenty()), NOW);
    let sections: Vec<i64> = page.strands.iter().map(|strand| strand.section.id.get()).collect();
    assert_eq!(sections, [100, 200], "stories of 101 count for 100, at the top");
}

#[test]
fn what_was_paid_for_never_leads_by_itself() {
    let mut stories = twenty();
    (stories[0].work, stories[1].work) = (Work::Sponsored, Work::Press);
    stories[0].counts.views = 1_000_000;
    let page = compose(&Arrangement::default(), &candidates(stories.clone()), NOW);
    assert_eq!((page.lead.unwrap().id.get(), ids(&page.row)), (3, vec![4, 5, 6]));
    let set = Arrangement { lead: Some(PostId::new(1)), ..Arrangement::default() };
    assert_eq!(compose(&set, &candidates(stories), NOW).lead.unwrap().id.get(), 1, "an editor may");
}

#[test]
fn interest_outweighs_hours_but_not_days() {
    let quiet = card(1, 100, HOUR, 0);
    let read = card(2, 100, 6 * HOUR, 300);
    let old = card(3, 100, 5 * DAY, 100_000);
    assert!(score(&read, NOW) > score(&quiet, NOW));
    assert!(score(&quiet, NOW) > score(&old, NOW));
    let of = |counts: Counts| score(&Card { counts, ..quiet.clone() }, NOW);
    let one = Counts::default();
    assert!(of(Counts { reviews: 1, ..one }) > of(Counts { comments: 1, ..one }));
    assert!(of(Counts { comments: 1, ..one }) > of(Counts { likes: 1, ..one }));
    assert!(of(Counts { likes: 1, ..one }) > of(Counts { views: 1, ..one }));
}

#[test]
fn strange_counts_and_times_still_compare() {
    for (published_at, views) in [(i64::MAX, -5), (i64::MIN, i64::MAX), (NOW + DAY, 0)] {
        let odd = Card { published_at, ..card(1, 100, 0, views) };
        assert!(score(&odd, NOW).is_finite());
    }
}
