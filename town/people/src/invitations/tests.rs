//! Coming by an invitation, through the front door and through the store.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::{
    accounts::Standing,
    joining::Mode,
    testing::{Actor, PASSWORD, TestTown},
};

const DAY: i64 = 24 * 60 * 60 * 1000;

fn invite(town: &TestTown, by: &Actor, places: i64) -> (InvitationId, String) {
    let (by, now) = (by.id, town.town.now());
    let new = NewInvitation { note: "The choir".into(), places, lasts_ms: DAY };
    town.town.db.write_now(move |tx| make(tx, by, &new, now)).unwrap()
}

async fn come(town: &TestTown, token: &str, handle: &str) -> (testkit::Client, testkit::Page) {
    let (client, proof, email) = (town.guest(), town.proof(), format!("{handle}@home.example"));
    let fields =
        [("display_name", "Rosa"), ("handle", handle), ("email", &email), ("password", PASSWORD), ("rules", "1"), ("proof", &proof)];
    let answer = client.post(&format!("/invitation/{token}"), &fields).await;
    (client, answer)
}

testkit::on_both! {
    async fn whoever_is_invited_joins_without_further_leave(kind) {
        let town = TestTown::of_people(kind);
        let ana = town.actor("Ana Duarte", "editor");
        for mode in [Mode::Invitation, Mode::Approval, Mode::Open] {
            town.open_to(mode);
            let (_, token) = invite(&town, &ana, 1);
            let page = town.guest().get(&format!("/invitation/{token}")).await;
            page.assert_status(200).assert_landmarks().assert_text("Ana Duarte invites you.");
            assert!(!page.has("#reason"), "{mode:?}");
            let (client, answer) = come(&town, &token, &format!("rosa_{}", mode.name())).await;
            answer.assert_status(303);
            assert_eq!(client.post(&town.link_in_letter(), &[]).await.location(), "/welcome?done=welcome", "{mode:?}");
        }
    }

    async fn an_invitation_has_so_many_places_and_so_many_days(kind) {
        let town = TestTown::of_people(kind);
        town.open_to(Mode::Invitation);
        let ana = town.actor("Ana Duarte", "editor");
        let (id, token) = invite(&town, &ana, 2);
        for handle in ["rosa", "bert"] {
            come(&town, &token, handle).await.1.assert_status(303);
        }
        come(&town, &token, "cleo").await.1.assert_status(410).assert_landmarks().assert_text("no longer works");
        town.guest().get(&format!("/invitation/{token}")).await.assert_status(410);
        let read = town.town.db.read_now(move |tx| Ok::<_, db::Error>((find(tx, id)?, came_by(tx, id, 10)?)));
        let (invitation, people) = read.map(|(found, people)| (found.unwrap(), people)).unwrap();
        assert_eq!((invitation.used, invitation.note.as_str()), (2, "The choir"));
        let names: Vec<_> = people.iter().map(|(author, standing, _)| (author.handle.as_str(), *standing)).collect();
        assert_eq!(names, [("rosa", Standing::Unconfirmed), ("bert", Standing::Unconfirmed)]);

        let (_, late) = invite(&town, &ana, 2);
        town.pass(DAY);
        come(&town, &late, "dora").await.1.assert_status(410);
        come(&town, "0000", "dora").await.1.assert_status(410);
    }

    async fn withdrawn_invitations_and_closed_sites_let_nobody_in(kind) {
        let town = TestTown::of_people(kind);
        town.open_to(Mode::Invitation);
        let ana = town.actor("Ana Duarte", "editor");
        let ((id, withdrawn), (_, good)) = (invite(&town, &ana, 5), invite(&town, &ana, 5));
        let now = town.town.now();
        town.town.db.write_now(move |tx| withdraw(tx, id, now)).unwrap();
        come(&town, &withdrawn, "rosa").await.1.assert_status(410);
        town.open_to(Mode::Closed);
        come(&town, &good, "rosa").await.1.assert_status(403);
        town.guest().get(&format!("/invitation/{good}")).await.assert_status(403);
        let all = town.town.db.read_now(|tx| all(tx, 10)).unwrap();
        assert_eq!(all.iter().map(|one| (one.used, one.works(now))).collect::<Vec<_>>(), [(0, true), (0, false)]);
        assert_eq!(all[0].by.as_ref().unwrap().handle, "ana_duarte");
    }

    fn the_last_place_is_held_by_one(kind) {
        let town = TestTown::of_people(kind);
        let ana = town.actor("Ana Duarte", "editor");
        let ((id, token), now) = (invite(&town, &ana, 1), town.town.now());
        let held = town.town.db.write_now(move |tx| {
            let first = hold(tx, &token, now)?;
            tx.run("update accounts set invitation_id = $1", db::params![id])?;
            Ok::<_, db::Error>((first, hold(tx, &token, now)?, hold(tx, "0000", now)?))
        }).unwrap();
        assert_eq!(held, (Some(id), None, None));
    }
}

#[test]
fn numbers_of_an_invitation_have_their_limits() {
    for (places, days, fine) in
        [("1", "1", true), ("1000", "365", true), ("0", "1", false), ("1001", "1", false), ("5", "366", false), ("x", "", false)]
    {
        let mut problems = Problems::default();
        NewInvitation::parse(&Form::from_pairs([("note", "Choir"), ("places", places), ("days", days)]), &mut problems);
        assert_eq!(problems.is_empty(), fine, "{places} {days}");
    }
}
