//! HTTPS by the program itself: a certificate and its key from files, read again when they are renewed.

use arc_swap::ArcSwap;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_rustls::rustls::{
    self, ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

/// The site's certificate.
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    current: ArcSwap<CertifiedKey>,
}

impl Certificate {
    /// Reads a PEM chain (the site's certificate first) and its PEM key.
    ///
    /// # Errors
    /// When a file cannot be read, or the two do not belong together; the words name the file.
    pub fn open(chain: &Path, key: &Path) -> io::Result<Arc<Self>> {
        let current = ArcSwap::from_pointee(read(chain, key)?);
        Ok(Arc::new(Self { chain: chain.to_owned(), key: key.to_owned(), current }))
    }

    /// Reads the files again, so that a renewed certificate needs no restart. What was there stays when they are broken.
    ///
    /// # Errors
    /// As [`Certificate::open`].
    pub fn renew(&self) -> io::Result<()> {
        self.current.store(Arc::new(read(&self.chain, &self.key)?));
        Ok(())
    }

    /// How connections are secured: TLS 1.2 and 1.3, HTTP/2 preferred (RFC 7301, RFC 9113 §3.2).
    ///
    /// # Errors
    /// When the crypto library offers no protocol version, which would be a broken build.
    pub fn config(self: &Arc<Self>) -> io::Result<Arc<ServerConfig>> {
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().map_err(io::Error::other)?;
        let mut config = builder.with_no_client_auth().with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

/// The key never shows.
impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate").field("chain", &self.chain).finish_non_exhaustive()
    }
}

fn read(chain: &Path, key: &Path) -> io::Result<CertifiedKey> {
    let said = |path: &Path, words: String| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {words}", path.display()));
    let certificates = CertificateDer::pem_file_iter(chain).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = certificates.map_err(|error| said(chain, error.to_string()))?;
    if certificates.is_empty() {
        return Err(said(chain, "there is no certificate in it".into()));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| said(key, error.to_string()))?;
    CertifiedKey::from_der(certificates, private, &aws_lc_rs::default_provider())
        .map_err(|error: rustls::Error| said(key, error.to_string()))
}
