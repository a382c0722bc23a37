//! Joining by an account elsewhere, in every way of joining.

use super::*;
use crate::{
    accounts::{self, Standing},
    invitations::{self, NewInvitation},
    joining::Mode,
};

const FORM: &str = "form[action='/join/with/lantern']";

/// Comes by the provider as far as the form.
async fn to_the_form(town: &TestTown, voucher: &Voucher, way: &str, otherwise: &serde_json::Value) -> (Client, Page) {
    let client = town.guest();
    let page = voucher.vouch(town, &client, way, otherwise).await;
    assert_eq!(page.location(), "/join/with/lantern");
    assert!(!is_in(&client).await, "nothing was made yet");
    let form = client.follow(&page).await;
    form.assert_status(200).assert_landmarks();
    (client, form)
}

fn account(town: &TestTown, handle: &'static str) -> Option<accounts::Account> {
    town.town.db.read_now(move |tx| accounts::by_handle(tx, handle)).unwrap()
}

testkit::on_both! {
    async fn where_everybody_may_they_choose_a_handle_and_are_in(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Open);
        assert_eq!(town.guest().get("/join").await.attr(".providers a", "href").as_deref(), Some("/sign-in/with/lantern"));
        let (client, form) = to_the_form(&town, &voucher, "/sign-in/with/lantern", &json!({})).await;
        form.assert_text("Lantern ID says who you are.").assert_text("rosa@home.example");
        let typed = form.form(FORM);
        assert_eq!((typed.value("display_name"), typed.value("handle")), (Some("Rosa Ibarra"), Some("rosa_i")));
        assert!(!form.has("input[type=password]") && !form.has("input[name=email]"));
        let refused = client.submit(&form, FORM, &[("handle", "rosa")]).await;
        refused.assert_status(422).assert_landmarks().assert_text("tick that you keep to them");
        let done = client.submit(&refused, FORM, &[("rules", "1")]).await;
        assert_eq!(done.location(), "/welcome?done=welcome");
        client.get("/settings?done=welcome").await.assert_status(200).assert_text("You are one of us now.").assert_text("@rosa");
        let account = account(&town, "rosa").unwrap();
        assert_eq!((account.standing, account.email.as_deref(), account.level.as_str()), (Standing::Member, Some("rosa@home.example"), "member"));
        assert!(town.letters().is_empty(), "the provider has seen that mail arrives");
        assert!(client.cookie("newcomer").is_none());
        let again = town.guest();
        assert_eq!(voucher.vouch(&town, &again, ENTER, &json!({})).await.location(), "/rules");
        assert!(is_in(&again).await);
    }

    async fn an_address_that_the_provider_has_not_seen_is_proved_by_a_letter(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Open);
        // Even when it is somebody's: the letter tells them, the page does not.
        let owner = town.member("Owner", "member");
        for (subject, claims) in [
            ("1", json!({ "sub": "1", "email_verified": false, "email": "owner@town.example" })),
            ("2", json!({ "sub": "2", "email_verified": "yes", "email": "bert@home.example" })),
            ("3", json!({ "sub": "3", "email_verified": null, "email": null })),
        ] {
            let (client, form) = to_the_form(&town, &voucher, ENTER, &claims).await;
            assert_eq!(form.form(FORM).value("email"), Some(claims["email"].as_str().unwrap_or_default()));
            let (handle, email) = (format!("somebody_{subject}"), claims["email"].as_str().unwrap_or("third@home.example"));
            let done = client.submit(&form, FORM, &[("handle", &handle), ("email", email), ("rules", "1")]).await;
            assert_eq!(done.location(), "/join/confirmation");
            assert_eq!(town.letters().pop().unwrap().email, email);
        }
        assert_eq!(account(&town, "somebody_1").unwrap().standing, Standing::Unconfirmed);
        assert!(town.letters()[0].text.contains("You already have an account"), "{}", town.letters()[0].text);
        assert!(is_in(&owner.client).await);
        let again = town.guest();
        voucher.vouch(&town, &again, ENTER, &json!({ "sub": "3" })).await.assert_status(303);
        again.post(&town.link_in_letter(), &[]).await.assert_status(303);
        let third = account(&town, "somebody_3").unwrap();
        assert_eq!((third.standing, third.email.as_deref()), (Standing::Member, Some("third@home.example")));
    }

    async fn where_somebody_lets_people_in_they_wait(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Approval);
        let (client, form) = to_the_form(&town, &voucher, ENTER, &json!({})).await;
        let refused = client.submit(&form, FORM, &[("rules", "1"), ("handle", "rosa")]).await;
        refused.assert_status(422).assert_text("Write a sentence on why");
        let done = client.submit(&refused, FORM, &[("reason", "I live by the wash."), ("rules", "1")]).await;
        assert_eq!(done.location(), "/join/confirmation");
        client.follow(&done).await.assert_text("Almost there");
        let waiting = town.town.db.read_now(|tx| crate::joining::waiting(tx, 9)).unwrap();
        assert_eq!((waiting.len(), waiting[0].reason.as_str(), waiting[0].email.as_str()), (1, "I live by the wash.", "rosa@home.example"));
    }

    async fn by_invitation_whoever_holds_one_and_nobody_else(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Invitation);
        voucher.vouch(&town, &town.guest(), ENTER, &json!({})).await.assert_status(403).assert_landmarks().assert_text("Joining is by invitation");
        let (by, now) = (town.actor("Ada", "administrator").id, town.town.now());
        let token = town.town.db.write_now(move |tx| -> Result<_, db::Error> {
            let new = NewInvitation { note: "The choir".into(), places: 1, lasts_ms: 60 * 60 * 1000 };
            Ok(invitations::make(tx, by, &new, now)?.1)
        }).unwrap();
        let way = town.guest().get(&format!("/invitation/{token}")).await.attr(".providers a", "href").unwrap();
        assert_eq!(way, format!("/sign-in/with/lantern?invitation={token}"));
        let (client, form) = to_the_form(&town, &voucher, &way, &json!({})).await;
        let done = client.submit(&form, FORM, &[("handle", "rosa"), ("rules", "1")]).await;
        assert_eq!(done.location(), "/welcome?done=welcome");
        let late = town.guest();
        voucher.vouch(&town, &late, &way, &json!({ "sub": "2", "email": "late@home.example" })).await.assert_status(303);
        late.get("/join/with/lantern").await.assert_status(410);
        late.post("/join/with/lantern", &[("handle", "late"), ("display_name", "Late"), ("rules", "1")]).await.assert_status(410);
        assert!(account(&town, "late").is_none());
    }

    async fn a_closed_site_stays_closed(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Open);
        let (client, form) = to_the_form(&town, &voucher, ENTER, &json!({})).await;
        town.open_to(Mode::Closed);
        voucher.vouch(&town, &town.guest(), ENTER, &json!({})).await.assert_status(403).assert_landmarks();
        client.submit(&form, FORM, &[("handle", "rosa"), ("rules", "1")]).await.assert_status(403);
        assert!(account(&town, "rosa").is_none());
    }

    async fn names_and_handles_are_looked_at_as_always(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Open);
        town.actor("Ada Merriweather", "administrator");
        town.member("Rosa", "member");
        let (client, form) = to_the_form(&town, &voucher, ENTER, &json!({ "preferred_username": "a b", "name": "Ada\u{202e} Merriweather" })).await;
        assert_eq!(form.form(FORM).value("handle"), Some(""), "what cannot be a handle here is not proposed");
        for (handle, words) in [("admin", "handle"), ("rosa", "handle"), ("r0sa", "handle")] {
            let page = client.submit(&form, FORM, &[("handle", handle), ("rules", "1")]).await;
            page.assert_status(422).assert_landmarks();
            assert!(page.has(&format!("#{words}-problem")), "{handle}");
            assert!(page.has("#display_name-problem"), "who works here is not imitated");
        }
    }

    async fn a_form_is_for_the_browser_that_came_and_for_one_account(kind) {
        let voucher = Voucher::open();
        let town = voucher.town(kind);
        town.open_to(Mode::Open);
        let fields = [("handle", "rosa"), ("display_name", "Rosa"), ("rules", "1"), ("email", "x@home.example")];
        assert_eq!(town.guest().get("/join/with/lantern").await.location(), "/sign-in");
        town.guest().post("/join/with/lantern", &fields).await.assert_status(410).assert_landmarks();
        let (client, form) = to_the_form(&town, &voucher, ENTER, &json!({})).await;
        let twin = town.guest();
        twin.set_cookie("newcomer", &client.cookie("newcomer").unwrap());
        client.submit(&form, FORM, &[("handle", "rosa"), ("rules", "1")]).await.assert_status(303);
        // Sent once more, with what the browser kept before.
        twin.post("/join/with/lantern", &[("handle", "rosa_two"), ("display_name", "Rosa"), ("rules", "1")]).await.assert_status(422);
        assert!(account(&town, "rosa_two").is_none());
        let (late, form) = to_the_form(&town, &voucher, ENTER, &json!({ "sub": "2", "email": "late@home.example" })).await;
        town.pass(60 * 60 * 1000);
        late.submit(&form, FORM, &[("handle", "late"), ("rules", "1")]).await.assert_status(410);
    }
}
