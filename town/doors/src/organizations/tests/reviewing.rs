//! What members think of an organization.

use people::organizations::{self, Role};

use super::Shop;

testkit::on_both! {
    async fn it_is_reviewed_by_others_and_answers(kind) {
        let shop = Shop::open(kind).await;
        shop.join(&shop.ben, Role::Contributor).await;
        // Reviews of those who are new here wait.
        shop.news.town.pass(4 * 24 * 60 * 60 * 1000);
        let id = shop.id;
        let page = shop.news.town.town.db.read_now(move |tx| organizations::find(tx, id)).unwrap().unwrap().page.unwrap();
        let tab = shop.dee.client.get("/@juniper_books/reviews").await;
        tab.assert_status(200).assert_landmarks().assert_text("Nobody has reviewed this yet.");
        let form = shop.dee.client.get(&format!("/posts/{page}/review")).await;
        form.assert_status(200).assert_landmarks().assert_text("Juniper Books").assert_text("Reliability");
        let said = [("stars", "5"), ("title", "Good coffee, too"), ("recommend", "yes"), ("body", "I stayed all day.")];
        shop.dee.client.submit(&form, &format!("form[action='/posts/{page}/review']"), &said).await.assert_status(303);
        let guest = shop.news.town.guest();
        let tab = guest.get("/@juniper_books/reviews").await;
        tab.assert_landmarks().assert_text("Good coffee, too");
        // Who writes for it does not judge it.
        for own in [&shop.rosa, &shop.ben] {
            own.client.post(&format!("/posts/{page}/review"), &said).await.assert_status(403);
        }
        shop.rosa.client.get("/notifications").await.assert_text("Dee");
        let review = tab.attr("a[href^='/reviews/']", "href").unwrap();
        shop.ben.client.get(&format!("{review}/answer")).await.assert_status(403);
        shop.dee.client.get(&format!("{review}/answer")).await.assert_status(403);
        shop.rosa.client.post(&format!("{review}/answer"), &[("body", "Come again!")]).await.assert_status(303);
        let one = guest.get(&review).await;
        one.assert_text("Come again!").assert_text("Juniper Books");
        assert!(!one.text().contains("/@rosa"), "the organization answers, whoever wrote it");
        assert_eq!(shop.news.town.town.db.read_now(|tx| talk::reviews::drift(tx, false)).unwrap(), []);
        // The page itself is nothing that anybody reads.
        guest.get(&format!("/@juniper_books/{page}")).await.assert_status(404);
    }
}
