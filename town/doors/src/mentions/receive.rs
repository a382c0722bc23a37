//! What comes in: somebody says that a page of theirs links to a story of ours (§3.2).

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use people::{Caller, Town};
use talk::{PostId, mentions};
use things::stories::{self, Status};
use web::{Error, Form, Result};

use super::{Check, is_ours, web_address};
use crate::syndication::story_at;

/// Pages that wait to be looked at; with more of them somebody is flooding us, and everybody has to wait.
const MOST_ASKED: u32 = 2_000;

/// What was asked for, and whether it can be meant.
struct Told {
    source: String,
    host: String,
    story: PostId,
}

impl Told {
    fn parse(form: &Form, origin: &str) -> Result<Self> {
        let source = web_address(form.text("source")).ok_or_else(|| wrong("“source” has to be the whole address of a page on the web."))?;
        let target = web_address(form.text("target")).ok_or_else(|| wrong("“target” has to be the whole address of a story here."))?;
        if is_ours(&source, origin) {
            return Err(wrong("“source” is a page of this site itself, which is not taken."));
        }
        let story = story_at(target.as_str(), origin).ok_or_else(|| wrong("“target” is no story of this site."))?;
        let host = source.host_str().unwrap_or_default().to_owned();
        Ok(Self { source: source.into(), host, story })
    }
}

fn wrong(words: &'static str) -> Error {
    Error::Malformed(words.into())
}

/// Takes it in to be looked at later: 202 (§3.2, "asynchronously").
pub(super) async fn receive(State(town): State<Town>, caller: Caller, form: Form) -> Result<Response> {
    town.limits.mentions.by_address(caller.address)?;
    let (told, now) = (Told::parse(&form, town.origin())?, town.now());
    town.limits.mentions.by(&told.host)?;
    town.db
        .write(move |tx| -> Result<()> {
            if stories::status_of(tx, told.story)? != Some(Status::Published) {
                return Err(Error::Malformed("“target” is no story that readers can see.".into()));
            }
            if mentions::is_blocked(tx, &told.host)? {
                return Err(Error::Forbidden("The editors of this site take no mentions from there.".into()));
            }
            if mentions::asked(tx, MOST_ASKED)? >= i64::from(MOST_ASKED) {
                return Err(Error::Busy);
            }
            let mention = mentions::ask(tx, told.story, &told.source, &told.host, now)?;
            jobs::enqueue_unique(tx, &Check::key(mention), &Check { mention }, now)?;
            Ok(())
        })
        .await?;
    town.wake();
    Ok((StatusCode::ACCEPTED, "Thank you. The page will be looked at.").into_response())
}
