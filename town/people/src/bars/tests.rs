#![allow(clippy::unwrap_used)]

use db::params;
use web::Form;

use super::*;
use crate::testing::TestTown;

const DAY: i64 = 24 * 60 * 60 * 1000;
const HERE: &str = "198.51.100.7";

fn here() -> IpAddr {
    HERE.parse().unwrap()
}

fn parse(value: &str, time: &str) -> Result<Changes, Problems> {
    let mut problems = Problems::default();
    let form = Form::from_pairs([("value", value), ("reason", "Robots"), ("for", time)]);
    let changes = Changes::parse(&form, (Some("ana@town.example"), here()), 0, &mut problems);
    problems.or(()).map(|()| changes.unwrap())
}

fn bars(values: &[(&str, &str)]) -> Bars {
    let bar = |(value, time): &(&str, &str)| {
        let Changes { kind, value, reason, until } = parse(value, time).unwrap();
        Bar { id: BarId::new(1), kind, value, reason, until, by: None, at: 0 }
    };
    Bars::of(values.iter().map(bar).collect())
}

#[test]
fn networks_are_read_and_told() {
    for (typed, told) in [
        ("192.0.2.77/24", "192.0.2.0/24"),
        ("192.0.2.77", "192.0.2.77/32"),
        ("2001:DB8:1:2::3/32", "2001:db8::/32"),
        ("2001:db8::1", "2001:db8::1/128"),
        ("::ffff:192.0.2.9/120", "192.0.2.0/24"),
        ("::ffff:192.0.2.9", "192.0.2.9/32"),
    ] {
        assert_eq!(Network::parse(typed).unwrap().to_string(), told, "{typed}");
    }
    for wrong in ["192.0.2.0/33", "0.0.0.0/0", "10.0.0.0/7", "::/8", "2001:db8::/129", "192.0.2", "x/24", "", "192.0.2.0/-1"] {
        assert!(Network::parse(wrong).is_err(), "{wrong}");
    }
    let four = Network::parse("192.0.2.0/25").unwrap();
    for (address, inside) in [("192.0.2.127", true), ("192.0.2.128", false), ("::ffff:192.0.2.1", true), ("2001:db8::1", false)] {
        assert_eq!(four.has(address.parse().unwrap()), inside, "{address}");
    }
    let six = Network::parse("2001:db8:8000::/33").unwrap();
    assert!(six.has("2001:db8:ffff::1".parse().unwrap()) && !six.has("2001:db8:7fff::1".parse().unwrap()));
}

#[test]
fn what_is_barred_is_kept_out_until_its_time_is_over() {
    let bars = bars(&[("Troll@Mail.example", "ever"), ("trash.example", "7"), ("192.0.2.0/24", "1")]);
    for (email, out) in [
        ("troll@mail.example", true),
        ("TROLL+again@mail.example", true),
        ("trolls@mail.example", false),
        ("a@trash.example", true),
        ("a@deep.trash.example", true),
        ("a@nottrash.example", false),
        ("nothing", false),
    ] {
        assert_eq!(bars.of_email(email, 1).is_some(), out, "{email}");
    }
    assert!(bars.of_address("192.0.2.3".parse().unwrap(), DAY - 1).is_some());
    assert!(bars.of_address("192.0.2.3".parse().unwrap(), DAY).is_none());
    assert!(bars.of_email("a@trash.example", 7 * DAY).is_none() && bars.of_email("troll@mail.example", 9_999 * DAY).is_some());
}

#[test]
fn nobody_bars_themselves_nor_a_network_for_ever() {
    for (value, time, field) in [
        ("198.51.100.0/24", "7", "value"),
        (HERE, "1", "value"),
        ("::ffff:198.51.100.7", "1", "value"),
        ("ana@town.example", "ever", "value"),
        ("town.example", "ever", "value"),
        ("example", "ever", "value"),
        ("a b@c", "ever", "value"),
        ("192.0.2.0/24", "ever", "for"),
        ("192.0.2.0/24", "", "for"),
        ("0.0.0.0/0", "1", "value"),
    ] {
        assert!(parse(value, time).is_err_and(|problems| problems.of(field).is_some()), "{value} {time}");
    }
    assert_eq!(parse("@Bücher.example", "30").unwrap().value, "xn--bcher-kva.example");
}

testkit::on_both! {
    fn bars_are_set_lifted_and_forgotten(kind) {
        let town = TestTown::of_people(kind);
        let ana = town.actor("Ana", "administrator").id;
        let seen = town.town.db.write_now(move |tx| {
            store::put(tx, &parse("trash.example", "7").unwrap(), ana, 1)?;
            store::put(tx, &parse("trash.example", "ever").unwrap(), ana, 2)?;
            store::put(tx, &parse("192.0.2.0/24", "1").unwrap(), ana, 3)?;
            let all = store::all(tx)?;
            assert_eq!(all.iter().map(|bar| (bar.value.as_str(), bar.until)).collect::<Vec<_>>(), [("192.0.2.0/24", Some(DAY)), ("trash.example", None)]);
            assert_eq!(all[0].by.as_ref().map(|by| by.name.as_str()), Some("Ana"));
            let lines = whole::bars(tx)?;
            store::end_expired(tx, DAY)?;
            let left = store::all(tx)?;
            store::lift(tx, left[0].id)?;
            assert!(matches!(store::find(tx, left[0].id), Err(web::Error::NotFound)));
            let taken = (whole::take_in(tx, &lines[0])?, whole::take_in(tx, &lines[0])?, whole::bars(tx)? == lines[..1]);
            tx.run("delete from bars", params![])?;
            Ok::<_, web::Error>((left.len(), taken))
        });
        assert_eq!(seen.unwrap(), (1, (true, false, true)));
    }

    async fn whoever_is_barred_does_not_join(kind) {
        let town = TestTown::of_people(kind);
        town.open_to(crate::joining::Mode::Open);
        let ana = town.actor("Ana", "administrator").id;
        let put = move |tx: &mut db::Tx, value: &str| store::put(tx, &parse(value, "7").unwrap(), ana, 0);
        let now = town.town.now();
        town.town.db.write_now(move |tx| {
            put(tx, "trash.example")?;
            tx.run("update bars set until_at = $1", params![now + DAY])?;
            Ok::<_, web::Error>(())
        }).unwrap();
        town.town.reload().await.unwrap();
        let join = async |email: &str| {
            let proof = town.proof();
            let handle = email.split('@').next().unwrap().to_owned();
            let fields = [("display_name", "New Neighbour"), ("handle", &handle), ("email", email), ("password", crate::testing::PASSWORD), ("rules", "1"), ("proof", &proof)];
            town.guest().post("/join", &fields).await
        };
        let refused = join("one@deep.trash.example").await;
        refused.assert_status(422).assert_text("Nobody joins with this e-mail address");
        assert_eq!(refused.form("main form").value("handle"), Some("one"), "nothing written is lost");
        join("two@mail.example").await.assert_status(303);
        town.town.db.write_now(move |tx| {
            tx.run("update bars set kind = 'network', value = '192.0.2.0/24'", params![])
        }).unwrap();
        town.town.reload().await.unwrap();
        join("three@mail.example").await.assert_status(422).assert_text("Nobody joins from this network");
        town.pass(2 * DAY);
        join("three@mail.example").await.assert_status(303);
    }
}
