//! Commands on accounts. They work on the database, whether or not the site is being served.

use anyhow::{Context as _, bail};
use db::{Db, Tx};
use doors::desk::somebody_manages;
use people::{
    accounts::{self, Account, NewAccount},
    levels, second_factor,
    sign_in::{Change, Purpose, issue, password},
};
use std::io::Read as _;
use web::Problems;

use crate::{
    cli::{Place, User},
    config::Config,
    open::{self, broken},
    settled,
};

/// Longer than for links people ask for themselves: somebody has to carry this one over.
const LINK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Runs one of them.
pub fn run(command: User) -> anyhow::Result<()> {
    match command {
        User::Add { handle, name, email, level, password_stdin, place } => {
            let password = password_stdin.then(read_password).transpose()?;
            on_site(&place, |db, config| add(db, config, &handle, &name, &email, &level, password.as_deref()))
        }
        User::List { place } => on_site(&place, |db, _| list(db)),
        User::ResetLink { handle, place } => on_site(&place, |db, config| {
            let account = find(db, &handle)?;
            print_link(db, config, &account)
        }),
        User::EndTwoStep { handle, place } => on_site(&place, |db, config| end_two_step(db, config, &handle)),
        User::SetLevel { handle, level, place } => on_site(&place, |db, _| set_level(db, &handle, &level)),
        User::Suspend { handle, lift, place } => on_site(&place, |db, _| suspend(db, &handle, !lift)),
    }
}

/// Commands do not make sites: a mistyped folder would be a new, empty one.
pub fn on_site<T>(place: &Place, work: impl FnOnce(&Db, &Config) -> anyhow::Result<T>) -> anyhow::Result<T> {
    on_site_with(place, db::Options::default(), work)
}

/// The same with a database that is opened so.
pub fn on_site_with<T>(place: &Place, options: db::Options, work: impl FnOnce(&Db, &Config) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let config = settled(place)?;
    if let Some(path) = config.database.strip_prefix("sqlite:")
        && !std::path::Path::new(path).is_file()
    {
        bail!("there is no site in {}: name its folder with --data, or start one with `ocotillo serve`", config.data.display());
    }
    with(&config, options, work)
}

/// The same where there may be no site yet: for the one command that can make one.
pub fn on_any_site<T>(place: &Place, work: impl FnOnce(&Db, &Config) -> anyhow::Result<T>) -> anyhow::Result<T> {
    with(&settled(place)?, db::Options::default(), work)
}

fn with<T>(config: &Config, options: db::Options, work: impl FnOnce(&Db, &Config) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let db = open::database_with(config, options)?;
    let done = work(&db, config);
    db.close();
    done
}

fn read_password() -> anyhow::Result<String> {
    let mut typed = String::new();
    std::io::stdin().take(4096).read_to_string(&mut typed).context("the password on standard input")?;
    let typed = typed.trim_end_matches(['\r', '\n']).to_owned();
    password::check(&typed).map_err(anyhow::Error::msg)?;
    Ok(typed)
}

fn add(db: &Db, config: &Config, handle: &str, name: &str, email: &str, level: &str, typed: Option<&str>) -> anyhow::Result<()> {
    known_level(db, level)?;
    let mut problems = Problems::default();
    let name = accounts::parse_name(name, &mut problems);
    if let Some(words) = problems.of("display_name") {
        bail!("--name: {words}");
    }
    let new = NewAccount {
        handle: text::handle::parse(handle).map_err(|words| anyhow::anyhow!("the handle “{handle}”: {words}"))?,
        name,
        email: Some(accounts::parse_email(email).map_err(|words| anyhow::anyhow!("--email “{email}”: {words}"))?),
        level: level.to_owned(),
    };
    let hash = typed.map(password::hash_now).transpose().map_err(broken)?;
    let now = now();
    let wanted = new.clone();
    let inserted = db.write_now(move |tx| accounts::insert(tx, &wanted, hash.as_deref(), now));
    match inserted {
        Err(error) if error.violates("accounts.handle_key") => bail!("somebody has the handle @{} already", new.handle),
        Err(error) if error.violates("accounts.email_key") => bail!("there is an account with the address {email} already"),
        other => other?,
    };
    println!("@{} is an account now, at the level {level}.", new.handle);
    if typed.is_some() { Ok(()) } else { print_link(db, config, &find(db, handle)?) }
}

