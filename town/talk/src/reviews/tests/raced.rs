//! Reviews that come, change, wait, appear, go, come back and are found helpful, in any order: counts are exact, and what waits or is
//! gone is seen by nobody but its author.

use super::*;
use proptest::prelude::*;

/// Something that happens: who does it, to which of the subjects or of the reviews there are.
#[derive(Clone, Copy, Debug)]
enum Act {
    Write(usize, usize, i64, bool),
    Approve(usize),
    Delete(usize),
    TakeDown(usize),
    Restore(usize),
    Helpful(usize, usize, bool),
    Answer(usize),
    Leave(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let which = any::<usize>;
    prop_oneof![
        6 => (0..4_usize, 0..2_usize, 1..=5_i64, any::<bool>()).prop_map(|(by, of, stars, held)| Act::Write(by, of, stars, held)),
        3 => which().prop_map(Act::Approve),
        2 => which().prop_map(Act::Delete),
        1 => which().prop_map(Act::TakeDown),
        3 => which().prop_map(Act::Restore),
        4 => (0..4_usize, which(), any::<bool>()).prop_map(|(by, of, yes)| Act::Helpful(by, of, yes)),
        1 => which().prop_map(Act::Answer),
        1 => (0..4_usize).prop_map(Act::Leave),
    ]
}

/// What a model knows of a review: whose it is and of what, how many stars it gives, whether it waits, was deleted, was taken down.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Known {
    id: PostId,
    by: usize,
    of: usize,
    stars: i64,
    held: bool,
    deleted: bool,
    taken_down: bool,
}

fn play(tx: &mut Tx, subjects: [PostId; 2], people: &[AccountId], acts: &[Act]) -> Result<Vec<Known>> {
    let mut all: Vec<Known> = Vec::new();
    for (now, act) in (NOW..).zip(acts) {
        let at = |which: usize| if all.is_empty() { None } else { Some(which % all.len()) };
        match *act {
            Act::Write(by, of, stars, held) => {
                let written =
                    put(tx, people[by], subjects[of], &says(stars, &format!("{by} {of} {stars}")), held.then_some(Reason::New), now);
                let known = all.iter_mut().find(|known| known.by == by && known.of == of);
                match (known, written) {
                    (Some(known), Err(Error::Forbidden(_))) => assert!(known.taken_down),
                    (Some(known), Ok((id, tags))) => {
                        assert!(known.id == id && !known.taken_down);
                        // One that says the same already stays as it is.
                        assert_eq!(tags.is_empty(), known.stars == stars && !known.deleted);
                        known.held |= held && !tags.is_empty();
                        (known.stars, known.deleted) = (stars, false);
                    }
                    (None, written) => {
                        all.push(Known { id: written?.0, by, of, stars, held, deleted: false, taken_down: false });
                    }
                    (_, Err(error)) => return Err(error),
                }
            }
            Act::Approve(which) => {
                if let Some(at) = at(which) {
                    approve(tx, all[at].id, now)?;
                    all[at].held = false;
                }
            }
            Act::Delete(which) => {
                if let Some(at) = at(which) {
                    remove(tx, all[at].id, now)?;
                    all[at].deleted = true;
                }
            }
            Act::TakeDown(which) => {
                if let Some(at) = at(which) {
                    take_down(tx, all[at].id, people[0], "Why not", now)?;
                    all[at].taken_down |= !all[at].deleted;
                    all[at].deleted = true;
                }
            }
            Act::Restore(which) => {
                if let Some(at) = at(which) {
                    restore(tx, all[at].id, now)?;
                    (all[at].deleted, all[at].taken_down) = (false, false);
                }
            }
            Act::Helpful(by, which, yes) => {
                if let Some(at) = at(which)
                    && all[at].by != by
                {
                    set_helpful(tx, people[by], all[at].id, yes, now)?;
                }
            }
            Act::Answer(which) => {
                if let Some(at) = at(which) {
                    answer(tx, all[at].id, people[4], "Thank you.", now)?;
                }
            }
            Act::Leave(who) => while leave(tx, people[who], 2)? {},
        }
    }
    Ok(all)
}

/// Whether everybody sees what the model says that they see.
fn look(tx: &mut Tx, subjects: [PostId; 2], people: &[AccountId], all: &[Known]) -> Result {
    assert_eq!(drift(tx, false)?, []);
    let viewers = [Viewer::default(), viewer(tx, people[0])?, viewer(tx, people[1])?];
    for (of, subject) in subjects.into_iter().enumerate() {
        let standing: Vec<&Known> = all.iter().filter(|known| known.of == of && !known.held && !known.deleted).collect();
        let count = i64::try_from(standing.len()).unwrap();
        assert_eq!(posts::counts_of(tx, subject)?.reviews, count);
        for (place, who) in viewers.iter().enumerate() {
            let found = listing(tx, who, subject, serde_json::json!({}))?;
            assert_eq!((found.reviews.len(), found.tally.count()), (standing.len(), count));
            let sum = |stars: i64| standing.iter().filter(|known| known.stars == stars).count();
            assert_eq!(found.tally.stars.map(|count| usize::try_from(count).unwrap()), [1, 2, 3, 4, 5].map(sum));
            for known in all.iter().filter(|known| known.of == of) {
                let own = place > 0 && known.by == place - 1;
                assert_eq!(find(tx, who, known.id).is_ok(), !known.deleted && (!known.held || own), "{known:?}");
            }
        }
    }
    Ok(())
}

testkit::on_both! {
    fn counts_are_exact_after_anything(kind) {
        let town = TestTown::of_people(kind);
        let people = ["Sam", "Ana", "Eve", "Lou", "Rosa"].map(|name| town.actor(name, "member").id);
        let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
        let mut runner = proptest::test_runner::TestRunner::new(config);
        let run = runner.run(&proptest::collection::vec(act(), 1..50), |acts| {
            let unit = move |tx: &mut Tx| -> Result {
                let subjects = [subject(tx, "story", people[4], Visibility::Public)?, subject(tx, "story", people[4], Visibility::Public)?];
                let all = play(tx, subjects, &people, &acts)?;
                look(tx, subjects, &people, &all)
            };
            town.town.db.write_now(unit).map_err(|error| TestCaseError::fail(format!("{error:?}")))
        });
        run.unwrap();
    }
}
