//! The running site: what every room reaches through its state.

use arc_swap::ArcSwap;
use db::{Db, Tx};
use jiff::tz::TimeZone;
use std::{ops::Deref, path::PathBuf, sync::Arc, time::Duration};
use web::{
    Error, Frame, Pages, Tag,
    audience::Audience,
    door::{Door, Trusted},
    kit::Size,
    layout::{Link, Person, Surroundings},
    limits::Limit,
};

use crate::{
    Permission,
    caller::Caller,
    clock::Clock,
    levels::{self, Levels},
    sign_in,
    site::{self, Site},
    viewer::{Me, Viewer},
};

/// The tag of what every page shows: name, sections, footer.
pub const SITE: Tag = Tag("site", 0);

/// The running site. Cheap to clone.
#[derive(Clone)]
pub struct Town(Arc<Parts>);

/// What a [`Town`] is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Pages kept for guests.
    pub pages: Arc<Pages>,
    /// Who has seen what.
    pub audience: Arc<Audience>,
    /// Files of pictures and recordings.
    pub media: media::Store,
    /// A folder of this machine for uploads that are not whole yet.
    pub uploads: PathBuf,
    /// Threads that decode pictures.
    pub painters: media::Workers,
    /// The way out to the web.
    pub fetch: fetch::Fetcher,
    /// Limits on what can be guessed or flooded.
    pub limits: Limits,
    /// What time it is.
    pub clock: Clock,
    /// Whether people come over HTTPS.
    pub secure: bool,
    origin: String,
    bell: jobs::Bell,
    sections: fn(&mut Tx) -> Result<Vec<Link>, db::Error>,
    standing: ArcSwap<Standing>,
}

/// What a [`Town`] is opened with.
pub struct Opening {
    /// The database, migrated.
    pub db: Db,
    /// Files of pictures and recordings.
    pub media: media::Store,
    /// A folder of this machine for uploads that are not whole yet; made when it is first needed.
    pub uploads: PathBuf,
    /// What time it is.
    pub clock: Clock,
    /// Scheme and host under which people reach the site, without a slash at the end.
    pub origin: String,
    /// Bytes for pages kept for guests.
    pub cache: u64,
    /// Names that lead to servers of a test.
    pub pins: fetch::Pins,
    /// The section bar: sections belong to a wing above, which hands the query down.
    pub sections: fn(&mut Tx) -> Result<Vec<Link>, db::Error>,
}

/// Limits on what can be guessed or flooded.
pub struct Limits {
    /// Sign-in tries from one address.
    pub sign_in_address: Limit,
    /// Sign-in tries at one name.
    pub sign_in_name: Limit,
    /// Reset letters asked for from one address.
    pub reset: Limit,
    /// Reset letters to one person.
    pub reset_name: Limit,
    /// Pictures and recordings by one account.
    pub upload: Limit,
    /// Saves by one account.
    pub save: Limit,
    /// Searches from one address.
    pub search: Limit,
    /// Suggestions to one address: one at every key of a quick writer.
    pub suggestions: Limit,
    /// Pictures drawn for one address: a program that shows many links at once is welcome, one that walks through all is not.
    pub social: Limit,
    /// Mentions told by one address, or from pages of one host.
    pub mentions: Limit,
    /// Posts put on a list or taken off it by one account.
    pub saved: Limit,
    /// Files that one account takes of what is its own.
    pub export: Limit,
    /// Words on how long a page was read, from one address.
    pub reading: Limit,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in_address: Limit::new(20, Duration::from_secs(15)),
            sign_in_name: Limit::new(8, Duration::from_secs(60)),
            reset: Limit::new(5, Duration::from_secs(300)),
            reset_name: Limit::new(3, Duration::from_secs(900)),
            upload: Limit::new(120, Duration::from_secs(3)),
            save: Limit::new(120, Duration::from_millis(500)),
            search: Limit::new(60, Duration::from_secs(1)),
            suggestions: Limit::new(120, Duration::from_millis(200)),
            mentions: Limit::new(60, Duration::from_secs(2)),
            social: Limit::new(60, Duration::from_secs(2)),
            saved: Limit::new(60, Duration::from_secs(1)),
            export: Limit::new(3, Duration::from_secs(10 * 60)),
            reading: Limit::new(120, Duration::from_secs(1)),
        }
    }
}

/// What seldom changes and is read by every page.
struct Standing {
    site: Option<Arc<Site>>,
    zone: TimeZone,
    levels: Arc<Levels>,
    surroundings: Arc<Surroundings>,
}