fn list(db: &Db) -> anyhow::Result<()> {
    println!("{:<24} {:<15} {:<10} {:<32} NAME", "HANDLE", "LEVEL", "STATE", "E-MAIL");
    let mut after = None;
    loop {
        let page = db.read_now(move |tx| accounts::list(tx, after, 200))?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for account in &page {
            let state = if account.suspended_at.is_some() { "suspended" } else { "active" };
            let email = account.email.as_deref().unwrap_or("-");
            println!("{:<24} {:<15} {state:<10} {email:<32} {}", format!("@{}", account.handle), account.level, account.name);
        }
    }
}

fn set_level(db: &Db, handle: &str, level: &str) -> anyhow::Result<()> {
    known_level(db, level)?;
    let account = find(db, handle)?;
    let (id, wanted, now) = (account.id, level.to_owned(), now());
    change(db, move |tx| Ok(accounts::set_level(tx, id, &wanted, now)?))?;
    println!("@{} is at the level {level} now.", account.handle);
    Ok(())
}

fn end_two_step(db: &Db, config: &Config, handle: &str) -> anyhow::Result<()> {
    let account = find(db, handle)?;
    let (id, origin, now) = (account.id, config.origin_at(config.listen), now());
    let was_on = db
        .write_now(move |tx| -> Result<bool, web::Error> {
            let was_on = second_factor::remove(tx, id)?;
            if was_on {
                let site = people::site::load(tx)?.unwrap_or_else(people::site::Site::nameless).name;
                Change::by_operator(id, &site, &origin, "two-step sign-in was turned off by the people who run the site", now).tell(tx)?;
            }
            Ok(was_on)
        })
        .map_err(broken)?;
    let words = if was_on { "signs in with the password alone now" } else { "had no second step" };
    println!("@{} {words}.", account.handle);
    Ok(())
}

fn suspend(db: &Db, handle: &str, suspended: bool) -> anyhow::Result<()> {
    let account = find(db, handle)?;
    let (id, now) = (account.id, now());
    change(db, move |tx| Ok(accounts::set_suspended(tx, id, suspended, now)?))?;
    let words = if suspended { "is suspended and signed out everywhere" } else { "can sign in again" };
    println!("@{} {words}.", account.handle);
    Ok(())
}

/// A change after which somebody can still manage the site.
fn change(db: &Db, work: impl Fn(&mut Tx) -> Result<(), web::Error> + Send + 'static) -> anyhow::Result<()> {
    db.write_now(move |tx| {
        work(tx)?;
        somebody_manages(tx, "level")
    })
    .map_err(broken)
}

fn print_link(db: &Db, config: &Config, account: &Account) -> anyhow::Result<()> {
    let (id, now) = (account.id, now());
    let token = db.write_now(move |tx| issue(tx, Purpose::Reset, Some(id), LINK_MS, now))?;
    println!("With this link @{} chooses a password. It works once and for a week:", account.handle);
    println!("\n  {}/password-reset/{token}\n", config.origin_at(config.listen));
    Ok(())
}

fn find(db: &Db, handle: &str) -> anyhow::Result<Account> {
    let wanted = handle.trim_start_matches('@').to_owned();
    let found = db.read_now(move |tx| accounts::by_handle(tx, &wanted))?;
    found.with_context(|| format!("nobody has the handle “{handle}”; `ocotillo user list` shows all"))
}

fn known_level(db: &Db, level: &str) -> anyhow::Result<()> {
    let levels = db.read_now(levels::all)?;
    let names: Vec<&str> = levels.all().iter().map(|level| level.name.as_str()).filter(|name| *name != "guest").collect();
    if names.contains(&level) { Ok(()) } else { bail!("there is no level “{level}”; the levels are {}", names.join(", ")) }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
