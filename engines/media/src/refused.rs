/// Why a file was not taken. `Display` is written for the person who uploaded it and says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// Nothing was sent.
    #[error("The file is empty. Choose a picture and try again.")]
    Empty,
    /// The file has more bytes than allowed.
    #[error("This file is {} MB, and pictures may be at most {} MB. Save a smaller copy and upload that.", megabytes(*.bytes), limit / 1_000_000)]
    TooLarge {
        /// Size of the file, in bytes.
        bytes: usize,
        /// The most that is taken, in bytes.
        limit: usize,
    },
    /// The header declares more pixels, a longer side or deeper colour than allowed.
    #[error("This picture is {width} × {height} pixels, which is more than we can take. Make it at most {} megapixels and {side} pixels on its longer side, with 8 bits a colour, and upload that.", pixels / 1_000_000)]
    TooManyPixels {
        /// Declared width.
        width: u32,
        /// Declared height.
        height: u32,
        /// The most pixels taken.
        pixels: u64,
        /// The longest side taken.
        side: u32,
    },
    /// The content is not one of the formats taken, whatever its name says.
    #[error("This is not a picture we can read. Upload a JPEG, PNG, GIF, WebP or AVIF file; save SVG or PDF as JPEG or PNG first.")]
    UnknownFormat,
    /// HEIC, and the system has no decoder for it.
    #[error(
        "This site cannot read HEIC pictures. Save it as JPEG and upload that; on an iPhone, Settings, Camera, Formats, “Most Compatible” does so for every new picture."
    )]
    Heic,
    /// The format is known, the content damaged or cut short.
    #[error("This picture is damaged or was cut short on its way. Open it, save it again, and upload the new copy.")]
    Broken,
    /// A file that is sound but built in a way that is not read: an AVIF of many tiles, say.
    #[error("This picture is saved in a way we cannot read. Save it as JPEG or PNG, and upload that.")]
    Unusual,
    /// The content is no audio or video that is taken, whatever its name says.
    #[error("This is not a recording we can take. Upload audio as MP3, Ogg or M4A, and video as MP4 or WebM.")]
    UnknownRecording,
    /// The recording's file is damaged or cut short.
    #[error("This recording is damaged or was cut short on its way. Save it again, and upload the new copy.")]
    BrokenRecording,
    /// Too many pictures wait already.
    #[error("Many pictures are being prepared right now. Wait a minute and upload yours again.")]
    Busy,
    /// The picture was not ready within the time a caller waits.
    #[error("Preparing this picture took too long. Try again, or upload a smaller copy.")]
    TooSlow,
}

/// Rounded up, so that a file just over the limit does not read as equal to it.
fn megabytes(bytes: usize) -> usize {
    bytes / 1_000_000 + 1
}
