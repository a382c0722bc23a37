#![allow(clippy::unwrap_used)]

use super::*;
use crate::{AccountId, accounts, blocks, testing::TestTown};

testkit::on_both! {
    fn people_are_found_by_how_their_words_begin(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, pena, _] = ["Rosa Mora", "Zoë Peña Mora", "Sam Oak"].map(|name| {
            let handle: String = text::bare(name).replace(' ', "_");
            let new = accounts::NewAccount { handle: text::handle::parse(&handle).unwrap(), name: name.into(), email: None, level: "member".into() };
            town.town.db.write_now(move |tx| accounts::insert(tx, &new, None, 0)).unwrap()
        });
        town.town.db.write_now(move |tx| {
            let mut found = |typed: &str, viewer: AccountId| {
                find(tx, typed, viewer, 9).map(|found| found.into_iter().map(|who| who.handle).collect::<Vec<_>>())
            };
            let guest = AccountId::new(0);
            assert_eq!(found("mor", guest)?, ["rosa_mora", "zoe_pena_mora"]);
            assert_eq!(found("pena", guest)?, ["zoe_pena_mora"]);
            assert_eq!(found("PEÑA zo", guest)?, ["zoe_pena_mora"]);
            assert_eq!(found("@rosa_mo", guest)?, ["rosa_mora"]);
            for nothing in ["", "  ", "%", "mora oak", "osa"] {
                assert!(found(nothing, guest)?.is_empty(), "{nothing}");
            }
            // A new name is found, and the old one no more.
            accounts::save_profile(tx, rosa, "Rosa Lind", "", 1)?;
            assert_eq!(find(tx, "lind", guest, 9)?.len(), 1);
            blocks::block(tx, pena, rosa, 1)?;
            assert!(find(tx, "pena", rosa, 9)?.is_empty());
            accounts::set_suspended(tx, pena, true, 2)?;
            assert!(find(tx, "pena", guest, 9)?.is_empty());
            Ok::<_, web::Error>(())
        }).unwrap();
    }

    fn whoever_came_in_by_another_way_is_found_after_the_rounds(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa Mora", "member").id;
        let kept = town.town.db.write_now(move |tx| {
            tx.run("delete from account_words", db::params![])?;
            assert!(find(tx, "rosa", AccountId::new(0), 9)?.is_empty());
            assert_eq!(keep(tx, AccountId::new(0))?, None);
            assert!(!index(tx, rosa, "Rosa Mora", "rosa_mora")?, "nothing is written twice");
            Ok::<_, web::Error>(find(tx, "rosa", AccountId::new(0), 9)?.len())
        }).unwrap();
        assert_eq!(kept, 1);
    }

    fn only_who_asked_for_it_is_found_by_their_address(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, ana, sam] = ["Rosa", "Ana", "Sam"].map(|name| town.actor(name, "member").id);
        town.town.db.write_now(move |tx| {
            let salt = salt(tx)?;
            let sent = format!("{}\n{}", web::token::hex(&digest(&salt, " Rosa@Town.Example ")), web::token::hex(&digest(&salt, "sam@town.example")));
            let digests = parse(&sent);
            assert_eq!(digests.len(), 2);
            let mut found = |viewer: AccountId, change: Option<(AccountId, bool)>| {
                if let Some((who, wants)) = change {
                    be_found(tx, who, wants)?;
                }
                by_contacts(tx, viewer, &digests).map(|found| found.iter().map(|who| who.id).collect::<Vec<_>>())
            };
            assert!(found(ana, None)?.is_empty());
            assert_eq!(found(ana, Some((rosa, true)))?, [rosa]);
            assert_eq!(found(ana, Some((sam, true)))?, [rosa, sam]);
            assert_eq!(found(rosa, None)?, [sam], "nobody finds themself");
            assert_eq!(found(ana, Some((sam, false)))?, [rosa]);
            tx.run("update accounts set email = 'other@town.example', email_key = 'other@town.example' where id = $1", db::params![rosa])?;
            assert!(by_contacts(tx, ana, &digests)?.is_empty(), "an address that was given up finds nobody");
            be_found(tx, sam, true)?;
            blocks::block(tx, sam, ana, 1)?;
            assert!(by_contacts(tx, ana, &digests)?.is_empty());
            Ok::<_, web::Error>(())
        }).unwrap();
    }
}

#[test]
fn digests_are_read_as_far_as_they_are_such() {
    let one = "ab".repeat(32);
    assert_eq!(parse(&format!("{one}, {one}\n{}", "AB".repeat(32))).len(), 3);
    assert_eq!(parse(&one)[0], [0xab; 32]);
    for nothing in ["", "ab", "rosa@town.example", &"a".repeat(65), &"g".repeat(64)] {
        assert!(parse(nothing).is_empty(), "{nothing}");
    }
    assert_eq!(parse(&format!("{one} ").repeat(MAX_BATCH + 1)).len(), MAX_BATCH);
}
