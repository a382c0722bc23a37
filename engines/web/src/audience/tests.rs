#![allow(clippy::unwrap_used)]
use super::*;
use http::HeaderMap;
use proptest::prelude::*;
use std::net::IpAddr;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1";

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in [("user-agent", FIREFOX)].iter().chain(pairs) {
        headers.insert(*name, value.parse().unwrap());
    }
    headers
}

fn address(last: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, last])
}

fn saw(audience: &Audience, subject: i64, last: u8, now: i64) -> bool {
    audience.saw(subject, &Reader::of(address(last), &headers(&[])), now)
}

#[test]
fn a_reader_counts_once_in_half_an_hour() {
    let audience = Audience::default();
    assert!(saw(&audience, 7, 1, 1_000));
    assert!(!saw(&audience, 7, 1, WINDOW_MS));
    assert!(saw(&audience, 8, 1, 1_000), "another story");
    assert!(saw(&audience, 7, 2, 1_000), "another reader");
    assert!(saw(&audience, 7, 1, WINDOW_MS + 1_000), "half an hour later");
    assert_eq!(audience.take().counts(), [(7, 3), (8, 1)]);
    assert!(audience.take().is_empty());
}

#[test]
fn views_that_could_not_be_written_wait_for_the_next_time() {
    let audience = Audience::of("town.example");
    let from = headers(&[("referer", "https://www.desert.example/a"), ("user-agent", IPHONE)]);
    audience.saw(7, &Reader::of(address(1), &from), 0);
    let taken = audience.take();
    saw(&audience, 7, 2, 0);
    audience.put_back(taken);
    let all = audience.take();
    assert_eq!(all.tallies[&7], Tally { views: 2, phones: 1, ..Tally::default() });
    assert_eq!(all.sites.into_iter().collect::<Vec<_>>(), [((7, "desert.example".into()), 1)]);
}

#[test]
fn programs_do_not_count() {
    for agent in ["", "curl/8.5.0", "Mozilla/5.0 (compatible; Googlebot/2.1)", "facebookexternalhit/1.1", "python-requests/2"] {
        assert!(is_bot(agent), "{agent}");
    }
    assert!(!is_bot(FIREFOX));
}

#[test]
fn what_a_reader_read_more_is_added_and_nobody_is_counted_twice() {
    let (audience, said) = (Audience::default(), headers(&[]));
    let reader = Reader::of(address(1), &said);
    let read = |seconds, ended, now| audience.read(7, &reader, Reading { seconds, ended }, now);
    assert!(!read(40, true, 0), "nobody reads what they have not opened");
    audience.saw(7, &reader, 0);
    assert!(!read(0, false, 1_000), "no time is no reading");
    assert!(read(40, false, 41_000) && read(25, false, 60_000) && read(90, true, 100_000) && read(90, true, 101_000));
    assert_eq!(audience.take().tallies[&7], Tally { views: 1, readings: 1, seconds: 90, ended: 1, ..Tally::default() });
    assert!(read(60_000, true, WINDOW_MS - 1_000));
    let more = audience.take().tallies[&7].seconds;
    assert_eq!(more, i64::from(Reading::MOST) - 90, "and nobody reads for ever");
    assert!(!read(60_000, true, WINDOW_MS + 1_000), "after the view's time");
}

