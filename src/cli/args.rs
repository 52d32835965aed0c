//! The arguments. Doc comments are the help texts, hence Indonesian.

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand};
use jiff::civil::Date;

/// clap's own template speaks English.
const TEMPLATE: &str = "{about-with-newline}\nPemakaian: {usage}\n\n{all-args}{after-help}";

/// Tanya jawab netralitas ASN: putusan, alasan, pasal, sanksi, dan sumbernya.
#[derive(Debug, Parser)]
#[command(
    name = "netral",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    help_template = TEMPLATE,
    subcommand_help_heading = "Perintah",
    subcommand_value_name = "PERINTAH",
    next_help_heading = "Pilihan",
    after_help = "Contoh:\n  netral tanya \"Bolehkah saya like postingan calon?\"\n  netral obrolan\n  TELOXIDE_TOKEN=… netral\n\nTanpa perintah: bot Telegram bila TELOXIDE_TOKEN terisi, selain itu obrolan di terminal."
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Menampilkan bantuan ini
    #[arg(short = 'h', long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Menampilkan versi
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Menjawab satu atau beberapa pertanyaan
    Tanya(Ask),
    /// Menjalankan bot Telegram (perlu TELOXIDE_TOKEN)
    #[command(help_template = TEMPLATE, next_help_heading = "Pilihan", override_usage = "netral bot")]
    Bot,
    /// Membuka obrolan di terminal
    #[command(help_template = TEMPLATE, next_help_heading = "Pilihan", override_usage = "netral obrolan")]
    Obrolan,
    /// Menampilkan peraturan dan ketentuannya
    #[command(subcommand, help_template = TEMPLATE, subcommand_help_heading = "Perintah", next_help_heading = "Pilihan", override_usage = "netral peraturan PERINTAH")]
    Peraturan(Regulation),
    /// Memeriksa pengetahuan dan artikel
    Periksa(Check),
    /// Menjalankan ujian dan mencetak tabel angkanya
    Uji(Exam),
    /// Menghitung ulang bobot keputusan dari ujian
    Latih(Train),
}

#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE, override_usage = "netral tanya [PILIHAN] PERTANYAAN…",
    next_help_heading = "Pilihan",
    after_help = "Contoh:\n  netral tanya \"bolehkah guru foto dua jari?\"\n  netral tanya --json \"apa itu CLTN\" \"siapa mengawasi ASN\"\n  cat pertanyaan.txt | netral tanya -\n  netral tanya --tanggal 2024-11-01 \"KASN masih ada?\"\n\nKode keluar: 0 terjawab, 2 salah pakai, 3 pengetahuan rusak."
)]
pub struct Ask {
    /// Pertanyaan; `-` membaca satu pertanyaan per baris dari masukan baku
    #[arg(required = true, value_name = "PERTANYAAN")]
    pub questions: Vec<String>,
    /// Mencetak satu objek JSON per pertanyaan, satu baris satu objek
    #[arg(long)]
    pub json: bool,
    /// Menjawab menurut aturan pada hari itu, misalnya 2020-11-01 (bawaan: hari ini, WIB)
    #[arg(long, value_name = "TANGGAL")]
    pub tanggal: Option<Date>,
    /// Menjelaskan kata, konsep, dan angka di balik keputusan
    #[arg(long, conflicts_with = "json")]
    pub jelaskan: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE, override_usage = "netral periksa [PILIHAN] [DIREKTORI…]",
    next_help_heading = "Pilihan",
    after_help = "Contoh:\n  netral periksa\n  netral periksa knowledge instansi\n  netral periksa --jelaskan\n\nKode keluar: 0 bersih, 1 ada kesalahan."
)]
pub struct Check {
    /// Direktori yang diperiksa, tiap direktori satu lapisan (bawaan: pengetahuan yang sedang dipakai)
    #[arg(value_name = "DIREKTORI")]
    pub directories: Vec<PathBuf>,
    /// Menjelaskan setiap pemeriksaan
    #[arg(long)]
    pub jelaskan: bool,
    /// Menyebut ketentuan yang masih perlu dicek pada naskah resmi, termasuk yang hanya dari ingatan
    #[arg(long)]
    pub perlu_cek: bool,
    /// Menyebut topik yang sudah lebih dari 180 hari tidak dibandingkan
    #[arg(long)]
    pub usang: bool,
    /// Menyebut ketentuan yang tidak dikutip siapa pun
    #[arg(long)]
    pub tak_dikutip: bool,
    /// Menyebut rumusan pertanyaan yang lebih dulu menemukan topik lain
    #[arg(long)]
    pub tertukar: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE, override_usage = "netral uji [PILIHAN] [BERKAS…]",
    next_help_heading = "Pilihan",
    after_help = "Contoh:\n  netral uji\n  netral uji tests/soal/kampanye.jsonl\n  netral uji --salah\n\nKode keluar: 0 di atas lantai, 1 di bawah lantai."
)]
pub struct Exam {
    /// Berkas ujian JSONL (bawaan: ujian yang tertanam, atau tests/soal bila ada)
    #[arg(value_name = "BERKAS")]
    pub files: Vec<PathBuf>,
    /// Mencetak tabel sebagai JSON
    #[arg(long)]
    pub json: bool,
    /// Menyebut soal yang tidak benar
    #[arg(long)]
    pub salah: bool,
    /// Membandingkan dengan BM25 polos dan kemiripan trigram pada soal yang sama
    #[arg(long)]
    pub pembanding: bool,
    /// Menyimpan laporan ke berkas
    #[arg(long, value_name = "BERKAS")]
    pub simpan: Option<PathBuf>,
    /// Membandingkan dengan laporan yang disimpan
    #[arg(long, value_name = "BERKAS")]
    pub banding: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(help_template = TEMPLATE, override_usage = "netral latih [PILIHAN] [BERKAS…]", next_help_heading = "Pilihan", after_help = "Contoh:\n  netral latih\n  netral latih tests/soal/*.jsonl\n\nMenulis knowledge/keputusan.toml.")]
pub struct Train {
    /// Berkas ujian JSONL (bawaan: tests/soal)
    #[arg(value_name = "BERKAS")]
    pub files: Vec<PathBuf>,
    /// Hanya mencetak angka silang, tidak menulis berkas
    #[arg(long)]
    pub coba: bool,
}

#[derive(Debug, Subcommand)]
pub enum Regulation {
    /// Menampilkan satu peraturan, atau satu tempat di dalamnya
    Lihat(Show),
}

#[derive(Debug, clap::Args)]
#[command(
    help_template = TEMPLATE, override_usage = "netral peraturan lihat PERATURAN [TEMPAT]",
    next_help_heading = "Pilihan",
    after_help = "Contoh:\n  netral peraturan lihat uu-20-2023\n  netral peraturan lihat uu-20-2023 pasal-24\n  netral peraturan lihat \"PP 94/2021\" \"pasal 5 huruf n\"\n\nKode keluar: 0 ada, 2 tidak dikenal."
)]
pub struct Show {
    /// Id peraturan, atau sebutan seperti "PP 94/2021"
    #[arg(value_name = "PERATURAN")]
    pub instrument: String,
    /// Tempat, misalnya pasal-24 atau "pasal 24 ayat 1 huruf d"
    #[arg(value_name = "TEMPAT")]
    pub place: Option<String>,
}
