/// Hexadecimal digits at the start of a key.
const DIGITS: usize = 32;

/// Endings of files and the types they are served as. Nothing among them can run script.
const TYPES: [(&str, &str); 7] = [
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("m4a", "audio/mp4"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
];

/// Whether this is a picture's key: 32 lower-case hexadecimal digits, `-`, a width of one to five digits. Anything else,
/// in particular anything with a dot or a slash, is not.
pub fn is_key(key: &str) -> bool {
    let Some((stem, width)) = key.split_once('-') else {
        return false;
    };
    is_stem(stem) && (1..=5).contains(&width.len()) && width.bytes().all(|byte| byte.is_ascii_digit())
}

/// The names of all files of a picture with this key, or the one of a recording. None for what is no key.
pub fn files(key: &str) -> Vec<String> {
    if is_key(key)
        && let Some((stem, largest)) = key.split_once('-')
    {
        let widths = crate::widths(largest.parse().unwrap_or(0));
        return widths.flat_map(|width| ["webp", "jpg"].map(|ending| format!("{stem}-{width}.{ending}"))).collect();
    }
    if is_name(key) { vec![key.to_owned()] } else { Vec::new() }
}

/// Whether this is the name of a file in a [`crate::Store`]: a picture's key and `.webp` or `.jpg`, or the 32 digits of a
/// recording and the ending of its format.
pub fn is_name(name: &str) -> bool {
    let Some((key, ending)) = name.split_once('.') else {
        return false;
    };
    match ending {
        "webp" | "jpg" => is_key(key),
        _ => content_type(name).is_some() && is_stem(key),
    }
}

/// The media type a file of this name is served as. `None` for an ending that is not kept.
pub fn content_type(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    TYPES.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind)
}

fn is_stem(stem: &str) -> bool {
    stem.len() == DIGITS && stem.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
