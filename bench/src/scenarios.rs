//! The scenarios: what is asked, by how many, how it is measured beside the limit.

use anyhow::{Context as _, Result};
use std::{
    sync::{Arc, atomic::AtomicI64, atomic::AtomicUsize},
    time::Duration,
};

use crate::{
    Plan,
    children::Server,
    load::{self, Connection, Draft, Measured, Paths, Turn, get},
    memory, search,
    seed::{self, Town},
};

/// Readers at once.
const READERS: usize = 32;
/// People who search at once: how long one waits for an answer is measured, not how long for one's turn.
const SEEKERS: usize = 2;
/// Stories that everybody reads.
const HOT: usize = 100;
/// Members whose browsers ask.
const MEMBERS: usize = seed::READERS;
/// Starts that the start time is the median of.
const STARTS: usize = 5;

/// Every scenario's results, and what was measured beside.
pub struct Results {
    /// Sizes of the towns.
    pub sizes: Vec<usize>,
    /// One row of the table each.
    pub rows: Vec<Row>,
    /// From the start of the process on the largest town to its first whole answer.
    pub start: Duration,
    /// Memory of its own on the largest town, before any load.
    pub idle: u64,
    /// The most memory of its own on the largest town after any round.
    pub load: u64,
}

/// One scenario's medians.
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// At each size, in the order of sizes.
    pub towns: Vec<Measured>,
    /// The limit's, where there is one.
    pub limit: Option<Measured>,
    /// Bytes of the page.
    pub bytes: usize,
}

/// One scenario.
struct Scenario {
    name: &'static str,
    clients: usize,
    make: fn(&Town, &Sessions) -> Result<Turn>,
}

/// Everybody's sessions in one town.
struct Sessions {
    members: Vec<String>,
    writers: Vec<String>,
}

const ALL: [Scenario; 24] = [
    Scenario { name: "story, guest", clients: READERS, make: |town, _| Ok(read(town.newest(HOT)?, &[])) },
    Scenario { name: crate::report::COLD, clients: READERS, make: |town, _| Ok(read(town.newest(town.size)?, &[])) },
    Scenario { name: "front page, guest", clients: READERS, make: |_, _| Ok(read(one("/"), &[])) },
    Scenario { name: "section page, guest", clients: READERS, make: |town, _| Ok(read(one(&town.section().1), &[])) },
    Scenario {
        name: "story, signed in, any of all",
        clients: READERS,
        make: |town, sessions| Ok(read(town.newest(town.size)?, &sessions.members)),
    },
    Scenario { name: "front page, signed in", clients: READERS, make: |_, sessions| Ok(read(one("/"), &sessions.members)) },
    Scenario { name: crate::report::HOME, clients: READERS, make: |_, sessions| Ok(read(one("/square"), &sessions.members)) },
    // What is asked by somebody signed in is drawn for them: nothing of it is kept.
    Scenario { name: "feed of the site, RSS, drawn", clients: READERS, make: |_, sessions| Ok(read(one("/feed.rss"), &sessions.members)) },
    Scenario {
        name: "feed of the site, Atom, drawn",
        clients: READERS,
        make: |_, sessions| Ok(read(one("/feed.atom"), &sessions.members)),
    },
    Scenario {
        name: "feed of the site, JSON, drawn",
        clients: READERS,
        make: |_, sessions| Ok(read(one("/feed.json"), &sessions.members)),
    },
    Scenario { name: "search, a common word", clients: SEEKERS, make: |_, _| Ok(Turn::Seek(search::common())) },
    Scenario { name: "search, a rare word", clients: SEEKERS, make: |_, _| Ok(Turn::Seek(search::rare())) },
    Scenario { name: "search, two words", clients: SEEKERS, make: |_, _| Ok(Turn::Seek(search::two())) },
    Scenario { name: "search, one word without another", clients: SEEKERS, make: |_, _| Ok(Turn::Seek(search::without())) },
    Scenario { name: "search, a mistyped name", clients: SEEKERS, make: |_, _| Ok(Turn::Seek(search::mistyped())) },
    Scenario { name: "search, suggestions while typing", clients: SEEKERS, make: |_, _| Ok(Turn::Seek(search::suggestions())) },
    Scenario { name: "story with 5,000 comments, guest", clients: READERS, make: |town, _| Ok(read(one(&town.talked_about()?.1), &[])) },
    Scenario {
        name: "story with 5,000 comments, signed in",
        clients: READERS,
        make: |town, sessions| Ok(read(one(&town.talked_about()?.1), &sessions.members)),
    },
    Scenario {
        name: "queue of 10,000 cases, moderator",
        clients: READERS,
        make: |town, _| Ok(read(one("/admin/queue"), &town.moderator()?)),
    },
    Scenario { name: "draft saved, durable", clients: 64, make: save },
    Scenario {
        name: "comment posted, durable",
        clients: 64,
        make: |town, _| send(town, "comments", |number| format!("body={}", words(number))),
    },
    Scenario { name: "story liked, durable", clients: 64, make: |town, _| send(town, "reaction", |_| "kind=like".into()) },
    Scenario {
        name: "note posted, durable",
        clients: 64,
        make: |town, _| Ok(sent(one("/notes"), town.crowd()?, |number| format!("audience=public&body={}", words(number)))),
    },
    // Last: it leaves work behind that goes on for minutes, for everybody who follows and every site that is linked to.
    Scenario { name: "story published, durable", clients: 8, make: publish },
];

