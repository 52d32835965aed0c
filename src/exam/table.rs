//! Figures as a table with counts and 95 % intervals, and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::grade::{Figures, Graded, share};
use super::question::Floors;

/// The whole table: overall, by section, by register and language, reliability, floors.
#[must_use]
pub fn table(graded: &[Graded], floors: Option<Floors>) -> String {
    let mut out = String::new();
    let all = Figures::of(graded.iter());
    let _ = writeln!(
        out,
        "{:<24} {:>5} {:>8} {:>6} {:>6} {:>6} {:>6}",
        "bagian", "soal", "putusan", "benar", "pilih", "salah", "diam"
    );
    for (name, figures) in groups(graded, |one| one.section.clone()) {
        row(&mut out, &name, &figures);
    }
    let _ = writeln!(out, "-- menurut ragam");
    for (name, figures) in groups(graded, |one| format!("{} {}", one.lang, one.register)) {
        row(&mut out, &name, &figures);
    }
    let _ = writeln!(out, "-- seluruhnya");
    rate(
        &mut out,
        "putusan tepat (pilihan dihitung setengah)",
        all.right as f64 + all.half as f64 / 2.0,
        all.inside,
        floors.map(|f| f.putusan),
    );
    rate(&mut out, "soal luar ditolak", all.foreign_declined as f64, all.foreign, floors.map(|f| f.tolak));
    rate(&mut out, "peraturan tepat dikutip", all.instrument.0 as f64, all.instrument.1, floors.map(|f| f.peraturan));
    rate(&mut out, "pasal tepat dikutip", all.article.0 as f64, all.article.1, floors.map(|f| f.pasal));
    rate(&mut out, "bagian artikel kembali", all.passage.0 as f64, all.passage.1, None);
    rate(&mut out, "pasangan kontras keduanya tepat", all.pairs.0 as f64, all.pairs.1, floors.map(|f| f.pasangan));
    let _ = writeln!(
        out,
        "{:<44} {:>5}   lantai {}",
        "\"boleh\" untuk yang dilarang",
        all.wrong_allowed,
        floors.map_or_else(|| "-".to_owned(), |f| f.salah_boleh.to_string())
    );
    let _ = writeln!(out, "{:<44} {:>5}", "\"tidak boleh\" yang keliru", all.wrong_forbidden);
    let _ = writeln!(out, "{:<44} {:>5.3}   dari {} jawaban", "Brier", share(all.brier.0, all.brier.1), all.brier.1);
    let _ = writeln!(out, "-- keandalan peluang (peluang: benar/jumlah)");
    let _ = writeln!(out, "{}", reliability(graded));
    out
}

fn row(out: &mut String, name: &str, figures: &Figures) {
    let (part, whole) = if figures.inside == 0 {
        (figures.foreign_declined as f64, figures.foreign)
    } else {
        (figures.right as f64 + figures.half as f64 / 2.0, figures.inside)
    };
    let right = if figures.inside == 0 { figures.foreign_declined } else { figures.right };
    let wrong = if figures.inside == 0 { figures.foreign - figures.foreign_declined } else { figures.wrong };
    let _ = writeln!(
        out,
        "{name:<24} {whole:>5} {:>8.3} {right:>6} {:>6} {wrong:>6} {:>6}",
        share(part, whole),
        figures.half,
        figures.declined
    );
}

fn rate(out: &mut String, name: &str, part: f64, whole: usize, floor: Option<f64>) {
    if whole == 0 {
        return;
    }
    let (low, high) = interval(share(part, whole), whole);
    let floor = floor.map_or_else(String::new, |floor| format!("   lantai {floor:.3}"));
    let _ = writeln!(out, "{name:<44} {:>5.3}   {part:>5} / {whole:<4} [{low:.3}; {high:.3}]{floor}", share(part, whole));
}

/// Wilson's 95 % interval of a rate.
fn interval(rate: f64, count: usize) -> (f64, f64) {
    const Z: f64 = 1.96;
    let n = count as f64;
    let centre = rate + Z * Z / (2.0 * n);
    let spread = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    (((centre - spread) / whole).max(0.0), ((centre + spread) / whole).min(1.0))
}

fn groups(graded: &[Graded], key: impl Fn(&Graded) -> String) -> BTreeMap<String, Figures> {
    let mut groups: BTreeMap<String, Vec<&Graded>> = BTreeMap::new();
    for one in graded {
        groups.entry(key(one)).or_default().push(one);
    }
    groups.into_iter().map(|(name, members)| (name, Figures::of(members.into_iter()))).collect()
}

/// Of the answers given at each tenth of probability, how many were right.
fn reliability(graded: &[Graded]) -> String {
    let mut tenths: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    for one in graded.iter().filter(|one| !matches!(one.said.as_str(), "klarifikasi" | "luar-topik")) {
        let tenth = (one.probability * 10.0).floor().clamp(0.0, 9.0) as u8;
        let cell = tenths.entry(tenth).or_default();
        cell.0 += usize::from(one.grade == super::Grade::Right);
        cell.1 += 1;
    }
    let cells: Vec<String> = tenths.iter().map(|(tenth, (right, all))| format!("0.{tenth}: {right}/{all}")).collect();
    cells.join("  ")
}

/// The figures as JSON, for `--json`, `--simpan` and `--banding`.
#[must_use]
pub fn report(graded: &[Graded]) -> Value {
    let all = Figures::of(graded.iter());
    let sections: BTreeMap<String, Value> =
        groups(graded, |one| one.section.clone()).into_iter().map(|(name, f)| (name, json!({"soal": f.inside + f.foreign, "putusan": round(if f.inside == 0 { share(f.foreign_declined as f64, f.foreign) } else { f.verdict() })}))).collect();
    json!({
        "soal": graded.len(),
        "putusan": round(all.verdict()),
        "tolak": round(share(all.foreign_declined as f64, all.foreign)),
        "peraturan": round(share(all.instrument.0 as f64, all.instrument.1)),
        "pasal": round(share(all.article.0 as f64, all.article.1)),
        "pasangan": round(share(all.pairs.0 as f64, all.pairs.1)),
        "salah_boleh": all.wrong_allowed,
        "salah_tidak_boleh": all.wrong_forbidden,
        "pilihan": all.half,
        "diam": all.declined,
        "brier": round(share(all.brier.0, all.brier.1)),
        "bagian": sections,
    })
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
