#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::TestTown;

testkit::on_both! {
    fn levels_begin_with_what_a_newsroom_needs(kind) {
        let town = TestTown::of_people(kind);
        let levels = town.town.levels();
        let names: Vec<_> = levels.all().iter().map(|level| level.name.as_str()).collect();
        assert_eq!(names, ["guest", "member", "author", "editor", "administrator"]);
        let may = |level: &str| Permission::ALL.into_iter().filter(|permission| levels.permissions(level).has(*permission)).count();
        assert_eq!(["guest", "member", "author", "editor", "administrator", "unknown"].map(may), [0, 0, 2, 5, 7, 0]);
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
        assert_eq!(levels.permissions("member"), Permissions::default());
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
