//! Reports by guests. They join the same case as those of members; whoever leaves an e-mail address is told there that it came, and
//! what was decided (Regulation (EU) 2022/2065, Article 16, paragraphs 4 and 5).
//!
//! No address that somebody comes from is kept. Of several reports from one address within a day about one thing the first counts, which a
//! digest of both tells; it is forgotten after that day. Names and e-mail addresses are forgotten half a year after the decision, when
//! nothing can come of it any more. Where letters go has been proved by nobody: nothing that a guest wrote stands in them.

use db::{Tx, params};
use maud::{Markup, html};
use people::{
    AccountId,
    accounts::{MAX_NAME, parse_email},
    letters::{self, Values, send},
    secrets,
};
use std::net::IpAddr;
use web::{
    Error, Form, Problems,
    kit::{Field, icon},
    limits::household,
};

use super::{
    APPEAL_MS, CaseId, Subject,
    cases::{ReportId, open_for},
    rules::Rule,
};

/// For so long reports from one address about one thing count once, and it is known that they come from one.
pub const ONCE_MS: i64 = 24 * 60 * 60 * 1000;
/// The key under which addresses are digested.
const KEY: &str = "reports";

/// Whoever reports without an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guest {
    /// Who they say they are; may be empty.
    pub name: String,
    /// Where they are told what becomes of it; may be empty.
    pub email: String,
}

impl Guest {
    /// Reads `name`, `email` and `faith`, which has to be ticked.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let guest = Self { name: text::clean_line(form.text("name")), email: form.text("email").trim().to_owned() };
        if guest.name.chars().count() > MAX_NAME {
            problems.add("name", format!("Use at most {MAX_NAME} characters for the name."));
        }
        if !guest.email.is_empty()
            && let Err(words) = parse_email(&guest.email)
        {
            problems.add("email", format!("{words} Or leave it empty: then nobody can tell you what was decided."));
        }
        if !form.ticked("faith") {
            problems.add("faith", "Tick this if it is so. What is not meant in good faith is not reported.");
        }
        guest
    }

    /// The fields that [`Guest::parse`] reads.
    pub fn fields(form: &Form, problems: &Problems) -> Markup {
        let problem = problems.of("faith");
        html! {
            (Field::line("name", "Your name").value(form.text("name")).hint("The moderators alone read it.").max(MAX_NAME)
                .autocomplete("name").problem(problems))
            (Field::input("email", "email", "Your e-mail address").value(form.text("email"))
                .hint("You get one letter that this came, and one with what was decided. Nobody sees the address, and it is used for nothing else.")
                .autocomplete("email").problem(problems))
            div.field.wrong[problem.is_some()] {
                @if let Some(problem) = problem { p.error id="faith-problem" { (icon("triangle-alert")) (problem) } }
                label.check {
                    input type="checkbox" id="faith" name="faith" value="1" required checked[form.ticked("faith")]
                        aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "faith-problem")];
                    span { "I believe in good faith that what I write here is right and complete." }
                }
            }
        }
    }
}

/// A guest reports something. Whether they may is the caller's to ask.
///
/// # Errors
/// When the database does not answer.
pub fn report(
    tx: &mut Tx,
    (subject, of): (Subject, AccountId),
    (guest, address): (&Guest, IpAddr),
    (rule, words): (&Rule, &str),
    now: i64,
) -> Result<(), db::Error> {
    let case = open_for(tx, subject, of, now)?;
    let sender = secrets::keyed(tx, KEY, &format!("{} {} {}", subject.kind.name(), subject.id, household(address)))?;
    let before = "select 1 from reports where case_id = $1 and sender = $2 and counted = 1 and created_at > $3 limit 1";
    let counts = tx.first(before, params![case, sender, now - ONCE_MS], |row| row.get::<i64>(0))?.is_none();
    tx.run(
        "insert into reports (id, case_id, rule_id, words, created_at, updated_at, guest, guest_name, guest_email, counted, sender)
         values ($1, $2, $3, $4, $5, $5, 1, $6, $7, $8, $9)",
        params![ReportId::fresh(), case, rule.id, words, now, &guest.name, &guest.email, i64::from(counts), sender],
    )?;
    // What counts no more does not bring a case to the top of the queue either.
    if counts {
        tx.run("update cases set reports = reports + 1, reported_at = $2 where id = $1", params![case, now])?;
    }
    Ok(())
}

