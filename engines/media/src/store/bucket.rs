use std::fmt;

use object_store::aws::{AmazonS3, AmazonS3Builder};

/// A bucket of a service that speaks S3, and how to get in.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What stands before every name, without slashes at its ends; may be empty.
    pub prefix: String,
    /// Address of the service; `None` stands for Amazon's in the region.
    pub endpoint: Option<String>,
    /// Its region, such as `eu-central-1`. Services without regions take any.
    pub region: String,
    /// The id of the key.
    pub key_id: String,
    /// The key's secret.
    pub secret: String,
}

impl Bucket {
    pub(super) fn open(&self) -> object_store::Result<AmazonS3> {
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.name)
            .with_region(&self.region)
            .with_access_key_id(&self.key_id)
            .with_secret_access_key(&self.secret);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        builder.build()
    }
}

/// Without the secret.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, prefix, endpoint, region, key_id, .. } = self;
        f.debug_struct("Bucket")
            .field("name", name)
            .field("prefix", prefix)
            .field("endpoint", endpoint)
            .field("region", region)
            .field("key_id", key_id)
            .finish_non_exhaustive()
    }
}
