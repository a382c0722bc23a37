//! The listening socket: HTTP/1.1 and HTTP/2 on one port, slow and idle clients sent away, a clean stop.

use axum::body::Body;
use http::Request;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
};
use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
};
use tokio_rustls::{TlsAcceptor, rustls::ServerConfig};

use super::Door;

/// A client that has not finished its request's head by then holds a socket for nothing.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// What an HTTP/2 client says first (RFC 9113 §3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// How long running requests may take to finish when the program stops.
const GRACE: Duration = Duration::from_secs(10);
/// Silent streams of live events are seen to so often.
const BEAT: Duration = Duration::from_secs(1);
/// More connections wait in the kernel's queue.
const MAX_CONNECTIONS: usize = 20_000;

/// Tells [`serve`] to stop: send `true`.
pub type Stop = watch::Receiver<bool>;

/// Serves until told to stop, then lets running requests finish. With `tls` over HTTPS, else in the clear.
pub async fn serve(listener: TcpListener, tls: Option<Arc<ServerConfig>>, door: Arc<Door>, mut stop: Stop) {
    let builders = Arc::new(Builders::new(tls));
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut beats = tokio::time::interval(BEAT);
    beats.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        let (place, stream, peer) = tokio::select! {
            (place, accepted) = next(&listener, &places) => match accepted {
                Ok((stream, peer)) => (place, stream, peer),
                Err(error) => {
                    // Out of file descriptors, most often: wait for some to come back.
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = told(&mut stop) => break,
            _ = beats.tick() => {
                door.live.beat();
                continue;
            }
        };
        let (builders, door, watcher, mut stop) = (Arc::clone(&builders), Arc::clone(&door), running.watcher(), stop.clone());
        tokio::spawn(async move {
            let speaks = tokio::select! {
                speaks = tokio::time::timeout(HEAD_TIMEOUT, begins(&stream)) => matches!(speaks, Ok(true)),
                () = told(&mut stop) => false,
            };
            if speaks {
                builders.connection(stream, peer, door, watcher).await;
            }
            drop(place);
        });
    }
    drop(listener);
    // Streams have no end of their own, and would be waited for.
    door.live.close();
    if tokio::time::timeout(GRACE, running.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

/// Ends when the program is told to stop, or when nobody is left to tell it.
async fn told(stop: &mut Stop) {
    let _ = stop.wait_for(|stopping| *stopping).await;
}

/// The next connection, once there is a place for it.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> (Option<OwnedSemaphorePermit>, io::Result<(TcpStream, SocketAddr)>) {
    // The semaphore is never closed, so there always is a place in the end.
    let place = Arc::clone(places).acquire_owned().await.ok();
    (place, listener.accept().await)
}

/// Waits until the client has said enough to tell HTTP/1.1 from HTTP/2, which the connection itself would await for ever.
/// False when it hung up.
async fn begins(stream: &TcpStream) -> bool {
    let mut first = [0; PREFACE.len()];
    loop {
        match stream.peek(&mut first).await {
            Ok(0) | Err(_) => return false,
            Ok(count) if count == PREFACE.len() || !PREFACE.starts_with(&first[..count]) => return true,
            // Part of the preface: what is there already stays readable, so wait rather than spin.
            Ok(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// How connections are spoken with.
struct Builders {
    either: Builder<TokioExecutor>,
    http1: Builder<TokioExecutor>,
    http2: Builder<TokioExecutor>,
    tls: Option<TlsAcceptor>,
}

impl Builders {
    fn new(tls: Option<Arc<ServerConfig>>) -> Self {
        Self { either: builder(), http1: builder().http1_only(), http2: builder().http2_only(), tls: tls.map(TlsAcceptor::from) }
    }

    async fn connection(&self, stream: TcpStream, peer: SocketAddr, door: Arc<Door>, watcher: Watcher) {
        // Answers are written whole; waiting to fill packets would only delay them.
        let _ = stream.set_nodelay(true);
        match &self.tls {
            None => speak(&self.either, stream, peer, door, watcher).await,
            // Apart, as it is larger: a connection in the clear keeps no room for it.
            Some(tls) => Box::pin(self.over_tls(tls, stream, peer, door, watcher)).await,
        }
    }

    async fn over_tls(&self, tls: &TlsAcceptor, stream: TcpStream, peer: SocketAddr, door: Arc<Door>, watcher: Watcher) {
        match tokio::time::timeout(HEAD_TIMEOUT, tls.accept(stream)).await {
            Ok(Ok(stream)) => {
                let h2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                speak(if h2 { &self.http2 } else { &self.http1 }, stream, peer, door, watcher).await;
            }
            Ok(Err(error)) => tracing::debug!(%error, "a handshake failed"),
            Err(_) => {}
        }
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).pipeline_flush(true);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(128).keep_alive_interval(Duration::from_secs(30));
    builder
}

fn speak<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    builder: &Builder<TokioExecutor>,
    stream: S,
    peer: SocketAddr,
    door: Arc<Door>,
    watcher: Watcher,
) -> impl Future<Output = ()> + use<S> {
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let door = Arc::clone(&door);
        // Apart, so that it is gone when it has answered: a stream that idles for hours keeps no room for it.
        Box::pin(async move { Ok::<_, Infallible>(door.answer(request.map(Body::new), peer).await) })
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let watched = watcher.watch(connection);
    async move {
        if let Err(error) = watched.await {
            tracing::debug!(error = %error, "a connection ended early");
        }
    }
}
