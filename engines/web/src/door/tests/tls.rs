//! HTTPS: both protocols, a renewed certificate, and files that cannot be meant.

use super::*;
use crate::door::{Certificate, serve};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::CertificateDer},
};

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a fresh certificate and key, and returns what a client has to trust.
    fn write(&self) -> CertificateDer<'static> {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        std::fs::write(self.path("chain.pem"), made.cert.pem()).unwrap();
        std::fs::write(self.path("key.pem"), made.signing_key.serialize_pem()).unwrap();
        made.cert.der().clone()
    }

    fn open(&self) -> std::io::Result<Arc<Certificate>> {
        Certificate::open(&self.path("chain.pem"), &self.path("key.pem"))
    }
}

async fn served(site: &Site, certificate: &Arc<Certificate>) -> (SocketAddr, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopping) = watch::channel(false);
    tokio::spawn(serve(listener, Some(certificate.config().unwrap()), Arc::clone(&site.door), stopping));
    (address, stop)
}

async fn connect(address: SocketAddr, trusted: &CertificateDer<'static>, protocol: &[u8]) -> std::io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let builder =
        ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider())).with_safe_default_protocol_versions().unwrap();
    let mut config = builder.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let stream = TcpStream::connect(address).await?;
    TlsConnector::from(Arc::new(config)).connect("localhost".try_into().unwrap(), stream).await
}

#[tokio::test]
async fn both_protocols_are_spoken_over_https() {
    let (site, files) = (Site::of_one_story(), Files::new());
    let trusted = files.write();
    let (address, _stop) = served(&site, &files.open().unwrap()).await;

    let mut stream = connect(address, &trusted, b"http/1.1").await.unwrap();
    stream.write_all(b"GET /story HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    // The server may close without a farewell once everything is sent.
    let _ = stream.read_to_string(&mut answer).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("Drawing 1"), "{answer}");

    let stream = connect(address, &trusted, b"h2").await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let executor = hyper_util::rt::TokioExecutor::new();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake::<_, _, Body>(executor, hyper_util::rt::TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let request = Request::get(format!("https://localhost:{}/story", address.port())).body(Body::empty()).unwrap();
    let answer = sender.send_request(request).await.unwrap();
    assert_eq!((answer.status(), answer.version()), (StatusCode::OK, http::Version::HTTP_2));
}

#[tokio::test]
async fn a_renewed_certificate_needs_no_restart() {
    let (site, files) = (Site::of_one_story(), Files::new());
    let old = files.write();
    let certificate = files.open().unwrap();
    let (address, _stop) = served(&site, &certificate).await;
    let renewed = files.write();
    certificate.renew().unwrap();
    assert!(connect(address, &renewed, b"h2").await.is_ok());
    assert!(connect(address, &old, b"h2").await.is_err());
}

#[test]
fn files_that_cannot_be_meant_are_refused_by_name_and_change_nothing() {
    let files = Files::new();
    files.write();
    let certificate = files.open().unwrap();
    std::fs::write(files.path("key.pem"), "not a key").unwrap();
    let error = certificate.renew().unwrap_err().to_string();
    assert!(error.contains("key.pem"), "{error}");
    std::fs::write(files.path("chain.pem"), "").unwrap();
    let error = files.open().unwrap_err().to_string();
    assert!(error.contains("chain.pem"), "{error}");
}
