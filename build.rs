//! Embeds `knowledge/`, `seeds/` and `tests/soal/` in the binary, so that one file runs anywhere.
//! Writes `embedded_files.rs`: three lists of `(path, text)` sorted by path. Sets `NETRAL_BUILD`, a number that is
//! another one whenever the program's code or a dependency is: what another program prepared isn't used.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
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
        collect(&root.join(dir), &["toml", "jsonl"], &mut files)?;
        files.sort();
        let _ = writeln!(code, "pub static {name}: &[(&str, &str)] = &[");
        for file in &files {
            let shown = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
            let _ = writeln!(code, "    ({shown:?}, include_str!({:?})),", file.to_string_lossy());
        }
        code.push_str("];\n");
    }
    println!("cargo:rustc-env=NETRAL_BUILD={}", build_number(&root)?);
    fs::write(out.join("embedded_files.rs"), code)
}

/// A number over the code, the dependencies and the compiler.
fn build_number(root: &Path) -> io::Result<u64> {
    let mut files = vec![root.join("Cargo.toml"), root.join("Cargo.lock")];
    collect(&root.join("src"), &["rs"], &mut files)?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        fs::read(file)?.hash(&mut hasher);
    }
    let compiler = std::process::Command::new(env::var_os("RUSTC").unwrap_or_default()).arg("-vV").output()?;
    compiler.stdout.hash(&mut hasher);
    Ok(hasher.finish())
}

/// All files below `dir` with one of these endings; a missing directory is an empty set.
fn collect(dir: &Path, endings: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, endings, files)?;
        } else if path.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one)) {
            files.push(path);
        }
    }
    Ok(())
}
