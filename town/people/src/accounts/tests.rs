//! Members see to their own account; what accounts are made of.
#![allow(clippy::unwrap_used)]

use testkit::Attachment;
use web::{Form, Problems};

use super::{NewAccount, by_email, by_handle, by_handles, insert, list, parse_email, set_level};
use crate::{
    pictures,
    sign_in::{Purpose, RESET_MS, issue},
    testing::{PASSWORD, TestTown},
};

const PROFILE: &str = "form[action='/settings']";
const CHANGE: &str = "form[action='/settings/password']";
const NEW: &str = "ocotillo blooms in april";

fn new(handle: &str, email: &str) -> NewAccount {
    NewAccount { handle: text::handle::parse(handle).unwrap(), name: handle.into(), email: Some(email.into()), level: "member".into() }
}

testkit::on_both! {
    async fn settings_are_for_members(kind) {
        let town = TestTown::of_people(kind);
        assert_eq!(town.guest().get("/settings").await.location(), "/sign-in?next=%2Fsettings");
        assert_eq!(town.guest().post("/settings", &[("display_name", "X")]).await.location(), "/sign-in");
        let member = town.actor("Rosa", "member");
        let page = member.client.get("/settings").await;
        page.assert_status(200).assert_landmarks().assert_text("@rosa");
        assert_eq!(page.header("cache-control"), Some("private, no-cache"));
    }

    async fn a_member_says_who_they_are(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let page = rosa.client.get("/settings").await;
        let fields = [("display_name", "  Rosa\tIbarra "), ("bio", "Water,\r\nroads & <b>schools</b>.")];
        let page = rosa.client.submit(&page, PROFILE, &fields).await;
        let page = rosa.client.follow(&page).await;
        page.assert_text("Saved.").assert_text("Rosa Ibarra");
        let id = rosa.id;
        let account = town.town.db.read_now(move |tx| super::by_id(tx, id)).unwrap().unwrap();
        assert_eq!((account.name.as_str(), account.bio.as_str()), ("Rosa Ibarra", "Water,\nroads & <b>schools</b>."));
        assert!(page.text().contains("&lt;b&gt;") && !page.text().contains("<b>schools"));
    }

    async fn what_is_too_long_comes_back_as_it_was_typed(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let bio = "water ".repeat(84);
        let page = rosa.client.get("/settings").await;
        let page = rosa.client.submit(&page, PROFILE, &[("display_name", ""), ("bio", &bio)]).await;
        page.assert_status(422).assert_text("Use at most 500 characters").assert_text("Write the name that people will read.");
        assert_eq!(page.form(PROFILE).value("bio").unwrap().trim(), bio.trim());
        assert_eq!(rosa.client.get("/settings").await.form(PROFILE).value("display_name"), Some("Rosa"), "nothing was changed");
    }

    async fn a_member_has_a_picture_and_takes_it_away(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let mut form = rosa.client.get("/settings").await.form(PROFILE);
        form.attach(Attachment::new("picture", "me.png", "image/png", pictures::tests::PNG));
        let page = rosa.client.submit_form(&form).await;
        let page = rosa.client.follow(&page).await;
        let source = page.attr("img.avatar.large", "src").unwrap();
        town.guest().get(&source).await.assert_status(200);
        let page = rosa.client.submit(&page, PROFILE, &[("without_picture", "1")]).await;
        assert!(!rosa.client.follow(&page).await.has("img.avatar"));
    }

    async fn a_file_that_is_no_picture_is_said_at_its_field(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let mut form = rosa.client.get("/settings").await.form(PROFILE);
        form.fill(&[("bio", "Kept while I look for a picture.")]);
        form.attach(Attachment::new("picture", "me.jpg", "image/jpeg", *b"<script>alert(1)</script>"));
        let page = rosa.client.submit_form(&form).await;
        page.assert_status(422);
        assert!(page.one("#picture-problem").contains("not a picture we can read"));
        assert_eq!(page.form(PROFILE).value("bio").unwrap().trim(), "Kept while I look for a picture.");
    }

    async fn a_new_password_ends_other_sessions_and_old_links(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let (id, now, phone) = (rosa.id, town.town.now(), town.guest());
        phone.post("/sign-in", &[("email", "rosa"), ("password", PASSWORD)]).await.assert_status(303);
        let token = town.town.db.write_now(move |tx| issue(tx, Purpose::Reset, Some(id), RESET_MS, now)).unwrap();
        let page = rosa.client.get("/settings").await;
        let before = rosa.client.cookie("session").unwrap();
        let page = rosa.client.submit(&page, CHANGE, &[("current_password", PASSWORD), ("new_password", NEW)]).await;
        rosa.client.follow(&page).await.assert_status(200).assert_text("Your new password is set.");
        assert_ne!(rosa.client.cookie("session").unwrap(), before, "a copy of the cookie is worth nothing");
        assert!(town.letters().pop().unwrap().text.contains("a new password was chosen for your account @rosa"));
        phone.get("/settings").await.assert_status(303);
        town.guest().get(&format!("/password-reset/{token}")).await.assert_status(410);
        town.guest().post("/sign-in", &[("email", "rosa"), ("password", NEW)]).await.assert_status(303);
    }

    async fn the_current_password_is_asked_for(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let page = rosa.client.get("/settings").await;
        let page = rosa.client.submit(&page, CHANGE, &[("current_password", "a guess"), ("new_password", "short")]).await;
        page.assert_status(422).assert_text("That is not your current password.").assert_text("Use at least 10 characters.");
        assert!(!page.text().contains("a guess"), "passwords are never sent back");
        for _ in 0..7 {
            rosa.client.post("/settings/password", &[("current_password", "a guess")]).await.assert_status(422);
        }
        rosa.client.post("/settings/password", &[("current_password", PASSWORD), ("new_password", NEW)]).await.assert_status(429);
    }

    async fn a_new_level_counts_from_the_next_request(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        assert!(!rosa.client.get("/settings").await.has("a.write"));
        let id = rosa.id;
        town.town.db.write_now(move |tx| set_level(tx, id, "author", 1)).unwrap();
        assert!(rosa.client.get("/settings").await.has("a.write"));
    }

    fn handles_and_addresses_are_unique_in_any_case(kind) {
        let town = TestTown::of_people(kind);
        let add = |new: NewAccount| town.town.db.write_now(move |tx| insert(tx, &new, None, 0));
        add(new("Rosa", "rosa@town.example")).unwrap();
        let taken = |error: db::Error| match error.kind() {
            db::Kind::Unique { constraint } => constraint.clone(),
            other => panic!("{other:?}"),
        };
        assert!(taken(add(new("ROSA", "other@town.example")).unwrap_err()).contains("handle_key"));
        assert!(taken(add(new("other", "Rosa@TOWN.example")).unwrap_err()).contains("email_key"));
    }

    fn accounts_are_found_in_any_case_and_listed(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.actor("Rosa", "author").id, town.actor("Ana", "editor").id);
        town.town.db.read_now(move |tx| -> Result<_, db::Error> {
            assert_eq!(by_handle(tx, "ROSA")?.unwrap().id, rosa);
            assert_eq!(by_email(tx, "ANA@town.example")?.unwrap().id, ana);
            assert!(by_handle(tx, "nobody")?.is_none() && by_email(tx, "rosa")?.is_none());
            let found = by_handles(tx, &["ana".into(), "nobody".into(), "Rosa".into()])?;
            let found: Vec<_> = found.into_iter().map(|account| account.map(|account| account.id)).collect();
            assert_eq!(found, [Ok(ana), Err("nobody".to_owned()), Ok(rosa)]);
            let page = |account: &super::Account| account.id;
            assert_eq!(list(tx, None, 1)?.iter().map(page).collect::<Vec<_>>(), [rosa]);
            assert_eq!(list(tx, Some(rosa), 9)?.iter().map(page).collect::<Vec<_>>(), [ana]);
            Ok(())
        }).unwrap();
    }
}

