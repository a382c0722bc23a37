use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};

/// Bytes that are zeroed at once.
const ZEROS: usize = 64 << 10;

/// A file that is read and overwritten at places, never beyond its end and never whole.
pub(super) struct Window<'a> {
    file: &'a File,
    len: u64,
}

impl<'a> Window<'a> {
    pub(super) fn of(file: &'a File) -> io::Result<Self> {
        Ok(Self { file, len: file.metadata()?.len() })
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Exactly these bytes.
    pub(super) fn read(&mut self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        if at.checked_add(length as u64).is_none_or(|end| end > self.len) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.file.seek(SeekFrom::Start(at))?;
        let mut bytes = vec![0; length];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// At most these bytes; fewer at the end.
    pub(super) fn peek(&mut self, at: u64, length: usize) -> io::Result<Vec<u8>> {
        let left = self.len.saturating_sub(at).min(length as u64);
        self.read(at.min(self.len), left as usize)
    }

    pub(super) fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        if at.checked_add(bytes.len() as u64).is_none_or(|end| end > self.len) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)
    }

    /// Overwrites a stretch with one byte; what lies beyond the end of the file is left out.
    pub(super) fn fill(&mut self, from: u64, to: u64, byte: u8) -> io::Result<()> {
        let (mut at, to) = (from, to.min(self.len));
        let part = vec![byte; ZEROS];
        while at < to {
            let length = (to - at).min(ZEROS as u64) as usize;
            self.write(at, &part[..length])?;
            at += length as u64;
        }
        Ok(())
    }

    /// Cuts the file off.
    pub(super) fn cut(&mut self, at: u64) -> io::Result<()> {
        if at < self.len {
            self.file.set_len(at)?;
            self.len = at;
        }
        Ok(())
    }

    /// The whole file, to be read once.
    pub(super) fn whole(&self) -> impl Read + 'a {
        let mut file = self.file;
        // A file that cannot be rewound fails at its first read as well.
        let _ = file.seek(SeekFrom::Start(0));
        file
    }
}
