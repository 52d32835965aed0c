//! The sentences of the conversation itself.

pub const WELCOME: &str = "Halo! Saya menjawab pertanyaan tentang netralitas ASN: boleh atau tidak, pasalnya, sanksinya, dan apa yang sebaiknya dilakukan.\n\nKetik saja pertanyaannya, misalnya: bolehkah saya menyukai unggahan calon?\n\nSaya tidak menyimpan siapa yang bertanya. Bantuan: /bantuan";

pub const HELP: &str = "Cara bertanya: tulis siapa berbuat apa, terhadap siapa. Misalnya: \"saya guru PPPK, boleh foto bareng cabup?\" atau \"apa sanksi ikut kampanye?\"\n\nPertanyaan susulan boleh pendek: \"kalau PPPK?\", \"sanksinya?\"\n\n/tanya — bertanya, atau membalas sebuah pesan dengan /tanya\n/bantuan — pesan ini\n\nDi grup saya hanya menjawab /tanya dan balasan kepada saya. Jawaban diambil dari kumpulan tanya jawab yang disusun dari peraturan dan berita, bertanggal dan bersumber; bila tidak yakin saya berkata tidak tahu.";

pub const ASK_HOW: &str = "Tulis pertanyaannya sesudah /tanya, misalnya: /tanya bolehkah saya menyukai unggahan calon? Atau balas sebuah pesan dengan /tanya.";

pub const UNKNOWN_COMMAND: &str = "Perintah itu tidak saya kenal. Ketik saja pertanyaannya, atau lihat /bantuan.";

pub const WORDLESS: &str = "Saya hanya bisa membaca tulisan. Tolong ketik pertanyaannya dengan kata-kata.";

pub const OLD_BUTTON: &str = "Tombol ini sudah usang. Ketik saja pertanyaannya sekali lagi.";

pub const TOO_FAST: &str = "Pesannya datang terlalu cepat. Saya menjawab paling banyak 20 pesan per menit di satu obrolan; tunggu sebentar, lalu tanyakan lagi.";

/// The commands of the menu, with what they do.
pub const COMMANDS: [(&str, &str); 3] = [
    ("tanya", "Bertanya, atau membalas sebuah pesan dengan pertanyaan ini"),
    ("bantuan", "Cara bertanya"),
    ("start", "Perkenalan"),
];

pub const APOLOGY: &str = "Maaf, ada yang salah di pihak saya. Coba tanyakan sekali lagi, dengan kata lain bila perlu.";

/// Where a declined question can be taken.
#[must_use]
pub fn desk(contact: &str) -> String {
    format!("Meja bantuan instansi Anda: {contact}")
}
