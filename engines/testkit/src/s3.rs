//! A server that speaks S3 and checks signatures, for this process alone: moto, from PyPI.
//!
//! As with PostgreSQL a shell script is its guardian, and stops it when our end of a pipe closes.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

const SCRIPT: &str = include_str!("s3.sh");

/// A service with one bucket, and the key to it. Tests keep apart by what stands before their names.
pub struct S3 {
    /// `http://127.0.0.1:port`
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// Where it says it is.
    pub region: &'static str,
    /// The id of the key.
    pub key_id: String,
    /// Its secret.
    pub secret: String,
    /// Keeps our end of the guardian's pipe.
    _guardian: Child,
}

/// The one of this process, started when first asked for. The first time on a machine it is installed, which takes a minute.
///
/// # Panics
/// When it can neither be found nor installed, with what to do.
pub fn s3() -> &'static S3 {
    static SERVER: OnceLock<S3> = OnceLock::new();
    SERVER.get_or_init(|| {
        start().unwrap_or_else(|words| {
            panic!("this test needs a server that speaks S3 (`make tools` installs one), and there is none:\n{words}")
        })
    })
}

fn start() -> Result<S3, String> {
    let mut guardian = Command::new("sh")
        .args(["-c", SCRIPT, "testkit-s3", "serve"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .process_group(0)
        .spawn()
        .map_err(|error| format!("cannot run sh: {error}"))?;
    let mut said = String::new();
    for line in BufReader::new(guardian.stdout.take().ok_or("no output")?).lines().map_while(Result::ok) {
        if let Some(endpoint) = line.strip_prefix("ready ") {
            return furnish(endpoint.to_owned(), guardian);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(said)
}

/// A user with a key who may do everything, and a bucket: the four things that need no signature.
fn furnish(endpoint: String, guardian: Child) -> Result<S3, String> {
    let iam = |form: &str| {
        ask(
            &endpoint,
            "POST / HTTP/1.1\r\nauthorization: AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x\r\ncontent-type: application/x-www-form-urlencoded",
            form,
        )
    };
    iam("Action=CreateUser&UserName=town&Version=2010-05-08")?;
    let key = iam("Action=CreateAccessKey&UserName=town&Version=2010-05-08")?;
    let all = serde_urlencoded::to_string([
        ("Action", "PutUserPolicy"),
        ("UserName", "town"),
        ("PolicyName", "all"),
        ("PolicyDocument", r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#),
        ("Version", "2010-05-08"),
    ]);
    iam(&all.map_err(|error| error.to_string())?)?;
    ask(&endpoint, "PUT /town HTTP/1.1", "")?;
    let between = |tag: &str| {
        let rest = key.split_once(&format!("<{tag}>"))?.1;
        Some(rest.split_once('<')?.0.to_owned())
    };
    let (key_id, secret) = between("AccessKeyId").zip(between("SecretAccessKey")).ok_or_else(|| format!("no key: {key}"))?;
    Ok(S3 { endpoint, bucket: "town".into(), region: "us-east-1", key_id, secret, _guardian: guardian })
}

/// One request; the whole answer, which must be a good one.
fn ask(endpoint: &str, head: &str, body: &str) -> Result<String, String> {
    let address = endpoint.trim_start_matches("http://");
    let request = format!("{head}\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let mut answer = String::new();
    let asked = TcpStream::connect(address).and_then(|mut stream| {
        stream.write_all(request.as_bytes())?;
        stream.read_to_string(&mut answer)
    });
    asked.map_err(|error| error.to_string())?;
    if answer.starts_with("HTTP/1.1 200") { Ok(answer) } else { Err(answer) }
}