#[test]
fn devices_are_told_by_their_class() {
    let of = |pairs: &[(&'static str, &str)]| Reader::of(address(1), &headers(pairs)).device();
    assert_eq!(of(&[]), Device::Computer);
    assert_eq!(of(&[("user-agent", IPHONE)]), Device::Phone);
    assert_eq!(of(&[("sec-ch-ua-mobile", "?1")]), Device::Phone);
    assert_eq!(of(&[("sec-ch-ua-mobile", "?0")]), Device::Computer);
    let android = "Mozilla/5.0 (Linux; Android 15; SM-X710) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
    assert_eq!(of(&[("user-agent", android), ("sec-ch-ua-mobile", "?0")]), Device::Tablet);
    assert_eq!(of(&[("user-agent", "Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Mobile/15E148")]), Device::Tablet);
    assert_eq!(of(&[("user-agent", "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")]), Device::Phone);
}

#[test]
fn a_wish_not_to_be_followed_is_heard() {
    let declines = |pairs: &[(&'static str, &str)]| Reader::of(address(1), &headers(pairs)).declines();
    assert!(declines(&[("sec-gpc", "1")]) && declines(&[("dnt", "1")]));
    assert!(!declines(&[]) && !declines(&[("dnt", "0")]));
}

fn origin(referrer: &str) -> Origin {
    Origin::of(referrer, "town.example")
}

fn site(name: &str) -> Origin {
    Origin::Site(name.to_owned().into())
}

#[test]
fn a_referrer_is_a_site_by_its_host() {
    for direct in ["", "words", "about:client", "data:text/html,x", "https://", "file:///home/rosa", "://x.example"] {
        assert_eq!(origin(direct), Origin::Direct, "{direct:?}");
    }
    for here in ["https://town.example/", "http://www.town.example:8080/stories/7", "HTTPS://TOWN.example./x"] {
        assert_eq!(origin(here), Origin::Here, "{here}");
    }
    assert_eq!(origin("https://www.desert.example/path?secret=1#x"), site("desert.example"));
    assert_eq!(origin("https://rosa:pass@Blog.Desert.Example:8443"), site("blog.desert.example"));
    assert_eq!(origin("https://town.example.evil.example/"), site("town.example.evil.example"));
    for nobody in
        ["http://192.168.1.4/x", "http://[::1]:80/", "http://nas/", "http://a..b/", "https://böse.example/", "https://a_b.example/"]
    {
        assert_eq!(origin(nobody), site(OTHER), "{nobody}");
    }
}

#[test]
fn well_known_sites_go_by_one_name() {
    for (referrer, name) in [
        ("https://www.google.com/", "Google"),
        ("https://www.google.co.uk/search", "Google"),
        ("https://google.de", "Google"),
        ("https://news.google.com/", "Google News"),
        ("android-app://com.google.android.gm/", "Gmail"),
        ("android-app://com.google.android.googlequicksearchbox/https/www.google.com", "Google"),
        ("https://l.facebook.com/", "Facebook"),
        ("https://lm.facebook.com/l.php?u=x", "Facebook"),
        ("https://t.co/abc", "X"),
        ("https://out.reddit.com/", "Reddit"),
        ("https://r.search.yahoo.com/", "Yahoo"),
        ("https://en.wikipedia.org/", "Wikipedia"),
    ] {
        let Origin::Site(site) = origin(referrer) else { panic!("{referrer} is no site") };
        assert_eq!(name_of(&site), name, "{referrer}");
    }
    for stranger in ["google.evil.example", "notgoogle.com", "google.community", "myfacebook.com", "t.co.example"] {
        assert_eq!(origin(&format!("https://{stranger}/")), site(stranger));
        assert_eq!(name_of(stranger), stranger);
    }
    assert_eq!(name_of(OTHER), "Other sites");
}

proptest! {
    #[test]
    fn no_referrer_breaks_anything_or_brings_more_than_a_host(referrer in "\\PC{0,200}", scheme in "(https|http|android-app)", host in "[a-zA-Z0-9.:@/?#\\\\ _-]{0,120}") {
        for referrer in [referrer, format!("{scheme}://{host}")] {
            if let Origin::Site(site) = origin(&referrer) {
                prop_assert!(site.len() <= 80);
                prop_assert!(site.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte)), "{}", site);
                // What is stored is named the same when it comes again.
                if site != OTHER {
                    let again = origin(&format!("https://{site}/"));
                    prop_assert!(again == Origin::Site(site.clone()) || site.starts_with("www."), "{} {:?}", site, again);
                }
            }
        }
    }
}
