//! Boxes of the ISO base media file format (ISO/IEC 14496-12 §4.2): a size, four letters, content.

/// The brands a file declares in its first box, the major one first. `None` when it does not begin with one.
pub(crate) fn brands(bytes: &[u8]) -> Option<impl Iterator<Item = [u8; 4]> + Clone> {
    let (size, kind) = (bytes.get(..4)?, bytes.get(4..8)?);
    let size = u32::from_be_bytes(size.try_into().ok()?) as usize;
    if kind != b"ftyp" || size < 16 {
        return None;
    }
    let major = bytes.get(8..12)?;
    let others = bytes.get(16..size.min(bytes.len()).max(16)).unwrap_or_default();
    Some(std::iter::once(major).chain(others.chunks_exact(4)).filter_map(|brand| brand.try_into().ok()))
}

/// One box inside of bytes.
pub(crate) struct Inner {
    pub(crate) kind: [u8; 4],
    /// Where the box begins.
    pub(crate) start: usize,
    /// Where its content begins.
    pub(crate) content: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// The boxes that stand one after the other between two places. Ends at the first that does not fit.
pub(crate) fn inside(bytes: &[u8], from: usize, to: usize) -> impl Iterator<Item = Inner> {
    let (mut at, to) = (from, to.min(bytes.len()));
    std::iter::from_fn(move || {
        let head = bytes.get(at..(at + 8).min(to))?;
        let size = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
        let kind: [u8; 4] = head.get(4..8)?.try_into().ok()?;
        let (header, size) = match size {
            0 => (8, to - at),
            1 => (16, usize::try_from(u64::from_be_bytes(bytes.get(at + 8..at + 16)?.try_into().ok()?)).ok()?),
            size => (8, size as usize),
        };
        let end = at.checked_add(size).filter(|end| size >= header && *end <= to)?;
        let found = Inner { kind, start: at, content: at + header, end };
        at = end;
        Some(found)
    })
}

/// The first box of this kind between two places.
pub(crate) fn first(bytes: &[u8], kind: &[u8; 4], from: usize, to: usize) -> Option<Inner> {
    inside(bytes, from, to).find(|found| found.kind == *kind)
}
