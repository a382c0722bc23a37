#![allow(clippy::unwrap_used)]

mod desk;
mod receiving;
mod sending;

use talk::{
    PostId,
    mentions::{Mention, State, in_state},
};
use testkit::{Page, Reply, Web};
use things::stories::{Changed, Out, tell_out};

use super::{Check, Send, check, send};
use crate::newsroom::{HOUR, Newsroom};

/// A newsroom, and the web around it with these hosts.
fn newsroom(kind: testkit::Kind, hosts: &[&str]) -> (Newsroom, Web) {
    let (news, web) = (Newsroom::new(kind), Web::open());
    for host in hosts {
        news.town.pins.set(host, web.address());
    }
    (news, web)
}

/// Runs what is due; answers how many runs that were.
async fn run(news: &Newsroom) -> usize {
    let town = || news.town.town.clone();
    let (changing, checking, sending, telling_out, clock) = (town(), town(), town(), town(), town());
    let queue = jobs::Queue::builder(town().db.clone())
        .clock(move || clock.now())
        .on(move |_, changed: Changed| crate::story_changed(changing.clone(), changed))
        .on(move |_, out: Out| tell_out(telling_out.clone(), out))
        .on(move |context, asked: Check| check(checking.clone(), context, asked))
        .on(move |context, telling: Send| send(sending.clone(), context, telling))
        .build();
    queue.run_due().await
}

/// Runs everything, however often it is put off.
async fn run_to_the_end(news: &Newsroom) {
    for _ in 0..10 {
        run(news).await;
        news.town.pass(HOUR);
    }
    assert_eq!(news.town.town.db.read(jobs::waiting).await.unwrap(), 0);
    assert!(news.town.town.db.read(|tx| jobs::dead(tx, 9)).await.unwrap().is_empty(), "nothing is left for the desk to see");
}

async fn tell(news: &Newsroom, source: &str, target: &str) -> Page {
    news.town.guest().post("/webmention", &[("source", source), ("target", target)]).await
}

fn link(story: PostId) -> String {
    format!("http://localhost/stories/{story}/the-well")
}

fn page(words: &str, story: PostId) -> Reply {
    Reply::html(&format!("<title>{words}</title><p>They <a href='{}'>found water</a>.</p>", link(story)))
}

async fn mentions(news: &Newsroom, state: State) -> Vec<Mention> {
    news.town.town.db.read(move |tx| in_state(tx, state, (i64::MAX, i64::MAX), 50)).await.unwrap()
}
