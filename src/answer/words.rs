//! Every sentence the bot itself says, Indonesian and English. Answers come from the knowledge;
//! this is what stands around them.

use crate::knowledge::vocabulary::{Audience, Basis, Status, Verdict, Verification};
use crate::language::Language;

/// The verdict in words, never only as a sign.
#[must_use]
pub fn verdict(verdict: Verdict, language: Language) -> &'static str {
    match (verdict, language) {
        (Verdict::Allowed, Language::English) => "ALLOWED",
        (Verdict::Forbidden, Language::English) => "NOT ALLOWED",
        (Verdict::Conditional, Language::English) => "IT DEPENDS",
        (Verdict::Information, Language::English) => "INFORMATION",
        (Verdict::Allowed, _) => "BOLEH",
        (Verdict::Forbidden, _) => "TIDAK BOLEH",
        (Verdict::Conditional, _) => "TERGANTUNG KEADAAN",
        (Verdict::Information, _) => "PENJELASAN",
    }
}

/// A reading is shown as such.
#[must_use]
pub fn basis(basis: Basis, language: Language) -> &'static str {
    match (basis, language) {
        (Basis::Written, _) => "",
        (Basis::Reading, Language::English) => "Not regulated expressly; this is a reading of the rules.",
        (Basis::Reading, _) => "Tidak diatur tegas; ini tafsir atas aturan yang ada.",
    }
}

/// The status of a citation, as far as it was seen.
#[must_use]
pub fn status(status: Status, as_of: &str, revoked_by: &str) -> String {
    let seen = |text: &str| if as_of.is_empty() { text.to_owned() } else { format!("{text}; status terakhir terlihat {as_of}") };
    match status {
        Status::InForce => seen("berlaku"),
        Status::Amended => seen("berlaku, pernah diubah"),
        Status::Revoked if revoked_by.is_empty() => "dicabut".to_owned(),
        Status::Revoked => format!("dicabut oleh {revoked_by}"),
        Status::Historic => "historis".to_owned(),
        Status::Uncertain => seen("status tidak pasti"),
        Status::Draft => "masih rancangan".to_owned(),
    }
}

#[must_use]
pub fn verification(verification: Verification) -> &'static str {
    match verification {
        Verification::Official => "dicocokkan dengan naskah resmi",
        Verification::Secondary => "dari sumber sekunder, belum dicocokkan dengan naskah resmi",
    }
}

pub fn empty(language: Language) -> &'static str {
    match language {
        Language::English => "I found no words to read. Type your question, for example: may I like a candidate's post?",
        _ => "Belum ada kata yang bisa saya baca. Ketik pertanyaan Anda, misalnya: bolehkah saya menyukai unggahan calon?",
    }
}

pub fn too_long(language: Language) -> &'static str {
    match language {
        Language::English => "That is longer than 4,096 characters. Please ask in one or two sentences.",
        _ => "Pertanyaan ini lebih dari 4.096 huruf. Tolong ringkas menjadi satu atau dua kalimat.",
    }
}

pub fn unknown(language: Language) -> &'static str {
    match language {
        Language::English => {
            "I don't know. I only answer questions about the neutrality of Indonesian civil servants, and I would rather be silent than wrong."
        }
        _ => "Saya tidak tahu. Saya hanya menjawab soal netralitas ASN, dan lebih baik diam daripada keliru.",
    }
}

/// Where a question goes that the bot can't answer.
pub fn door(language: Language) -> &'static str {
    match language {
        Language::English => {
            "Ask your personnel office (BKPSDM/BKD), the inspectorate, or the nearest Bawaslu; or ask again naming who does what, and towards whom."
        }
        _ => {
            "Tanyakan ke BKPSDM/BKD, inspektorat, atau Bawaslu terdekat; atau ulangi dengan menyebut siapa berbuat apa, terhadap siapa."
        }
    }
}

pub fn clarify(language: Language) -> &'static str {
    match language {
        Language::English => "Which of these do you mean?",
        _ => "Yang mana yang Anda maksud?",
    }
}

pub fn clarify_detail(language: Language) -> &'static str {
    match language {
        Language::English => {
            "Your question comes near more than one matter, and their answers differ. Choose one, or ask again with more words."
        }
        _ => {
            "Pertanyaan ini dekat dengan lebih dari satu hal, dan jawabannya bisa berbeda. Pilih satu, atau ulangi dengan kata-kata yang lebih lengkap."
        }
    }
}

