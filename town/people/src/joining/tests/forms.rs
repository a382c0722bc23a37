//! The form: who gets one, what it takes, what it gives back.

use super::*;
use crate::proof;

const ALL: [Mode; 4] = Mode::ALL;

testkit::on_both! {
    async fn a_guest_joins_and_is_told_to_look_at_their_mail(kind) {
        let town = open_town(kind);
        let client = town.guest();
        let page = client.get("/join").await;
        page.assert_status(200).assert_landmarks();
        let proof = town.proof();
        let mut form = page.form("main form");
        form.fill(&[("display_name", " Rosa\tIbarra "), ("handle", "@Rosa_I"), ("email", "rosa@home.example"), ("password", PASSWORD), ("rules", "1"), ("proof", &proof)]);
        let answer = client.submit_form(&form).await;
        assert_eq!((answer.status.as_u16(), answer.location().as_str()), (303, "/join/confirmation"));
        let page = client.follow(&answer).await;
        page.assert_status(200).assert_landmarks().assert_text("Look at your mail").assert_text("rosa@home.example").assert_text("@Rosa_I");
        let letters = town.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!((letters[0].email.as_str(), letters[0].name.as_str()), ("rosa@home.example", ""));
        assert!(letters[0].text.contains("@Rosa_I") && !letters[0].text.contains("Ibarra"), "a stranger's words are not mailed: {}", letters[0].text);
    }

    async fn only_those_see_the_way_in_who_may_take_it(kind) {
        let town = TestTown::of_people(kind);
        let member = town.actor("Ana", "member");
        for (mode, status) in ALL.into_iter().zip([200, 200, 403, 403]) {
            town.open_to(mode);
            let guest = town.guest();
            let page = guest.get("/join").await;
            page.assert_status(status).assert_landmarks();
            assert_eq!(page.has("header a[href='/join']"), mode.offers(), "{mode:?}");
            assert_eq!(page.has("main form"), mode.offers(), "{mode:?}");
            assert_eq!(guest.get("/sign-in").await.has("main a[href='/join']"), mode.offers());
            assert!(!member.client.get("/settings").await.has("header a[href='/join']"), "members have joined");
            if !mode.offers() {
                let before = accounts(&town);
                send(&town, &guest, &typed("rosa", "Rosa", "rosa@home.example")).await.assert_status(403);
                assert_eq!(accounts(&town), before);
            }
        }
        assert_eq!(member.client.get("/join").await.location(), "/join/confirmation");
        assert_eq!(member.client.get("/join/confirmation").await.location(), "/settings");
        assert_eq!(town.guest().get("/join/confirmation").await.location(), "/sign-in?next=%2Fjoin%2Fconfirmation");
    }

    async fn what_cannot_be_taken_comes_back_with_everything_but_the_password(kind) {
        let town = open_town(kind);
        let client = town.guest();
        let fields = [("display_name", ""), ("handle", "r"), ("email", "rosa at home"), ("password", "short")];
        let page = send(&town, &client, &fields).await;
        page.assert_status(422).assert_landmarks();
        for words in ["Write the name that people will read.", "at least 2 characters", "Write an e-mail address", "at least 10 characters", "tick that you keep to them"] {
            page.assert_text(words);
        }
        let form = page.form("main form");
        assert_eq!((form.value("handle"), form.value("email")), (Some("r"), Some("rosa at home")));
        assert!(!String::from_utf8_lossy(&page.body).contains("short\""));
        let long = "x".repeat(81);
        send(&town, &client, &typed("ro", &long, "rosa@home.example")).await.assert_status(422).assert_text("at least 3 characters").assert_text("at most 80 characters");
        assert_eq!((accounts(&town), town.letters().len()), (0, 0));
    }

    async fn nothing_typed_becomes_a_header_of_a_letter(kind) {
        let town = open_town(kind);
        for email in ["rosa@home.example\r\nBcc: all@home.example", "rosa@home.example\nx", "a@b.c, d@e.f", "<rosa@home.example>", "rosa\u{2028}@home.example"] {
            send(&town, &town.guest(), &typed("rosa", "Rosa", email)).await.assert_status(422);
        }
        send(&town, &town.guest(), &typed("rosa\r\nBcc", "Rosa", "rosa@home.example")).await.assert_status(422);
        let answer = send(&town, &town.guest(), &typed("rosa", "Rosa\r\nBcc: all@home.example", "rosa@home.example")).await;
        answer.assert_status(303);
        for letter in town.letters() {
            let one_line = |text: &str| !text.contains(char::is_control);
            assert!(one_line(&letter.name) && one_line(&letter.email) && one_line(&letter.subject), "{letter:?}");
            let to = mail::Address::new(&letter.name, &letter.email).unwrap();
            assert_eq!(to.email(), "rosa@home.example");
        }
    }

    async fn a_proof_of_work_counts_once(kind) {
        let town = open_town(kind);
        let proof = town.proof();
        let with = |handle: &'static str, email: &'static str| {
            let mut fields = typed(handle, "Rosa", email);
            fields.push(("proof", &proof));
            fields
        };
        town.guest().post("/join", &with("rosa", "rosa@home.example")).await.assert_status(303);
        let page = town.guest().post("/join", &with("bert", "bert@home.example")).await;
        page.assert_status(422).assert_text("This form was sent before.");
        assert_eq!(page.form("main form").value("display_name"), Some("Rosa"));
        assert_eq!(accounts(&town), 1);
    }

    async fn a_proof_is_not_spent_by_a_mistake(kind) {
        let town = open_town(kind);
        let proof = town.proof();
        let mut fields = typed("ro", "Rosa", "rosa@home.example");
        fields.push(("proof", &proof));
        town.guest().post("/join", &fields).await.assert_status(422);
        fields[1].1 = "rosa";
        town.guest().post("/join", &fields).await.assert_status(303);
    }

    async fn forged_and_late_proofs_are_refused(kind) {
        let town = open_town(kind);
        let late = town.proof();
        town.pass(proof::CHALLENGE_MS);
        for proof in [late.as_str(), "1:2:3", "x"] {
            let mut fields = typed("rosa", "Rosa", "rosa@home.example");
            fields.push(("proof", proof));
            town.guest().post("/join", &fields).await.assert_status(422).assert_text("open for too long");
        }
        town.guest().post("/join", &typed("rosa", "Rosa", "rosa@home.example")).await.assert_status(422);
        assert_eq!(accounts(&town), 0);
    }

    async fn without_javascript_the_form_takes_half_a_minute(kind) {
        let town = open_town(kind);
        let client = town.guest();
        let page = client.get("/join").await;
        assert!(page.has("main noscript"));
        let fields = typed("rosa", "Rosa", "rosa@home.example");
        let early = client.submit(&page, "main form", &fields).await;
        early.assert_status(422).assert_text("send it again in 30 seconds");
        town.pass(proof::TICKET_WAIT_MS);
        let again = [("password", PASSWORD)];
        let answer = client.submit(&early, "main form", &again).await;
        assert_eq!(answer.location(), "/join/confirmation", "the wait is not begun again");
        let page = town.guest().submit(&page, "main form", &typed("bert", "Bert", "bert@home.example")).await;
        page.assert_status(422).assert_text("This form was sent before.");
        assert_eq!(accounts(&town), 1);
    }

    async fn without_javascript_few_join_from_one_network(kind) {
        let town = open_town(kind);
        let names = ["rosa", "bert", "cleo", "dora"];
        let mut last = None;
        for name in names {
            let page = town.guest().get("/join").await;
            town.pass(proof::TICKET_WAIT_MS);
            let email = format!("{name}@home.example");
            last = Some(town.guest().submit(&page, "main form", &typed(name, name, &email)).await);
        }
        last.unwrap().assert_status(422).assert_text("without JavaScript").assert_text("minutes");
        assert_eq!(accounts(&town), 3);
        send(&town, &town.guest(), &typed("dora", "Dora", "dora@home.example")).await.assert_status(303);
    }

    async fn letters_to_one_address_are_limited_however_it_is_written(kind) {
        let town = open_town(kind);
        for (handle, email) in [("rosa_a", "rosa@home.example"), ("rosa_b", "Rosa@home.example"), ("rosa_c", "ROSA@HOME.example")] {
            joined(&town, handle, email).await;
        }
        send(&town, &town.guest().from_address("198.51.100.7"), &typed("rosa_d", "Rosa", "rosa@home.example")).await.assert_status(429);
        assert_eq!(town.letters().len(), 3);
    }

    async fn one_network_does_not_flood_the_form(kind) {
        let town = open_town(kind);
        while town.town.limits.join.by_address(std::net::IpAddr::from([192, 0, 2, 10])).is_ok() {}
        send(&town, &town.guest(), &typed("rosa", "Rosa", "rosa@home.example")).await.assert_status(429);
        send(&town, &town.guest().from_address("198.51.100.7"), &typed("rosa", "Rosa", "rosa@home.example")).await.assert_status(303);
    }

    async fn another_site_cannot_send_the_form(kind) {
        let town = open_town(kind);
        let forged = town.guest().with_header("sec-fetch-site", "cross-site");
        send(&town, &forged, &typed("rosa", "Rosa", "rosa@home.example")).await.assert_status(403);
    }

    async fn the_rules_can_be_read_by_everybody(kind) {
        let town = open_town(kind);
        let page = town.guest().get("/rules").await;
        page.assert_status(200).assert_landmarks().assert_text("Be who you are.");
        town.town.db.write_now(|tx| crate::site::save_joining(tx, Mode::Open, "No *goats*. <script>x</script>", 0)).unwrap();
        town.town.reload().await.unwrap();
        let page = town.guest().get("/rules").await;
        assert_eq!(page.one("main .prose em"), "goats");
        assert!(!page.has("main script") && !page.has_text("Be who you are."));
    }
}
