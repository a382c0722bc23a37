#![allow(clippy::unwrap_used)]
use super::*;

const NEWS: Tag = Tag("news", 7);

fn listener(reader: i64, tags: &[Tag]) -> Listener {
    Listener {
        reader,
        session: (reader > 0).then_some(reader * 10),
        address: [192, 0, 2, 1].into(),
        tags: Vec::new(),
        feeds: tags.to_vec(),
    }
}

fn open(live: &Arc<Live>, reader: i64, after: Option<u64>) -> (Stream, bool) {
    live.listen(listener(reader, &[NEWS]), after).map_err(|_| ()).unwrap()
}

/// What a stream has to say now; `None` at its end.
fn heard(stream: &mut Stream) -> Option<String> {
    stream.heard_now().map(|text| text.replace("retry: 2000\n\n", ""))
}

fn data(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("data: ")).collect()
}

fn id_in(text: &str) -> u64 {
    text.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().unwrap().parse().unwrap()
}

#[test]
fn an_event_reaches_those_who_listen_and_whom_it_is_for() {
    let live = Arc::new(Live::default());
    let (mut rosa, mut sam, mut guest) = (open(&live, 1, None).0, open(&live, 2, None).0, open(&live, 0, None).0);
    let mut elsewhere = live.listen(listener(1, &[Tag("news", 8)]), None).map_err(|_| ()).unwrap().0;
    live.publish(NEWS, To::readers(vec![2, 1, 1]), "one");
    live.publish(NEWS, To::All, "two\nlines");
    assert_eq!(data(&heard(&mut rosa).unwrap()), ["one", "two", "lines"]);
    assert_eq!(data(&heard(&mut sam).unwrap()), ["one", "two", "lines"]);
    assert_eq!(data(&heard(&mut guest).unwrap()), ["two", "lines"]);
    assert_eq!(heard(&mut elsewhere).unwrap(), "");
    assert_eq!(live.readers(NEWS), [0, 1, 2]);
}

#[test]
fn whoever_comes_back_gets_what_they_missed_and_no_more() {
    let live = Arc::new(Live::default());
    let mut rosa = open(&live, 1, None).0;
    live.publish(NEWS, To::All, "one");
    let seen = id_in(&heard(&mut rosa).unwrap());
    drop(rosa);
    live.publish(NEWS, To::readers(vec![1]), "two");
    live.publish(NEWS, To::readers(vec![2]), "not hers");
    live.publish(Tag("news", 8), To::All, "elsewhere");
    let (mut rosa, caught_up) = open(&live, 1, Some(seen));
    assert!(caught_up);
    assert_eq!(data(&heard(&mut rosa).unwrap()), ["two"]);
    assert!(!open(&live, 3, Some(seen)).1, "nobody reckoned with somebody who was not there");
    let expected = live.expect(3, &[NEWS]);
    live.publish(NEWS, To::readers(vec![3]), "three");
    let (mut late, caught_up) = open(&live, 3, Some(expected));
    assert!(caught_up, "a page that was drawn is reckoned with until its stream opens");
    assert_eq!(data(&heard(&mut late).unwrap()), ["three"]);
}

#[test]
fn what_is_no_longer_known_is_said() {
    let live = Arc::new(Live::default());
    let mut guest = open(&live, 0, None).0;
    live.publish(NEWS, To::All, "first");
    let first = id_in(&heard(&mut guest).unwrap());
    for number in 0..KNOWN {
        live.publish(NEWS, To::All, &number.to_string());
    }
    assert!(open(&live, 0, Some(first)).1, "all after the first are known");
    live.publish(NEWS, To::All, "one more");
    assert!(!open(&live, 0, Some(first)).1);
    assert!(!open(&live, 0, Some(u64::MAX)).1, "nor what never was");
    assert!(!open(&Arc::new(Live::default()), 0, Some(first - 1)).1, "nor what another process said");
    assert_eq!(live.state().known.len(), KNOWN);
}

#[test]
fn how_things_stand_is_shown_and_not_kept() {
    let live = Arc::new(Live::default());
    let both = Listener { tags: vec![Tag("count", 1)], ..listener(1, &[NEWS]) };
    let mut rosa = live.listen(both.clone(), None).map_err(|_| ()).unwrap().0;
    let seen = live.expect(1, &[NEWS]);
    live.show(Tag("count", 1), &To::readers(vec![1]), "5");
    live.show(Tag("count", 1), &To::readers(vec![2]), "6");
    let heard = rosa.heard_now().unwrap();
    assert_eq!((data(&heard), heard.contains("id: ")), (vec!["5"], false));
    drop(rosa);
    assert!(live.subjects("count").is_empty());
    let (mut again, caught_up) = live.listen(both, Some(seen)).map_err(|_| ()).unwrap();
    assert!(caught_up, "only of what is followed must all be known");
    assert!(data(&again.heard_now().unwrap()).is_empty());
}

