//! Citations composed from a provision's place, never typed in a topic.

/// The place in the law's own words: `pasal-5/huruf-n/angka-5` → `Pasal 5 huruf n angka 5`.
/// A segment that names no numbered place (`satgas`) ends the pinpoint: such a provision is cited
/// at the level above it.
#[must_use]
pub fn pinpoint(place: &str) -> String {
    let mut words = Vec::new();
    let mut segments = place.split('/').peekable();
    while let Some(segment) = segments.next() {
        let word = match segment.split_once('-') {
            Some(("pasal", rest)) => format!("Pasal {}", article_number(rest)),
            Some(("ayat", rest)) => format!("ayat ({rest})"),
            Some(("huruf", rest)) => format!("huruf {rest}"),
            Some(("angka", rest)) => format!("angka {rest}"),
            Some(("diktum", rest)) => format!("Diktum {rest}"),
            Some(("lampiran", rest)) => format!("Lampiran {}", rest.to_uppercase()),
            _ => match (segment, segments.next_if(|next| next.bytes().all(|b| b.is_ascii_digit()))) {
                ("disiplin", Some(number)) => format!("pelanggaran disiplin nomor {number}"),
                ("kode-etik", Some(number)) => format!("pelanggaran kode etik nomor {number}"),
                _ => break,
            },
        };
        words.push(word);
    }
    words.join(" ")
}

/// `187a` → `187A`, `ii` → `II`, `8-12` → `8 s.d. 12`.
fn article_number(text: &str) -> String {
    match text.split_once('-') {
        Some((from, to)) => format!("{from} s.d. {to}"),
        None => text.to_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::pinpoint;

    #[test]
    fn places_become_citations() {
        for (place, expected) in [
            ("pasal-5/huruf-n/angka-5", "Pasal 5 huruf n angka 5"),
            ("pasal-24/ayat-1/huruf-d", "Pasal 24 ayat (1) huruf d"),
            ("lampiran-ii/disiplin/6", "Lampiran II pelanggaran disiplin nomor 6"),
            ("lampiran-ii/kode-etik/4", "Lampiran II pelanggaran kode etik nomor 4"),
            ("pasal-187a", "Pasal 187A"),
            ("pasal-ii/ayat-1", "Pasal II ayat (1)"),
            ("pasal-8-12", "Pasal 8 s.d. 12"),
            ("pasal-24/akibat-pelanggaran", "Pasal 24"),
            ("satgas", ""),
            ("angka-7", "angka 7"),
        ] {
            assert_eq!(pinpoint(place), expected, "{place}");
        }
    }
}
