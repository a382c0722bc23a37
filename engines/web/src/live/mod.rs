//! Live events: what happens is told to open pages as it happens, over server-sent events (HTML, "Server-sent events").
//!
//! One bus in this process. Whoever publishes says what an event is about (a [`Tag`]) and whom it is for; who that is has been asked
//! before, by the rooms, with the rule that stands before every page. The bytes of an event are made once and shared by all streams.
//!
//! An idle stream is a few hundred bytes: it has no task and no buffer, its connection's task sleeps until it is woken. A client that
//! reads too slowly loses what waits for it and is told so; a client that comes back names the last event it saw, and gets what it
//! missed as far as that is still known, or is told to look for itself.

mod stream;
#[cfg(test)]
mod tests;

pub use stream::{Stream, heard_now};

use bytes::Bytes;
use std::{
    collections::{HashMap, HashSet, VecDeque},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};
use stream::Mailbox;

use crate::{Error, pages::Tag};

/// Events that are still known to those who come back.
const KNOWN: usize = 4_096;
/// Events that wait for one client.
const WAITING: usize = 64;
/// Somebody who lost their connection is reckoned with for so long.
const LINGERS_MS: i64 = 2 * 60 * 1000;
/// People who are reckoned with after they left. When there are more, they look for themselves when they come back.
const MOST_LINGERING: usize = 50_000;
/// A silent stream says that it is alive once in so many beats, so that nothing between takes it for dead.
const BEATS: u64 = 20;
/// Streams in all: connections for pages stay free.
const MOST: usize = 15_000;
/// Streams of one account: windows and devices.
const MOST_OF_ACCOUNT: usize = 30;
/// Streams from one address: a school behind one.
const MOST_OF_ADDRESS: usize = 500;

/// Who listens, and to what.
#[derive(Clone, Debug)]
pub struct Listener {
    /// As whom events are for them: an account's id, 0 for guests.
    pub reader: i64,
    /// The session that opened it; it ends with that.
    pub session: Option<i64>,
    /// Where they are.
    pub address: IpAddr,
    /// What they want to see as it stands: who comes back is told how it stands now.
    pub tags: Vec<Tag>,
    /// What they follow, of which every event counts: who comes back gets what they missed.
    pub feeds: Vec<Tag>,
}

/// Whom an event is for, of those who listen to what it is about.
#[derive(Clone, Debug)]
pub enum To {
    /// All of them.
    All,
    /// These readers, in order.
    Readers(Arc<[i64]>),
}

impl To {
    /// These readers.
    pub fn readers(mut readers: Vec<i64>) -> Self {
        readers.sort_unstable();
        readers.dedup();
        Self::Readers(readers.into())
    }

    fn includes(&self, reader: i64) -> bool {
        match self {
            Self::All => true,
            Self::Readers(readers) => readers.binary_search(&reader).is_ok(),
        }
    }
}

struct Event {
    id: u64,
    tag: Tag,
    to: To,
    bytes: Bytes,
}

/// The bus.
pub struct Live(Mutex<State>);

#[derive(Default)]
struct State {
    closed: bool,
    last: u64,
    /// Events up to this one are no longer known.
    forgotten: u64,
    known: VecDeque<Event>,
    next: u64,
    beat: u64,
    streams: HashMap<u64, Arc<Mailbox>>,
    tags: HashMap<Tag, Interest>,
    accounts: HashMap<i64, usize>,
    addresses: HashMap<IpAddr, usize>,
    lingering: usize,
}

/// Who listens to a tag, or did until lately.
#[derive(Default)]
struct Interest {
    streams: HashSet<u64>,
    left: HashMap<i64, i64>,
}

impl Default for Live {
    fn default() -> Self {
        // Of what happened before this process nothing is known.
        let begun = id_at(now_ms());
        Self(Mutex::new(State { forgotten: begun, last: begun, ..State::default() }))
    }
}

impl Live {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells everybody who listens to this, and whom it is for, how it stands now. `data` is one message.
    pub fn show(&self, tag: Tag, to: &To, data: &str) {
        self.state().tell(tag, to, &message(None, None, data), 0);
    }

    /// Tells everybody who follows this, and whom it is for, something that they should not miss. `data` is one message.
    pub fn publish(&self, tag: Tag, to: To, data: &str) {
        let mut state = self.state();
        let id = state.fresh_id();
        let bytes = message(Some(id), None, data);
        state.tell(tag, &to, &bytes, id);
        state.known.push_back(Event { id, tag, to, bytes });
        if state.known.len() > KNOWN
            && let Some(event) = state.known.pop_front()
        {
            state.forgotten = event.id;
        }
    }

