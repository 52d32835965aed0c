//! Every check of `netral periksa` raises exactly its finding. Each folder
//! `tests/periksa/<check>/<case>/` is laid over the good base `tests/periksa/baik/`: a file there
//! takes the place of the base's, and files under `instansi/` are a second layer. `harapan.txt`
//! holds the findings; `UPDATE=1 cargo test` rewrites it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use netral::knowledge::check::CHECKS;
use netral::knowledge::{self, Finding, Source, source};

const BASE: &str = "baik";
const EXPECTED: &str = "harapan.txt";
/// The check of form is not in [`CHECKS`]: it is the parser.
const FORM: &str = "bentuk";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/periksa")
}

/// The folders in a folder, sorted.
fn folders(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The sources below a folder, by their path inside it.
fn sources(directory: &Path) -> BTreeMap<String, Source> {
    let prefix = format!("{}/", directory.display());
    let read = source::read_directory(directory, 0).unwrap_or_default();
    let relative = read.into_iter().map(|source| {
        let path = source.path.strip_prefix(&prefix).unwrap_or(&source.path).to_owned();
        let layer = usize::from(path.starts_with("instansi/"));
        (path.clone(), Source { path, layer, ..source })
    });
    relative.collect()
}

/// The findings of the base with a case laid over it.
fn check(case: &Path) -> Vec<Finding> {
    let mut set = sources(&root().join(BASE));
    set.extend(sources(case));
    // The first layer is read before the second, as the program does.
    let mut set: Vec<Source> = set.into_values().collect();
    set.sort_by_key(|source| source.layer);
    knowledge::load(set).1
}

fn lines(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{finding}\n")).collect()
}

fn cases() -> Vec<(String, PathBuf)> {
    let checks = folders(&root()).into_iter().filter(|path| name(path) != BASE);
    checks.flat_map(|path| folders(&path).into_iter().map(move |case| (name(&path), case))).collect()
}

#[test]
fn the_good_base_has_no_findings() {
    assert_eq!(lines(&check(&root().join(BASE))), "");
}

#[test]
fn every_case_raises_exactly_its_finding() {
    let mut wrong = String::new();
    for (check_name, case) in cases() {
        let findings = check(&case);
        let file = case.join(EXPECTED);
        let found = lines(&findings);
        if env::var_os("UPDATE").is_some() {
            assert!(fs::write(&file, &found).is_ok(), "{}", file.display());
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        let place = format!("{check_name}/{}", name(&case));
        if found != expected {
            wrong.push_str(&format!("{place}\n  expected:\n{expected}  found:\n{found}\n"));
        }
        if findings.is_empty() || findings.iter().any(|finding| finding.check != check_name) {
            wrong.push_str(&format!("{place}: must raise {check_name} and nothing else, raised:\n{found}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_check_has_a_case_and_every_case_a_check() {
    let known: BTreeSet<String> = CHECKS.iter().map(|check| check.name).chain([FORM]).map(str::to_owned).collect();
    let tested: BTreeSet<String> = cases().into_iter().map(|(check, _)| check).collect();
    assert_eq!(tested, known);
}

#[test]
fn a_set_with_an_error_is_not_built_and_one_with_a_warning_is() {
    for (case, built) in [("bentuk/kunci-salah", false), ("rujukan-menggantung/dasar", false), ("bentuk/salah-tempat", true)] {
        let mut set = sources(&root().join(BASE));
        set.extend(sources(&root().join(case)));
        let (knowledge, findings) = knowledge::load(set.into_values().collect());
        assert_eq!(knowledge.is_some(), built, "{case}: {}", lines(&findings));
    }
}

#[test]
fn a_second_layer_that_names_what_it_replaces_is_clean_and_wins() {
    let replaced = "knowledge/topik/umum/memuji-calon.toml";
    let mut set: Vec<Source> = sources(&root().join(BASE)).into_values().collect();
    let own = set.iter().find(|source| source.path == replaced).map(|source| Source {
        path: "instansi/topik/umum/memuji-calon.toml".to_owned(),
        text: source
            .text
            .replace("judul = \"Memuji calon\"", "judul = \"Memuji calon di kota kami\"\nmenggantikan = \"memuji-calon\""),
        layer: 1,
    });
    set.extend(own);
    let (knowledge, findings) = knowledge::load(set);
    assert_eq!(lines(&findings), "");
    let titles: Vec<String> = knowledge
        .iter()
        .flat_map(|set| set.topics())
        .filter(|topic| topic.file.id == "memuji-calon")
        .map(|topic| topic.file.judul.clone())
        .collect();
    assert_eq!(titles, ["Memuji calon di kota kami"]);
}
