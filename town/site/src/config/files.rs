//! Where pictures and recordings are kept.

use media::Bucket;
use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{
    Refused, lacking,
    layers::Layers,
    parse::{self, Kept},
};

/// The region of services that have none.
const ANY_REGION: &str = "us-east-1";

/// Where pictures and recordings are kept.
#[derive(Clone, Debug)]
pub enum Files {
    /// In a folder of this machine.
    Folder(PathBuf),
    /// With a service that speaks S3.
    Bucket(Bucket),
}

impl Files {
    /// As `media` says it.
    pub fn place(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            Self::Bucket(Bucket { name, prefix, .. }) if prefix.is_empty() => format!("s3://{name}"),
            Self::Bucket(Bucket { name, prefix, .. }) => format!("s3://{name}/{prefix}"),
        }
    }
}

/// `media`, and for a bucket what stands under `s3`.
pub(super) fn read(layers: &Layers, data: &Path) -> Result<Files, Refused> {
    let endpoint = layers.get("s3.endpoint", parse::endpoint)?;
    let path_style = layers.get("s3.path_style", parse::yes_or_no)?.unwrap_or(true);
    let allow_http = layers.get("s3.allow_http", parse::yes_or_no)?.unwrap_or(false);
    let (region, key_id) = (layers.get("s3.region", parse::text)?, layers.get("s3.key_id", parse::text)?);
    let secret = layers.get("s3.secret", parse::text)?;
    let (name, prefix) = match layers.get("media", parse::media)? {
        None => return Ok(Files::Folder(data.join("media"))),
        Some(Kept::Folder(folder)) => return Ok(Files::Folder(folder)),
        Some(Kept::Bucket { name, prefix }) => (name, prefix),
    };
    // The key would not leave it, but what is uploaded and shown would be anybody's on the way.
    if endpoint.as_ref().is_some_and(|endpoint| endpoint.open) && !allow_http {
        return Err(layers.refuse("s3.endpoint"));
    }
    let region = region.or_else(|| endpoint.as_ref().map(|_| ANY_REGION.to_owned())).ok_or_else(|| lacking("s3.region"))?;
    Ok(Files::Bucket(Bucket {
        name,
        prefix,
        endpoint: endpoint.map(|endpoint| endpoint.address),
        region,
        path_style,
        key_id: key_id.ok_or_else(|| lacking("s3.key_id"))?,
        secret: secret.ok_or_else(|| lacking("s3.secret"))?,
    }))
}

/// As a configuration file would say it, without the secret.
pub(super) fn write(f: &mut fmt::Formatter<'_>, bucket: &Bucket) -> fmt::Result {
    writeln!(f, "\n[s3]")?;
    if let Some(endpoint) = &bucket.endpoint {
        writeln!(f, "endpoint = {endpoint:?}")?;
    }
    writeln!(f, "region = {:?}\nkey_id = {:?}\nsecret = \"•••\"", bucket.region, bucket.key_id)?;
    writeln!(f, "path_style = {}", bucket.path_style)
}