/// A topic exists, but its answer doesn't reach back to the day asked about.
pub fn not_covered(day: jiff::civil::Date, since: jiff::civil::Date) -> String {
    format!("Belum tercakup untuk tanggal {day}: jawaban yang ada berlaku sejak {since}.")
}

pub fn not_covered_detail() -> &'static str {
    "Aturan sebelum tanggal itu belum dimuat. Lihat naskah peraturan yang berlaku pada hari itu di JDIH, atau tanyakan ke BKPSDM/BKD."
}

/// What a passage means today.
pub fn now(text: &str) -> String {
    format!("Keadaan sekarang: {text}")
}

/// The foot line of every answer.
pub fn foot(checked: jiff::civil::Date, contact: Option<&str>, language: Language) -> String {
    match (language, contact) {
        (Language::English, Some(contact)) => {
            format!("Knowledge as of {checked}. Not legal advice; to be sure, ask {contact}.")
        }
        (Language::English, None) => {
            format!("Knowledge as of {checked}. Not legal advice; to be sure, ask your personnel office (BKPSDM/BKD) or Bawaslu.")
        }
        (_, Some(contact)) => format!("Pengetahuan per {checked}. Bukan nasihat hukum; untuk kepastian tanyakan ke {contact}."),
        (_, None) => {
            format!("Pengetahuan per {checked}. Bukan nasihat hukum; untuk kepastian tanyakan ke BKPSDM/BKD atau Bawaslu.")
        }
    }
}

/// Labels of the sections of an answer.
macro_rules! labels {
    ($($name:ident: $id:literal, $en:literal;)+) => {
        $(#[must_use]
        pub fn $name(language: Language) -> &'static str {
            match language {
                Language::English => $en,
                _ => $id,
            }
        })+
    };
}

labels! {
    advice_label: "Sebaiknya", "What to do";
    branches_label: "Bergantung keadaan", "Depending on";
    if_word: "bila", "if";
    citations_label: "Dasar", "Basis";
    sanctions_label: "Dapat dikenai", "Possible sanctions";
    sources_label: "Sumber berita", "News sources";
    related_label: "Terkait", "Related";
}

/// An audience as people say it.
#[must_use]
pub fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Pns => "PNS",
        Audience::Cpns => "CPNS",
        Audience::Pppk => "PPPK",
        Audience::PppkPartTime => "PPPK paruh waktu",
        Audience::NonAsn => "pegawai non-ASN",
        Audience::VillageHead => "kepala desa",
        Audience::VillageOfficer => "perangkat desa",
        Audience::VillageCouncil => "BPD",
        Audience::NeighbourhoodHead => "RT/RW",
        Audience::Military => "TNI",
        Audience::Police => "Polri",
        Audience::StateCompany => "pegawai BUMN/BUMD",
        Audience::Pensioner => "pensiunan",
        Audience::Everyone => "siapa saja",
        Audience::Official => "pejabat",
        Audience::RegionalHead => "kepala daerah",
        Audience::UrbanVillageHead => "lurah",
        Audience::Candidate => "calon",
        Audience::CampaignTeam => "tim kampanye",
        Audience::Supervisor => "Bawaslu",
        Audience::AsnOfficial => "pejabat ASN",
        Audience::RegionalOfficial => "pejabat daerah",
        Audience::StateOfficial => "pejabat negara",
        Audience::ActingHead => "penjabat kepala daerah",
        Audience::Organiser => "penyelenggara pemilu",
    }
}

/// An outlet, or that none is named.
#[must_use]
pub fn outlet(outlet: &str) -> &str {
    if outlet == "tidak-tercantum" { "media tidak tercantum" } else { outlet }
}

/// Label of the button that shows the wording of the provisions.
#[must_use]
pub fn provisions_button(language: Language) -> &'static str {
    match language {
        Language::English => "What the provisions say",
        _ => "Isi ketentuannya",
    }
}

/// What the shown wording is: ours, and how it was verified.
#[must_use]
pub fn restated(how: Verification) -> String {
    format!("Isi di atas adalah ringkasan kami, bukan bunyi pasal; {}.", verification(how))
}

/// One instrument in a sentence.
#[must_use]
pub fn instrument(citation: &str, title: &str, about: &str, status: &str) -> String {
    format!("{citation} tentang {title} ({status}). {about}")
}

/// A place that isn't in the register.
#[must_use]
pub fn place_unknown(place: &str) -> String {
    format!(
        "{place} belum dimuat di sini, atau nomornya belum terlihat pada sumber yang dapat disebut; bukalah naskahnya di JDIH."
    )
}
