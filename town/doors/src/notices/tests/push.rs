//! Messages to devices, as far as the service of a browser sees them.

use data_encoding::BASE64URL_NOPAD;
use jobs::Queue;
use people::{notices::Push, testing::Actor};
use testkit::{Kind, Reply, Web};

use super::post;
use crate::newsroom::Newsroom;

const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

struct Scene {
    news: Newsroom,
    web: Web,
    rosa: Actor,
    sam: Actor,
}

impl Scene {
    fn new(kind: Kind) -> Self {
        let news = Newsroom::new(kind);
        let web = Web::open();
        for host in ["push.example", "other.example"] {
            news.town.pins.set(host, web.address());
        }
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        Self { news, web, rosa, sam }
    }

    async fn subscribe(&self, by: &Actor, endpoint: &str) {
        let fields = [("endpoint", endpoint), ("key", KEY), ("auth", AUTH)];
        by.client.post("/settings/notifications/devices", &fields).await.assert_status(303);
    }

    async fn work(&self) {
        let town = self.news.town.town.clone();
        let (pushing, clock) = (town.clone(), town.clone());
        let queue = Queue::builder(town.db.clone())
            .clock(move || clock.now())
            .on(move |_, push: Push| super::super::push_one(pushing.clone(), push))
            .build();
        queue.run_due().await;
    }

    async fn devices(&self) -> usize {
        self.rosa.client.get("/settings/notifications").await.count(".device")
    }
}

testkit::on_both! {
    async fn a_notice_reaches_a_device_sealed_and_signed(kind) {
        let scene = Scene::new(kind);
        scene.web.serve("http://push.example/send/1", Reply::empty(201));
        scene.subscribe(&scene.rosa, "http://push.example/send/1").await;
        post(&scene.sam, &[("body", "Look at this, @rosa_mora")]).await;
        scene.work().await;
        let asked = scene.web.asked();
        assert_eq!(asked.len(), 1);
        let header = |name: &str| asked[0].headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!((header("content-encoding").as_str(), header("ttl").as_str()), ("aes128gcm", "86400"));
        let key = scene.rosa.client.get("/settings/notifications").await.attr("push-switch", "data-key").unwrap();
        assert!(header("authorization").starts_with("vapid t=") && header("authorization").ends_with(&format!(", k={key}")));
        assert_eq!(BASE64URL_NOPAD.decode(key.as_bytes()).unwrap().len(), 65);
        assert!(!asked[0].body.contains("Look at this"), "nobody on the way reads it");
        assert_eq!(scene.devices().await, 1);
    }

    async fn a_device_that_is_gone_is_forgotten(kind) {
        let scene = Scene::new(kind);
        scene.web.serve("http://push.example/send/1", Reply::empty(410));
        scene.web.serve("http://other.example/send/2", Reply::empty(503));
        scene.subscribe(&scene.rosa, "http://push.example/send/1").await;
        scene.subscribe(&scene.rosa, "http://push.example/send/3").await;
        scene.subscribe(&scene.rosa, "http://other.example/send/2").await;
        assert_eq!(scene.devices().await, 3);
        post(&scene.sam, &[("body", "Hello @rosa_mora")]).await;
        scene.work().await;
        assert_eq!((scene.devices().await, scene.web.asked().len()), (1, 3), "404 and 410 are gone, 503 is tried again");
        scene.news.town.pass(60_000);
        scene.work().await;
        assert_eq!(scene.web.asked().len(), 1);
    }

    async fn what_is_read_or_switched_off_is_not_pushed(kind) {
        let scene = Scene::new(kind);
        scene.web.serve("http://push.example/send/1", Reply::empty(201));
        scene.subscribe(&scene.rosa, "http://push.example/send/1").await;
        post(&scene.sam, &[("body", "one @rosa_mora")]).await;
        let page = scene.rosa.client.get("/notifications").await;
        scene.rosa.client.submit(&page, "form.read-all", &[]).await.assert_status(303);
        scene.work().await;
        scene.rosa.client.post("/settings/notifications", &[("mention-site", "1")]).await.assert_status(303);
        post(&scene.sam, &[("body", "two @rosa_mora")]).await;
        scene.work().await;
        assert!(scene.web.asked().is_empty());
    }

    async fn a_device_is_turned_off_here_and_by_signing_out_there(kind) {
        let scene = Scene::new(kind);
        scene.subscribe(&scene.rosa, "http://push.example/send/1").await;
        let page = scene.rosa.client.get("/settings/notifications").await;
        page.assert_landmarks();
        let address = page.attr(".device form", "action").unwrap();
        scene.sam.client.post(&address, &[]).await.assert_status(303);
        assert_eq!(scene.devices().await, 1, "by nobody else");
        scene.rosa.client.submit(&page, ".device form", &[]).await.assert_status(303);
        assert_eq!(scene.devices().await, 0);
        scene.subscribe(&scene.rosa, "http://push.example/send/1").await;
        scene.rosa.client.post("/sign-out", &[]).await.assert_status(303);
        let sql = "select count(*) from push_subscriptions";
        assert_eq!(scene.news.town.town.db.read_now(move |tx| tx.one(sql, db::params![], |row| row.get::<i64>(0))).unwrap(), 0);
    }

    async fn one_browser_belongs_to_one_member(kind) {
        let scene = Scene::new(kind);
        scene.subscribe(&scene.rosa, "http://push.example/send/1").await;
        scene.subscribe(&scene.sam, "http://push.example/send/1").await;
        assert_eq!(scene.devices().await, 0);
        for (endpoint, key) in [("", KEY), ("ftp://push.example/x", KEY), ("http://push.example/x", "AAAA")] {
            let fields = [("endpoint", endpoint), ("key", key), ("auth", AUTH)];
            scene.rosa.client.post("/settings/notifications/devices", &fields).await.assert_status(400);
        }
        let guest = scene.news.town.guest().post("/settings/notifications/devices", &[("endpoint", "http://push.example/1"), ("key", KEY), ("auth", AUTH)]).await;
        assert!(guest.location().starts_with("/sign-in"));
        // A service on our own network is none: nobody goes there, and it is forgotten.
        scene.subscribe(&scene.rosa, "http://127.0.0.1/send").await;
        post(&scene.sam, &[("body", "Hello @rosa_mora")]).await;
        scene.work().await;
        assert_eq!(scene.devices().await, 0);
    }
}
