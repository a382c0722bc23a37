//! How many requests run at once, to one host and in all.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// As many as a browser of the nineties opened: nobody's small server notices us.
const TO_ONE_HOST: usize = 2;
/// In all. Each may hold a whole body in memory.
const IN_ALL: usize = 16;
/// Hosts remembered before those nobody waits for are forgotten.
const REMEMBERED: usize = 256;

pub(crate) struct Crowd {
    all: Arc<Semaphore>,
    hosts: Mutex<HashMap<String, Weak<Semaphore>>>,
}

/// A place held while a request runs.
pub(crate) struct Place {
    _host: OwnedSemaphorePermit,
    _all: OwnedSemaphorePermit,
}

impl Default for Crowd {
    fn default() -> Self {
        Self { all: Arc::new(Semaphore::new(IN_ALL)), hosts: Mutex::default() }
    }
}

impl Crowd {
    /// Waits for a place: first at the host, so that a slow host keeps nobody from the others.
    pub async fn enter(&self, host: &str) -> Place {
        let at_host = self.at(host);
        // The semaphores are never closed.
        let host = at_host.acquire_owned().await;
        let all = Arc::clone(&self.all).acquire_owned().await;
        match (host, all) {
            (Ok(host), Ok(all)) => Place { _host: host, _all: all },
            _ => unreachable!("a semaphore that nobody closes"),
        }
    }

    fn at(&self, host: &str) -> Arc<Semaphore> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = hosts.get(host).and_then(Weak::upgrade) {
            return known;
        }
        if hosts.len() >= REMEMBERED {
            hosts.retain(|_, waiting| waiting.strong_count() > 0);
        }
        let new = Arc::new(Semaphore::new(TO_ONE_HOST));
        hosts.insert(host.to_owned(), Arc::downgrade(&new));
        new
    }
}
