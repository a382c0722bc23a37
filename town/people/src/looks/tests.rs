#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::TestTown;
use web::{Form, Problems, layout::Who};

fn colour(typed: &str) -> Colour {
    typed.parse().unwrap()
}

#[test]
fn contrast_is_that_of_the_guidelines() {
    assert!((colour("#ffffff").against(colour("#000000")) - 21.0).abs() < 0.001);
    // The example that everybody knows: #767676 on white is the lightest grey that passes.
    assert_eq!(Colour::ratio(colour("#767676").against(colour("#ffffff"))), "4.54:1");
    assert_eq!(Colour::ratio(colour("#777777").against(colour("#ffffff"))), "4.47:1");
    for wrong in ["", "#fff", "red", "#gggggg", "#12345é"] {
        assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
    }
}

#[test]
fn the_usual_colours_can_be_read_in_both_themes() {
    for (name, light, dark) in Colours::USUAL {
        assert!(light.readability(Theme::Light) >= READABLE, "{name}");
        assert!(dark.readability(Theme::Dark) >= READABLE, "{name}");
    }
}

#[test]
fn a_colour_that_cannot_be_read_is_refused_with_its_contrast() {
    let fields = |light: &str| {
        Form::from_pairs([("accent_light", light), ("accent_dark", "#ffd54a"), ("link_light", "#0b5394"), ("link_dark", "#8ec5ff")])
    };
    let mut problems = Problems::default();
    let colours = Colours::parse(&fields("#14532d"), &mut problems);
    assert!(problems.is_empty() && colours.link.is_none() && colours.accent == Some((colour("#14532d"), colour("#ffd54a"))));
    let sheet = colours.sheet();
    assert!(sheet.contains("--bloom:light-dark(#14532d,#ffd54a);") && sheet.contains("--on-bloom:light-dark(#ffffff,#000000);"), "{sheet}");
    assert!(colours.address().starts_with("/looks/") && colours.address() != Colours::default().address());
    let mut problems = Problems::default();
    Colours::parse(&fields("#e0a000"), &mut problems);
    assert!(problems.of("accent_light").unwrap().contains("2.") && problems.of("accent_dark").is_none());
}

#[test]
fn a_link_leads_to_this_site_or_the_web() {
    let read = |address: &str| {
        let mut problems = Problems::default();
        let links =
            Menus::parse(Menu::Bar, &Form::from_pairs([("label-0", "There"), ("address-0", address), ("who-0", "guests")]), &mut problems);
        (problems.is_empty(), links)
    };
    for fine in ["/rules", "https://city.example/", "mailto:desk@town.example"] {
        assert!(read(fine).0, "{fine}");
    }
    for wrong in ["javascript:alert(1)", "//evil.example", "rules", "", "/\\evil.example", "data:text/html,x"] {
        assert!(!read(wrong).0, "{wrong}");
    }
    assert_eq!(read("/rules").1[0].who, Who::Guests);
    let rows = [
        ("place-0", "9"),
        ("label-0", "Last"),
        ("address-0", "/a"),
        ("heading-0", "H"),
        ("label-1", "First"),
        ("address-1", "/b"),
        ("heading-1", "H"),
    ];
    let mut problems = Problems::default();
    let links = Menus::parse(Menu::Footer, &Form::from_pairs(rows), &mut problems);
    assert!(problems.is_empty() && links.iter().map(|own| own.label.as_str()).collect::<Vec<_>>() == ["First", "Last"]);
}

testkit::on_both! {
    async fn what_a_site_chose_is_on_its_pages(kind) {
        let town = TestTown::of_people(kind);
        town.guest().get("/looks/anything.css").await.assert_status(404);
        let colours = Colours { accent: Some((colour("#14532d"), colour("#86efac"))), link: None };
        let own = |label: &str, who: Who| Own { heading: "Town".into(), label: label.into(), address: "/rules".into(), who };
        let (bar, footer) = (vec![own("Help", Who::Everyone)], vec![own("For guests", Who::Guests), own("For members", Who::Members), own("For staff", Who::Staff)]);
        town.town.db.write_now(move |tx| {
            save_colours(tx, colours)?;
            save_contact(tx, "desk@town.example")?;
            save_menus(tx, Menu::Bar, &bar)?;
            save_menus(tx, Menu::Footer, &footer)
        }).unwrap();
        town.reload();
        let page = town.guest().get("/sign-in").await;
        let address = page.attr("link[href^='/looks/']", "href").unwrap();
        assert_eq!(address, colours.address());
        let sheet = town.guest().get(&address).await;
        assert!(sheet.assert_status(200).text().contains("#14532d"));
        assert!(sheet.header("cache-control").unwrap().contains("immutable"));
        assert_eq!(town.guest().get("/looks/old.css").await.header("cache-control"), Some("no-cache"));
        assert_eq!(page.select_text("footer.site li"), ["For guests"]);
        assert_eq!(page.attr("footer.site a[href^='mailto:']", "href").as_deref(), Some("mailto:desk@town.example"));
        assert!(page.select_text("nav.sections li").contains(&"Help".to_owned()));
        let member = town.actor("Rosa", "member").client.get("/settings").await;
        assert_eq!(member.select_text("footer.site li"), ["For members"]);
        let staff = town.actor("Ana", "administrator").client.get("/settings").await;
        assert_eq!(staff.select_text("footer.site li"), ["For members", "For staff"]);
    }
}
