//! A secret on its way from the page that shows it to the code that confirms it: the page carries it, sealed, so that
//! nothing is written for somebody who only looks.

use data_encoding::BASE32_NOPAD;
use qrcode::{Color, EcLevel, QrCode};
use web::Error;

use super::totp;
use crate::{Me, Town};

/// An app may have to be found and installed first.
const SETUP_MS: i64 = 2 * 60 * 60 * 1000;

/// A secret that is shown and not yet confirmed.
pub(super) struct Setup {
    pub secret: Vec<u8>,
    /// What the page carries.
    pub sealed: String,
}

/// Bound to the session that has shown that it is them.
fn about(me: &Me) -> String {
    format!("second factor to be confirmed by {} in {}", me.id, me.session)
}

impl Setup {
    pub(super) fn begin(town: &Town, me: &Me) -> Result<Self, Error> {
        let secret = totp::fresh()?.to_vec();
        let sealed = town.seal.lend(&about(me), BASE32_NOPAD.encode(&secret), town.now() + SETUP_MS)?;
        Ok(Self { secret, sealed })
    }

    /// What the form brought back; `None` when it took too long, or is not theirs.
    pub(super) fn go_on(town: &Town, me: &Me, sealed: &str) -> Option<Self> {
        let spelled: String = town.seal.take_back(&about(me), sealed, town.now())?;
        Some(Self { secret: BASE32_NOPAD.decode(spelled.as_bytes()).ok()?, sealed: sealed.to_owned() })
    }
}

/// A picture of squares that a telephone reads.
pub(super) struct Picture {
    /// Squares along a side, with the quiet zone of four around them (ISO/IEC 18004 §6.3.8).
    pub side: usize,
    /// The dark squares, as the `d` of an SVG path.
    pub path: String,
}

/// Draws words as a QR code.
pub(super) fn picture(words: &str) -> Result<Picture, Error> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(words, EcLevel::M).map_err(|error| Error::broken(error.to_string()))?;
    let width = code.width();
    let mut path = String::new();
    for (row, squares) in code.to_colors().chunks(width).enumerate() {
        // One stroke for each run of dark squares.
        let mut column = 0;
        for run in squares.chunk_by(|one, other| one == other) {
            if run[0] == Color::Dark {
                path.push_str(&format!("M{} {}h{}v1h-{}z", column + QUIET, row + QUIET, run.len(), run.len()));
            }
            column += run.len();
        }
    }
    Ok(Picture { side: width + 2 * QUIET, path })
}
