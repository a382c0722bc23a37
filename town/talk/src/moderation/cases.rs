//! Reports, and the cases they gather in.

use db::{Row, Tx, params};
use people::{AccountId, accounts::Author};
use web::Error;

use super::{Kind, Subject, count, rules::RuleId};
use crate::Cursor;

db::id! {
    /// Names a case.
    pub struct CaseId;
}
db::id! {
    /// Names a report.
    pub struct ReportId;
}

/// A case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What was reported.
    pub subject: Subject,
    /// Whose it is; `None` when they have left.
    pub account: Option<Author>,
    /// Whether it waits for a decision.
    pub open: bool,
    /// How often it was reported.
    pub reports: i64,
    /// Counts up with every decision.
    pub version: i64,
    /// When it was reported last.
    pub reported_at: i64,
    /// When it was decided.
    pub decided_at: Option<i64>,
}

/// Who reported something.
#[derive(Clone, Debug)]
pub enum Reporter {
    /// A member.
    Member(Author),
    /// A guest.
    Guest {
        /// Who they say they are; may be empty.
        name: String,
        /// Whether they are told what is decided: they left an address.
        told: bool,
    },
    /// A member who has left since.
    Left,
}

/// One report of it.
#[derive(Clone, Debug)]
pub struct Report {
    /// Who reported.
    pub by: Reporter,
    /// Whether it counts: of several by guests from one place within a day the first does.
    pub counts: bool,
    /// The rule it names.
    pub rule: String,
    /// In their words; may be empty.
    pub words: String,
    /// When it was written or changed last.
    pub at: i64,
    /// How many of the reporter's reports were upheld, and how many were decided.
    pub record: (i64, i64),
}

/// A note of a moderator.
#[derive(Clone, Debug)]
pub struct Note {
    /// Whose; `None` when they have left.
    pub by: Option<Author>,
    /// What it says.
    pub words: String,
    /// When.
    pub at: i64,
}

/// A report as whoever wrote it sees it.
#[derive(Clone, Debug)]
pub struct Own {
    /// What they reported.
    pub subject: Subject,
    /// The rule they named.
    pub rule: String,
    /// Their words.
    pub words: String,
    /// When they wrote it.
    pub at: i64,
    /// Whether it was upheld; `None` while nobody has decided.
    pub upheld: Option<bool>,
}

/// In which order open cases stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Those that were reported last first.
    #[default]
    Newest,
    /// Those with the most reports first.
    Most,
}

const CASE: &str =
    "select c.id, c.kind, c.subject_id, c.state, c.reports, c.version, c.reported_at, c.decided_at, a.id, a.handle, a.name, a.picture
    from cases c left join accounts a on a.id = c.account_id";

fn somebody(row: &Row, at: usize) -> Result<Option<Author>, db::Error> {
    let Some(id) = row.get::<Option<AccountId>>(at)? else { return Ok(None) };
    Ok(Some(Author { id, handle: row.get(at + 1)?, name: row.get(at + 2)?, picture: row.get(at + 3)? }))
}

fn case(row: &Row) -> Result<Case, db::Error> {
    Ok(Case {
        id: row.get(0)?,
        subject: Subject { kind: Kind::named(row.text(1)?).unwrap_or(Kind::Note), id: row.get(2)? },
        open: row.text(3)? == "open",
        reports: row.get(4)?,
        version: row.get(5)?,
        reported_at: row.get(6)?,
        decided_at: row.get(7)?,
        account: somebody(row, 8)?,
    })
}

/// A member reports something of somebody's, or changes what they reported of it. Answers whether it is new. Whether they may is the
/// caller's to ask.
///
/// # Errors
/// When the database does not answer.
pub fn report(
    tx: &mut Tx,
    (subject, of): (Subject, AccountId),
    by: AccountId,
    (rule, words): (RuleId, &str),
    now: i64,
) -> Result<bool, db::Error> {
    let id = open_for(tx, subject, of, now)?;
    let changed = tx.run(
        "update reports set rule_id = $3, words = $4, updated_at = $5 where case_id = $1 and account_id = $2",
        params![id, by, rule, words, now],
    )?;
    if changed > 0 {
        return Ok(false);
    }
    tx.run(
        "insert into reports (id, case_id, account_id, rule_id, words, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)",
        params![ReportId::fresh(), id, by, rule, words, now],
    )?;
    tx.run("update cases set reports = reports + 1, reported_at = $2 where id = $1", params![id, now])?;
    Ok(true)
}

