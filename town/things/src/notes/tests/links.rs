use super::Square;
use crate::notes::leading_to;
use talk::links::{FetchCard, fetch_card};
use testkit::{Reply, Web};

async fn run(square: &Square) -> usize {
    let town = square.town.town.clone();
    let (fetching, clock) = (town.clone(), town.clone());
    let queue = jobs::Queue::builder(town.db.clone())
        .clock(move || clock.now())
        .on(move |context, card: FetchCard| fetch_card(fetching.clone(), context, card, leading_to))
        .build();
    queue.run_due().await
}

fn web(square: &Square, hosts: &[&str]) -> Web {
    let web = Web::open();
    for host in hosts {
        square.town.pins.set(host, web.address());
    }
    web
}

testkit::on_both! {
    async fn a_link_gets_a_card_of_what_its_page_says(kind) {
        let square = Square::new(kind);
        let web = web(&square, &["ridge.example"]);
        let page = "<title>x</title><meta property=og:title content='The <well> at 12th'><meta name=description content='Deep & old'><meta property=og:image content=/x.png>";
        web.serve("http://ridge.example/well", Reply::html(page));
        let id = square.post(&square.rosa, &[("body", "Look: http://ridge.example/well (or not)")]).await;
        assert!(!square.read(&square.town.guest(), id).await.has(".link-card"));
        run(&square).await;
        let read = square.read(&square.town.guest(), id).await;
        read.assert_landmarks();
        assert_eq!((read.one(".link-card strong"), read.one(".link-card .meta")), ("The <well> at 12th".into(), "ridge.example".into()));
        assert_eq!(read.attr(".link-card", "href").unwrap(), "http://ridge.example/well");
        // Asked once, however often somebody leads there.
        square.post(&square.sam, &[("body", "http://ridge.example/well")]).await;
        run(&square).await;
        assert_eq!(web.asked().len(), 1);
    }

    async fn what_only_we_can_reach_and_what_is_no_page_has_none(kind) {
        let square = Square::new(kind);
        let web = web(&square, &["inward.example", "file.example", "gone.example", "big.example"]);
        web.serve("http://inward.example/", Reply::redirect("http://127.0.0.1:9/secret"));
        web.serve("http://file.example/", Reply::of("application/pdf", "%PDF <title>No</title>"));
        web.serve("http://gone.example/", Reply::empty(404));
        web.serve("http://big.example/", Reply::html(&format!("{}<title>Late</title>", " ".repeat(3 << 20))));
        let mut ids = Vec::new();
        for address in ["http://127.0.0.1:5432/", "http://[::1]/", "http://169.254.169.254/latest", "http://inward.example/", "http://file.example/", "http://gone.example/", "http://big.example/", "http://localhost/square", "http://nowhere.invalid/"] {
            ids.push(square.post(&square.rosa, &[("body", address)]).await);
        }
        for _ in 0..5 {
            run(&square).await;
            square.town.pass(60 * 60 * 1000);
        }
        assert_eq!(square.town.town.db.read(jobs::waiting).await.unwrap(), 0);
        assert!(square.town.town.db.read(|tx| jobs::dead(tx, 9)).await.unwrap().is_empty(), "nothing is left for the desk to see");
        for id in ids {
            assert!(!square.read(&square.sam.client, id).await.has(".link-card"));
        }
    }

    async fn nobody_hears_of_what_is_for_few(kind) {
        let square = Square::new(kind);
        let web = web(&square, &["ridge.example"]);
        for audience in ["only_me", "mentioned"] {
            square.post(&square.rosa, &[("body", "http://ridge.example/"), ("audience", audience)]).await;
        }
        let key = square.picture(&square.rosa, 1);
        square.rosa.client.post("/notes", &[("body", "http://ridge.example/"), ("picture", &key)]).await.assert_status(303);
        assert_eq!(run(&square).await, 0);
        assert!(web.asked().is_empty());
    }
}
