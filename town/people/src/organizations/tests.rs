//! Organizations in the store, on both databases.
#![allow(clippy::unwrap_used)]

use testkit::Kind as On;
use web::Error;

use super::*;
use crate::{
    AccountId,
    accounts::{self, Standing},
    blocks, connections, departures, notices,
    testing::{Actor, TestTown},
};

fn new(name: &str, kind: Kind) -> New {
    let handle = text::handle::parse(&name.to_lowercase().replace(' ', "_")).unwrap();
    New { handle, name: name.into(), kind, asks: false, details: Details { place: "12 Depot Street".into(), ..Details::default() } }
}

/// A town with a bookshop that Rosa founded.
struct Shop {
    town: TestTown,
    rosa: Actor,
    ben: Actor,
    dee: Actor,
    shop: AccountId,
}

impl Shop {
    fn open(on: On) -> Self {
        let town = TestTown::of_people(on);
        let [rosa, ben, dee] = ["Rosa", "Ben", "Dee"].map(|name| town.actor(name, "member"));
        let owner = rosa.id;
        let shop = town.town.db.write_now(move |tx| found(tx, &new("Juniper Books", Kind::Business), owner, 5)).unwrap();
        Self { town, rosa, ben, dee, shop }
    }

    fn write<T: Send + 'static>(&self, unit: impl FnMut(&mut db::Tx) -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
        self.town.town.db.write_now(unit)
    }

    fn join(&self, who: AccountId, role: Role) {
        let shop = self.shop;
        self.write(move |tx| {
            invite(tx, shop, who, role, 10)?;
            accept(tx, shop, who, 11).map(|accepted| assert!(accepted))
        })
        .unwrap();
    }

    fn roles(&self) -> Vec<(AccountId, Role)> {
        let shop = self.shop;
        let there = self.write(move |tx| Ok(people(tx, shop)?)).unwrap();
        there.into_iter().filter(|person| person.joined_at.is_some()).map(|person| (person.author.id, person.role)).collect()
    }

    fn drift(&self) -> usize {
        self.write(|tx| Ok(drift(tx, false)?)).unwrap().len()
    }

    fn unread(&self, who: AccountId) -> i64 {
        self.write(move |tx| Ok(notices::unread(tx, who)?)).unwrap()
    }
}