#[test]
fn every_part_of_a_new_account_is_looked_at() {
    let mut problems = Problems::default();
    assert!(NewAccount::parse(&Form::from_pairs([("handle", "a b"), ("email", "nowhere")]), "author", &mut problems).is_none());
    assert_eq!(problems.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["display_name", "email", "handle"]);
    let mut problems = Problems::default();
    let form = Form::from_pairs([("handle", "@Rosa_I"), ("email", " rosa@town.example "), ("display_name", "Rosa\u{202e} Ibarra")]);
    let new = NewAccount::parse(&form, "author", &mut problems).unwrap();
    assert!(problems.is_empty());
    assert_eq!((new.handle.key.as_str(), new.email.as_deref(), new.name.as_str()), ("rosa_i", Some("rosa@town.example"), "Rosa Ibarra"));
}

#[test]
fn an_address_that_no_mail_reaches_is_refused() {
    for sound in ["rosa@example.com", "o'hara+news@mail.example.org", "田中@例え.jp"] {
        assert!(parse_email(sound).is_ok(), "{sound}");
    }
    let long = format!("{}@example.com", "a".repeat(250));
    for broken in [
        "",
        "rosa",
        "@example.com",
        "rosa@",
        "rosa@localhost",
        "rosa@.com",
        "rosa@com.",
        "a b@example.com",
        "a\nb@example.com",
        "<a@example.com>",
        "a@example.com,b@example.com",
        &long,
    ] {
        assert!(parse_email(broken).is_err(), "{broken:?}");
    }
}
