//! A town in a test: its own database of either kind, a clock that moves, people who act through the front door.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use axum::{Router, body::Body};
use http::Request;
use std::{net::SocketAddr, sync::Arc};
use testkit::{Client, Database, Kind};
use web::{
    door::{Door, Trusted},
    layout::Link,
};

use crate::{
    AccountId, Town,
    accounts::{self, NewAccount},
    clock::Clock,
    identities::Provider,
    joining::Mode,
    schema::MIGRATIONS,
    sign_in,
    site::{self, Site},
    town::Opening,
};

/// A town with a front door, thrown away at the end of its test.
pub struct TestTown {
    /// The town itself.
    pub town: Town,
    door: Arc<Door>,
    /// Leads names of the web to a [`testkit::Web`].
    pub pins: fetch::Pins,
    /// Its folder, with `media` and `uploads` in it.
    pub folder: tempfile::TempDir,
    sections: fn(&mut db::Tx) -> Result<Vec<Link>, db::Error>,
    database: Database,
}

/// Somebody who is signed in.
pub struct Actor {
    /// Their browser.
    pub client: Client,
    /// Their account.
    pub id: AccountId,
    /// Their handle.
    pub handle: String,
}

/// What the accounts made by [`TestTown::member`] sign in with.
pub const PASSWORD: &str = "mesquite lantern arroyo";

impl TestTown {
    /// A town with the rooms of this wing alone.
    pub fn of_people(kind: Kind) -> Self {
        Self::new(kind, crate::routes(), |_| Ok(Vec::new()))
    }

    /// A town that is set up, with these rooms.
    pub fn new(kind: Kind, routes: Router<Town>, sections: fn(&mut db::Tx) -> Result<Vec<Link>, db::Error>) -> Self {
        Self::bare(kind, routes, sections).set_up()
    }

    fn set_up(self) -> Self {
        let site = test_site();
        self.town.db.write_now(move |tx| site::create(tx, &site, 0)).unwrap();
        self.reload();
        self
    }

    /// A town nobody has set up.
    pub fn bare(kind: Kind, routes: Router<Town>, sections: fn(&mut db::Tx) -> Result<Vec<Link>, db::Error>) -> Self {
        Self::with_options(kind, routes, sections, db::Options { durable: false, ..db::Options::default() })
    }

    /// A town with the rooms of this wing alone, which keeps its files in a bucket, behind this prefix.
    pub fn on_a_bucket(kind: Kind, prefix: &str) -> Self {
        let server = testkit::s3();
        let bucket = media::Bucket {
            name: server.bucket.clone(),
            prefix: prefix.to_owned(),
            endpoint: Some(server.endpoint.clone()),
            region: server.region.into(),
            path_style: true,
            key_id: server.key_id.clone(),
            secret: server.secret.clone(),
        };
        let options = db::Options { durable: false, ..db::Options::default() };
        let this = Self::open(kind, crate::routes(), |_| Ok(Vec::new()), options, Some(media::Store::bucket(&bucket).unwrap()), Vec::new());
        this.set_up()
    }

    /// A town with the rooms of this wing alone, for whose people these providers vouch.
    pub fn with_providers(kind: Kind, providers: Vec<Provider>) -> Self {
        let options = db::Options { durable: false, ..db::Options::default() };
        Self::open(kind, crate::routes(), |_| Ok(Vec::new()), options, None, providers).set_up()
    }

    /// A town on a database with these options, not set up.
    pub fn with_options(
        kind: Kind,
        routes: Router<Town>,
        sections: fn(&mut db::Tx) -> Result<Vec<Link>, db::Error>,
        options: db::Options,
    ) -> Self {
        Self::open(kind, routes, sections, options, None, Vec::new())
    }

    fn open(
        kind: Kind,
        routes: Router<Town>,
        sections: fn(&mut db::Tx) -> Result<Vec<Link>, db::Error>,
        options: db::Options,
        media: Option<media::Store>,
        providers: Vec<Provider>,
    ) -> Self {
        let database = testkit::fresh(kind, "town", |url| {
            let db = db::Db::open(url, db::Options { durable: false, ..db::Options::default() }).unwrap();
            db.migrate(MIGRATIONS).unwrap();
            db.close();
        });
        let folder = tempfile::tempdir().unwrap();
        let pins = fetch::Pins::default();
        let town = Town::open(Opening {
            db: db::Db::open(&database.url, options).unwrap(),
            media: media.unwrap_or_else(|| media::Store::folder(folder.path().join("media")).unwrap()),
            uploads: folder.path().join("uploads"),
            clock: Clock::default(),
            origin: "http://localhost".into(),
            cache: 8 << 20,
            pins: pins.clone(),
            providers,
            sections,
        })
        .unwrap();
        let door = Arc::new(town.door(routes, Trusted::default()));
        Self { town, door, pins, folder, sections, database }
    }

