//! Every query about questions and answers.

use db::{Row, Tx, params};
use std::collections::HashMap;

use super::{Asked, Kind, Profile, Question, QuestionId};
use crate::{
    AccountId, Viewer,
    connections::{ShownTo, sees_connections},
};

const QUESTION: &str = "select q.id, q.profiles, q.words, q.kind, q.choices, q.required from questions q";

fn question(row: &Row) -> Result<Question, db::Error> {
    let profiles = row.text(1)?.split(',').filter_map(Profile::named).collect();
    let choices = row.text(4)?.lines().map(ToOwned::to_owned).collect();
    // What this program does not know is answered in a line.
    let kind = Kind::named(row.text(3)?).unwrap_or(Kind::Text);
    Ok(Question { id: row.get(0)?, asked: Asked { profiles, words: row.get(2)?, kind, choices, required: row.get(5)? } })
}

/// All questions, in order.
pub fn all(tx: &mut Tx) -> Result<Vec<Question>, db::Error> {
    tx.all(&format!("{QUESTION} order by q.position, q.id"), params![], question)
}

/// One question.
pub fn find(tx: &mut Tx, id: QuestionId) -> Result<Option<Question>, db::Error> {
    tx.first(&format!("{QUESTION} where q.id = $1"), params![id], question)
}

fn profiles(asked: &Asked) -> String {
    asked.profiles.iter().map(|profile| profile.name()).collect::<Vec<_>>().join(",")
}

/// Asks something new, after everything else.
pub fn insert(tx: &mut Tx, asked: &Asked, now: i64) -> Result<QuestionId, db::Error> {
    let id = QuestionId::fresh();
    let last: i64 = tx.one("select coalesce(max(position), 0) from questions", params![], |row| row.get(0))?;
    tx.run(
        "insert into questions (id, profiles, words, kind, choices, required, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            id,
            profiles(asked).as_str(),
            &asked.words,
            asked.kind.name(),
            asked.choices.join("\n").as_str(),
            i64::from(asked.required),
            last + 1,
            now
        ],
    )?;
    Ok(id)
}

/// Changes a question. Answers stay, also those that would not be taken any more: they are asked for anew when the form is saved.
pub fn change(tx: &mut Tx, id: QuestionId, asked: &Asked) -> Result<(), db::Error> {
    tx.run(
        "update questions set profiles = $2, words = $3, kind = $4, choices = $5, required = $6 where id = $1",
        params![
            id,
            profiles(asked).as_str(),
            &asked.words,
            asked.kind.name(),
            asked.choices.join("\n").as_str(),
            i64::from(asked.required)
        ],
    )?;
    Ok(())
}

/// Puts a question before the one above it.
pub fn swap(tx: &mut Tx, id: QuestionId) -> Result<(), db::Error> {
    let mut order: Vec<QuestionId> = all(tx)?.iter().map(|question| question.id).collect();
    if let Some(at) = order.iter().position(|other| *other == id).filter(|at| *at > 0) {
        order.swap(at, at - 1);
    }
    for (position, id) in order.iter().enumerate() {
        tx.run("update questions set position = $2 where id = $1", params![*id, position])?;
    }
    Ok(())
}

/// Removes a question and every answer to it.
pub fn remove(tx: &mut Tx, id: QuestionId) -> Result<bool, db::Error> {
    Ok(tx.run("delete from questions where id = $1", params![id])? > 0)
}

/// What somebody is here as.
pub fn profile_of(tx: &mut Tx, account: AccountId) -> Result<Profile, db::Error> {
    let found = tx.first("select profile from accounts where id = $1", params![account], |row| row.get::<String>(0))?;
    Ok(found.and_then(|name| Profile::named(&name)).unwrap_or_default())
}

/// Sets it.
pub fn set_profile(tx: &mut Tx, account: AccountId, profile: Profile, now: i64) -> Result<(), db::Error> {
    tx.run("update accounts set profile = $2, updated_at = $3 where id = $1", params![account, profile.name(), now])?;
    Ok(())
}

/// Answers a question, or takes the answer back where it is empty.
pub fn put_answer(
    tx: &mut Tx,
    account: AccountId,
    question: QuestionId,
    value: &str,
    shown_to: ShownTo,
    now: i64,
) -> Result<(), db::Error> {
    if value.is_empty() {
        tx.run("delete from answers where account_id = $1 and question_id = $2", params![account, question])?;
        return Ok(());
    }
    tx.run(
        "insert into answers (account_id, question_id, value, shown_to, updated_at) values ($1, $2, $3, $4, $5)
         on conflict (account_id, question_id) do update
           set value = excluded.value, shown_to = excluded.shown_to, updated_at = excluded.updated_at",
        params![account, question, value, shown_to.name(), now],
    )?;
    Ok(())
}

/// All that somebody answered, and who sees each.
pub fn answers_of(tx: &mut Tx, account: AccountId) -> Result<HashMap<QuestionId, (String, ShownTo)>, db::Error> {
    let sql = "select question_id, value, shown_to from answers where account_id = $1";
    let found = tx.all(sql, params![account], |row| {
        // What this program does not know shows nobody anything.
        Ok((row.get(0)?, (row.get(1)?, ShownTo::named(row.text(2)?).unwrap_or(ShownTo::OnlyMe))))
    })?;
    Ok(found.into_iter().collect())
}

/// Something that somebody says of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What was asked.
    pub question: String,
    /// The answer.
    pub value: String,
    /// Whether it is a link.
    pub link: bool,
    /// Who sees it.
    pub shown_to: ShownTo,
}

/// What a viewer sees of what somebody says of themselves, and what they are here as.
pub fn facts(tx: &mut Tx, viewer: &Viewer, account: AccountId) -> Result<(Profile, Vec<Fact>), db::Error> {
    let profile = profile_of(tx, account)?;
    let mut answers = answers_of(tx, account)?;
    let mut facts = Vec::new();
    for question in all(tx)?.into_iter().filter(|question| question.asked.profiles.contains(&profile)) {
        let Some((value, shown_to)) = answers.remove(&question.id) else { continue };
        if viewer.is(account) || sees_connections(tx, viewer, account, shown_to)? {
            facts.push(Fact { question: question.asked.words, value, link: question.asked.kind == Kind::Link, shown_to });
        }
    }
    Ok((profile, facts))
}
