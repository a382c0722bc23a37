use super::town;
use people::pictures;
use testkit::Attachment;

/// A picture of so many pixels.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![90; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

testkit::on_both! {
    async fn colours_are_taken_when_they_can_be_read(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let page = ana.client.get("/admin/looks").await;
        page.assert_text("Contrast 5.").assert_landmarks();
        let pale = ana.client.submit(&page, "form#colours", &[("accent_light", "#ffcc00"), ("accent_dark", "#ffcc00")]).await;
        pale.assert_status(422).assert_landmarks().assert_text("text needs 4.5:1. Choose a darker one.");
        assert_eq!(pale.form("form#colours").value("accent_light"), Some("#ffcc00"));
        assert_eq!(pale.count("form#colours .wrong"), 1);
        let done = ana.client.submit(&page, "form#colours", &[("accent_light", "#14532d"), ("accent_dark", "#86efac")]).await;
        let saved = ana.client.follow(&done).await;
        saved.assert_text("Saved.");
        let guest = town.guest();
        let sheet = guest.get("/rules").await.attr("link[href^='/looks/']", "href").unwrap();
        assert!(guest.get(&sheet).await.assert_status(200).text().contains("#14532d"));
        ana.client.post("/admin/looks", &[("do", "usual")]).await.assert_status(303);
        assert!(!guest.get("/rules").await.has("link[href^='/looks/']"), "pages that were kept for guests are drawn anew");
        ana.client.get("/admin/decisions").await.assert_text("Changed the colours").assert_text("Went back to the usual colours");
    }

    async fn a_logo_and_an_icon_go_through_the_pictures(kind) {
        let town = town(kind);
        let (ana, guest) = (town.actor("Ana", "administrator"), town.guest());
        let send = async |role: &'static str, bytes: Vec<u8>| {
            ana.client.upload(&format!("/admin/looks/{role}"), &[], &[Attachment::new(role, "mark.png", "image/png", bytes)]).await
        };
        send("icon", png(200, 190)).await.assert_status(422).assert_landmarks().assert_text("An icon is a square");
        send("logo", png(900, 100)).await.assert_status(422).assert_text("at most 8 times as long as high");
        send("logo", b"<svg/>".to_vec()).await.assert_status(422);
        ana.client.post("/admin/looks/logo", &[]).await.assert_status(422).assert_text("Choose a picture first");
        send("moon", png(200, 200)).await.assert_status(404);
        send("icon", png(200, 200)).await.assert_status(303);
        send("logo", png(300, 80)).await.assert_status(303);
        let looks = town.town.looks();
        let (icon, logo) = (looks.icon.clone().unwrap(), looks.logo.clone().unwrap());
        let page = guest.get("/rules").await;
        assert_eq!(page.attr(".nameplate img", "src"), Some(pictures::address(&logo.key)));
        assert_eq!(page.attr(".nameplate img", "alt").as_deref(), Some("The Mesa Lantern"));
        assert_eq!(page.attr("link[rel=icon]", "href"), Some(pictures::small_address(&icon.key)));
        let absolute = format!("http://localhost{}", pictures::social_address(&icon.key));
        assert!(guest.get("/feed.rss").await.text().contains(&format!("<url>{absolute}</url>")));
        assert!(guest.get("/feed.atom").await.text().contains(&format!("<icon>{absolute}</icon>")));
        assert_eq!(guest.get("/feed.json").await.json()["icon"], absolute.as_str());
        let used = town.town.db.read_now(move |tx| people::uses::holders(tx, &icon.key)).unwrap();
        assert_eq!(used, [people::uses::LOOKS]);
        ana.client.post("/admin/looks/logo/removal", &[]).await.assert_status(303);
        assert_eq!(guest.get("/rules").await.one(".nameplate"), "The Mesa Lantern");
    }

    async fn menus_are_the_sites_own(kind) {
        let town = town(kind);
        let (ana, guest) = (town.actor("Ana", "administrator"), town.guest());
        let page = ana.client.get("/admin/menus").await;
        page.assert_landmarks();
        let usual = guest.get("/rules").await.select_text("footer.site li");
        let own = [("label-0", "Tips"), ("address-0", "javascript:alert(1)")];
        let wrong = ana.client.submit(&page, "#bar form", &own).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Row 1: write an address of this site");
        assert_eq!(wrong.form("#bar form").value("label-0"), Some("Tips"));
        let own = [("label-0", "Tips"), ("address-0", "/search"), ("label-1", "City"), ("address-1", "https://city.example/"), ("place-1", "0"), ("who-1", "members")];
        ana.client.submit(&page, "#bar form", &own).await.assert_status(303);
        let bar = guest.get("/rules").await.select_text("nav.sections li");
        assert!(bar.contains(&"Tips".to_owned()) && !bar.contains(&"City".to_owned()));
        let bar = ana.client.get("/rules").await.select_text("nav.sections li");
        assert_eq!(bar[bar.len() - 2..], ["City", "Tips"]);
        ana.client.submit(&page, "#footer form", &[]).await.assert_status(303);
        assert_eq!(guest.get("/rules").await.select_text("footer.site li"), usual, "the usual footer, sent as it was, stays the usual one");
        assert!(town.town.looks().menus.footer.is_empty());
        ana.client.submit(&page, "#footer form", &[("label-0", "Home"), ("who-1", "staff")]).await.assert_status(303);
        let footer = guest.get("/rules").await.select_text("footer.site li");
        assert_eq!((footer[0].as_str(), footer.len()), ("Home", usual.len() - 1));
        ana.client.post("/admin/menus/footer", &[("do", "usual")]).await.assert_status(303);
        assert_eq!(guest.get("/rules").await.select_text("footer.site li"), usual);
        ana.client.post("/admin/menus/side", &[]).await.assert_status(404);
    }
}