/// Forgets from where guests reported after a day, and who they were half a year after the decision.
///
/// # Errors
/// When the database does not answer.
pub fn forget_old(tx: &mut Tx, now: i64) -> Result<(), db::Error> {
    tx.run("update reports set sender = null where sender is not null and created_at <= $1", params![now - ONCE_MS])?;
    tx.run(
        "update reports set guest_name = '', guest_email = '' where guest = 1 and (guest_name <> '' or guest_email <> '')
           and exists (select 1 from cases c where c.id = reports.case_id and c.state = 'decided' and c.decided_at <= $1)",
        params![now - APPEAL_MS],
    )?;
    Ok(())
}

/// The letter that says that a report came.
pub const RECEIVED: letters::Kind = letters::Kind {
    name: "moderation.report_received",
    when: "A guest reports something and leaves an e-mail address",
    placeholders: &["site"],
    draw: |of| received(of),
};
/// The letter that says what was decided about it.
pub const DECIDED: letters::Kind = letters::Kind {
    name: "moderation.report_decided",
    when: "The moderators decide about something that a guest reported",
    placeholders: &["site"],
    draw: |of| decided(of),
};

/// The site as letters speak of it: its name and origin.
pub type Spoken<'a> = (&'a str, &'a str);

/// Tells a guest who left an address that their report came.
///
/// # Errors
/// When the database does not answer.
pub fn confirm(tx: &mut Tx, guest: &Guest, (subject, place): (Subject, &str), rule: &Rule, spoken: Spoken, now: i64) -> Result<(), Error> {
    if guest.email.is_empty() {
        return Ok(());
    }
    letter(tx, &RECEIVED, &guest.email, (subject, place), (&rule.name, ""), spoken, now)
}

/// Tells all guests who reported what this case is about, and left an address, whether something was done: each once. What was done to
/// whom is not theirs to know.
///
/// # Errors
/// When the database does not answer.
pub fn tell(tx: &mut Tx, (case, upheld): (CaseId, bool), (subject, place): (Subject, &str), spoken: Spoken, now: i64) -> Result<(), Error> {
    let mut told: Vec<String> = Vec::new();
    let sql = "select r.guest_email, coalesce(h.name, '') from reports r left join house_rules h on h.id = r.rule_id
         where r.case_id = $1 and r.guest_email <> '' order by r.id";
    for (email, rule) in tx.all(sql, params![case], |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)))? {
        let key = text::fold(&email);
        if told.contains(&key) {
            continue;
        }
        let outcome = if upheld { "Something was done about it." } else { "It keeps to the rules of the house, so it stays as it is." };
        letter(tx, &DECIDED, &email, (subject, place), (&rule, outcome), spoken, now)?;
        told.push(key);
    }
    Ok(())
}

/// To nobody's name: whoever wrote the address may have written somebody else's.
fn letter(
    tx: &mut Tx,
    kind: &letters::Kind,
    email: &str,
    (subject, place): (Subject, &str),
    (rule, outcome): (&str, &str),
    (site, origin): Spoken,
    now: i64,
) -> Result<(), Error> {
    let (place, again) = (format!("{origin}{place}"), format!("{origin}{}", subject.report_address()));
    let values: Values =
        &[("site", site), ("what", subject.kind.one()), ("place", &place), ("rule", rule), ("outcome", outcome), ("again", &again)];
    send(tx, kind, ("", email), values, now)
}

fn received(of: &letters::Given) -> (String, String) {
    let site = of.get("site");
    let text = format!(
        "Hello,\n\nsomebody, hopefully you, reported something at {site} and left this e-mail address.\n\n\
         It is about {}:\n\n{}\n\nThe rule of the house that it is said to break: {}\n\n\
         A person looks at it and decides. When that is done we write to you once more, and for nothing else.\n\n\
         If it was not you, leave this letter alone.\n",
        of.get("what"),
        of.get("place"),
        of.get("rule")
    );
    (format!("Your report has reached {site}"), text)
}

fn decided(of: &letters::Given) -> (String, String) {
    let site = of.get("site");
    let text = format!(
        "Hello,\n\nthe people who run {site} have decided about what you reported there.\n\n\
         It was about {}:\n\n{}\n\nThe rule of the house that you named: {}\n\n{}\n\n\
         A person decided. No program did.\n\n\
         If you think that this is a mistake, report it again while it stands there, and say what we did not see:\n\n{}\n\n\
         You may also turn to a body for settling disputes out of court, or to a court.\n\n\
         We forget this address of yours in half a year.\n",
        of.get("what"),
        of.get("place"),
        of.get("rule"),
        of.get("outcome"),
        of.get("again")
    );
    (format!("What you reported at {site} is decided"), text)
}
