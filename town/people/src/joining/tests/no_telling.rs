//! Nothing but the mailbox of an address tells whether the address is known here.

use super::*;

/// A page without what was typed and without what is random.
fn bare(page: &Page, handle: &str, email: &str) -> (u16, Vec<String>, String) {
    let mut names: Vec<String> = page
        .headers
        .iter()
        .map(|(name, value)| {
            let value = if name == "set-cookie" || name == "etag" || name == "content-length" { "…" } else { value.to_str().unwrap() };
            format!("{name}: {value}")
        })
        .collect();
    names.sort();
    let ticket = page.attr("input[name=ticket]", "value").unwrap_or_else(|| "no ticket".into());
    (page.status.as_u16(), names, page.text().replace(handle, "HANDLE").replace(email, "EMAIL").replace(&ticket, "TICKET"))
}

testkit::on_both! {
    async fn a_known_and_an_unknown_address_are_answered_alike_all_the_way(kind) {
        let town = open_town(kind);
        town.member("Rosa", "member");
        let mut said = Vec::new();
        for (handle, email) in [("walker", "rosa@town.example"), ("runner", "nobody@home.example")] {
            let client = town.guest();
            let answer = send(&town, &client, &typed(handle, "Walker", email)).await;
            let next = client.follow(&answer).await;
            // Whoever asks for the handle again learns nothing either, nor whoever signs in with the address and the password.
            let handle_again = send(&town, &town.guest(), &typed(handle, "Walker", "third@home.example")).await;
            let elsewhere = town.guest();
            let signed_in = elsewhere.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await;
            let settings = client.get("/settings").await;
            let resent = client.post("/join/confirmation", &[("email", email)]).await;
            said.push([&answer, &next, &handle_again, &signed_in, &settings, &resent].map(|page| bare(page, handle, email)));
        }
        assert_eq!(said[0], said[1]);
    }

    async fn the_owner_of_a_known_address_is_told_by_mail(kind) {
        let town = open_town(kind);
        let rosa = town.member("Rosa", "member");
        let client = joined(&town, "walker", "ROSA@ｔown.example").await;
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.email, "rosa@town.example", "to the address on file");
        assert!(letter.subject.contains("already have an account") && letter.text.contains("@rosa"), "{letter:?}");
        assert!(!letter.text.contains("/join/confirmation"), "no link proves an address that is somebody's");
        assert!(!letter.text.contains("walker"), "{}", letter.text);
        client.get("/settings").await.assert_status(303);
        rosa.client.get("/settings").await.assert_status(200);
    }

    async fn an_address_that_a_stranger_claimed_is_still_free_for_its_owner(kind) {
        let town = open_town(kind);
        let stranger = joined(&town, "stranger", "rosa@home.example").await;
        let strangers_link = town.link_in_letter();
        let rosa = joined(&town, "rosa", "rosa@home.example").await;
        let page = rosa.get(&town.link_in_letter()).await;
        assert_eq!(rosa.submit(&page, "main form", &[]).await.location(), "/welcome?done=welcome");
        let page = stranger.get(&strangers_link).await;
        stranger.submit(&page, "main form", &[]).await.assert_status(409).assert_landmarks().assert_text("belongs to another account");
        stranger.get("/settings").await.assert_status(303);
        let signed_in = town.guest();
        signed_in.post("/sign-in", &[("email", "rosa@home.example"), ("password", PASSWORD)]).await.assert_status(303);
        signed_in.get("/settings").await.assert_status(200).assert_text("@rosa");
    }
}
