//! `netral uji` and `netral latih`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::{Exam as Options, Train};
use super::{Failure, assistant, exit};
use crate::clock;
use crate::config::Config;
use crate::exam::{self, Exam, Figures, Floors, Graded};
use crate::knowledge::source;

/// Where exams stand in a checkout, and where the model is written.
const EXAMS: &str = "tests/soal";
const MODEL: &str = "knowledge/keputusan.toml";

/// Grades the exams; exit 1 when one is below its floors.
pub fn run(config: &Config, options: &Options) -> Result<ExitCode, Failure> {
    let assistant = assistant(config)?;
    let exams = read(&options.files)?;
    let graded: Vec<Graded> =
        exams.iter().flat_map(|exam| &exam.questions).map(|q| exam::grade(&assistant, q, clock::today())).collect();
    if graded.is_empty() {
        return Err(Failure::new(exit::USAGE, "tidak ada satu pun soal dalam berkas itu"));
    }
    let floors = exams.iter().find_map(|exam| exam.floors);
    let report = exam::report(&graded);
    if options.json {
        println!("{report}");
    } else {
        println!("{}", exam::table(&graded, floors));
    }
    if options.pembanding {
        let questions: Vec<_> = exams.iter().flat_map(|exam| &exam.questions).collect();
        let table = exam::compare(&assistant, &questions, &graded, clock::today());
        println!("{}", table.map_err(|cause| Failure::new(exit::KNOWLEDGE, cause))?);
    }
    if options.salah {
        list_wrong(&graded);
    }
    if let Some(path) = &options.simpan {
        fs::write(path, format!("{report}\n")).map_err(|e| Failure::new(exit::USAGE, format!("{}: {e}", path.display())))?;
    }
    if let Some(path) = &options.banding {
        compare(path, &report)?;
    }
    let below = floors.map(|floors| below(&Figures::of(graded.iter()), floors)).unwrap_or_default();
    below.iter().for_each(|line| println!("di bawah lantai: {line}"));
    Ok(if below.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(exit::FINDINGS) })
}

fn list_wrong(graded: &[Graded]) {
    for one in graded.iter().filter(|one| one.grade != exam::Grade::Right || one.article == Some(false)) {
        println!(
            "{:?} {} [{} ← {}] {} p={:.2} | {}",
            one.grade, one.id, one.said, one.expected, one.topic, one.probability, one.question
        );
    }
}

/// Names what an exam falls short of.
fn below(figures: &Figures, floors: Floors) -> Vec<String> {
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let mut short = Vec::new();
    let mut check = |name: &str, reached: f64, floor: f64| {
        if reached + 1e-9 < floor {
            short.push(format!("{name} {reached:.3} < {floor:.3}"));
        }
    };
    check("putusan", figures.verdict(), floors.putusan);
    check("tolak", share(figures.foreign_declined, figures.foreign), floors.tolak);
    check("peraturan", share(figures.instrument.0, figures.instrument.1), floors.peraturan);
    check("pasal", share(figures.article.0, figures.article.1), floors.pasal);
    check("pasangan", share(figures.pairs.0, figures.pairs.1), floors.pasangan);
    if figures.wrong_allowed > floors.salah_boleh {
        short.push(format!("salah_boleh {} > {}", figures.wrong_allowed, floors.salah_boleh));
    }
    short
}

fn compare(path: &Path, now: &serde_json::Value) -> Result<(), Failure> {
    let text = fs::read_to_string(path).map_err(|e| Failure::new(exit::USAGE, format!("{}: {e}", path.display())))?;
    let before: serde_json::Value = serde_json::from_str(&text)
        .map_err(|e| Failure::new(exit::USAGE, format!("{}: bukan laporan ujian: {e}", path.display())))?;
    for (name, value) in now.as_object().into_iter().flatten().filter(|(_, value)| value.is_number()) {
        let old = before.get(name).cloned().unwrap_or_default();
        println!("{name:<20} {old} → {value}");
    }
    Ok(())
}

/// Fits the model and writes it.
pub fn train(config: &Config, options: &Train) -> Result<ExitCode, Failure> {
    let assistant = assistant(config)?;
    let exams = read(&options.files)?;
    let questions: Vec<_> = exams.into_iter().flat_map(|exam| exam.questions).collect();
    let fit = exam::fit(assistant, &questions, clock::today());
    println!("{} soal; {}", fit.questions, fit.figures);
    if !options.coba {
        write(&fit)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes beside, then renames: a reader sees the old file or the new one.
fn write(fit: &exam::Fit) -> Result<(), Failure> {
    let text = exam::write_model(fit, clock::today());
    let beside = format!("{MODEL}.baru");
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, MODEL));
    written.map_err(|e| Failure::new(exit::USAGE, format!("{MODEL}: {e}; jalankan di dalam checkout")))
}

/// The named files; else the checkout's exams; else the embedded ones.
fn read(files: &[PathBuf]) -> Result<Vec<Exam>, Failure> {
    let problem = |e: String| Failure::new(exit::USAGE, e);
    let mut files = files.to_vec();
    if files.is_empty() && Path::new(EXAMS).is_dir() {
        let entries = fs::read_dir(EXAMS).map_err(|e| problem(format!("{EXAMS}: {e}")))?;
        files.extend(entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "jsonl")));
        files.sort();
    }
    if files.is_empty() {
        let embedded = source::embedded_exams().iter();
        return embedded.map(|(path, text)| exam::read_exam(path, text).map_err(|e| problem(e.to_string()))).collect();
    }
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).map_err(|e| problem(format!("{}: {e}", path.display())))?;
            exam::read_exam(&path.to_string_lossy(), &text).map_err(|e| problem(e.to_string()))
        })
        .collect()
}
