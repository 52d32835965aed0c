//! Buttons and what they carry: `1:t:<hash>`. Buttons live for years in old messages, so the data
//! begins with a version, and topics are named by a short hash that doesn't depend on the build.

/// Version of the button data this program writes and reads.
const VERSION: &str = "1";
/// Longest label shown; Telegram cuts longer ones in the middle of a word.
const LABEL: usize = 60;

/// A button as front ends show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    /// At most 64 bytes (Telegram's limit for callback data).
    pub data: String,
}

/// What a pressed button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// The answer of the topic with this hash.
    Topic(String),
    /// The wording of that topic's provisions.
    Provisions(String),
    /// One branch of that topic's answer.
    Branch(String, usize),
    /// Written by another version, or by nobody.
    Unknown,
}

impl Button {
    #[must_use]
    pub fn topic(id: &str, title: &str) -> Self {
        Self { label: shorten(title), data: format!("{VERSION}:t:{}", hash(id)) }
    }

    #[must_use]
    pub fn branch(id: &str, number: usize, condition: &str) -> Self {
        Self { label: shorten(condition), data: format!("{VERSION}:c:{}:{number}", hash(id)) }
    }

    #[must_use]
    pub fn provisions(id: &str, label: &str) -> Self {
        Self { label: shorten(label), data: format!("{VERSION}:d:{}", hash(id)) }
    }
}

impl Press {
    /// Reads button data of any version.
    #[must_use]
    pub fn read(data: &str) -> Self {
        match data.split(':').collect::<Vec<_>>().as_slice() {
            [VERSION, "t", hash] => Self::Topic((*hash).to_owned()),
            [VERSION, "d", hash] => Self::Provisions((*hash).to_owned()),
            [VERSION, "c", hash, number] => {
                number.parse().map_or(Self::Unknown, |number| Self::Branch((*hash).to_owned(), number))
            }
            _ => Self::Unknown,
        }
    }
}

/// FNV-1a, 64 bits, as hexadecimal: the same on every machine and in every build.
#[must_use]
pub fn hash(id: &str) -> String {
    let value = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{value:016x}")
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= LABEL {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LABEL - 1).collect();
    format!("{}…", cut.trim_end())
}
