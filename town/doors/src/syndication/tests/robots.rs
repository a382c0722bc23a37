#![allow(clippy::unwrap_used)]
use crate::newsroom::Newsroom;

testkit::on_both! {
    async fn everything_may_be_read_until_somebody_says_otherwise(kind) {
        let news = Newsroom::new(kind);
        let guest = news.town.guest();
        let page = guest.get("/robots.txt").await;
        page.assert_status(200);
        assert_eq!(page.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(page.text(), "User-agent: *\nDisallow: /admin\nDisallow: /write\nDisallow: /settings\n\nSitemap: http://localhost/sitemap.xml\n");
    }

    async fn the_desk_changes_it(kind) {
        let news = Newsroom::new(kind);
        let (admin, guest) = (news.town.actor("Priya Nair", "administrator"), news.town.guest());
        let usual = guest.get("/robots.txt").await.text();
        let desk = admin.client.get("/admin/site").await;
        desk.assert_text("Sitemap: http://localhost/sitemap.xml");
        let rules = "# Not for this one\nUser-agent: GreedyBot\nDisallow: /";
        admin.client.submit(&desk, "form.narrow", &[("robots", rules)]).await.assert_status(303);
        assert_eq!(guest.get("/robots.txt").await.text(), format!("{rules}\n"));
        let desk = admin.client.get("/admin/site").await;
        admin.client.submit(&desk, "form.narrow", &[("robots", "")]).await.assert_status(303);
        assert_eq!(guest.get("/robots.txt").await.text(), usual);
    }

    async fn what_is_no_rule_is_refused_with_its_line(kind) {
        let news = Newsroom::new(kind);
        let admin = news.town.actor("Priya Nair", "administrator");
        let desk = admin.client.get("/admin/site").await;
        for (wrong, line) in [("User-agent: *\nkeep out", "Line 2"), ("<b>: x", "Line 1"), (": x", "Line 1")] {
            let page = admin.client.submit(&desk, "form.narrow", &[("robots", wrong)]).await;
            page.assert_status(422).assert_text(line).assert_text(wrong.lines().last().unwrap());
        }
        let page = admin.client.submit(&desk, "form.narrow", &[("robots", &"#".repeat(20_001))]).await;
        page.assert_status(422);
    }
}
