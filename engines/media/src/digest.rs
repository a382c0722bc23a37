use std::io::{self, Read};

use aws_lc_rs::digest::{Context, SHA256, digest};

/// The name of a content: the first half of its SHA-256, in 32 hexadecimal digits.
pub(crate) fn stem(bytes: &[u8]) -> String {
    hexadecimal(digest(&SHA256, bytes).as_ref())
}

/// The same of what is too large to hold.
pub(crate) fn stem_of(mut source: impl Read) -> io::Result<String> {
    let (mut context, mut part) = (Context::new(&SHA256), vec![0; 256 << 10]);
    loop {
        match source.read(&mut part)? {
            0 => return Ok(hexadecimal(context.finish().as_ref())),
            read => context.update(&part[..read]),
        }
    }
}

fn hexadecimal(hash: &[u8]) -> String {
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
