//! Joining by an account elsewhere: the provider vouches for who somebody is, the site decides as always who may join, and
//! they choose their handle and promise to keep the rules as everybody does. There is no password, and no proof of work: the
//! provider has looked at them.
//!
//! An address that the provider has seen mail arrive at counts as proved. Any other is claimed, and proved by a letter.

use axum::{
    Router,
    extract::{Path, State},
    response::{AppendHeaders, IntoResponse as _, Response},
    routing::get,
};
use db::Tx;
use http::{HeaderMap, StatusCode};
use web::{Error, Form, Problems, Result, Tag, html, html_with, see_other};

use super::{
    Newcomer, confirmation,
    confirmation::standing_of,
    pages,
    routes::{Way, way},
    store,
};
use crate::{
    AccountId, Caller, Town, Viewer,
    accounts::{self, Standing, names},
    bars,
    identities::{self, forget_newcomer},
    invitations, safety,
    sign_in::{Arrival, By, arrive},
};

/// Whom the provider vouches for.
type Vouched = identities::Newcomer;

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/join/with/{provider}", get(new).post(create))
}

async fn new(State(town): State<Town>, caller: Caller, headers: HeaderMap, Path(provider): Path<String>) -> Result {
    let viewer = town.viewer(&caller).await?;
    if viewer.me.is_some() {
        return Ok(see_other("/join/confirmation"));
    }
    let Some(vouched) = Vouched::in_browser(&town, &headers, &provider) else { return Ok(see_other("/sign-in")) };
    let frame = town.frame(&viewer, &caller);
    let way = match way(&town, &caller, &frame, vouched.invitation.clone()).await? {
        Ok(way) => way,
        Err(page) => return Ok(page),
    };
    // What they are called there is a proposal.
    let form =
        Form::from_pairs([("display_name", vouched.name.as_str()), ("handle", &proposed(&vouched.handle)), ("email", &vouched.email)]);
    Ok(html(pages::join_with(&frame, &way, &vouched, &form, &Problems::default())))
}

/// A handle elsewhere as far as it can be one here; some providers give an address.
fn proposed(handle: &str) -> String {
    let name = handle.split('@').next().unwrap_or_default();
    let handle: String = name.chars().map(|character| if character == '.' { '_' } else { character }).collect();
    text::handle::parse(&handle).map_or_else(|_| String::new(), |handle| handle.name)
}

async fn create(State(town): State<Town>, caller: Caller, headers: HeaderMap, Path(provider): Path<String>, form: Form) -> Result {
    town.limits.join.by_address(caller.address)?;
    let frame = town.frame(&Viewer::default(), &caller);
    let Some(vouched) = Vouched::in_browser(&town, &headers, &provider) else {
        return Ok(html_with(StatusCode::GONE, pages::vouched_too_long_ago(&frame)));
    };
    let way = match way(&town, &caller, &frame, vouched.invitation.clone()).await? {
        Ok(way) => way,
        Err(page) => return Ok(page),
    };
    match take_in(&town, &caller, &way, vouched.clone(), &form).await {
        Ok((arrival, account, standing)) => {
            town.wake();
            town.pages.changed(&[Tag("account", account.get())]);
            let next = if standing == Standing::Member { "/welcome?done=welcome" } else { "/join/confirmation" };
            Ok((AppendHeaders([forget_newcomer(&town)]), arrival.lead(&town, next)).into_response())
        }
        Err(Error::Invalid(problems)) => Ok(refused(&pages::join_with(&frame, &way, &vouched, &form, &problems))),
        Err(error) => Err(error),
    }
}

fn refused(page: &maud::Markup) -> Response {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, page.clone())
}

async fn take_in(town: &Town, caller: &Caller, way: &Way, vouched: Vouched, form: &Form) -> Result<(Arrival, AccountId, Standing)> {
    let mut problems = Problems::default();
    let email = if vouched.verified { &vouched.email } else { form.text("email") };
    let newcomer = Newcomer::parse_without_password(form, email, way.asks(), &mut problems);
    bars::check(town, email, caller.address, &mut problems);
    let birth_year = safety::parse_birth_year(form, way.minors_under, town.now(), &mut problems);
    let Some(newcomer) = newcomer else { return Err(problems.into()) };
    if !vouched.verified {
        town.limits.join_email.by(&text::fold(&newcomer.email))?;
    }
    let joining = Joining {
        newcomer,
        birth_year,
        vouched,
        problems,
        level: town.levels().of_newcomers().to_owned(),
        way: way.clone(),
        caller: caller.clone(),
        site: town.site().name.clone(),
        origin: town.origin().to_owned(),
        now: town.now(),
    };
    town.db.write(move |tx| joining.write(tx)).await
}

/// All that one transaction needs.
struct Joining {
    newcomer: Newcomer,
    birth_year: Option<i64>,
    vouched: Vouched,
    problems: Problems,
    level: String,
    way: Way,
    caller: Caller,
    site: String,
    origin: String,
    now: i64,
}

impl Joining {
    fn write(&self, tx: &mut Tx) -> Result<(Arrival, AccountId, Standing)> {
        let mut problems = self.problems.clone();
        names::check(tx, &self.newcomer.name, &self.site, None, &mut problems)?;
        names::check_handle(tx, &self.newcomer.handle, None, self.now, &mut problems)?;
        problems.or(())?;
        let invitation = match &self.way.invited {
            Some((token, _)) => Some(invitations::hold(tx, token, self.now)?.ok_or(Error::Gone)?),
            None => None,
        };
        let account = store::insert(tx, &self.newcomer, (&self.level, None), invitation, self.now).map_err(accounts::taken)?;
        if let Some(year) = self.birth_year {
            safety::born_in(tx, account, year, self.way.minors_under, self.now)?;
        }
        let who = (self.vouched.issuer.as_str(), self.vouched.subject.as_str());
        identities::insert(tx, account, who, &self.vouched.label(), self.now).map_err(taken)?;
        let standing = if self.vouched.verified {
            let standing = standing_of(self.way.mode, invitation.is_some());
            store::confirm(tx, account, standing, self.now).map_err(accounts::taken)?;
            standing
        } else {
            let to = confirmation::Claim { account, handle: &self.newcomer.handle.name, email: &self.newcomer.email };
            to.write(tx, &self.site, &self.origin, self.now)?;
            Standing::Unconfirmed
        };
        Ok((arrive(tx, &self.caller, account, By::Provider, self.now)?, account, standing))
    }
}

/// The form was sent twice, or from two windows.
fn taken(error: db::Error) -> Error {
    if error.violates("identities.issuer") {
        return Error::invalid("handle", "You have joined already. Sign in.");
    }
    error.into()
}
