use std::time::Duration;

/// What a picture may ask of the machine. Checked against the header, before anything is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of the uploaded file, in bytes.
    pub bytes: usize,
    /// Width times height, in pixels.
    pub pixels: u64,
    /// The longer of width and height, in pixels.
    pub side: u32,
    /// Memory for the decoded pixels, in bytes. Pictures with 16 bits a channel meet it first.
    pub memory: u64,
    /// How long one picture may take. Looked at between its steps and while it is read, so it is met roughly.
    pub time: Duration,
}

impl Default for Limits {
    /// 40 MB, 64 megapixels (above any phone's ordinary setting), 20,000 pixels a side, 256 MiB, 20 seconds.
    fn default() -> Self {
        Limits { bytes: 40_000_000, pixels: 64_000_000, side: 20_000, memory: 256 << 20, time: Duration::from_secs(20) }
    }
}
