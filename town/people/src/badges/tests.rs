#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::TestTown;

testkit::on_both! {
    fn badges_are_made_given_and_taken(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, sam) = (town.actor("Rosa", "member").id, town.actor("Sam", "member").id);
        let looks = Looks { name: "Trail keeper".into(), meaning: "Keeps the trails".into(), icon: "leaf".into(), colour: "leaf".into() };
        let (first, made) = (looks.clone(), town.town.db.read_now(all).unwrap());
        assert_eq!(made.iter().map(|badge| badge.looks.name.as_str()).collect::<Vec<_>>(), ["Verified resident", "City", "Staff"]);
        let id = town.town.db.write_now(move |tx| insert(tx, &first, 1)).unwrap();
        let again = Looks { name: "TRAIL KEEPER".into(), ..looks };
        assert!(town.town.db.write_now(move |tx| insert(tx, &again, 1)).unwrap_err().violates("badges.name_key"));
        town.town.db.write_now(move |tx| swap(tx, id)).unwrap();
        assert!(town.town.db.write_now(move |tx| give(tx, rosa, id, Some(sam), 5)).unwrap());
        assert!(!town.town.db.write_now(move |tx| give(tx, rosa, id, None, 6)).unwrap());
        town.town.db.write_now(move |tx| give(tx, rosa, BadgeId::new(3), None, 6)).unwrap();
        let held = town.town.db.read_now(move |tx| held(tx, &[rosa, sam])).unwrap();
        assert_eq!(held[&rosa].iter().map(|badge| badge.looks.name.as_str()).collect::<Vec<_>>(), ["Trail keeper", "Staff"]);
        assert!(!held.contains_key(&sam));
        assert_eq!(town.town.db.read_now(move |tx| holders(tx, id, None, 5)).unwrap()[0].since, 5);
        assert!(town.town.db.write_now(move |tx| take(tx, rosa, id)).unwrap() && !town.town.db.write_now(move |tx| take(tx, rosa, id)).unwrap());
        assert!(town.town.db.write_now(move |tx| remove(tx, BadgeId::new(3))).unwrap());
        assert!(town.town.db.read_now(move |tx| of(tx, rosa)).unwrap().is_empty());
    }
}

#[test]
fn a_badge_says_its_name_to_those_who_do_not_see_it() {
    let mut problems = Problems::default();
    let fields = [("name", "City"), ("meaning", "Speaks for the <city>"), ("icon", "landmark"), ("colour", "sky")];
    let looks = Looks::parse(&Form::from_pairs(fields), &mut problems);
    assert!(problems.is_empty());
    assert!(looks.small().into_string().contains("<span class=\"visually-hidden\">City</span>"));
    assert!(looks.whole().into_string().contains("Speaks for the &lt;city&gt;"));
    Looks::parse(&Form::from_pairs([("icon", "skull"), ("colour", "pink")]), &mut problems);
    assert!(["name", "meaning", "icon", "colour"].iter().all(|field| problems.of(field).is_some()));
}
