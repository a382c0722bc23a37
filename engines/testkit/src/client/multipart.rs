//! `multipart/form-data` as browsers write it (RFC 7578, HTML §4.10.21.8).

/// A file to upload with a form.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The name of the form's field.
    pub field: String,
    /// The file's name as the person has it.
    pub name: String,
    /// Its media type as the browser believes it, `image/jpeg`.
    pub mime: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// A file for the field, with its name, media type and content.
    pub fn new(field: &str, name: &str, mime: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { field: field.into(), name: name.into(), mime: mime.into(), bytes: bytes.into() }
    }

    /// What a browser sends for a file field that was left empty.
    pub(super) fn none(field: &str) -> Self {
        Self::new(field, "", "application/octet-stream", [])
    }
}

/// The content type, with its boundary, and the body.
pub(super) fn encode(fields: &[(String, String)], files: &[Attachment]) -> (String, Vec<u8>) {
    // Long enough not to occur in any test's content.
    let boundary = "----testkit-7d1f0c6b2a9e4835f6c0";
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n", quoted(name));
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    for file in files {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            quoted(&file.field),
            quoted(&file.name),
            file.mime
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&file.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body)
}

fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