    /// Another node of the same town: what it remembers is its own.
    pub fn another_node(&self) -> Town {
        Town::open(Opening {
            db: db::Db::open(&self.database.url, db::Options { durable: false, ..db::Options::default() }).unwrap(),
            media: media::Store::folder(self.folder.path().join("media")).unwrap(),
            uploads: self.folder.path().join("uploads"),
            clock: self.town.clock.clone(),
            origin: "http://localhost".into(),
            cache: 8 << 20,
            pins: self.pins.clone(),
            providers: Vec::new(),
            sections: self.sections,
        })
        .unwrap()
    }

    /// Puts other rooms behind the front door: those that need the town itself to be made.
    pub fn refit(&mut self, routes: Router<Town>) {
        self.door = Arc::new(self.town.door(routes, Trusted::default()));
    }

    /// Reads again what every page shows, after a test wrote it behind the town's back.
    pub fn reload(&self) {
        let town = self.town.clone();
        std::thread::spawn(move || tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(town.reload()).unwrap())
            .join()
            .unwrap();
    }

    /// A browser that nobody has signed in with.
    pub fn guest(&self) -> Client {
        let door = Arc::clone(&self.door);
        let through_the_door = move |request: Request<Body>| {
            let door = Arc::clone(&door);
            async move {
                let peer = request
                    .extensions()
                    .get::<axum::extract::ConnectInfo<SocketAddr>>()
                    .map_or(SocketAddr::from(([192, 0, 2, 1], 4000)), |info| info.0);
                door.answer(request, peer).await
            }
        };
        Client::new(Router::new().fallback(through_the_door))
    }

    /// What the front door answers before its body is read: for streams, which have no end.
    pub async fn answer(&self, request: Request<Body>) -> (http::StatusCode, http::HeaderMap, Body) {
        let (head, body) = self.door.answer(request, SocketAddr::from(([192, 0, 2, 1], 4000))).await.into_parts();
        (head.status, head.headers, body)
    }

    /// Makes an account of this level and signs it in. The handle is the name in small letters without spaces.
    pub fn actor(&self, name: &str, level: &str) -> Actor {
        let handle: String = name.to_lowercase().replace(' ', "_");
        let new = NewAccount {
            handle: text::handle::parse(&handle).unwrap(),
            name: name.to_owned(),
            email: Some(format!("{handle}@town.example")),
            level: level.to_owned(),
        };
        let now = self.town.now();
        let (id, token) = self
            .town
            .db
            .write_now(move |tx| -> Result<_, db::Error> {
                let id = accounts::insert(tx, &new, None, now)?;
                Ok((id, sign_in::open(tx, id, "Mozilla/5.0 Test", now)?))
            })
            .unwrap();
        let client = self.guest();
        client.set_cookie(web::door::SESSION_COOKIE, &token);
        Actor { client, id, handle }
    }

    /// The same with a password, [`PASSWORD`].
    pub fn member(&self, name: &str, level: &str) -> Actor {
        static HASH: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| sign_in::password::hash_now(PASSWORD).unwrap());
        let (actor, now) = (self.actor(name, level), self.town.now());
        let id = actor.id;
        self.town.db.write_now(move |tx| accounts::set_password(tx, id, &HASH, now)).unwrap();
        actor
    }

    /// Opens the town to those who join in this way.
    pub fn open_to(&self, mode: Mode) {
        self.town.db.write_now(move |tx| site::save_joining(tx, mode, "", 0)).unwrap();
        self.reload();
    }

    /// What a browser that did its work sends.
    pub fn proof(&self) -> String {
        crate::proof::solved(&self.town.proofs, self.town.now())
    }

    /// The path of the link in the latest letter.
    pub fn link_in_letter(&self) -> String {
        let letter = self.letters().pop().unwrap();
        let line = letter.text.lines().find(|line| line.starts_with("http://localhost/")).unwrap();
        line.trim_start_matches("http://localhost").to_owned()
    }

    /// The letters that wait to be sent, the earliest first.
    pub fn letters(&self) -> Vec<crate::town::Letter> {
        let sql = "select payload from jobs where kind = 'letter' order by id";
        let payloads: Vec<String> = self.town.db.read_now(move |tx| tx.all(sql, db::params![], |row| row.get(0))).unwrap();
        payloads.iter().map(|payload| serde_json::from_str(payload).unwrap()).collect()
    }

    /// Lets so many milliseconds pass.
    pub fn pass(&self, milliseconds: i64) {
        self.town.clock.move_by(milliseconds);
    }
}

impl Actor {
    /// Shows again that it is them, with [`PASSWORD`].
    pub async fn show_again(&self) {
        self.client.post("/sign-in/again", &[("password", PASSWORD), ("next", "/settings")]).await.assert_status(303);
    }
}

/// The site that tests are set in.
pub fn test_site() -> Site {
    Site {
        name: "The Mesa Lantern".into(),
        tagline: "Neighbours and their news".into(),
        sentence: "The Mesa Lantern belongs to those who write in it.".into(),
        place: "Mesa Verde Springs".into(),
        time_zone: "America/Los_Angeles".into(),
        language: "en".into(),
        review_required: false,
        licence: None,
        hub: String::new(),
        joining: Mode::Closed,
        rules: String::new(),
    }
}