#[test]
fn ids_grow() {
    let live = Arc::new(Live::default());
    let mut guest = open(&live, 0, None).0;
    let mut last = 0;
    for _ in 0..50 {
        live.publish(NEWS, To::All, "x");
        let id = id_in(&heard(&mut guest).unwrap());
        assert!(id > last);
        last = id;
    }
}

#[test]
fn a_slow_client_loses_what_waits_and_is_told_so() {
    let live = Arc::new(Live::default());
    let mut slow = open(&live, 0, None).0;
    for number in 0..WAITING {
        live.publish(NEWS, To::All, &number.to_string());
    }
    let text = heard(&mut slow).unwrap();
    assert!(text.contains("event: behind\n"), "{text}");
    assert_eq!(text.matches("id: ").count(), 1, "nothing else is left");
    live.publish(NEWS, To::All, "after");
    assert_eq!(data(&heard(&mut slow).unwrap()), ["after"]);
    for number in 0..WAITING * 5 {
        live.publish(NEWS, To::All, &number.to_string());
        assert!(slow.mailbox_len() <= WAITING);
    }
}

#[test]
fn streams_end_with_their_session_and_with_the_program() {
    let live = Arc::new(Live::default());
    let (mut rosa, mut sam, mut guest) = (open(&live, 1, None).0, open(&live, 2, None).0, open(&live, 0, None).0);
    assert_eq!(live.sessions(), [10, 20]);
    live.publish(NEWS, To::All, "secret");
    live.end(&[10]);
    assert_eq!(heard(&mut rosa), None, "not even what waited");
    assert!(heard(&mut sam).is_some());
    live.close();
    assert_eq!((heard(&mut sam), heard(&mut guest)), (None, None));
    assert!(live.listen(listener(5, &[NEWS]), None).is_err());
    drop((rosa, sam, guest));
    assert!(live.is_empty() && live.state().accounts.is_empty() && live.state().addresses.is_empty());
}

#[test]
fn nobody_takes_all_streams() {
    let live = Arc::new(Live::default());
    let mut open_ones = Vec::new();
    for _ in 0..MOST_OF_ACCOUNT {
        open_ones.push(open(&live, 1, None));
    }
    assert!(matches!(live.listen(listener(1, &[NEWS]), None), Err(Error::TooMany { .. })));
    for _ in MOST_OF_ACCOUNT..MOST_OF_ADDRESS {
        open_ones.push(open(&live, 0, None));
    }
    assert!(matches!(live.listen(listener(0, &[NEWS]), None), Err(Error::TooMany { .. })));
    let household = |last: u16| Listener { address: [0x2001, 0xdb8, 1, 2, 0, 0, 0, last].into(), ..listener(0, &[NEWS]) };
    for last in 0..500 {
        open_ones.push(live.listen(household(last), None).map_err(|_| ()).unwrap());
    }
    assert!(live.listen(household(9_999), None).is_err(), "an IPv6 household is one address");
    open_ones.clear();
    assert!(live.listen(listener(1, &[NEWS]), None).is_ok());
}

#[test]
fn who_is_there_is_counted_without_counting_anybody_twice() {
    let live = Arc::new(Live::default());
    let here = [open(&live, 1, None), open(&live, 1, None), open(&live, 0, None), open(&live, 0, None)];
    assert_eq!((live.listening(NEWS), live.subjects("news")), (3, vec![7]));
    drop(here);
    assert_eq!((live.listening(NEWS), live.subjects("news")), (0, vec![]));
    assert_eq!(live.readers(NEWS), [0, 1], "they are reckoned with for a while");
    live.state().forget(now_ms() + LINGERS_MS + 1);
    assert!(live.readers(NEWS).is_empty() && live.state().tags.is_empty());
}

#[test]
fn those_who_left_are_bounded() {
    let live = Live::default();
    for reader in 0..=MOST_LINGERING as i64 {
        live.expect(reader, &[NEWS]);
    }
    assert_eq!((live.readers(NEWS).len(), live.state().lingering), (1, 1));
}

#[test]
fn silent_streams_say_that_they_are_alive() {
    let live = Arc::new(Live::default());
    let mut streams: Vec<Stream> = (0..40).map(|_| open(&live, 0, None).0).collect();
    streams.iter_mut().for_each(|stream| drop(heard(stream)));
    live.beat();
    let alive = streams.iter_mut().filter_map(heard).filter(|text| text == ":\n\n").count();
    assert_eq!(alive, 2, "a twentieth at each beat");
    for _ in 1..BEATS {
        live.beat();
    }
    assert!(streams.iter_mut().filter_map(heard).filter(|text| !text.is_empty()).count() >= 38);
}
