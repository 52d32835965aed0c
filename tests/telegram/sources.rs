//! Rules that only the sources themselves can break.

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Files under `src` that hold one of these, but aren't allowed to.
fn offenders(needles: &[&str], allowed: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    let name = |file: &PathBuf| file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let mut offenders: Vec<String> = files
        .iter()
        .filter(|file| !allowed.iter().any(|prefix| name(file).starts_with(prefix)))
        .filter(|file| {
            let text = fs::read_to_string(file).unwrap();
            // Comments may name what the code mustn't do.
            text.lines().any(|line| !line.trim_start().starts_with("//") && needles.iter().any(|needle| line.contains(needle)))
        })
        .map(name)
        .collect();
    offenders.sort();
    offenders
}

#[test]
fn p21_nobody_changes_the_environment_and_no_macro_starts_the_runtime() {
    let nobody: [String; 0] = [];
    assert_eq!(
        offenders(&["set_var(", "remove_var(", "dotenvy::dotenv(", "dotenvy::from_path(", "#[tokio::main", "from_env("], &[]),
        nobody
    );
}

#[test]
fn p2_one_place_names_the_bot_and_its_token() {
    let nobody: [String; 0] = [];
    assert_eq!(offenders(&["teloxide::"], &["src/telegram/", "src/logging.rs"]), nobody);
    assert_eq!(offenders(&[".reveal()"], &["src/telegram/run.rs"]), nobody);
    assert_eq!(offenders(&["&amp;"], &["src/telegram/html.rs"]), nobody, "one place escapes");
}

#[test]
fn p20_the_build_resolves_on_our_toolchain() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for line in ["edition = \"2024\"", "rust-version = \"1.95\""] {
        assert!(manifest.lines().any(|found| found == line), "{line}");
    }
    let teloxide = manifest.lines().find(|line| line.starts_with("teloxide =")).unwrap();
    assert!(teloxide.contains("default-features = false") && teloxide.contains("rustls"));
    assert!(!teloxide.contains("ctrlc_handler") && !teloxide.contains("throttle"), "P4 and P9");
    assert!(!manifest.contains("panic = \"abort\""), "P1: the guard must be able to catch");
    let lock = fs::read_to_string(root.join("Cargo.lock")).unwrap();
    assert!(lock.contains("name = \"takecell\"\nversion = \"0.1.1\""), "0.1.2 wants a newer compiler");
}
