//! Addresses of joining.

use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse as _, Response},
    routing::get,
};
use db::Tx;
use http::{StatusCode, header};
use web::{Error, Form, Frame, Problems, Result, html, html_with, see_other};

use super::{Mode, Newcomer, confirmation, pages, store, with_provider};
use crate::{
    Caller, Town, Viewer,
    accounts::{self, names},
    bars,
    invitations::{self, Invitation},
    proof::{self, Proved},
    safety,
    sign_in::{self, password, session_cookie},
};

/// The addresses of this room.
pub fn routes() -> Router<Town> {
    Router::new()
        .route("/join", get(new).post(create))
        .route("/invitation/{token}", get(new_invited).post(create_invited))
        .merge(confirmation::routes())
        .merge(with_provider::routes())
        .merge(proof::routes())
}

/// By which way somebody comes.
#[derive(Clone)]
pub(super) struct Way {
    /// The site's mode.
    pub mode: Mode,
    /// The link they hold, and what it stands for.
    pub invited: Option<(String, Invitation)>,
    /// Younger members than this are minors, which the form has to find out; 0 where it asks nothing.
    pub minors_under: i64,
}

impl Way {
    /// Whether the form asks why they join.
    pub fn asks(&self) -> bool {
        self.mode == Mode::Approval && self.invited.is_none()
    }
}

async fn new(State(town): State<Town>, caller: Caller) -> Result {
    show(&town, &caller, None).await
}

async fn new_invited(State(town): State<Town>, caller: Caller, Path(token): Path<String>) -> Result {
    show(&town, &caller, Some(token)).await
}

async fn create(State(town): State<Town>, caller: Caller, form: Form) -> Result {
    join(&town, &caller, None, &form).await
}

async fn create_invited(State(town): State<Town>, caller: Caller, Path(token): Path<String>, form: Form) -> Result {
    join(&town, &caller, Some(token), &form).await
}

async fn show(town: &Town, caller: &Caller, token: Option<String>) -> Result {
    let viewer = town.viewer(caller).await?;
    if viewer.me.is_some() {
        return Ok(see_other("/join/confirmation"));
    }
    let frame = town.frame(&viewer, caller);
    let way = match way(town, caller, &frame, token).await? {
        Ok(way) => way,
        Err(page) => return Ok(page),
    };
    let ticket = proof::ticket(&town.proofs, town.now());
    Ok(html(pages::join(&frame, &way, &town.providers, &Form::default(), &ticket, &Problems::default())))
}

/// The way that is open to somebody, or the page that says why none is.
pub(super) async fn way(town: &Town, caller: &Caller, frame: &Frame, token: Option<String>) -> Result<Result<Way, Response>> {
    let (mode, minors_under) = (town.site().joining, town.safety().minors_under);
    let closed = |status, page| Ok(Err(html_with(status, page)));
    match token {
        _ if mode == Mode::Closed => closed(StatusCode::FORBIDDEN, pages::closed(frame)),
        None if mode.offers() => Ok(Ok(Way { mode, invited: None, minors_under })),
        None => closed(StatusCode::FORBIDDEN, pages::by_invitation_only(frame)),
        Some(token) => {
            let tried = town.limits.sign_in_address.by_address(caller.address)?;
            let (asked, now) = (token.clone(), town.now());
            match town.db.read(move |tx| invitations::open(tx, &asked, now)).await? {
                Some(invitation) => {
                    tried.give_back();
                    Ok(Ok(Way { mode, invited: Some((token, invitation)), minors_under }))
                }
                None => closed(StatusCode::GONE, pages::no_such_invitation(frame)),
            }
        }
    }
}

