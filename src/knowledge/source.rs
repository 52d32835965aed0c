//! Where knowledge text comes from: directories on disk or the set embedded in the binary.
//! Reads bytes, understands nothing.

use std::path::{Path, PathBuf};
use std::{fs, io};

include!(concat!(env!("OUT_DIR"), "/embedded_files.rs"));

/// One text file of knowledge, with the path shown in findings.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path relative to the layer's parent, with `/`: `knowledge/topik/kampanye/relawan.toml`.
    pub path: String,
    pub text: String,
    /// Which layer the file came from; later layers may replace topics of earlier ones.
    pub layer: usize,
}

impl Source {
    /// Line (from 1) of the first place where `needle` stands; 1 when it stands nowhere.
    #[must_use]
    pub fn line_of(&self, needle: &str) -> usize {
        self.text.find(needle).map_or(1, |at| self.line_at(at))
    }

    /// Line of the first `needle` that stands after `anchor`: the place within one answer of many.
    #[must_use]
    pub fn line_after(&self, anchor: &str, needle: &str) -> usize {
        let from = self.text.find(anchor).unwrap_or(0);
        let at = self.text.get(from..).and_then(|rest| rest.find(needle)).map_or(from, |at| from + at);
        self.line_at(at)
    }

    /// Line (from 1) of a byte offset.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
    }

    /// File name without its ending.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".toml").unwrap_or(name)
    }

    /// Name of the folder that holds the file.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.path.rsplit('/').nth(1).unwrap_or("")
    }

    /// Whether the path lies in the folder `part` of its layer, e.g. `peraturan` or `topik`.
    #[must_use]
    pub fn is_in(&self, part: &str) -> bool {
        self.path.split('/').any(|p| p == part)
    }
}

/// The set shipped inside the binary.
#[must_use]
pub fn embedded() -> Vec<Source> {
    KNOWLEDGE
        .iter()
        .chain(SEEDS)
        .map(|(path, text)| Source { path: (*path).to_owned(), text: (*text).to_owned(), layer: 0 })
        .collect()
}

/// The exams shipped inside the binary, as `(path, text)`.
#[must_use]
pub fn embedded_exams() -> &'static [(&'static str, &'static str)] {
    EXAMS
}

/// Reads every `.toml` below `directory` as one layer.
///
/// # Errors
/// The path that could not be read, with the cause.
pub fn read_directory(directory: &Path, layer: usize) -> io::Result<Vec<Source>> {
    let mut files = Vec::new();
    walk(directory, &mut files)?;
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let text = fs::read_to_string(&file)
                .map_err(|cause| io::Error::new(cause.kind(), format!("{}: {cause}", file.display())))?;
            let path = file.to_string_lossy().replace('\\', "/");
            Ok(Source { path, text, layer })
        })
        .collect()
}

fn walk(directory: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries =
        fs::read_dir(directory).map_err(|cause| io::Error::new(cause.kind(), format!("{}: {cause}", directory.display())))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    Ok(())
}