    /// Opens a stream. `after` is the last event that the client knows of: it gets what it missed. The second value is false when
    /// that is not known any more; then what it shows has to be told to it anew.
    ///
    /// # Errors
    /// `TooMany` when there are as many streams of this account, or from this address, as there may be; `Busy` when there are as many
    /// as this program holds, or it is about to end.
    pub fn listen(self: &Arc<Self>, listener: Listener, after: Option<u64>) -> Result<(Stream, bool), Error> {
        let mut state = self.state();
        state.must_have_room(&listener)?;
        let address = household(listener.address);
        let caught_up = after.is_none_or(|after| state.knows(&listener, after));
        let id = state.next;
        state.next += 1;
        let mailbox = Arc::new(Mailbox::new(id, listener, address));
        mailbox.put(&Bytes::from_static(b"retry: 2000\n\n"), 0);
        if let Some(after) = after.filter(|_| caught_up) {
            let missed = state.known.iter().filter(|event| event.id > after && mailbox.feeds().contains(&event.tag));
            for event in missed.filter(|event| event.to.includes(mailbox.reader)) {
                mailbox.put(&event.bytes, event.id);
            }
        }
        state.enter(&mailbox);
        Ok((Stream::new(Arc::clone(self), mailbox), caught_up))
    }

    /// Says that a page is being drawn from which a stream will soon be opened: whatever happens until then is kept for it. Answers the
    /// event after which that stream begins.
    pub fn expect(&self, reader: i64, tags: &[Tag]) -> u64 {
        let (now, mut state) = (now_ms(), self.state());
        for tag in tags {
            state.linger(*tag, reader, now);
        }
        state.last
    }

    /// Who listens to this, or did until lately: readers, each once, in order.
    pub fn readers(&self, tag: Tag) -> Vec<i64> {
        let state = self.state();
        let Some(interest) = state.tags.get(&tag) else { return Vec::new() };
        let open = interest.streams.iter().filter_map(|id| state.streams.get(id)).map(|mailbox| mailbox.reader);
        let mut readers: Vec<i64> = open.chain(interest.left.keys().copied()).collect();
        readers.sort_unstable();
        readers.dedup();
        readers
    }

    /// How many listen to this now: members each once, guests by their streams.
    pub fn listening(&self, tag: Tag) -> usize {
        let state = self.state();
        let Some(interest) = state.tags.get(&tag) else { return 0 };
        let mut members = HashSet::new();
        let open = interest.streams.iter().filter_map(|id| state.streams.get(id));
        open.filter(|mailbox| mailbox.reader == 0 || members.insert(mailbox.reader)).count()
    }

    /// The numbers of everything of this kind that somebody listens to now, in order.
    pub fn subjects(&self, kind: &str) -> Vec<i64> {
        let state = self.state();
        let of_kind = state.tags.iter().filter(|(tag, interest)| tag.0 == kind && !interest.streams.is_empty());
        let mut subjects: Vec<i64> = of_kind.map(|(tag, _)| tag.1).collect();
        subjects.sort_unstable();
        subjects
    }

    /// Sessions that have streams.
    pub fn sessions(&self) -> Vec<i64> {
        let mut sessions: Vec<i64> = self.state().streams.values().filter_map(|mailbox| mailbox.session).collect();
        sessions.sort_unstable();
        sessions.dedup();
        sessions
    }

    /// Ends the streams of these sessions, in order: whoever signed out hears no more.
    pub fn end(&self, sessions: &[i64]) {
        for mailbox in self.state().streams.values() {
            if mailbox.session.is_some_and(|session| sessions.binary_search(&session).is_ok()) {
                mailbox.end();
            }
        }
    }

    /// Open streams.
    pub fn len(&self) -> usize {
        self.state().streams.len()
    }

    /// Whether nobody listens.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Ends every stream, and opens no more: the program is about to end.
    pub fn close(&self) {
        let mut state = self.state();
        state.closed = true;
        state.streams.values().for_each(|mailbox| mailbox.end());
    }

    /// To be called once a second: some of the silent streams say that they are alive, and whoever left long ago is forgotten.
    pub fn beat(&self) {
        let (now, mut state) = (now_ms(), self.state());
        state.beat = (state.beat + 1) % BEATS;
        let alive = Bytes::from_static(b":\n\n");
        for mailbox in state.streams.values().filter(|mailbox| mailbox.id % BEATS == state.beat) {
            mailbox.stay(&alive);
        }
        state.forget(now);
    }

