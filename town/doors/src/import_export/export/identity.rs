//! How a site looks and speaks, what it asks, its badges; and what of that belongs to somebody. Each list has one order.

use ::people::{
    AccountId,
    badges::{self, BadgeId},
    looks::{self, Colour, Mark, Menu},
    questions::{self, QuestionId},
};
use db::{Tx, params};
use serde::{Deserialize, Serialize};
use text::times::stamp;
use web::Error;

/// The one line of `identity.jsonl`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityRow {
    /// What invites to act, on light paper and on dark; none for the program's.
    pub accent: Option<[String; 2]>,
    /// Links, on light paper and on dark.
    pub link: Option<[String; 2]>,
    /// Key of the logo.
    pub logo: Option<String>,
    /// Key of the icon.
    pub icon: Option<String>,
    /// Where to write to.
    pub contact: String,
    /// The site's own links, in order.
    pub links: Vec<LinkRow>,
    /// Letters that it wrote itself.
    pub letters: Vec<LetterRow>,
    /// What it asks, in order.
    pub questions: Vec<QuestionRow>,
    /// Its badges, in order.
    pub badges: Vec<BadgeRow>,
}

/// A link of the site's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    /// `bar` or `footer`.
    pub menu: String,
    /// What it stands under, in the footer.
    pub heading: String,
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub address: String,
    /// `everyone`, `guests`, `members`, `staff`.
    pub shown_to: String,
}

/// A letter in the site's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRow {
    /// Which.
    pub kind: String,
    /// Its subject.
    pub subject: String,
    /// Its beginning.
    pub intro: String,
}

/// Something that the site asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// Its id.
    pub id: QuestionId,
    /// Of whom: `resident`, `business`, `organization`, `official`.
    pub profiles: Vec<String>,
    /// Its words.
    pub words: String,
    /// `text`, `choice`, `link`, `number`.
    pub kind: String,
    /// What can be chosen.
    pub choices: Vec<String>,
    /// Whether it must be answered.
    pub required: bool,
}

/// A badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadgeRow {
    /// Its id.
    pub id: BadgeId,
    /// Its name.
    pub name: String,
    /// What it says of whoever has it.
    pub meaning: String,
    /// Its icon.
    pub icon: String,
    /// Its colour.
    pub colour: String,
}

/// A line of `answers.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// Whose.
    pub account: AccountId,
    /// To what.
    pub question: QuestionId,
    /// What was asked, for whoever reads the file.
    pub words: String,
    /// The answer.
    pub value: String,
    /// `public`, `members`, `connections`, `only_me`.
    pub shown_to: String,
    /// When it was given.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// A line of `held_badges.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldRow {
    /// Who has it.
    pub account: AccountId,
    /// Which.
    pub badge: BadgeId,
    /// Who gave it.
    pub by: Option<AccountId>,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// A line of `decisions.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// Its id.
    pub id: db::Id,
    /// Who decided.
    pub by: Option<AccountId>,
    /// What kind of decision it was.
    pub act: String,
    /// About whom.
    pub about: Option<AccountId>,
    /// About which post.
    pub post: Option<db::Id>,
    /// In words.
    pub words: String,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(with = "stamp")]
    pub at: i64,
}

/// The site's own.
pub(super) fn identity(tx: &mut Tx) -> Result<IdentityRow, Error> {
    let looks = looks::load(tx)?;
    let pair = |pair: Option<(Colour, Colour)>| pair.map(|(light, dark)| [light.to_string(), dark.to_string()]);
    let key = |mark: &Option<Mark>| mark.as_ref().map(|mark| mark.key.clone());
    let mut links = Vec::new();
    for menu in Menu::ALL {
        links.extend(looks.menus.of(menu).iter().map(|own| LinkRow {
            menu: menu.name().to_owned(),
            heading: own.heading.clone(),
            label: own.label.clone(),
            address: own.address.clone(),
            shown_to: own.who.name().to_owned(),
        }));
    }
    let letters = tx.all("select kind, subject, intro from letter_texts", params![], |row| {
        Ok(LetterRow { kind: row.get(0)?, subject: row.get(1)?, intro: row.get(2)? })
    });
    let mut letters = letters?;
    letters.sort_by(|one, other| one.kind.cmp(&other.kind));
    let questions = questions::all(tx)?.into_iter().map(|question| QuestionRow {
        id: question.id,
        profiles: question.asked.profiles.iter().map(|profile| profile.name().to_owned()).collect(),
        words: question.asked.words,
        kind: question.asked.kind.name().to_owned(),
        choices: question.asked.choices,
        required: question.asked.required,
    });
    let questions = questions.collect();
    let badges = badges::all(tx)?.into_iter().map(|badge| BadgeRow {
        id: badge.id,
        name: badge.looks.name,
        meaning: badge.looks.meaning,
        icon: badge.looks.icon,
        colour: badge.looks.colour,
    });
    Ok(IdentityRow {
        accent: pair(looks.colours.accent),
        link: pair(looks.colours.link),
        logo: key(&looks.logo),
        icon: key(&looks.icon),
        contact: looks.contact,
        links,
        letters,
        questions,
        badges: badges.collect(),
    })
}

/// Answers after one, all of them or somebody's.
pub(super) fn answers(tx: &mut Tx, of: Option<AccountId>, last: Option<&AnswerRow>, limit: u32) -> Result<Vec<AnswerRow>, Error> {
    let (account, question) = last.map_or((0, 0), |row| (row.account.get(), row.question.get()));
    let whose = of.map_or_else(String::new, |of| format!("and a.account_id = {}", of.get()));
    let sql = format!(
        "select a.account_id, a.question_id, q.words, a.value, a.shown_to, a.updated_at from answers a join questions q on q.id = a.question_id
         where (a.account_id, a.question_id) > ($1, $2) {whose} order by a.account_id, a.question_id limit $3"
    );
    Ok(tx.all(&sql, params![account, question, limit], |row| {
        Ok(AnswerRow {
            account: row.get(0)?,
            question: row.get(1)?,
            words: row.get(2)?,
            value: row.get(3)?,
            shown_to: row.get(4)?,
            at: row.get(5)?,
        })
    })?)
}

/// Who has which badge, after one.
pub(super) fn held(tx: &mut Tx, last: Option<&HeldRow>, limit: u32) -> Result<Vec<HeldRow>, Error> {
    let (account, badge) = last.map_or((0, 0), |row| (row.account.get(), row.badge.get()));
    Ok(tx.all(
        "select account_id, badge_id, given_by, created_at from account_badges where (account_id, badge_id) > ($1, $2)
         order by account_id, badge_id limit $3",
        params![account, badge, limit],
        |row| Ok(HeldRow { account: row.get(0)?, badge: row.get(1)?, by: row.get(2)?, at: row.get(3)? }),
    )?)
}

/// Decisions after one.
pub(super) fn decisions(tx: &mut Tx, last: Option<&DecisionRow>, limit: u32) -> Result<Vec<DecisionRow>, Error> {
    Ok(tx.all(
        "select id, account_id, act, about_id, post_id, words, reason, created_at from decisions where id > $1 order by id limit $2",
        params![last.map_or(0, |row| row.id.get()), limit],
        |row| {
            Ok(DecisionRow {
                id: row.get(0)?,
                by: row.get(1)?,
                act: row.get(2)?,
                about: row.get(3)?,
                post: row.get(4)?,
                words: row.get(5)?,
                reason: row.get(6)?,
                at: row.get(7)?,
            })
        },
    )?)
}
