//! Pictures come in through forms and scripts, and go out unable to do harm.
#![allow(clippy::unwrap_used)]

use testkit::{Attachment, Client, Page};

use super::{Focus, Place, Shown, address, key_in, small_address, social_address, srcset};
use crate::testing::TestTown;

/// A plain brown picture of 8 by 6 pixels.
pub(crate) const PNG: [u8; 74] = [
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 8, 0, 0, 0, 6, 8, 2, 0, 0, 0, 113, 103, 72, 172, 0, 0, 0, 17,
    73, 68, 65, 84, 120, 218, 99, 56, 17, 37, 135, 21, 49, 12, 164, 4, 0, 181, 117, 60, 1, 20, 103, 37, 82, 0, 0, 0, 0, 73, 69, 78, 68,
    174, 66, 96, 130,
];
const STEM: &str = "0123456789abcdef0123456789abcdef";

fn file(name: &str, bytes: &[u8]) -> Attachment {
    Attachment::new("file", name, "image/png", bytes)
}

async fn upload(client: &Client, name: &str, bytes: &[u8]) -> Page {
    client.upload("/pictures", &[], &[file(name, bytes)]).await
}

fn script(client: &Client) -> Client {
    client.clone().with_header("accept", "application/json")
}

testkit::on_both! {
    async fn a_form_is_led_to_the_picture(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let page = upload(&rosa.client, "creek.png", &PNG).await;
        assert_eq!(page.status, 303);
        town.guest().get(&page.location()).await.assert_status(200);
    }

    async fn a_script_is_told_what_it_needs(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let page = upload(&script(&rosa.client), "creek.png", &PNG).await;
        let told = page.assert_status(200).json();
        let url = told["url"].as_str().unwrap();
        assert_eq!(key_in(url), told["id"].as_str());
        assert_eq!((told["width"].as_i64(), told["height"].as_i64()), (Some(8), Some(6)));
        assert_eq!(told["markdown"].as_str().unwrap(), format!("![]({url})"));
        assert_eq!((told["kind"].as_str(), told["name"].as_str()), (Some("picture"), Some("creek.png")));
        let key = told["id"].as_str().unwrap().to_owned();
        let noted = town.town.db.read_now(move |tx| super::find_all(tx, &[key.clone(), "unknown".into()])).unwrap();
        assert_eq!((noted.len(), noted[0].width), (1, 8));
    }

    async fn the_same_picture_twice_is_one(kind) {
        let town = TestTown::of_people(kind);
        let (rosa, ana) = (town.actor("Rosa", "author"), town.actor("Ana", "author"));
        let first = upload(&rosa.client, "a.png", &PNG).await.location();
        assert_eq!(upload(&ana.client, "b.png", &PNG).await.location(), first);
    }

    async fn strangers_and_whoever_may_post_nothing_upload_nothing(kind) {
        let town = TestTown::of_people(kind);
        assert_eq!(upload(&town.guest(), "a.png", &PNG).await.location(), "/sign-in");
        upload(&script(&town.guest()), "a.png", &PNG).await.assert_status(401);
        upload(&town.actor("Reader", "guest").client, "a.png", &PNG).await.assert_status(403);
        assert_eq!(std::fs::read_dir(town.folder.path().join("media")).unwrap().count(), 0);
    }

    async fn a_page_that_calls_itself_a_picture_is_refused_in_words(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let page = b"<!doctype html><script>alert(document.cookie)</script>";
        upload(&rosa.client, "creek.jpg", page).await.assert_status(422).assert_text("This is not a picture we can read.");
        let told = upload(&script(&rosa.client), "creek.jpg", page).await;
        assert!(told.assert_status(422).json()["fields"]["file"].as_str().unwrap().contains("JPEG, PNG, GIF, WebP or AVIF"));
        upload(&rosa.client, "creek.png", &PNG[..40]).await.assert_status(422).assert_text("damaged");
    }

    async fn a_form_without_a_file_says_so(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        for page in [rosa.client.upload("/pictures", &[], &[]).await, rosa.client.post("/pictures", &[]).await, upload(&rosa.client, "", b"").await] {
            page.assert_status(422).assert_text("Choose a picture first.");
        }
    }

    async fn a_flood_of_pictures_is_stopped(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        while town.town.limits.upload.by(&rosa.id.get()).is_ok() {}
        upload(&rosa.client, "a.png", &PNG).await.assert_status(422).assert_text("Please wait");
    }

    async fn the_file_is_for_ever_and_can_do_nothing(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "author");
        let place = upload(&rosa.client, "creek.png", &PNG).await.location();
        let file = town.guest().get(&place).await;
        assert_eq!(file.header("content-type"), Some("image/webp"));
        assert_eq!((&file.body[..4], &file.body[8..12]), (&b"RIFF"[..], &b"WEBP"[..]), "encoded anew");
        assert_eq!(file.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(file.header("content-security-policy"), Some("default-src 'none'; sandbox"));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        let again = town.guest().with_header("if-none-match", file.header("etag").unwrap()).get(&place).await;
        assert_eq!((again.status.as_u16(), again.body.len(), again.header("cache-control")), (304, 0, file.header("cache-control")));
    }

    async fn names_that_are_no_keys_are_not_found(kind) {
        let town = TestTown::of_people(kind);
        std::fs::write(town.folder.path().join("media/secret.webp"), "secret").unwrap();
        let unknown = format!("{STEM}-640");
        for name in ["secret.webp", "..%2fsecret.webp", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e", ".webp", "%00.webp", &unknown, &format!("{unknown}.png"), &format!("{unknown}.webp")] {
            town.guest().get(&format!("/media/{name}")).await.assert_status(404);
        }
    }
}