    pub(crate) fn leave(&self, mailbox: &Mailbox) {
        let (now, mut state) = (now_ms(), self.state());
        state.streams.remove(&mailbox.id);
        for tag in &mailbox.tags {
            if let Some(interest) = state.tags.get_mut(tag) {
                interest.streams.remove(&mailbox.id);
            }
        }
        for tag in mailbox.feeds() {
            state.linger(*tag, mailbox.reader, now);
        }
        let State { accounts, addresses, .. } = &mut *state;
        less(accounts, &mailbox.reader);
        less(addresses, &mailbox.address);
    }
}

impl State {
    fn tell(&self, tag: Tag, to: &To, bytes: &Bytes, event: u64) {
        let Some(interest) = self.tags.get(&tag) else { return };
        let open = interest.streams.iter().filter_map(|id| self.streams.get(id));
        open.filter(|mailbox| to.includes(mailbox.reader)).for_each(|mailbox| mailbox.put(bytes, event));
    }

    /// Greater than every one before, also of a process before this one while the clock goes forward.
    fn fresh_id(&mut self) -> u64 {
        self.last = (self.last + 1).max(id_at(now_ms()));
        self.last
    }

    fn must_have_room(&self, listener: &Listener) -> Result<(), Error> {
        if self.closed || self.streams.len() >= MOST {
            return Err(Error::Busy);
        }
        let of_account = if listener.reader == 0 { 0 } else { self.accounts.get(&listener.reader).copied().unwrap_or(0) };
        let of_address = self.addresses.get(&household(listener.address)).copied().unwrap_or(0);
        if of_account >= MOST_OF_ACCOUNT || of_address >= MOST_OF_ADDRESS {
            return Err(Error::TooMany { seconds: 60 });
        }
        Ok(())
    }

    /// Whether all that happened for a listener after an event is known. Guests are always reckoned with.
    fn knows(&self, listener: &Listener, after: u64) -> bool {
        let reckoned = |tag: &Tag| {
            let Some(interest) = self.tags.get(tag) else { return false };
            interest.left.contains_key(&listener.reader)
                || interest.streams.iter().filter_map(|id| self.streams.get(id)).any(|mailbox| mailbox.reader == listener.reader)
        };
        // An event of a clock that went back, or of nobody: whoever names it knows nothing.
        let real = after >= self.forgotten && after <= self.last;
        real && (listener.reader == 0 || listener.feeds.iter().all(reckoned))
    }

    fn enter(&mut self, mailbox: &Arc<Mailbox>) {
        for tag in &mailbox.tags {
            let interest = self.tags.entry(*tag).or_default();
            interest.streams.insert(mailbox.id);
        }
        *self.accounts.entry(mailbox.reader).or_default() += 1;
        *self.addresses.entry(mailbox.address).or_default() += 1;
        self.streams.insert(mailbox.id, Arc::clone(mailbox));
    }

    fn linger(&mut self, tag: Tag, reader: i64, now: i64) {
        if self.lingering >= MOST_LINGERING {
            self.tags.values_mut().for_each(|interest| interest.left.clear());
            self.lingering = 0;
        }
        if self.tags.entry(tag).or_default().left.insert(reader, now).is_none() {
            self.lingering += 1;
        }
    }

    fn forget(&mut self, now: i64) {
        let mut lingering = 0;
        self.tags.retain(|_, interest| {
            interest.left.retain(|_, left| now - *left < LINGERS_MS);
            lingering += interest.left.len();
            !interest.streams.is_empty() || !interest.left.is_empty()
        });
        self.lingering = lingering;
    }
}

fn less<K: std::hash::Hash + Eq>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

/// An IPv6 network of /64 is what one household gets.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) >> 64 << 64).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// One message as it goes over the line.
pub(crate) fn message(id: Option<u64>, event: Option<&str>, data: &str) -> Bytes {
    let mut text = String::with_capacity(data.len() + 48);
    if let Some(id) = id {
        text.push_str(&format!("id: {id}\n"));
    }
    if let Some(event) = event {
        text.push_str(&format!("event: {event}\n"));
    }
    for line in data.split(['\r', '\n']) {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    text.into()
}

/// The first id of a millisecond.
fn id_at(ms: i64) -> u64 {
    u64::try_from(ms).unwrap_or(0) << 10
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX >> 16)
}