impl Deref for Town {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Town {
    /// Opens the town on a migrated database. Blocking: for the start of the program.
    ///
    /// # Errors
    /// When the database cannot be read, or no thread can be started.
    pub fn open(opening: Opening) -> Result<Self, Error> {
        let Opening { db, media, uploads, clock, origin, cache, pins, sections } = opening;
        let standing = db.read_now({
            let origin = origin.clone();
            move |tx| Standing::read(tx, &origin, sections)
        })?;
        Ok(Self(Arc::new(Parts {
            db,
            pages: Arc::new(Pages::new(cache)),
            audience: Arc::new(Audience::of(origin.split_once("://").map_or("", |(_, host)| host))),
            media,
            uploads,
            painters: media::Workers::new(1).map_err(Error::broken)?,
            fetch: fetch::Fetcher::with_pins(&format!("Ocotillo (+{origin}/)"), pins).map_err(Error::broken)?,
            limits: Limits::default(),
            clock,
            secure: origin.starts_with("https://"),
            origin,
            bell: jobs::Bell::default(),
            sections,
            standing: ArcSwap::from_pointee(standing),
        })))
    }

    /// Reads again what every page shows, after the site, its levels or its sections have changed.
    pub async fn reload(&self) -> Result<(), Error> {
        let (origin, sections) = (self.origin.clone(), self.sections);
        let standing = self.db.read(move |tx| Standing::read(tx, &origin, sections)).await?;
        self.standing.store(Arc::new(standing));
        self.pages.changed(&[SITE]);
        Ok(())
    }

    /// The site; a nameless one before it is set up.
    pub fn site(&self) -> Arc<Site> {
        self.standing.load().site.clone().unwrap_or_else(|| Arc::new(Site::nameless()))
    }

    /// Whether the site has been set up.
    pub fn is_set_up(&self) -> bool {
        self.standing.load().site.is_some()
    }

    /// The site's time zone.
    pub fn zone(&self) -> TimeZone {
        self.standing.load().zone.clone()
    }

    /// Levels and what they may do.
    pub fn levels(&self) -> Arc<Levels> {
        Arc::clone(&self.standing.load().levels)
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Scheme and host of the site.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Rings for the jobs: there is something to do at once.
    pub fn wake(&self) {
        self.bell.ring();
    }

    /// Rung by [`Town::wake`].
    pub fn bell(&self) -> &jobs::Bell {
        &self.bell
    }

    /// One unit of reading that begins with who is asking: one hop for the whole page.
    pub async fn read<T, F>(&self, caller: &Caller, mut unit: F) -> Result<(Viewer, T), Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx, &Viewer) -> Result<T, Error> + Send + 'static,
    {
        let (session, levels, now) = (caller.session.clone(), self.levels(), self.now());
        let (viewer, due, value) = self
            .db
            .read(move |tx| -> Result<_, Error> {
                let (viewer, due) = sign_in::viewer(tx, session.as_deref(), &levels, now)?;
                let value = unit(tx, &viewer)?;
                Ok((viewer, due, value))
            })
            .await?;
        if let (true, Some(me)) = (due, &viewer.me) {
            let session = me.session;
            // Nobody waits for it, and losing it loses nothing but an hour of a session's month.
            let _ = self
                .db
                .write(move |tx| sign_in::touch(tx, session, now))
                .await
                .map_err(|error: db::Error| tracing::warn!(%error, "session not touched"));
        }
        Ok((viewer, value))
    }

    /// Who is asking, when nothing else is read. Guests cost no question.
    pub async fn viewer(&self, caller: &Caller) -> Result<Viewer, Error> {
        if caller.session.is_none() {
            return Ok(Viewer { me: None, permissions: self.levels().permissions("guest") });
        }
        Ok(self.read(caller, |_, _| Ok(())).await?.0)
    }

    /// One unit of writing that begins with who is asking.
    pub async fn write<T, F>(&self, caller: &Caller, mut unit: F) -> Result<(Viewer, T), Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx, &Viewer) -> Result<T, Error> + Send + 'static,
    {
        let (session, levels, now) = (caller.session.clone(), self.levels(), self.now());
        self.db
            .write(move |tx| -> Result<_, Error> {
                let (viewer, _) = sign_in::viewer(tx, session.as_deref(), &levels, now)?;
                let value = unit(tx, &viewer)?;
                Ok((viewer, value))
            })
            .await
    }

    /// The door in front of the rooms.
    pub fn door(&self, routes: axum::Router<Self>, trusted: Trusted) -> Door {
        let (framed, clock) = (self.clone(), self.clock.clone());
        Door {
            router: routes.with_state(self.clone()),
            pages: Arc::clone(&self.pages),
            audience: Arc::clone(&self.audience),
            trusted,
            secure: self.secure,
            now: Box::new(move || clock.now()),
            draw_error: Box::new(move |page| crate::errors::page(&framed.plain_frame(), page).into_string()),
        }
    }