/// A form sent to what stands at this place under any story, by any of many members.
fn send(town: &Town, place: &'static str, fields: fn(usize) -> String) -> Result<Turn> {
    Ok(sent(town.under_stories(place)?, town.crowd()?, fields))
}

fn sent(paths: Paths, sessions: Vec<String>, fields: fn(usize) -> String) -> Turn {
    // Whoever says what was said before is asked to say something else; so the next run says other things than this one, however fast
    // this one is.
    Turn::Send { paths, sessions, fields, counter: AtomicUsize::new(seed::now() as usize * 1_000) }
}

/// Words that nobody has said yet.
fn words(number: usize) -> String {
    format!("I+was+at+the+meeting+{number},+and+the+way+to+the+library+is+open+again+for+everybody+who+walks.")
}

fn read(paths: Paths, sessions: &[String]) -> Turn {
    Turn::Read { paths, sessions: sessions.to_vec() }
}

fn one(path: &str) -> Paths {
    let mut paths = Paths::default();
    paths.push(path);
    paths
}

fn save(town: &Town, sessions: &Sessions) -> Result<Turn> {
    let drafts = town.drafts()?.into_iter().zip(&sessions.writers);
    let drafts = drafts.map(|((id, version), session)| Draft { id, session: session.clone(), version: AtomicI64::new(version) });
    Ok(Turn::Save { drafts: drafts.collect(), counter: AtomicUsize::new(0), fields: seed::form(town) })
}

fn publish(town: &Town, sessions: &Sessions) -> Result<Turn> {
    Ok(Turn::Publish { sessions: sessions.writers.clone(), counter: AtomicUsize::new(0), fields: seed::form(town) })
}

/// Whether any scenario's name contains this.
pub fn wanted(only: &str) -> bool {
    ALL.iter().any(|scenario| scenario.name.contains(only))
}