/// The open case of something of somebody's; opened if there is none.
pub(super) fn open_for(tx: &mut Tx, subject: Subject, of: AccountId, now: i64) -> Result<CaseId, db::Error> {
    let sql = "select id from cases where kind = $1 and subject_id = $2 and state = 'open'";
    if let Some(id) = tx.first(sql, params![subject.kind.name(), subject.id], |row| row.get(0))? {
        return Ok(id);
    }
    let id = CaseId::fresh();
    tx.run(
        "insert into cases (id, kind, subject_id, account_id, state, opened_at, reported_at) values ($1, $2, $3, $4, 'open', $5, $5)",
        params![id, subject.kind.name(), subject.id, of, now],
    )?;
    count(tx, "cases", 1)?;
    Ok(id)
}

/// What a member reported of this so far, while nobody has decided: the rule, and their words.
///
/// # Errors
/// When the database does not answer.
pub fn reported(tx: &mut Tx, subject: Subject, by: AccountId) -> Result<Option<(Option<RuleId>, String)>, db::Error> {
    let sql = "select r.rule_id, r.words from reports r join cases c on c.id = r.case_id
         where c.kind = $1 and c.subject_id = $2 and c.state = 'open' and r.account_id = $3";
    tx.first(sql, params![subject.kind.name(), subject.id, by], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Cases that wait, of one kind or of all, but for those of the reader, after a place in their order: the time of the last report or how many there are, and the id.
///
/// # Errors
/// When the database does not answer.
pub fn open(
    tx: &mut Tx,
    (reader, kind): (AccountId, Option<Kind>),
    order: Order,
    before: Cursor,
    limit: u32,
) -> Result<Vec<Case>, db::Error> {
    let key = if order == Order::Most { "c.reports" } else { "c.reported_at" };
    listed(tx, ("open", key), (reader, kind), before, limit)
}

/// Cases that were decided, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn decided(tx: &mut Tx, (reader, kind): (AccountId, Option<Kind>), before: Cursor, limit: u32) -> Result<Vec<Case>, db::Error> {
    listed(tx, ("decided", "c.decided_at"), (reader, kind), before, limit)
}

fn listed(
    tx: &mut Tx,
    (state, key): (&str, &str),
    (reader, kind): (AccountId, Option<Kind>),
    before: Cursor,
    limit: u32,
) -> Result<Vec<Case>, db::Error> {
    let sql = format!(
        "{CASE} where c.state = $1 and ($2 = '' or c.kind = $2) and (c.account_id is null or c.account_id <> $6) and ({key}, c.id) < ($3, $4) order by {key} desc, c.id desc limit $5"
    );
    tx.all(&sql, params![state, kind.map_or("", Kind::name), before.at, before.id, limit, reader], case)
}

/// One case.
///
/// # Errors
/// `NotFound` when there is none.
pub fn find(tx: &mut Tx, id: CaseId) -> Result<Case, Error> {
    tx.first(&format!("{CASE} where c.id = $1"), params![id], case)?.ok_or(Error::NotFound)
}

/// Its reports, the earliest first, at most a hundred.
///
/// # Errors
/// When the database does not answer.
pub fn reports_of(tx: &mut Tx, id: CaseId) -> Result<Vec<Report>, db::Error> {
    tx.all(
        "select coalesce(h.name, ''), r.words, r.updated_at, a.id, a.handle, a.name, a.picture,
           (select count(*) from reports o where o.account_id = r.account_id and o.outcome = 'upheld'),
           (select count(*) from reports o where o.account_id = r.account_id and o.outcome is not null),
           r.guest, r.guest_name, case when r.guest_email = '' then 0 else 1 end, r.counted
         from reports r left join house_rules h on h.id = r.rule_id left join accounts a on a.id = r.account_id
         where r.case_id = $1 order by r.id limit 100",
        params![id],
        |row| {
            let by = match somebody(row, 3)? {
                Some(author) => Reporter::Member(author),
                None if row.get::<i64>(9)? == 1 => Reporter::Guest { name: row.get(10)?, told: row.get::<i64>(11)? == 1 },
                None => Reporter::Left,
            };
            let (record, counts) = ((row.get(7)?, row.get(8)?), row.get::<i64>(12)? == 1);
            Ok(Report { rule: row.get(0)?, words: row.get(1)?, at: row.get(2)?, by, counts, record })
        },
    )
}

/// What somebody reported, the latest first.
///
/// # Errors
/// When the database does not answer.
pub fn reports_by(tx: &mut Tx, account: AccountId, limit: u32) -> Result<Vec<Own>, db::Error> {
    tx.all(
        "select c.kind, c.subject_id, coalesce(h.name, ''), r.words, r.created_at, r.outcome
         from reports r join cases c on c.id = r.case_id left join house_rules h on h.id = r.rule_id
         where r.account_id = $1 order by r.id desc limit $2",
        params![account, limit],
        |row| {
            Ok(Own {
                subject: Subject { kind: Kind::named(row.text(0)?).unwrap_or(Kind::Note), id: row.get(1)? },
                rule: row.get(2)?,
                words: row.get(3)?,
                at: row.get(4)?,
                upheld: row.get::<Option<String>>(5)?.map(|outcome| outcome == "upheld"),
            })
        },
    )
}

/// Writes a note for the other moderators.
///
/// # Errors
/// When the database does not answer.
pub fn note(tx: &mut Tx, id: CaseId, by: AccountId, words: &str, now: i64) -> Result<(), db::Error> {
    let sql = "insert into case_notes (id, case_id, account_id, words, created_at) values ($1, $2, $3, $4, $5)";
    tx.run(sql, params![ReportId::fresh(), id, by, words, now])?;
    Ok(())
}

/// The notes of a case, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub fn notes_of(tx: &mut Tx, id: CaseId) -> Result<Vec<Note>, db::Error> {
    tx.all(
        "select n.words, n.created_at, a.id, a.handle, a.name, a.picture from case_notes n left join accounts a on a.id = n.account_id
         where n.case_id = $1 order by n.id limit 100",
        params![id],
        |row| Ok(Note { words: row.get(0)?, at: row.get(1)?, by: somebody(row, 2)? }),
    )
}