    /// What surrounds a page for this viewer.
    pub fn frame(&self, viewer: &Viewer, caller: &Caller) -> Frame {
        let standing = self.standing.load();
        Frame {
            site: Arc::clone(&standing.surroundings),
            unknown: false,
            person: viewer.me.as_ref().map(|me| person(me, viewer)),
            today: text::times::dateline(self.now(), &standing.zone),
            notice: caller.done.as_deref().and_then(done_in_words).map(ToOwned::to_owned),
        }
    }

    /// What surrounds a page of nobody in particular: errors.
    pub fn plain_frame(&self) -> Frame {
        let standing = self.standing.load();
        Frame {
            site: Arc::clone(&standing.surroundings),
            person: None,
            unknown: true,
            today: text::times::dateline(self.now(), &standing.zone),
            notice: None,
        }
    }
}

impl Standing {
    fn read(tx: &mut Tx, origin: &str, sections: fn(&mut Tx) -> Result<Vec<Link>, db::Error>) -> Result<Self, Error> {
        let site = site::load(tx)?;
        let shown = site.clone().unwrap_or_else(Site::nameless);
        let surroundings = Surroundings {
            name: shown.name.clone(),
            tagline: shown.tagline.clone(),
            sentence: shown.sentence.clone(),
            language: shown.language.clone(),
            direction: shown.direction(),
            origin: origin.to_owned(),
            sections: sections(tx)?,
            footer: footer(),
            hub: shown.hub.clone(),
        };
        Ok(Self { zone: shown.zone(), site: site.map(Arc::new), levels: Arc::new(levels::all(tx)?), surroundings: Arc::new(surroundings) })
    }
}

fn footer() -> Vec<(String, Vec<Link>)> {
    vec![
        (
            "Read".into(),
            vec![
                Link::new("/", "Front page"),
                Link::new("/sections", "All sections"),
                Link::new("/archive", "Archive"),
                Link::new("/albums", "Albums"),
                Link::new("/feed.rss", "RSS"),
            ],
        ),
        ("Newsroom".into(), vec![Link::new("/authors", "Authors"), Link::new("/corrections", "Corrections")]),
        ("Staff".into(), vec![Link::new("/sign-in", "Sign in"), Link::new("/write", "Write")]),
    ]
}

fn person(me: &Me, viewer: &Viewer) -> Person {
    let desk =
        [Permission::EditStories, Permission::EditSections, Permission::ArrangeFront, Permission::ManagePeople, Permission::ManageSite];
    let mut menu =
        vec![Link::new("/saved", "Saved"), Link::new(format!("/@{}", me.handle), "Your page"), Link::new("/settings", "Settings")];
    if desk.into_iter().any(|permission| viewer.may(permission)) {
        menu.insert(0, Link::new("/admin", "The desk"));
    }
    let writes = viewer.may(Permission::WriteStories);
    if writes {
        menu.insert(0, Link::new("/library", "Library"));
        menu.insert(0, Link::new("/write", "Your stories"));
    }
    Person { name: me.name.clone(), avatar: crate::accounts::avatar(&me.name, me.picture.as_deref(), Size::Medium), menu, writes }
}

/// What the last form did. A fixed list, so that a link cannot put words into the site's mouth.
fn done_in_words(done: &str) -> Option<&'static str> {
    Some(match done {
        "saved" => "Saved.",
        "kept" => "On your list. “Saved” in your menu leads to it.",
        "taken-off" => "Taken off your list.",
        "published" => "Published.",
        "updated" => "The story has been updated.",
        "corrected" => "The correction stands on the story and on the corrections page.",
        "scheduled" => "Scheduled. It will be published by itself.",
        "unpublished" => "Taken off the site. Readers no longer see it.",
        "submitted" => "Handed to the editors.",
        "returned" => "Given back to its author.",
        "removed" => "Deleted. It can be restored for 30 days.",
        "restored" => "Restored.",
        "uploaded" => "Uploaded. Say of each what it shows: open it and fill in its words.",
        "taken-out" => "Taken out of the library. Under “Deleted” it can be put back.",
        "password" => "Your new password is set.",
        "signed-out" => "Signed out on every other device.",
        "invited" => "The account is ready. A link to choose a password is on its way.",
        _ => return None,
    })
}

/// Writes a letter into the queue, in the transaction of its cause. Subject and text.
pub fn post_mail(tx: &mut Tx, name: &str, email: &str, (subject, text): (String, String), now: i64) -> Result<(), Error> {
    let letter = Letter { name: name.to_owned(), email: email.to_owned(), subject, text };
    jobs::enqueue(tx, &letter, now)?;
    Ok(())
}

/// A letter on its way out.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Letter {
    /// Whom it is for.
    pub name: String,
    /// Where it goes.
    pub email: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

impl jobs::Job for Letter {
    const KIND: &'static str = "letter";
}
