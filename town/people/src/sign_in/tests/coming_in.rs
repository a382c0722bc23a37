//! Who gets in, and who does not.

use super::*;
use std::collections::HashSet;

testkit::on_both! {
    async fn the_right_password_opens_the_page_that_was_wanted(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        let client = town.guest();
        let turned_away = client.get("/settings").await;
        let form = client.follow(&turned_away).await;
        form.assert_status(200).assert_landmarks();
        let welcome = client.submit(&form, "form[action='/sign-in']", &[("email", "rosa@town.example"), ("password", PASSWORD)]).await;
        assert_eq!((welcome.status.as_u16(), welcome.location().as_str()), (303, "/settings"));
        let cookie = welcome.header("set-cookie").unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        client.follow(&welcome).await.assert_status(200).assert_text("Rosa");
    }

    async fn a_member_is_known_by_handle_and_address_in_any_case(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        for name in ["rosa", "@Rosa", "ROSA@Town.Example", "  rosa@town.example "] {
            assert_eq!(try_as(&town.guest(), name, PASSWORD).await.status, 303, "{name:?}");
        }
    }

    async fn a_wrong_password_and_an_unknown_name_get_the_same_words(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        town.actor("Nopassword", "author");
        let mut said = HashSet::new();
        for (name, password) in [("rosa", "not her password"), ("nobody", PASSWORD), ("nopassword", PASSWORD), ("rosa", "")] {
            let client = town.guest();
            let page = try_as(&client, name, password).await;
            page.assert_status(422).assert_landmarks();
            assert_eq!(page.attr("#email", "value").as_deref(), Some(name), "what was typed stands there");
            assert!(client.cookie("session").is_none());
            said.extend(page.select_text(".problems li"));
        }
        assert_eq!(said.len(), 1, "{said:?}");
    }

    async fn guessing_at_one_name_is_stopped_however_it_is_written(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        let client = town.guest();
        for name in ["rosa", "Rosa", "@rosa", "@@rosa", "@@@ROSA", "rosa", "ｒosa", "rosa "] {
            try_as(&client, name, "a guess").await.assert_status(422);
        }
        let page = try_as(&town.guest().from_address("198.51.100.7"), "@@@@rosa", PASSWORD).await;
        page.assert_status(429);
        assert!(page.header("retry-after").unwrap().parse::<u64>().unwrap() > 0);
        assert_eq!(try_as(&client, "someone_else", "a guess").await.status, 422, "other names may still be tried");
    }

    async fn who_knows_their_password_signs_in_as_often_as_they_like(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        for _ in 0..40 {
            try_as(&town.guest(), "rosa", PASSWORD).await.assert_status(303);
        }
        for _ in 0..7 {
            try_as(&town.guest(), "rosa", "a guess").await.assert_status(422);
            try_as(&town.guest(), "rosa", PASSWORD).await.assert_status(303);
        }
        try_as(&town.guest(), "rosa", "a guess").await.assert_status(422);
        try_as(&town.guest(), "rosa", PASSWORD).await.assert_status(429);
    }

    async fn guessing_from_one_address_is_stopped(kind) {
        let town = TestTown::of_people(kind);
        let caller = std::net::IpAddr::from([192, 0, 2, 10]);
        while town.town.limits.sign_in_address.by_address(caller).is_ok() {}
        try_as(&town.guest(), "rosa", "a guess").await.assert_status(429);
        try_as(&town.guest().from_address("198.51.100.7"), "rosa", "a guess").await.assert_status(422);
    }

    async fn nobody_is_led_off_the_site(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        for (next, leads) in [("https://evil.example/", "/"), ("//evil.example", "/"), ("/\\evil.example", "/"), ("/write?a=1", "/write?a=1")] {
            let client = town.guest();
            let fields = [("email", "rosa"), ("password", PASSWORD), ("next", next)];
            assert_eq!(client.post("/sign-in", &fields).await.location(), leads);
            let address = format!("/sign-in?next={}", next.replace('?', "%3F").replace('\\', "%5C"));
            assert_eq!(client.get(&address).await.location(), leads, "already signed in");
        }
    }

    async fn a_session_that_somebody_else_chose_opens_nothing(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        let client = town.guest();
        client.set_cookie("session", "chosen-by-somebody-else");
        try_as(&client, "rosa", PASSWORD).await.assert_status(303);
        assert_ne!(client.cookie("session").unwrap(), "chosen-by-somebody-else");
        let stranger = town.guest();
        stranger.set_cookie("session", "chosen-by-somebody-else");
        assert!(is_in(&client).await && !is_in(&stranger).await);
    }

    async fn signing_in_again_on_one_device_leaves_one_session(kind) {
        let town = TestTown::of_people(kind);
        town.member("Rosa", "author");
        let client = town.guest();
        try_as(&client, "rosa", PASSWORD).await.assert_status(303);
        let first = client.cookie("session").unwrap();
        try_as(&client, "rosa", PASSWORD).await.assert_status(303);
        assert!(is_in(&client).await);
        client.set_cookie("session", &first);
        assert!(!is_in(&client).await);
    }

    async fn the_database_holds_no_token(kind) {
        let town = TestTown::of_people(kind);
        let token = town.actor("Rosa", "author").client.cookie("session").unwrap();
        let kept: Vec<Vec<u8>> = town.town.db.read_now(|tx| tx.all("select digest from sessions", db::params![], |row| row.get(0))).unwrap();
        assert_eq!(kept, [web::token::digest(&token)]);
        assert!(!kept[0].windows(8).any(|part| token.as_bytes().windows(8).any(|other| part == other)));
    }

    async fn another_site_cannot_sign_anybody_in_or_out(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "author");
        let forged = rosa.client.clone().with_header("sec-fetch-site", "cross-site");
        try_as(&forged, "rosa", PASSWORD).await.assert_status(403);
        forged.post("/sign-out", &[]).await.assert_status(403);
        assert!(is_in(&rosa.client).await);
    }
}
