//! Who cannot join, on the desk.

use super::town;

testkit::on_both! {
    async fn what_is_blocked_is_set_and_lifted(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let form = |value, time| [("value", value), ("reason", "Robots"), ("for", time)];
        // Those who act in tests come from 192.0.2.1.
        let wrong = ana.client.post("/admin/blocks", &form("192.0.2.0/24", "7")).await;
        wrong.assert_status(422).assert_text("You come from this network yourself").assert_landmarks();
        assert_eq!(wrong.form("main form").value("value"), Some("192.0.2.0/24"));
        ana.client.post("/admin/blocks", &form("town.example", "7")).await.assert_status(422).assert_text("Your own e-mail address");
        ana.client.post("/admin/blocks", &form("198.51.100.0/24", "ever")).await.assert_status(422).assert_text("change hands");
        let done = ana.client.post("/admin/blocks", &form("198.51.100.77/24", "7")).await;
        let page = ana.client.follow(&done).await;
        page.assert_text("198.51.100.0/24").assert_text("Robots").assert_landmarks();
        ana.client.get("/admin/decisions").await.assert_text("Blocked 198.51.100.0/24");
        assert!(town.town.prevention().bars.of_address("198.51.100.1".parse().unwrap(), town.town.now()).is_some());
        ana.client.submit(&page, "form[action$=removal]", &[]).await.assert_status(303);
        ana.client.get("/admin/blocks").await.assert_text("Nothing is.");
        ana.client.post("/admin/blocks/1/removal", &[]).await.assert_status(404);
    }
}
