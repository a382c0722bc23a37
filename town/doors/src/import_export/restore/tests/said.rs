//! What the town of these tests talks about: what is reported, what is said in the square and under stories.

use super::*;

/// What somebody reported, and a guest twice, of which one counts.
pub(super) fn reported(tx: &mut db::Tx, (story, of): (PostId, AccountId), by: AccountId, now: i64) -> Result<(), web::Error> {
    use talk::moderation::{
        Kind, Subject, cases,
        guests::{self, Guest},
        rules,
    };
    let subject = Subject { kind: Kind::Story, id: story.get() };
    let rule = rules::in_force(tx)?.remove(1);
    cases::report(tx, (subject, of), by, (rule.id, "It was not the pipe."), now - HOUR)?;
    let guest = Guest { name: "Ann <Lee>".into(), email: "ann@home.example".into() };
    for guest in [&guest, &Guest::default()] {
        guests::report(tx, (subject, of), (guest, [192, 0, 2, 1].into()), (&rule, "It was the valve."), now)?;
    }
    Ok(())
}

/// What neighbours said: a note with a picture and a poll that was voted on, changed since, pinned and passed on; one for a few that
/// speaks of it; one that was deleted; one that is to come.
pub(super) fn square(tx: &mut db::Tx, (rosa, ana): (AccountId, AccountId), key: &str, now: i64) -> Result<(), web::Error> {
    let content = |body: &str| notes::Content { body: body.into(), ..notes::Content::default() };
    let written =
        |content: notes::Content, audience: Visibility| notes::Written { content, audience: audience.into(), speaker: None, poll: None };
    let full = notes::Content {
        warning: "A long one".into(),
        language: "es".into(),
        pictures: vec![talk::files::Attached { key: key.to_owned(), alt: "La presa, con <agua>".into() }],
        ..content("¿Qué primero? @ana_duarte #Agua\n\nhttps://a.example/")
    };
    let poll = polls::Asked { choices: vec!["La luz".into(), "Los baches".into()], several: true, hours: 24 };
    let (asked, _) = notes::post(tx, rosa, &notes::Written { poll: Some(poll), ..written(full, Visibility::Public) }, now - HOUR)?;
    let place = profiles::Told { fact: profiles::Fact::Place, value: "Mesquite Flats".into(), shown_to: ShownTo::Connections };
    profiles::tell(tx, rosa, &place)?;
    polls::cast(tx, asked, ana, &[0, 1], now)?;
    let mut changed = notes::whole::page(tx, Some(rosa), PostId::new(0), 1)?.remove(0);
    let version = notes::whole::Version {
        at: now,
        by: None,
        content: notes::Content { body: "¿Qué después?".into(), ..changed.versions[0].content.clone() },
    };
    changed.versions.push(version);
    changed.updated = now;
    notes::whole::take_back(tx, &changed)?;
    talk::pins::put(tx, rosa, asked, now)?;
    let quote = notes::Content { quoted: Some(asked), ..content("Bien dicho, @rosa") };
    notes::post(tx, ana, &written(quote, Visibility::Mentioned), now)?;
    let (gone, _) = notes::post(tx, ana, &written(content("A hasty word"), Visibility::Members), now)?;
    talk::posts::remove(tx, gone, now)?;
    shares::whole::take_in(tx, &shares::whole::Line { id: shares::ShareId::fresh(), by: ana, post: asked, at: now })?;
    let to_come = written(content("Good morning"), Visibility::Quiet);
    let draft = notes::whole::Draft {
        id: PostId::fresh(),
        author: ana,
        created: now,
        updated: now,
        publish: Some(now + DAY),
        held: None,
        written: to_come,
    };
    notes::whole::take_draft(tx, &draft)?;
    let held = talk::gate::Waits { at: now, why: "porch".into(), what: String::new(), label: "Not confirmed.".into() };
    let waits = notes::whole::Draft { id: PostId::fresh(), publish: None, held: Some(held.clone()), ..draft };
    notes::whole::take_draft(tx, &waits)?;
    commented(tx, asked, ana, key, now)?;
    let pictures = vec![talk::files::Attached { key: key.to_owned(), alt: String::new() }];
    let content = talk::comments::Content { body: "To be read first".into(), sensitive: true, pictures, ..Default::default() };
    let line = talk::comments::whole::WaitingLine { id: PostId::fresh(), subject: asked, parent: None, author: ana, content, held };
    talk::comments::whole::take_waiting(tx, &line)?;
    let filter = [("kind", "words"), ("pattern", "Casino"), ("act", "hold")];
    let filter = ::people::prevention::Changes::parse(&web::Form::from_pairs(filter), &mut web::Problems::default());
    ::people::prevention::store::add(tx, &filter.unwrap(), now)?;
    ::people::prevention::store::set_porch(
        tx,
        ::people::prevention::Porch { state: ::people::prevention::State::All, posts: 7, hour: 21 },
        now,
    )?;
    let sql = "insert into bars (id, kind, value, reason, until_at, by_id, created_at) values (71, 'host', 'trash.example', 'Robots', null, $1, 5)";
    tx.run(sql, db::params![ana])?;
    Ok(())
}

/// A comment that shows a picture, which its author took out and brought back since, and the staff cover; and an answer with a link.
pub(super) fn commented(tx: &mut db::Tx, under: PostId, by: AccountId, key: &str, now: i64) -> Result<(), web::Error> {
    use talk::comments::{self, Content, whole};
    let pictures = vec![talk::files::Attached { key: key.to_owned(), alt: "The dam, \"new\" & <old>".into() }];
    let showing = Content { pictures, sensitive: true, ..Content::default() };
    let (said, _) = comments::post(tx, by, (under, None), &showing, now - HOUR)?;
    let link = Content { body: "See https://records.example/1".into(), ..Content::default() };
    comments::post(tx, by, (under, Some(said)), &link, now)?;
    let mut line = whole::page(tx, Some(by), PostId::new(0), 9)?.into_iter().find(|line| line.id == said).unwrap();
    for (at, content) in
        [(now - 2, Content { body: "Without".into(), ..Content::default() }), (now - 1, Content { body: "With".into(), ..showing })]
    {
        line.versions.push(whole::Version { at, content });
    }
    (line.covered, line.updated) = (Some(now), now);
    whole::take_back(tx, &line).map(drop)
}