/// Runs every scenario that is asked for, on all towns in turn.
pub async fn all(plan: &Plan, towns: &[Town]) -> Result<Results> {
    let largest = towns.last().context("no town to measure")?;
    let start = start_time(largest).await?;
    let mut sessions = Vec::new();
    for town in towns {
        sessions.push(Sessions { members: town.sessions(seed::WRITERS, MEMBERS)?, writers: town.sessions(0, seed::WRITERS)? });
    }
    let mut bench = Bench { plan, servers: Vec::new(), load: 0 };
    for town in towns {
        town.warm()?;
        bench.servers.push(Server::town(town).await?);
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = memory::own(bench.largest()?)?;
    let mut rows = Vec::new();
    for scenario in ALL.iter().filter(|scenario| scenario.name.contains(&plan.only)) {
        let turns = towns.iter().zip(&sessions).map(|(town, sessions)| (scenario.make)(town, sessions));
        rows.push(
            bench.measure(scenario, turns.collect::<Result<Vec<_>>>()?).await.with_context(|| format!("scenario “{}”", scenario.name))?,
        );
    }
    Ok(Results { sizes: plan.sizes.clone(), rows, start, idle, load: bench.load })
}

async fn start_time(town: &Town) -> Result<Duration> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        times.push(Server::town(town).await?.started_in);
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

/// The running servers.
struct Bench<'a> {
    plan: &'a Plan,
    servers: Vec<Server>,
    load: u64,
}

impl Bench<'_> {
    fn largest(&self) -> Result<u32> {
        Ok(self.servers.last().context("no server")?.id())
    }

    /// Rounds in turn on every town and the limit, so that whatever else the machine does falls on all of them.
    async fn measure(&mut self, scenario: &Scenario, turns: Vec<Turn>) -> Result<Row> {
        eprintln!("{}", scenario.name);
        let turns: Vec<Arc<Turn>> = turns.into_iter().map(Arc::new).collect();
        let limit = self.limit(&turns).await?;
        let (lasting, warm) = (Duration::from_secs_f64(self.plan.seconds), Duration::from_secs_f64(self.plan.seconds / 3.0));
        let mut at_towns: Vec<Vec<Measured>> = turns.iter().map(|_| Vec::new()).collect();
        let mut at_limit = Vec::new();
        for round in 0..=self.plan.rounds {
            // The first round only warms: code is paged in, caches fill.
            let lasting = if round == 0 { warm } else { lasting };
            for ((server, turn), measured) in self.servers.iter().zip(&turns).zip(&mut at_towns) {
                let run = load::run(server.address, turn, scenario.clients, lasting).await?;
                eprintln!(
                    "  {:>9.0}/s  p50 {:?}  p99 {:?}{}",
                    run.per_second,
                    run.p50,
                    run.p99,
                    if round == 0 { "  (warming)" } else { "" }
                );
                if round > 0 {
                    measured.push(run);
                }
            }
            if let Some((server, turn, _)) = &limit {
                let run = load::run(server.address, turn, scenario.clients, lasting).await?;
                eprintln!("  {:>9.0}/s  the limit", run.per_second);
                if round > 0 {
                    at_limit.push(run);
                }
            }
            self.load = self.load.max(memory::own(self.largest()?)?);
        }
        let bytes = limit.as_ref().map_or(0, |(_, _, bytes)| *bytes);
        let towns = at_towns.iter().map(|runs| Measured::median(runs)).collect::<Option<Vec<_>>>().context("no rounds")?;
        Ok(Row { name: scenario.name, towns, limit: Measured::median(&at_limit), bytes })
    }

    /// The limit for a page of the largest town: the same bytes from a bare handler.
    async fn limit(&self, turns: &[Arc<Turn>]) -> Result<Option<(Server, Arc<Turn>, usize)>> {
        let (Some(server), Some(turn)) = (self.servers.last(), turns.last()) else { return Ok(None) };
        let Turn::Read { paths, sessions } = &**turn else { return Ok(None) };
        let mut connection = Connection::open(server.address).await?;
        let path = paths.any(&mut crate::dice::Dice::new(7));
        let answer = connection.ask(&get(path, sessions.first().map(String::as_str))).await?;
        anyhow::ensure!(answer.status == 200, "{path} was answered with {}", answer.status);
        let page = connection.body(&answer);
        let limit = Server::limit(&self.plan.folder, page).await?;
        Ok(Some((limit, Arc::new(read(one(path), sessions)), page.len())))
    }
}
