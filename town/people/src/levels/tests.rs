#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::TestTown;
use db::params;

testkit::on_both! {
    fn levels_begin_with_what_a_newsroom_needs(kind) {
        let town = TestTown::of_people(kind);
        let levels = town.town.levels();
        let names: Vec<_> = levels.all().iter().map(|level| level.name.as_str()).collect();
        assert_eq!(names, ["guest", "member", "author", "editor", "moderator", "administrator"]);
        let may = |level: &str| Permission::ALL.into_iter().filter(|permission| levels.permissions(level).has(*permission)).count();
        assert_eq!(["guest", "member", "author", "editor", "moderator", "administrator", "unknown"].map(may), [0, 5, 7, 12, 8, 16, 0]);
        assert!(levels.permissions("author").has(Permission::WriteStories) && !levels.permissions("author").has(Permission::EditStories));
    }

    async fn granting_replaces_what_a_level_may_do(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let wanted = [Permission::WriteStories, Permission::EditSections, Permission::WriteStories];
        town.town.db.write_now(move |tx| grant(tx, "member", &wanted)).unwrap();
        assert!(!rosa.client.get("/settings").await.has("a.write"), "the table in memory is read again on reload");
        town.town.reload().await.unwrap();
        assert!(rosa.client.get("/settings").await.has("a.write"));
        town.town.db.write_now(move |tx| grant(tx, "member", &[])).unwrap();
        town.town.reload().await.unwrap();
        assert_eq!(town.town.levels().permissions("member"), Permissions::default());
    }

    fn a_permission_of_a_newer_program_grants_nothing(kind) {
        let town = TestTown::of_people(kind);
        let sql = "insert into level_permissions (level, permission) values ('member', 'moon.visit')";
        town.town.db.write_now(move |tx| tx.run(sql, params![])).unwrap();
        let levels = town.town.db.read_now(all).unwrap();
        assert_eq!(levels.permissions("member"), town.town.levels().permissions("member"));
    }

    fn limits_and_conditions_come_back_as_they_were_set(kind) {
        let town = TestTown::of_people(kind);
        let mut limits = Limits::default();
        limits.set(Limit::NotesAnHour, Some(3));
        limits.set(Limit::Megabytes, Some(500));
        let conditions = Conditions { from: "member".into(), days: 30, posts: 5, quiet_days: 10, email: true };
        let wanted = conditions.clone();
        town.town.db.write_now(move |tx| {
            limit(tx, "author", limits)?;
            save(tx, "author", "Writer", 20, Some(&wanted))
        }).unwrap();
        let read = town.town.db.read_now(all).unwrap();
        let author = read.named("author").unwrap();
        assert_eq!((author.title.as_str(), author.limits, author.conditions.as_ref()), ("Writer", limits, Some(&conditions)));
        assert_eq!(read.after("member").map(|(level, _)| level.name.as_str()).collect::<Vec<_>>(), ["author"]);
        town.town.db.write_now(|tx| grant(tx, "author", &[Permission::ManageSite])).unwrap();
        assert_eq!(town.town.db.read_now(all).unwrap().after("member").count(), 0);
    }

    fn a_level_goes_when_nobody_is_at_it(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        assert!(!town.town.db.write_now(|tx| remove(tx, "author")).unwrap());
        let moved = town.town.db.write_now(|tx| move_members(tx, "author", "member", 9, 10)).unwrap();
        assert_eq!(moved, [rosa.id]);
        assert!(town.town.db.write_now(|tx| remove(tx, "author")).unwrap());
        assert!(town.town.db.read_now(all).unwrap().named("author").is_none());
    }

    fn what_an_older_program_did_not_know_is_given_as_usual(kind) {
        let town = TestTown::of_people(kind);
        town.town.db.write_now(|tx| {
            tx.run("delete from level_permissions where permission in ('notes.write', 'people.welcome', 'notes.moderate', 'badges.give')", params![])?;
            usual(tx, &[Permission::WriteNotes, Permission::WelcomePeople, Permission::GiveBadges])
        }).unwrap();
        let levels = town.town.db.read_now(all).unwrap();
        let may = |level: &str, permission| levels.permissions(level).has(permission);
        assert!(may("member", Permission::WriteNotes) && !may("guest", Permission::WriteNotes));
        assert!(may("editor", Permission::WelcomePeople) && may("administrator", Permission::GiveBadges) && !may("author", Permission::WelcomePeople));
        assert!(!may("editor", Permission::ModerateNotes), "it was known, and nobody had it");
    }

    fn an_unknown_level_is_granted_nothing(kind) {
        let town = TestTown::of_people(kind);
        let error = town.town.db.write_now(|tx| grant(tx, "king", &[Permission::ManageSite])).unwrap_err();
        assert_eq!(error.kind(), db::Kind::ForeignKey);
    }
}

#[test]
fn every_permission_has_a_bit_and_a_name_of_its_own() {
    for permission in Permission::ALL {
        let mut only = Permissions::default();
        only.add(permission);
        assert_eq!(Permission::ALL.into_iter().filter(|other| only.has(*other)).collect::<Vec<_>>(), [permission]);
        assert_eq!(Permission::by_name(permission.name()), Some(permission));
    }
}

#[test]
fn conditions_say_what_is_missing() {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let asked = Conditions { from: "member".into(), days: 10, posts: 3, quiet_days: 7, email: true };
    let record = Record { joined_at: 0, posts: 1, trouble_at: Some(8 * DAY), email: false };
    let unmet = asked.unmet(&record, 9 * DAY + 1);
    assert_eq!(unmet, [Unmet::Days(1), Unmet::Posts(2), Unmet::Quiet(6), Unmet::Email]);
    assert_eq!(unmet[0].words(), "1 day more here");
    let fine = Record { joined_at: 0, posts: 3, trouble_at: Some(3 * DAY), email: true };
    assert_eq!(asked.unmet(&fine, 10 * DAY), []);
    assert_eq!(asked.unmet(&Record { trouble_at: None, ..fine }, 10 * DAY), []);
}

#[test]
fn a_limit_is_a_number_or_nothing() {
    assert_eq!((Limit::parse(" "), Limit::parse("12")), (Ok(None), Ok(Some(12))));
    for wrong in ["0", "-1", "many", "99999999"] {
        assert!(Limit::parse(wrong).is_err(), "{wrong}");
    }
    for limit in Limit::ALL {
        assert_eq!(Limit::by_name(limit.name()), Some(limit));
        let error = enough(limit, 2, (60 * 60 * 1000, 0));
        assert!(error.words().contains('2') && error.words().contains("60 minutes"), "{}", error.words());
    }
}