#[test]
fn addresses_say_the_key_and_keys_the_widths() {
    let (large, small) = (format!("{STEM}-1600"), format!("{STEM}-300"));
    assert_eq!(address(&large), format!("/media/{STEM}-1600.webp"));
    assert_eq!(key_in(&address(&large)), Some(large.as_str()));
    assert_eq!(key_in(&format!("/media/../{large}.webp")), None);
    assert_eq!(small_address(&large), format!("/media/{STEM}-320.webp"));
    assert_eq!(small_address(&small), address(&small), "it has no smaller one");
    assert_eq!(social_address(&large), format!("/media/{STEM}-1080.jpg"));
    let widths: Vec<String> = [320, 640, 1080, 1600].iter().map(|width| format!("/media/{STEM}-{width}.webp {width}w")).collect();
    assert_eq!(srcset(&large, "webp"), widths.join(", "));
    assert_eq!(srcset(&small, "jpg"), format!("/media/{STEM}-300.jpg 300w"));
}

#[test]
fn every_picture_says_its_size_and_its_widths() {
    let shown = Shown {
        key: format!("{STEM}-640"),
        alt: "A \"gate\"".into(),
        width: 640,
        height: 480,
        blur: "data:image/webp;base64,UklG".into(),
        focus: Focus::at(28, 120),
    };
    let page = shown.markup(Place { sizes: "100vw", first: false }).into_string();
    for part in [
        r#"<img class="blur" src="data:image/webp;base64,UklG" alt="""#,
        &format!(r#"<source type="image/webp" srcset="/media/{STEM}-320.webp 320w, /media/{STEM}-640.webp 640w" sizes="100vw">"#),
        &format!(r#"src="/media/{STEM}-640.jpg""#),
        r#"alt="A &quot;gate&quot;" width="640" height="480" class="focus-x-30 focus-y-100""#,
        r#"loading="lazy""#,
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let first = Shown { blur: String::new(), focus: Focus::default(), ..shown }.markup(Place { sizes: "100vw", first: true }).into_string();
    assert!(
        first.contains(r#"fetchpriority="high""#) && !first.contains("lazy") && !first.contains("blur") && !first.contains("class=\"focus")
    );
}
