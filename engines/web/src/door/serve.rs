//! The listening socket: HTTP/1.1 and HTTP/2 on one port, slow and idle clients sent away, a clean stop.

use axum::body::Body;
use http::Request;
use hyper::body::Incoming;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
};

use super::Door;

/// A client that has not finished its request's head by then holds a socket for nothing.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long running requests may take to finish when the program stops.
const GRACE: Duration = Duration::from_secs(10);
/// More connections wait in the kernel's queue.
const MAX_CONNECTIONS: usize = 20_000;

/// Tells [`serve`] to stop: send `true`.
pub type Stop = watch::Receiver<bool>;

/// Serves until told to stop, then lets running requests finish.
pub async fn serve(listener: TcpListener, door: Arc<Door>, mut stop: Stop) {
    let builder = Arc::new(builder());
    let running = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file descriptors, most often: wait for some to come back.
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            _ = stop.wait_for(|stopping| *stopping) => break,
        };
        let connection = connection(&builder, stream, peer, Arc::clone(&door), &running);
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, running.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).pipeline_flush(true);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(128).keep_alive_interval(Duration::from_secs(30));
    builder
}

fn connection(
    builder: &Arc<Builder<TokioExecutor>>,
    stream: TcpStream,
    peer: SocketAddr,
    door: Arc<Door>,
    running: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // Answers are written whole; waiting to fill packets would only delay them.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let door = Arc::clone(&door);
        async move { Ok::<_, Infallible>(door.answer(request.map(Body::new), peer).await) }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
    let watched = running.watch(connection);
    async move {
        if let Err(error) = watched.await {
            tracing::debug!(error = %error, "a connection ended early");
        }
    }
}
