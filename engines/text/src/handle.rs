//! Handles: the short names in `@ana` and `/@ana`.

use std::fmt;

/// Shortest handle in characters.
pub const MIN: usize = 2;
/// Longest handle in characters: it has to fit beside a name on a phone.
pub const MAX: usize = 30;

/// A valid handle: 2 to 30 ASCII letters, digits, `_` and `-`, the last two not at an end.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Handle {
    /// As its owner writes it: "AnaDuarte".
    pub name: String,
    /// Under which it is unique and looked up: "anaduarte".
    pub key: String,
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Reads a handle as people type it, with or without `@`. The error says what to do.
pub fn parse(typed: &str) -> Result<Handle, &'static str> {
    let name = typed.trim();
    let name = name.strip_prefix('@').unwrap_or(name);
    if name.is_empty() {
        return Err("Choose a handle, such as ana_duarte.");
    }
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.bytes().all(allowed) {
        return Err("Use only the letters a to z, digits, _ and - in a handle.");
    }
    if name.len() < MIN {
        return Err("A handle needs at least 2 characters.");
    }
    if name.len() > MAX {
        return Err("A handle has at most 30 characters.");
    }
    if name.starts_with(['_', '-']) || name.ends_with(['_', '-']) {
        return Err("A handle begins and ends with a letter or a digit.");
    }
    Ok(Handle { name: name.to_owned(), key: name.to_ascii_lowercase() })
}
