//! The files of an export by their names, written and read a line at a time.

use anyhow::Context as _;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write as _},
    marker::PhantomData,
    path::{Path, PathBuf},
};

/// Longest line that is read: a story of a megabyte twice, with every character escaped, and room.
const MAX_LINE: u64 = 32 << 20;

/// A folder with an export in it.
#[derive(Clone, Debug)]
pub struct Files(PathBuf);

impl Files {
    /// The files in this folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Writes a file that holds one object.
    ///
    /// # Errors
    /// As the disk gives them.
    pub fn write_one<T: Serialize>(&self, name: &str, one: &T) -> anyhow::Result<()> {
        let mut json = serde_json::to_string_pretty(one)?;
        json.push('\n');
        fs::write(self.0.join(name), json).with_context(|| name.to_owned())
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// When it is not there, or says something else.
    pub fn read_one<T: DeserializeOwned>(&self, name: &str) -> anyhow::Result<T> {
        let file = File::open(self.0.join(name)).with_context(|| self.0.join(name).display().to_string())?;
        let mut json = Vec::new();
        file.take(MAX_LINE).read_to_end(&mut json)?;
        parse(&json).with_context(|| self.0.join(name).display().to_string())
    }

    /// Begins a file of lines.
    ///
    /// # Errors
    /// As the disk gives them.
    pub fn lines_into(&self, name: &str) -> anyhow::Result<Lines> {
        let file = File::create(self.0.join(name)).with_context(|| name.to_owned())?;
        Ok(Lines { out: BufWriter::with_capacity(256 << 10, file) })
    }

    /// Opens a file of lines; one that is not there has none.
    ///
    /// # Errors
    /// As the disk gives them.
    pub fn lines_of<T: DeserializeOwned>(&self, name: &'static str) -> anyhow::Result<Reading<T>> {
        let file = match File::open(self.0.join(name)) {
            Ok(file) => Some(BufReader::with_capacity(256 << 10, file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error).with_context(|| name.to_owned()),
        };
        Ok(Reading { name, file, line: Vec::new(), number: 0, what: PhantomData })
    }

    /// How many lines a file has; none when it is not there.
    ///
    /// # Errors
    /// As the disk gives them.
    pub fn count(&self, name: &'static str) -> anyhow::Result<u64> {
        let mut reading: Reading<()> = self.lines_of(name)?;
        let mut count = 0;
        while reading.fetch()? {
            count += 1;
        }
        Ok(count)
    }
}

/// A file of lines that is being written.
pub struct Lines {
    out: BufWriter<File>,
}

impl Lines {
    /// Adds a line.
    ///
    /// # Errors
    /// As the disk gives them.
    pub fn push<T: Serialize>(&mut self, line: &T) -> anyhow::Result<()> {
        serde_json::to_writer(&mut self.out, line)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    /// Ends the file: it is on the disk.
    ///
    /// # Errors
    /// As the disk gives them.
    pub fn end(mut self) -> anyhow::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        Ok(())
    }
}

/// A file of lines that is being read. A line that cannot be understood is an error; the next one can be read.
pub struct Reading<T> {
    name: &'static str,
    file: Option<BufReader<File>>,
    line: Vec<u8>,
    number: u64,
    what: PhantomData<T>,
}

impl<T: DeserializeOwned> Reading<T> {
    /// Takes the next line in; false at the end.
    fn fetch(&mut self) -> anyhow::Result<bool> {
        let Some(file) = &mut self.file else { return Ok(false) };
        self.line.clear();
        let read = file.by_ref().take(MAX_LINE).read_until(b'\n', &mut self.line).with_context(|| self.name.to_owned())?;
        self.number += 1;
        anyhow::ensure!(read as u64 != MAX_LINE, "{}, line {}: is longer than {} MB", self.name, self.number, MAX_LINE >> 20);
        Ok(read > 0)
    }
}

impl<T: DeserializeOwned> Iterator for Reading<T> {
    type Item = anyhow::Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.fetch() {
                Ok(true) if self.line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(true) => return Some(parse(&self.line).with_context(|| format!("{}, line {}", self.name, self.number))),
                Ok(false) => return None,
                Err(error) => {
                    self.file = None;
                    return Some(Err(error));
                }
            }
        }
    }
}

/// Databases hold no U+0000, so nothing that comes in does.
fn parse<T: DeserializeOwned>(json: &[u8]) -> anyhow::Result<T> {
    const NUL: &[u8] = b"\\u0000";
    if !json.windows(NUL.len()).any(|part| part == NUL) {
        return Ok(serde_json::from_slice(json)?);
    }
    let mut value: serde_json::Value = serde_json::from_slice(json)?;
    without_nul(&mut value);
    Ok(serde_json::from_value(value)?)
}

fn without_nul(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => text.retain(|c| c != '\0'),
        serde_json::Value::Array(values) => values.iter_mut().for_each(without_nul),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(without_nul),
        _ => {}
    }
}