testkit::on_both! {
    async fn one_is_founded_found_and_changed(on) {
        let shop = Shop::open(on);
        let (id, rosa) = (shop.shop, shop.rosa.id);
        let of = shop.write(move |tx| Ok(find(tx, id)?)).unwrap().unwrap();
        assert_eq!((of.account.name.as_str(), of.kind, of.people, of.details.place.as_str()), ("Juniper Books", Kind::Business, 1, "12 Depot Street"));
        assert!(of.account.is_organization && of.account.email.is_none());
        assert_eq!(shop.roles(), [(rosa, Role::Owner)]);
        shop.write(move |tx| {
            found(tx, &new("Acorn Club", Kind::Organization), rosa, 6)?;
            save(tx, id, "Zebra Books", &Details { bio: "Old books".into(), ..Details::default() }, 7)?;
            Ok(ask_to_be_official(tx, id, 8)?)
        }).unwrap();
        let guest = AccountId::new(0);
        let names = |wanted: Wanted| {
            let found = shop.write(move |tx| Ok(list(tx, guest, &wanted, 9)?)).unwrap();
            found.into_iter().map(|one| one.author.name).collect::<Vec<_>>()
        };
        assert_eq!(names(Wanted::default()), ["Acorn Club", "Zebra Books"]);
        assert_eq!(names(Wanted { typed: "zeb".into(), ..Wanted::default() }), ["Zebra Books"]);
        assert_eq!(names(Wanted { kind: Some(Kind::Organization), ..Wanted::default() }), ["Acorn Club"]);
        assert_eq!(names(Wanted { typed: "book".into(), kind: Some(Kind::Official), ..Wanted::default() }), [""; 0]);
        let first = shop.write(move |tx| Ok(list(tx, guest, &Wanted::default(), 1)?)).unwrap()[0].author.id;
        assert_eq!(names(Wanted { after: Some(first), ..Wanted::default() }), ["Zebra Books"]);
        // The staff answer.
        assert_eq!(shop.write(|tx| Ok((asking(tx, 9)?.0.len(), count_asking(tx)?))).unwrap(), (1, 1));
        shop.write(move |tx| Ok(set_kind(tx, id, Kind::Official, 9)?)).unwrap();
        shop.write(move |tx| Ok(ask_to_be_official(tx, id, 10)?)).unwrap();
        assert_eq!(shop.write(|tx| Ok((asking(tx, 9)?.0.len(), count_asking(tx)?))).unwrap(), (0, 0));
        assert_eq!(names(Wanted { kind: Some(Kind::Official), ..Wanted::default() }), ["Zebra Books"]);
        assert_eq!(shop.write(move |tx| Ok(named(tx, &[id, rosa])?)).unwrap(), [(id, Kind::Official)]);
        // Whoever is blocked is not told that it is there.
        let ben = shop.ben.id;
        shop.write(move |tx| { blocks::block(tx, id, ben, 9)?; Ok(()) }).unwrap();
        assert_eq!(shop.write(move |tx| Ok(list(tx, ben, &Wanted::default(), 9)?)).unwrap().len(), 1);
    }

    async fn who_is_invited_has_the_role_once_they_accept(on) {
        let shop = Shop::open(on);
        let (id, ben) = (shop.shop, shop.ben.id);
        shop.write(move |tx| invite(tx, id, ben, Role::Editor, 10)).unwrap();
        assert_eq!(shop.unread(ben), 1);
        assert_eq!(shop.write(move |tx| Ok(role_of(tx, ben, id)?)).unwrap(), None, "nobody is made part of what they did not agree to");
        assert!(matches!(shop.write(move |tx| must_write_for(tx, ben, id, 11).map(drop)), Err(Error::Forbidden(_))));
        assert!(shop.write(move |tx| invite(tx, id, ben, Role::Owner, 10)).is_err(), "once");
        let own = shop.write(move |tx| Ok(memberships(tx, ben)?)).unwrap();
        assert_eq!((own.len(), own[0].joined, own[0].here, own[0].role), (1, false, true, Role::Editor));
        assert!(shop.write(move |tx| accept(tx, id, ben, 11)).unwrap());
        assert!(!shop.write(move |tx| accept(tx, id, ben, 12)).unwrap());
        assert_eq!((shop.roles().len(), shop.drift()), (2, 0));
        assert_eq!(shop.write(move |tx| must_write_for(tx, ben, id, 13)).unwrap(), Role::Editor);
        let dee = shop.dee.id;
        assert!(!shop.write(move |tx| accept(tx, id, dee, 12)).unwrap(), "nobody accepts what was never offered");
        shop.write(move |tx| invite(tx, id, dee, Role::Contributor, 13)).unwrap();
        assert!(shop.write(move |tx| end(tx, id, dee)).unwrap());
        assert_eq!((shop.roles().len(), shop.drift()), (2, 0));
        // What happens to its posts its owners and editors hear.
        let mut heard = [shop.rosa.id, ben];
        heard.sort_unstable();
        assert_eq!(shop.write(move |tx| Ok(hears(tx, id)?)).unwrap(), heard);
        assert_eq!(shop.write(move |tx| Ok((hears(tx, ben)?, speaks_as(tx, ben, &[dee, id])?, writes_for(tx, dee, &[id])?))).unwrap(), (vec![], Some(id), false));
    }

    async fn somebody_owns_it_as_long_as_it_is_there(on) {
        let shop = Shop::open(on);
        let (id, rosa, ben, dee) = (shop.shop, shop.rosa.id, shop.ben.id, shop.dee.id);
        shop.join(ben, Role::Contributor);
        let alone = |result: Result<(), Error>| assert!(matches!(result, Err(Error::Conflict(_))), "{result:?}");
        alone(shop.write(move |tx| end(tx, id, rosa).map(drop)));
        alone(shop.write(move |tx| set_role(tx, id, (rosa, rosa), Role::Editor, 20)));
        // Who is only invited does not own it yet.
        shop.write(move |tx| invite(tx, id, dee, Role::Owner, 20)).unwrap();
        alone(shop.write(move |tx| end(tx, id, rosa).map(drop)));
        shop.write(move |tx| set_role(tx, id, (ben, rosa), Role::Owner, 21)).unwrap();
        assert_eq!(shop.unread(ben), 2, "invited, and made an owner");
        assert!(shop.write(move |tx| end(tx, id, rosa)).unwrap());
        assert_eq!((shop.roles(), shop.drift()), (vec![(ben, Role::Owner)], 0));
        assert_eq!(shop.write(move |tx| Ok(owners(tx, id)?)).unwrap(), [ben]);
        assert!(matches!(shop.write(move |tx| set_role(tx, id, (rosa, ben), Role::Editor, 22)), Err(Error::NotFound)));
    }

    async fn one_member_owns_so_many_and_no_more(on) {
        let shop = Shop::open(on);
        let (id, rosa, ben) = (shop.shop, shop.rosa.id, shop.ben.id);
        shop.write(move |tx| {
            for number in 0..MOST_OWNED {
                must_have_room(tx, ben, "display_name")?;
                found(tx, &new(&format!("Club {number}"), Kind::Organization), ben, 5)?;
            }
            Ok(())
        }).unwrap();
        assert!(matches!(shop.write(move |tx| must_have_room(tx, ben, "display_name")), Err(Error::Invalid(_))));
        shop.write(move |tx| invite(tx, id, ben, Role::Owner, 6)).unwrap();
        assert!(matches!(shop.write(move |tx| accept(tx, id, ben, 7)), Err(Error::Invalid(_))));
        shop.write(move |tx| {
            end(tx, id, ben)?;
            invite(tx, id, ben, Role::Editor, 8)?;
            accept(tx, id, ben, 9).map(drop)
        }).unwrap();
        assert!(matches!(shop.write(move |tx| set_role(tx, id, (ben, rosa), Role::Owner, 10)), Err(Error::Invalid(_))));
    }

    async fn whoever_leaves_the_town_leaves_it_to_the_next(on) {
        let shop = Shop::open(on);
        let (id, rosa, ben, dee) = (shop.shop, shop.rosa.id, shop.ben.id, shop.dee.id);
        shop.join(dee, Role::Contributor);
        shop.join(ben, Role::Editor);
        let leave = |who: AccountId| shop.write(move |tx| {
            departures::ask(tx, who, false, 20, 20)?;
            departures::forget(tx, who, "Town", 20)
        }).unwrap();
        assert!(leave(rosa));
        assert_eq!((shop.roles(), shop.drift()), (vec![(ben, Role::Owner), (dee, Role::Contributor)], 0));
        assert_eq!(shop.unread(ben), 2);
        assert!(leave(ben) && leave(dee));
        assert_eq!(shop.write(|tx| Ok(asking(tx, 9)?.1.len())).unwrap(), 1, "the staff see that nobody owns it");
        let sam = shop.town.actor("Sam", "member").id;
        shop.write(move |tx| Ok(appoint_and_tell(tx, id, sam, Role::Owner, 30)?)).unwrap();
        assert_eq!((shop.roles(), shop.drift(), shop.unread(sam)), (vec![(sam, Role::Owner)], 0, 1));
        // It goes the same way itself.
        assert!(leave(id));
        assert!(shop.write(move |tx| Ok(find(tx, id)?)).unwrap().is_none());
        assert_eq!(shop.write(move |tx| Ok((accounts::by_id(tx, id)?.unwrap().standing, memberships(tx, sam)?.len()))).unwrap(), (Standing::Gone, 0));
    }

    async fn nobody_writes_for_one_that_is_shut(on) {
        let shop = Shop::open(on);
        let (id, rosa) = (shop.shop, shop.rosa.id);
        let may = || shop.write(move |tx| must_write_for(tx, rosa, id, 50)).is_ok();
        assert!(may());
        shop.write(move |tx| Ok(accounts::limit(tx, id, Some(60), 1)?)).unwrap();
        assert!(!may());
        shop.write(move |tx| Ok(accounts::limit(tx, id, None, 1)?)).unwrap();
        shop.write(move |tx| Ok(accounts::suspend(tx, id, None, "why", 1)?)).unwrap();
        assert!(!may());
        shop.write(move |tx| Ok(accounts::set_suspended(tx, id, false, 1)?)).unwrap();
        shop.write(move |tx| Ok(departures::ask(tx, id, false, 99, 2)?)).unwrap();
        assert!(!may());
        assert!(shop.write(move |tx| Ok(departures::stay(tx, id, 3)?)).unwrap() && may());
    }

    async fn friends_are_people_and_letters_go_to_people(on) {
        let shop = Shop::open(on);
        let (id, ben) = (shop.shop, shop.ben.id);
        assert!(matches!(shop.write(move |tx| connections::ask(tx, ben, id, 5).map(drop)), Err(Error::Forbidden(_))));
        shop.write(move |tx| connections::follow(tx, ben, id.get(), 6).map(drop)).unwrap();
        assert_eq!(shop.write(move |tx| Ok(connections::counts(tx, id.get())?)).unwrap().followers, 1);
        assert_eq!((shop.unread(id), shop.unread(shop.rosa.id)), (0, 0), "that somebody follows it is nobody's news");
    }

    async fn what_goes_out_comes_back_in(on) {
        let shop = Shop::open(on);
        let (id, rosa, ben, dee) = (shop.shop, shop.rosa.id, shop.ben.id, shop.dee.id);
        shop.join(ben, Role::Editor);
        shop.write(move |tx| {
            set_named(tx, id, ben, true)?;
            invite(tx, id, dee, Role::Contributor, 30)?;
            save(tx, id, "Juniper Books", &Details { hours: "Mon\nTue".into(), website: "https://juniper.example/".into(), ..Details::default() }, 31)?;
            Ok(set_kind(tx, id, Kind::Official, 32)?)
        }).unwrap();
        let line = shop.write(move |tx| Ok(whole::lines(tx, None, None, 9)?)).unwrap().pop().unwrap();
        assert_eq!((line.people.len(), line.hours.as_str(), line.kind.as_str()), (3, "Mon\nTue", "official"));
        let own = shop.write(move |tx| Ok(whole::lines(tx, Some(ben), None, 9)?)).unwrap();
        assert_eq!(own[0].people.iter().map(|person| person.account).collect::<Vec<_>>(), [ben], "of others it says nothing");
        let out = line.clone();
        assert!(!shop.write(move |tx| Ok(whole::put(tx, &out, true)?)).unwrap(), "what is here stays");
        for fresh in [false, true] {
            let out = line.clone();
            let back = shop.write(move |tx| {
                tx.run("delete from organizations where id = $1", db::params![id])?;
                assert!(whole::put(tx, &out, fresh)?);
                Ok(whole::lines(tx, None, None, 9)?.pop().unwrap())
            }).unwrap();
            let kind = if fresh { "official" } else { "organization" };
            assert_eq!(back, whole::Line { kind: kind.into(), ..line.clone() });
            assert_eq!(shop.drift(), 0);
        }
        assert_eq!(shop.roles(), [(rosa, Role::Owner), (ben, Role::Editor)]);
        // A person is no organization, whatever a file says.
        let forged = whole::Line { account: dee, ..line };
        assert!(!shop.write(move |tx| Ok(whole::put(tx, &forged, true)?)).unwrap());
    }
}