/// Closes a case of this version, and says of its reports whether they were upheld. Answers who reported.
///
/// # Errors
/// `Conflict` when somebody else decided meanwhile.
pub fn close(tx: &mut Tx, (id, version): (CaseId, i64), upheld: bool, now: i64) -> Result<Vec<AccountId>, Error> {
    let sql =
        "update cases set state = 'decided', version = version + 1, decided_at = $3 where id = $1 and version = $2 and state = 'open'";
    if tx.run(sql, params![id, version, now])? == 0 {
        return Err(Error::Conflict("Somebody else has decided about this meanwhile. Look at what they decided.".into()));
    }
    count(tx, "cases", -1)?;
    judge(tx, id, Some(upheld))?;
    Ok(tx.all("select account_id from reports where case_id = $1 and account_id is not null", params![id], |row| row.get(0))?)
}

/// Says of all reports of a case whether they were upheld.
///
/// # Errors
/// When the database does not answer.
pub fn judge(tx: &mut Tx, id: CaseId, upheld: Option<bool>) -> Result<(), db::Error> {
    let outcome = upheld.map(|upheld| if upheld { "upheld" } else { "dismissed" });
    tx.run("update reports set outcome = $2 where case_id = $1", params![id, outcome])?;
    Ok(())
}

/// Opens a decided case again, unless the same thing was reported anew meanwhile.
///
/// # Errors
/// When the database does not answer.
pub fn reopen(tx: &mut Tx, id: CaseId) -> Result<(), db::Error> {
    let opened = tx.run(
        "update cases set state = 'open', version = version + 1, decided_at = null where id = $1 and state = 'decided'
           and not exists (select 1 from cases o where o.kind = cases.kind and o.subject_id = cases.subject_id and o.state = 'open')",
        params![id],
    )?;
    if opened > 0 {
        count(tx, "cases", 1)?;
        judge(tx, id, None)?;
    }
    Ok(())
}
