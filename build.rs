//! Embeds `knowledge/`, `seeds/` and `tests/soal/` in the binary, so that one file runs anywhere.
//! Writes `embedded_files.rs`: three lists of `(path, text)` sorted by path.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const SETS: [(&str, &str); 3] = [("KNOWLEDGE", "knowledge"), ("SEEDS", "seeds"), ("EXAMS", "tests/soal")];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut code = String::new();
    for (name, dir) in SETS {
        println!("cargo:rerun-if-changed={dir}");
        let mut files = Vec::new();
        collect(&root.join(dir), &mut files)?;
        files.sort();
        let _ = writeln!(code, "pub static {name}: &[(&str, &str)] = &[");
        for file in &files {
            let shown = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
            let _ = writeln!(code, "    ({shown:?}, include_str!({:?})),", file.to_string_lossy());
        }
        code.push_str("];\n");
    }
    fs::write(out.join("embedded_files.rs"), code)
}

/// All `.toml` and `.jsonl` files below `dir`; a missing directory is an empty set.
fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "jsonl") {
            files.push(path);
        }
    }
    Ok(())
}
