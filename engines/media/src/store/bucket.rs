use std::fmt;
use std::io::{self, ErrorKind};
use std::time::Duration;

use object_store::{
    BackoffConfig, ClientOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
};

/// How long a connection may take: a person is waiting.
const CONNECT: Duration = Duration::from_secs(5);
/// How long one request may take, with all of its bytes: at most a part of a few MiB.
const REQUEST: Duration = Duration::from_secs(60);
/// A service that is busy for a moment is asked again, three times within this.
const RETRY: RetryConfig = RetryConfig {
    backoff: BackoffConfig { init_backoff: Duration::from_millis(100), max_backoff: Duration::from_secs(2), base: 2.0 },
    max_retries: 3,
    retry_timeout: Duration::from_secs(20),
};

/// A bucket of a service that speaks S3, and how to get in.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What stands before every name, without slashes at its ends; may be empty.
    pub prefix: String,
    /// Address of the service, `https://host` or `http://host` as the caller allows; `None` stands for Amazon's in the region.
    pub endpoint: Option<String>,
    /// Its region, such as `eu-central-1`. Services without regions take any.
    pub region: String,
    /// Whether the bucket is named in the path, as nearly all services take it; else in the host.
    pub path_style: bool,
    /// The id of the key.
    pub key_id: String,
    /// The key's secret.
    pub secret: String,
}

impl Bucket {
    pub(super) fn open(&self) -> object_store::Result<AmazonS3> {
        let options = ClientOptions::new().with_connect_timeout(CONNECT).with_timeout(REQUEST);
        let mut builder = AmazonS3Builder::new()
            .with_client_options(options)
            .with_retry(RETRY)
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_virtual_hosted_style_request(!self.path_style)
            // Several services that speak S3 do not know how to remove many at once.
            .with_disable_bulk_delete(true)
            .with_access_key_id(&self.key_id)
            .with_secret_access_key(&self.secret);
        if let Some(endpoint) = self.address() {
            builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
        }
        builder.build()
    }

    /// With the bucket in the host where it is named there.
    fn address(&self) -> Option<String> {
        let endpoint = self.endpoint.as_ref()?;
        match endpoint.split_once("://").filter(|_| !self.path_style) {
            Some((scheme, host)) => Some(format!("{scheme}://{}.{host}", self.name)),
            None => Some(endpoint.clone()),
        }
    }
}

/// What is wrong with a bucket in which a file could not be kept, for whoever runs the site.
pub(super) fn unusable(error: object_store::Error) -> io::Error {
    use object_store::Error;
    let (kind, words) = match &error {
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => {
            (ErrorKind::PermissionDenied, "the service refuses the key, or does not let it write there")
        }
        Error::NotFound { .. } => (ErrorKind::NotFound, "the service knows no such bucket"),
        _ => return super::system(error),
    };
    tracing::debug!(%error, "a bucket cannot be used");
    io::Error::new(kind, words)
}

/// `s3://name/prefix` and the service, without the secret.
impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        write!(f, "s3://{}{slash}{}", self.name, self.prefix)?;
        self.endpoint.as_ref().map_or(Ok(()), |endpoint| write!(f, " at {endpoint}"))
    }
}

/// Without the secret.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, prefix, endpoint, region, path_style, key_id, .. } = self;
        f.debug_struct("Bucket")
            .field("name", name)
            .field("prefix", prefix)
            .field("endpoint", endpoint)
            .field("region", region)
            .field("path_style", path_style)
            .field("key_id", key_id)
            .finish_non_exhaustive()
    }
}
