//! The limit: a bare axum handler that returns the same bytes as the measured page, and does nothing else.

use anyhow::{Context as _, Result};
use axum::{Router, http::header, serve::serve as serve_router};
use std::{net::Ipv4Addr, path::PathBuf};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

/// Of the `limit` process.
#[derive(clap::Args)]
pub struct Arguments {
    /// The page.
    #[arg(long)]
    file: PathBuf,
    /// Where to listen on the loopback interface.
    #[arg(long)]
    port: u16,
}

/// Serves the page until told to stop.
pub fn serve(arguments: &Arguments) -> Result<()> {
    let page = bytes::Bytes::from(std::fs::read(&arguments.file).context("cannot read the limit's page")?);
    let handler = move || {
        let page = page.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) }
    };
    let router = Router::new().fallback(handler);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            served = serve_router(listener, router) => served?,
            _ = terminated.recv() => {}
        }
        anyhow::Ok(())
    })
}
