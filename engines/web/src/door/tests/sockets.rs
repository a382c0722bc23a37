//! Real sockets on the loopback: HTTP/1.1 and HTTP/2, and a clean stop.

use super::*;
use crate::door::serve;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::{Notify, watch},
    task::JoinHandle,
};

struct Served {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    ended: JoinHandle<()>,
}

async fn served(site: &Site) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = watch::channel(false);
    let ended = tokio::spawn(serve(listener, None, Arc::clone(&site.door), stopping));
    Served { address, stop, ended }
}

/// Reads one answer whose length is given.
async fn answer(stream: &mut TcpStream) -> String {
    let mut read = String::new();
    loop {
        let mut part = [0; 4096];
        let count = stream.read(&mut part).await.unwrap();
        read.push_str(str::from_utf8(&part[..count]).unwrap());
        let Some((head, body)) = read.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        if count == 0 || body.len() >= length.parse().unwrap() {
            return read;
        }
    }
}

#[tokio::test]
async fn one_connection_carries_many_requests() {
    let site = Site::of_one_story();
    let served = served(&site).await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    for _ in 0..3 {
        stream.write_all(b"GET /story HTTP/1.1\r\nHost: town.example\r\n\r\n").await.unwrap();
        let answer = answer(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("Drawing 1"), "{answer}");
    }
    stream.write_all(b"HEAD /story HTTP/1.1\r\nHost: town.example\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut head = String::new();
    stream.read_to_string(&mut head).await.unwrap();
    assert!(head.contains("content-length: ") && head.ends_with("\r\n\r\n"), "{head}");
}

#[tokio::test]
async fn http_2_is_spoken_on_the_same_port() {
    let site = Site::of_one_story();
    let served = served(&site).await;
    let stream = hyper_util::rt::TokioIo::new(TcpStream::connect(served.address).await.unwrap());
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) = hyper::client::conn::http2::handshake::<_, _, Body>(executor, stream).await.unwrap();
    tokio::spawn(connection);
    let request = Request::get(format!("http://{}/story", served.address)).body(Body::empty()).unwrap();
    let answer = sender.send_request(request).await.unwrap();
    assert_eq!((answer.status(), answer.version()), (StatusCode::OK, http::Version::HTTP_2));
}

#[tokio::test]
async fn a_running_request_is_finished_before_the_stop() {
    let (asked, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (in_room, in_room_too) = (Arc::clone(&asked), Arc::clone(&go_on));
    let site = Site::new(Router::new().route(
        "/slow",
        get(async move || {
            in_room.notify_one();
            in_room_too.notified().await;
            "finished"
        }),
    ));
    let served = served(&site).await;
    let silent = TcpStream::connect(served.address).await.unwrap();
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: town.example\r\n\r\n").await.unwrap();
    asked.notified().await;
    served.stop.send(true).unwrap();
    go_on.notify_one();
    assert!(answer(&mut stream).await.ends_with("finished"));
    served.ended.await.unwrap();
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody listens any more");
    drop(silent);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_says_nothing_is_sent_away() {
    let site = Site::of_one_story();
    let served = served(&site).await;
    for said in ["", "PRI * HT", "GET /story HTTP/1.1\r\nHost:"] {
        let mut stream = TcpStream::connect(served.address).await.unwrap();
        stream.write_all(said.as_bytes()).await.unwrap();
        let mut rest = Vec::new();
        // The clock is the test's own: it jumps to the time-out once nothing else is left to do.
        // Unread words make it a reset; either way it ends.
        let _ = stream.read_to_end(&mut rest).await;
        assert!(!rest.starts_with(b"HTTP/1.1 200"), "after {said:?}");
    }
}

#[tokio::test]
async fn open_streams_do_not_hold_up_the_end() {
    use crate::live::{Listener, Live};
    let live: Arc<Live> = Arc::default();
    let bus = Arc::clone(&live);
    let stream = move || {
        let bus = Arc::clone(&bus);
        async move {
            let listener = Listener { reader: 0, session: None, address: [192, 0, 2, 1].into(), tags: Vec::new(), feeds: vec![STORY] };
            bus.listen(listener, None).map(|(stream, _)| stream)
        }
    };
    let mut site = Site::new(Router::new().route("/live", get(stream)));
    Arc::get_mut(&mut site.door).unwrap().live = Arc::clone(&live);
    let served = served(&site).await;
    let mut client = TcpStream::connect(served.address).await.unwrap();
    client.write_all(b"GET /live HTTP/1.1\r\nHost: town.example\r\n\r\n").await.unwrap();
    let mut first = [0; 1024];
    let count = client.read(&mut first).await.unwrap();
    let head = String::from_utf8_lossy(&first[..count]).into_owned();
    assert!(head.contains("content-type: text/event-stream") && head.contains("cache-control: no-store"), "{head}");
    while live.is_empty() {
        tokio::task::yield_now().await;
    }
    live.publish(STORY, crate::live::To::All, "hello");
    let mut heard = head;
    while !heard.contains("data: hello") {
        let count = client.read(&mut first).await.unwrap();
        heard.push_str(&String::from_utf8_lossy(&first[..count]));
    }
    served.stop.send(true).unwrap();
    served.ended.await.unwrap();
    assert!(live.is_empty(), "no stream is left, and nobody waited for the patience of running requests");
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.unwrap();
}
