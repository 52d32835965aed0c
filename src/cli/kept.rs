//! The corpus kept between runs: making it from the knowledge takes seconds, reading it back a blink. A file in the
//! user's cache for each program and knowledge; whatever is wrong with one, it is made anew, and where none can be
//! written the program works without.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::knowledge::Source;
use crate::search::Corpus;

/// Ending of the files.
const ENDING: &str = "korpus";
/// So many are left when another is written: some layers of knowledge may take turns.
const MOST: usize = 4;

/// The place of the corpus that this program makes of one knowledge set.
#[derive(Debug)]
pub struct Kept(PathBuf);

impl Kept {
    /// The place in a directory, named after all that the outcome depends on.
    pub fn new(directory: &Path, sources: &[Source]) -> Self {
        let mut hasher = DefaultHasher::new();
        env!("NETRAL_BUILD").hash(&mut hasher);
        for source in sources {
            (&source.path, &source.text, source.layer).hash(&mut hasher);
        }
        Self(directory.join(format!("{:016x}.{ENDING}", hasher.finish())))
    }

    /// The corpus kept; `None` if there is none, or none that is whole.
    pub fn read(&self) -> Option<Corpus> {
        let bytes = fs::read(&self.0).ok()?;
        let (payload, checksum) = bytes.split_last_chunk()?;
        (crc32fast::hash(payload).to_le_bytes() == *checksum).then(|| postcard::from_bytes(payload).ok()).flatten()
    }

    /// Keeps a corpus, and drops what was kept longest ago.
    ///
    /// # Errors
    /// When the file can't be written; then there is none, or the one before.
    pub fn write(&self, corpus: &Corpus) -> io::Result<()> {
        let directory = self.0.parent().unwrap_or(Path::new(""));
        fs::create_dir_all(directory)?;
        // Another process may write the same file: each beside under a name of its own, then renamed.
        let beside = self.0.with_extension(std::process::id().to_string());
        let written = write_to(&beside, corpus).and_then(|()| fs::rename(&beside, &self.0));
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written.and_then(|()| drop_oldest(directory))
    }
}

/// Writes a corpus, then the checksum over it.
fn write_to(path: &Path, corpus: &Corpus) -> io::Result<()> {
    let mut file = Summed { file: BufWriter::new(File::create(path)?), sum: crc32fast::Hasher::new() };
    postcard::to_io(corpus, &mut file).map_err(io::Error::other)?;
    file.file.write_all(&file.sum.finalize().to_le_bytes())?;
    file.file.flush()
}

/// Writes to a file what it takes the checksum of.
struct Summed {
    file: BufWriter<File>,
    sum: crc32fast::Hasher,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.sum.update(bytes.get(..count).unwrap_or_default());
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn drop_oldest(directory: &Path) -> io::Result<()> {
    let paths = fs::read_dir(directory)?.filter_map(|entry| Some(entry.ok()?.path()));
    let ours = paths.filter(|path| path.extension() == Some(OsStr::new(ENDING)));
    let mut dated: Vec<_> = ours.filter_map(|path| Some((fs::metadata(&path).ok()?.modified().ok()?, path))).collect();
    dated.sort();
    let old = dated.len().saturating_sub(MOST);
    dated.into_iter().take(old).try_for_each(|(_, path)| fs::remove_file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_corpus_is_read_back() {
        let directory = tempfile::tempdir().unwrap();
        let kept = Kept::new(directory.path(), &[]);
        assert!(kept.read().is_none(), "nothing is kept yet");
        kept.write(&Corpus::default()).unwrap();
        assert!(kept.read().is_some());
        let bytes = fs::read(&kept.0).unwrap();
        for end in 0..bytes.len() {
            fs::write(&kept.0, &bytes[..end]).unwrap();
            assert!(kept.read().is_none(), "{end} of {} bytes", bytes.len());
        }
        for at in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[at] ^= 1;
            fs::write(&kept.0, turned).unwrap();
            assert!(kept.read().is_none(), "byte {at}");
        }
    }
}
