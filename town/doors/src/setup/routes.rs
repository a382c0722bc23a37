//! Addresses of the first start.

use axum::{
    Router,
    extract::{Path, Request, State},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::get,
};
use db::Tx;
use http::{HeaderValue, StatusCode, header};
use people::{
    Caller, Town, Viewer,
    accounts::{self, NewAccount},
    joining::Mode,
    sign_in::{self, Purpose, password, peek, redeem, session_cookie},
    site::{self, Site},
};
use things::sections::NewSection;
use web::{Error, Form, Problems, Result, html, html_with, see_other};

use super::{pages, starters};
use crate::desk::taken;

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/setup/{token}", get(new).post(create))
}

/// Puts a page before the front page that says what is going on, until the site is set up.
pub fn waiting_room(rooms: Router<Town>, town: &Town) -> Router<Town> {
    rooms.layer(middleware::from_fn_with_state(town.clone(), wait))
}

/// 503 and not 200: nobody should index or keep this page (RFC 9110 §15.6.4).
async fn wait(State(town): State<Town>, request: Request, next: Next) -> Response {
    if town.is_set_up() || request.uri().path() != "/" {
        return next.run(request).await;
    }
    let page = html_with(StatusCode::SERVICE_UNAVAILABLE, pages::waiting(&town.plain_frame()));
    ([(header::RETRY_AFTER, HeaderValue::from_static("600"))], page).into_response()
}

async fn new(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    if !works(&town, &caller, token).await? {
        return Ok(gone(&town, &caller));
    }
    Ok(html(pages::setup(&frame(&town, &caller), &Form::default(), &Problems::default())))
}

async fn create(State(town): State<Town>, caller: Caller, Path(token): Path<String>, form: Form) -> Result {
    if !works(&town, &caller, token.clone()).await? {
        return Ok(gone(&town, &caller));
    }
    let mut problems = Problems::default();
    let Some(beginning) = Beginning::parse(&form, &mut problems).filter(|_| problems.is_empty()) else {
        return Ok(again(&town, &caller, &form, &problems));
    };
    let hash = password::hash(form.text("password")).await?;
    let (agent, now) = (caller.agent.clone(), town.now());
    let begun = town.db.write(move |tx| -> Result<_> { beginning.write(tx, &token, &hash, &agent, now) }).await;
    match begun {
        Ok(Some(session)) => {
            town.reload().await?;
            let cookie = [(header::SET_COOKIE, session_cookie(&town, &session))];
            Ok((cookie, see_other("/admin?done=saved")).into_response())
        }
        Ok(None) => Ok(gone(&town, &caller)),
        Err(Error::Invalid(problems)) => Ok(again(&town, &caller, &form, &problems)),
        Err(error) => Err(error),
    }
}

async fn works(town: &Town, caller: &Caller, token: String) -> Result<bool> {
    let tried = town.limits.sign_in_address.by_address(caller.address)?;
    let now = town.now();
    let found = town.db.read(move |tx| -> Result<_> { Ok(peek(tx, Purpose::Setup, &token, now)?) }).await?;
    let works = found.is_some() && !town.is_set_up();
    if works {
        tried.give_back();
    }
    Ok(works)
}

fn frame(town: &Town, caller: &Caller) -> web::Frame {
    town.frame(&Viewer::default(), caller)
}

fn gone(town: &Town, caller: &Caller) -> Response {
    html_with(StatusCode::GONE, pages::no_such_link(&frame(town, caller), town.is_set_up()))
}

fn again(town: &Town, caller: &Caller, form: &Form, problems: &Problems) -> Response {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::setup(&frame(town, caller), form, problems))
}

/// Everything that a site begins with.
#[derive(Clone)]
struct Beginning {
    site: Site,
    administrator: NewAccount,
    sections: Vec<NewSection>,
}

impl Beginning {
    fn parse(form: &Form, problems: &mut Problems) -> Option<Self> {
        let site = Site { joining: Mode::named(form.text("joining")), ..Site::parse(form, problems) };
        let administrator = NewAccount::parse(form, "administrator", problems);
        if let Err(words) = password::check(form.text("password")) {
            problems.add("password", words);
        }
        Some(Self { site, administrator: administrator?, sections: starters::chosen(form) })
    }

    /// The session's token; `None` when somebody else was faster.
    fn write(&self, tx: &mut Tx, token: &str, hash: &str, agent: &str, now: i64) -> Result<Option<String>> {
        if redeem(tx, Purpose::Setup, token, now)?.is_none() || site::load(tx)?.is_some() {
            return Ok(None);
        }
        site::create(tx, &self.site, now)?;
        let account = accounts::insert(tx, &self.administrator, Some(hash), now).map_err(taken)?;
        starters::make(tx, &self.sections, now)?;
        Ok(Some(sign_in::open(tx, account, agent, now)?))
    }
}