async fn join(town: &Town, caller: &Caller, token: Option<String>, form: &Form) -> Result {
    town.limits.join.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), caller);
    let way = match way(town, caller, &frame, token).await? {
        Ok(way) => way,
        Err(page) => return Ok(page),
    };
    match take_in(town, caller, &way, form).await {
        Ok(session) => {
            town.wake();
            let cookie = [(header::SET_COOKIE, session_cookie(town, &session))];
            Ok((cookie, see_other("/join/confirmation")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let ticket = proof::same_ticket(town, form);
            Ok(html_with(StatusCode::UNPROCESSABLE_ENTITY, pages::join(&frame, &way, &town.providers, form, &ticket, &problems)))
        }
        Err(error) => Err(error),
    }
}

/// Makes an account of what was typed; the token of its first session. `Invalid` says what is wrong.
async fn take_in(town: &Town, caller: &Caller, way: &Way, form: &Form) -> Result<String> {
    let mut problems = Problems::default();
    let newcomer = Newcomer::parse(form, way.asks(), &mut problems);
    let birth_year = safety::parse_birth_year(form, way.minors_under, town.now(), &mut problems);
    let sent = proof::read(town, form, &mut problems);
    bars::check(town, newcomer.as_ref().map_or("", |newcomer| &newcomer.email), caller.address, &mut problems);
    let Some(newcomer) = newcomer else { return Err(problems.into()) };
    let problems = look_up(town, newcomer.clone(), sent.as_ref().map(|sent| sent.proved.clone()), problems).await?;
    let Some(sent) = sent.filter(|_| problems.is_empty()) else { return Err(problems.into()) };
    if !sent.by_work {
        proof::slowly(caller, (&town.limits.join_plain, &town.limits.join_plain_all), "Many people joined")?;
    }
    town.limits.join_email.by(&text::fold(&newcomer.email))?;
    let hash = password::hash(form.text("password")).await?;
    let joining = Joining {
        newcomer,
        born: (birth_year, way.minors_under),
        proved: sent.proved,
        hash,
        token: way.invited.as_ref().map(|(token, _)| token.clone()),
        level: town.levels().of_newcomers().to_owned(),
        before: caller.session.clone(),
        agent: caller.agent.clone(),
        site: town.site().name.clone(),
        origin: town.origin().to_owned(),
        now: town.now(),
    };
    town.db.write(move |tx| joining.write(tx)).await
}

/// Adds what only the database knows.
async fn look_up(town: &Town, newcomer: Newcomer, proved: Option<Proved>, problems: Problems) -> Result<Problems> {
    let (site, now) = (town.site().name.clone(), town.now());
    town.db
        .read(move |tx| -> Result<_> {
            let mut problems = problems.clone();
            names::check(tx, &newcomer.name, &site, None, &mut problems)?;
            names::check_handle(tx, &newcomer.handle, None, now, &mut problems)?;
            if let Some(proved) = &proved
                && proof::is_spent(tx, proved)?
            {
                problems.add("proof", proof::SPENT);
            }
            Ok(problems)
        })
        .await
}

/// All that one transaction needs to take somebody in.
struct Joining {
    newcomer: Newcomer,
    /// In which year, where that is asked, and from which age it does not matter.
    born: (Option<i64>, i64),
    proved: Proved,
    hash: String,
    token: Option<String>,
    level: String,
    before: Option<Vec<u8>>,
    agent: String,
    site: String,
    origin: String,
    now: i64,
}

impl Joining {
    fn write(&self, tx: &mut Tx) -> Result<String> {
        if !proof::spend(tx, &self.proved)? {
            return Err(Error::invalid("proof", proof::SPENT));
        }
        let invitation = match &self.token {
            Some(token) => Some(invitations::hold(tx, token, self.now)?.ok_or(Error::Gone)?),
            None => None,
        };
        let account = store::insert(tx, &self.newcomer, (&self.level, Some(&self.hash)), invitation, self.now).map_err(accounts::taken)?;
        if let (Some(year), under) = self.born {
            safety::born_in(tx, account, year, under, self.now)?;
        }
        let to = confirmation::Claim { account, handle: &self.newcomer.handle.name, email: &self.newcomer.email };
        to.write(tx, &self.site, &self.origin, self.now)?;
        // This browser forgets its earlier session; nobody would ever end it.
        if let Some(before) = &self.before {
            sign_in::end_by_digest(tx, before)?;
        }
        Ok(sign_in::open(tx, account, &self.agent, self.now)?)
    }
}
