//! From the working copy back to the form, and to words that two versions can be compared by.

use db::Tx;
use people::{AccountId, accounts, site::Licence};
use web::{Error, Form};

use super::saving::Rules;
use crate::{
    sections::Tree,
    stories::{Content, Draft, DraftState, sources},
};

/// The form as it stands for a working copy.
pub(super) fn form(tx: &mut Tx, draft: &Draft, rules: &Rules) -> Result<Form, Error> {
    // A scheduled story shows its time, so that sending the form again keeps it.
    let at = if draft.state == DraftState::Scheduled { draft.publish_at } else { draft.content.dated };
    form_of(tx, &draft.content, at, draft.version, rules)
}

/// The form with these words, made from version `base`.
pub(super) fn form_of(tx: &mut Tx, content: &Content, at: Option<i64>, base: i64, rules: &Rules) -> Result<Form, Error> {
    let picture = content.picture.clone().unwrap_or_default();
    Ok(Form::from_pairs([
        ("base", base.to_string()),
        ("headline", content.headline.clone()),
        ("standfirst", content.standfirst.clone()),
        ("body", content.body.clone()),
        ("section", content.section.map(|section| section.to_string()).unwrap_or_default()),
        ("topics", content.topics.join(", ")),
        ("place", content.place.clone()),
        ("coauthors", handles(tx, &content.coauthors)?),
        ("work", content.work.name().to_owned()),
        ("language", content.language.clone()),
        ("sources", sources::typed(&content.sources)),
        ("picture_id", picture.key),
        ("picture_caption", picture.caption),
        ("picture_credit", picture.credit),
        ("picture_alt", picture.alt),
        ("licence", content.licence.map_or("", Licence::name).to_owned()),
        ("published_at", at.map(|at| text::times::to_local(at, &rules.zone)).unwrap_or_default()),
    ]))
}

fn handles(tx: &mut Tx, coauthors: &[AccountId]) -> Result<String, Error> {
    let mut handles = Vec::with_capacity(coauthors.len());
    for coauthor in coauthors {
        if let Some(account) = accounts::by_id(tx, *coauthor)? {
            handles.push(format!("@{}", account.handle));
        }
    }
    Ok(handles.join(", "))
}

/// One part of a story in words: its label and what it says.
pub(super) type Part = (&'static str, String);

/// Everything a story holds, in the order of the form.
pub(super) fn parts(tx: &mut Tx, content: &Content, tree: &Tree, rules: &Rules) -> Result<Vec<Part>, Error> {
    let section = content.section.and_then(|section| tree.get(section));
    let picture = content.picture.clone().unwrap_or_default();
    Ok(vec![
        ("Headline", content.headline.clone()),
        ("Standfirst", content.standfirst.clone()),
        ("Story", content.body.clone()),
        ("Section", section.map(|section| section.name.clone()).unwrap_or_default()),
        ("Type of work", content.work.words().to_owned()),
        ("Language", if content.language.is_empty() { String::new() } else { text::language::name(&content.language).to_owned() }),
        ("Topics", content.topics.iter().map(|topic| format!("#{topic}")).collect::<Vec<_>>().join(" ")),
        ("Place", content.place.clone()),
        ("Co-authors", handles(tx, &content.coauthors)?),
        ("Sources", sources::typed(&content.sources)),
        ("Picture", picture.key),
        ("Caption", picture.caption),
        ("Credit", picture.credit),
        ("Picture in words", picture.alt),
        ("Licence", content.licence.map_or("", Licence::words).to_owned()),
        ("Date", content.dated.map(|at| text::times::full(at, &rules.zone)).unwrap_or_default()),
    ])
}
