//! PostgreSQL: one server for the process, a template database for each name, a clone for each test.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use postgres::{Client, NoTls};

use super::{Database, Guard, Kind, aside, cluster};

/// The server and what this process has made on it.
pub(super) struct Server {
    /// Address without the database's name.
    base: String,
    /// Begins the name of every database of this process. Its number is also an advisory lock
    /// that the connection below holds as long as the process lives.
    prefix: String,
    pub(super) admin: Client,
    templates: HashSet<String>,
    clones: u64,
}

/// Databases are made and cloned one at a time: a template must have no connection when it is
/// copied, not even another copy's.
pub(super) fn server() -> MutexGuard<'static, Server> {
    static SERVER: OnceLock<Mutex<Server>> = OnceLock::new();
    SERVER.get_or_init(|| Mutex::new(Server::connect())).lock().unwrap_or_else(PoisonError::into_inner)
}

/// Drops its database when it is dropped.
pub(super) struct Dropped(String);

impl Drop for Dropped {
    fn drop(&mut self) {
        // Best effort: on our own cluster it goes with the cluster, on a given server the next
        // process sweeps it up.
        let _ = aside(|| server().admin.batch_execute(&format!("drop database if exists {} with (force)", self.0)));
    }
}

pub(super) fn fresh(template: &str, prepare: impl FnOnce(&str)) -> Database {
    let mut server = server();
    let template_name = format!("{}_t_{}", server.prefix, plain(template));
    if !server.templates.contains(&template_name) {
        // A template left half-made by a `prepare` that panicked is made anew.
        server.command(&format!("drop database if exists {template_name} with (force)"));
        server.command(&format!("create database {template_name} template template0"));
        prepare(&server.url(&template_name));
        server.templates.insert(template_name.clone());
    }
    server.clones += 1;
    let name = format!("{}_{}", server.prefix, server.clones);
    server.command(&format!("create database {name} template {template_name}"));
    Database { url: server.url(&name), kind: Kind::Postgres, guard: Guard::Postgres(Dropped(name)) }
}

impl Server {
    fn connect() -> Self {
        let given = std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty());
        let address = given.unwrap_or_else(cluster::start);
        let admin = Client::connect(&address, NoTls)
            .unwrap_or_else(|error| panic!("cannot connect to the PostgreSQL of TEST_POSTGRES_URL or of this test run: {error}"));
        // 31 bits: an advisory lock's number that stays positive and short in a name.
        let token = RandomState::new().hash_one(std::process::id()) & 0x7fff_ffff;
        let mut server = Self { base: base(&address), prefix: format!("testkit_{token}"), admin, templates: HashSet::new(), clones: 0 };
        server.command(&format!("select pg_advisory_lock({token})"));
        server.sweep();
        server
    }

    /// Drops what processes that are gone have left on a shared server: those whose lock is free.
    pub(super) fn sweep(&mut self) {
        let left = "select datname from pg_database
            where datname ~ '^testkit_[0-9]+_' and not exists (
                select 1 from pg_locks where locktype = 'advisory'
                and objid::bigint = split_part(datname, '_', 2)::bigint)";
        for row in self.admin.query(left, &[]).unwrap_or_default() {
            let name: &str = row.get(0);
            let _ = self.admin.batch_execute(&format!("drop database if exists {name} with (force)"));
        }
    }

    pub(super) fn command(&mut self, sql: &str) {
        if let Err(error) = self.admin.batch_execute(sql) {
            let cause = error.as_db_error().map_or_else(|| error.to_string(), ToString::to_string);
            panic!("PostgreSQL refused `{sql}`: {cause}");
        }
    }

    fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.base)
    }
}

/// The address up to the host and port: `postgres://user:password@host:port`.
fn base(url: &str) -> String {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let end = url[after_scheme..].find('/').map_or(url.len(), |at| after_scheme + at);
    url[..end].to_owned()
}

/// A template's name as part of an identifier that needs no quotes.
fn plain(template: &str) -> String {
    let plain: String = template.chars().filter_map(|c| c.is_ascii_alphanumeric().then_some(c.to_ascii_lowercase())).collect();
    // Names of different templates must not meet: what was left out is in the hash.
    let sum = template.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    format!("{plain:.24}_{sum:x}")
}
