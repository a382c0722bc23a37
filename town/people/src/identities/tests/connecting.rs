//! Connecting and disconnecting, among the settings.

use super::*;
use crate::viewer::PROVED_MS;
use vouching::ISSUER;

const CONNECT: &str = "/settings/identities/new/lantern";

testkit::on_both! {
    async fn a_member_connects_an_account_and_is_told(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        assert_eq!(town.guest().get(PATH).await.location(), "/sign-in?next=%2Fsettings%2Fidentities");
        town.guest().get(CONNECT).await.assert_status(303);
        let rosa = town.member("Rosa", "member");
        assert_eq!(rosa.client.get(PATH).await.location(), "/sign-in/again?next=%2Fsettings%2Fidentities");
        assert_eq!(rosa.client.get(CONNECT).await.location(), "/sign-in/again?next=%2Fsettings%2Fidentities");
        prove(&rosa.client).await;
        let page = rosa.client.get(PATH).await;
        page.assert_status(200).assert_landmarks().assert_text("Connect Lantern ID");
        assert_eq!(page.attr(".providers a", "href").as_deref(), Some(CONNECT));
        let before = rosa.client.cookie("session").unwrap();
        let done = voucher.vouch(&town, &rosa.client, CONNECT, &json!({})).await;
        let page = rosa.client.follow(&done).await;
        page.assert_status(200).assert_landmarks().assert_text("From now on it signs you in").assert_text("Lantern ID rosa@home.example");
        assert!(!page.has(".providers"), "there is nothing left to connect");
        assert_ne!(rosa.client.cookie("session").unwrap(), before);
        let letter = town.letters().pop().unwrap();
        assert!(letter.email == "rosa@town.example" && letter.text.contains("signing in with Lantern ID was turned on"), "{}", letter.text);
        rosa.client.get("/settings").await.assert_text("Accounts elsewhere 1");
    }

    async fn what_is_connected_is_disconnected_by_its_owner_alone(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let rosa = connected(&town, &voucher, "Rosa").await;
        let phone = town.guest();
        voucher.vouch(&town, &phone, ENTER, &json!({})).await.assert_status(303);
        let address = rosa.client.get(PATH).await.form(".identity form").action;
        let mallory = town.member("Mallory", "member");
        prove(&mallory.client).await;
        mallory.client.post(&address, &[]).await.assert_status(303);
        town.guest().post(&address, &[]).await.assert_status(303);
        assert_eq!(rosa.client.get(PATH).await.count(".identity"), 1);
        town.pass(PROVED_MS);
        assert!(rosa.client.post(&address, &[]).await.location().starts_with("/sign-in/again"));
        prove(&rosa.client).await;
        let forged = rosa.client.clone().with_header("sec-fetch-site", "cross-site");
        forged.post(&address, &[]).await.assert_status(403);
        let done = rosa.client.post(&address, &[]).await;
        rosa.client.follow(&done).await.assert_text("It no longer signs you in.").assert_text("None is connected.");
        assert!(!is_in(&phone).await && is_in(&rosa.client).await);
        assert!(town.letters().pop().unwrap().text.contains("signing in with Lantern ID was ended"));
        voucher.vouch(&town, &town.guest(), ENTER, &json!({})).await.assert_status(403).assert_text("Not open for joining");
    }

    async fn an_account_elsewhere_belongs_to_one_here(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let rosa = connected(&town, &voucher, "Rosa").await;
        voucher.vouch(&town, &rosa.client, CONNECT, &json!({})).await.assert_status(409).assert_landmarks().assert_text("connected already");
        let mallory = town.member("Mallory", "member");
        prove(&mallory.client).await;
        voucher.vouch(&town, &mallory.client, CONNECT, &json!({})).await.assert_status(409).assert_landmarks().assert_text("another account here");
        assert_eq!(mallory.client.get(PATH).await.count(".identity"), 0);
        let client = town.guest();
        voucher.vouch(&town, &client, ENTER, &json!({})).await;
        client.get("/settings").await.assert_text("@rosa");
        // Another subject of the same issuer, and the same subject of another.
        let whose = |issuer: &'static str, subject: &'static str| town.town.db.read_now(move |tx| super::super::store::whose(tx, issuer, subject)).unwrap();
        assert!(whose(ISSUER, "4711").is_some() && whose(ISSUER, "471").is_none() && whose("http://id.example/", "4711").is_none());
    }

    async fn what_was_begun_by_one_is_not_finished_by_another(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        let (rosa, mallory) = (town.member("Rosa", "member"), town.member("Mallory", "member"));
        prove(&mallory.client).await;
        let sent = Sent::of(&mallory.client.get(CONNECT).await);
        voucher.states(&voucher.key.sign("one", &Voucher::claims(&town, &sent, &json!({}))));
        // Mallory's errand in Rosa's browser would connect Mallory's account elsewhere to Rosa's here.
        rosa.client.set_cookie("errand", &mallory.client.cookie("errand").unwrap());
        come_back(&rosa.client, sent.get("state")).await.assert_status(410).assert_landmarks();
        prove(&rosa.client).await;
        assert_eq!(rosa.client.get(PATH).await.count(".identity"), 0);
        // Nor by somebody who has signed out meanwhile.
        let gone = town.guest();
        gone.set_cookie("errand", &mallory.client.cookie("errand").unwrap());
        let page = come_back(&gone, sent.get("state")).await;
        assert!(page.location().starts_with("/sign-in"), "{}", page.location());
    }

    async fn an_address_connects_nothing_by_itself(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(crate::joining::Mode::Open);
        let rosa = town.member("Rosa", "member");
        let client = town.guest();
        let page = voucher.vouch(&town, &client, ENTER, &json!({ "email": "ROSA@town.example" })).await;
        page.assert_status(409).assert_landmarks().assert_text("You have an account here");
        assert!(!is_in(&client).await);
        prove(&rosa.client).await;
        assert_eq!(rosa.client.get(PATH).await.count(".identity"), 0);
    }
}
