//! What members are told: of decisions about them, of what became of their appeals, and of what became of their reports.

use db::Tx;
use people::{
    AccountId,
    accounts::{self, Standing},
    letters::{self, Values, send},
    notices::{Kind, News, Ways, tell},
    organizations,
    seal::Seal,
};
use web::Error;

use super::{APPEAL_MS, Act, Statement, StatementId};

/// Something was decided about a member. The letter is one of its own, whatever they chose: they have a right to it.
pub const STATEMENT: Kind = Kind {
    name: "statement",
    title: "The moderators decide about you",
    icon: "scale",
    one: "The moderators decided about something of yours",
    many: "The moderators decided about something of yours",
    usual: Ways { site: true, email: people::notices::Email::Never, push: true },
};
/// Something that a member reported was decided.
pub const OUTCOME: Kind = Kind {
    name: "report",
    title: "What you reported is decided",
    icon: "flag",
    one: "The moderators decided about what you reported",
    many: "The moderators decided about what you reported",
    usual: Ways { site: true, email: people::notices::Email::Never, push: false },
};
/// The letter that carries a statement.
pub const LETTER: letters::Kind = letters::Kind {
    name: "moderation.statement",
    when: "The moderators decide about a member or something of theirs",
    placeholders: &["site", "name"],
    draw: |of| decided(of),
};
/// The letter that says what became of an appeal, or that a decision was taken back.
pub const REVIEWED: letters::Kind = letters::Kind {
    name: "moderation.reviewed",
    when: "An appeal is decided, or a decision is taken back",
    placeholders: &["site", "name"],
    draw: |of| reviewed(of),
};

fn about(id: StatementId) -> String {
    format!("statement {id}")
}

/// The address of a statement for somebody who cannot sign in, until its appeal is over for sure.
///
/// # Errors
/// When the database does not answer.
pub fn sealed(tx: &mut Tx, id: StatementId, now: i64) -> Result<String, Error> {
    let key = Seal::of_site(tx)?.lend(&about(id), id.get(), now + 2 * APPEAL_MS)?;
    Ok(format!("{}?key={key}", super::statements::address(id)))
}

/// Whether a key opens this statement.
///
/// # Errors
/// When the database does not answer.
pub fn opens(tx: &mut Tx, id: StatementId, key: &str, now: i64) -> Result<bool, Error> {
    Ok(!key.is_empty() && Seal::of_site(tx)?.take_back::<i64>(&about(id), key, now) == Some(id.get()))
}

/// Tells whoever a statement is about, by notice and by letter; of an organization its owners. The site's name and origin stand in the
/// letter.
///
/// # Errors
/// When the database does not answer.
pub fn letter_to(tx: &mut Tx, kind: &letters::Kind, of: &Statement, (site, origin): (&str, &str), now: i64) -> Result<(), Error> {
    let Some(who) = &of.account else { return Ok(()) };
    for owner in organizations::owners(tx, who.id)? {
        letter_to_one(tx, kind, of, owner, (site, origin), now)?;
    }
    letter_to_one(tx, kind, of, who.id, (site, origin), now)
}

fn letter_to_one(
    tx: &mut Tx,
    kind: &letters::Kind,
    of: &Statement,
    who: AccountId,
    (site, origin): (&str, &str),
    now: i64,
) -> Result<(), Error> {
    tell(tx, who, &News { kind: &STATEMENT, by: None, about: of.id.get(), post: None, with: None }, now)?;
    let Some(account) = accounts::by_id(tx, who)?.filter(|account| account.standing == Standing::Member) else { return Ok(()) };
    let Some(email) = account.email.as_deref() else { return Ok(()) };
    let link = format!("{origin}{}", sealed(tx, of.id, now)?);
    let did = of.act.to_you(of.subject.kind);
    let outcome = match (of.reversed, of.holds()) {
        (Some(true), _) => "Your appeal was upheld: the decision is taken back, and everything is as it was before.",
        (Some(false), true) => "We looked at it again, and the decision stands.",
        _ => "We took the decision back ourselves, and everything is as it was before.",
    };
    let words = paragraph("What we answer", &of.outcome_words);
    let label = if of.act == Act::Label { paragraph("The sentence", &of.label) } else { String::new() };
    let facts = paragraph("What it is about", &of.facts);
    let values: Values = &[
        ("site", site),
        ("name", &account.name),
        ("did", &did),
        ("rule", &of.rule),
        ("reason", &of.reason),
        ("label", &label),
        ("facts", &facts),
        ("outcome", outcome),
        ("words", &words),
        ("link", &link),
    ];
    send(tx, kind, (&account.name, email), values, now)
}

fn paragraph(title: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("\n\n{title}:\n\n{words}") }
}

/// Everything that a statement of reasons holds (Regulation (EU) 2022/2065, Article 17).
fn decided(of: &letters::Given) -> (String, String) {
    let (site, name) = (of.get("site"), of.get("name"));
    let text = format!(
        "Hello {name},\n\nthe people who run {site} decided about something of yours.\n\n{}{}\n\nThe rule of the house: {}\n\nWhy:\n\n{}{}\n\n\
         People reported it or saw it, and a person decided. No program did.\n\n\
         If you think that this is a mistake, you can appeal within six months: somebody else looks at it again. You also can do that \
         while you cannot sign in. Open this address, which is for you alone:\n\n{}\n\n\
         You may also turn to a body for settling disputes out of court, or to a court.\n",
        of.get("did"),
        of.get("label"),
        of.get("rule"),
        of.get("reason"),
        of.get("facts"),
        of.get("link")
    );
    (format!("A decision about you at {site}"), text)
}

fn reviewed(of: &letters::Given) -> (String, String) {
    let (site, name) = (of.get("site"), of.get("name"));
    let text = format!(
        "Hello {name},\n\nthe people who run {site} looked again at what they decided about you.\n\n{}{}\n\nRead all of it here:\n\n{}\n",
        of.get("outcome"),
        of.get("words"),
        of.get("link")
    );
    (format!("A decision about you at {site}, looked at again"), text)
}
