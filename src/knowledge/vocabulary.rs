//! The closed vocabularies of the knowledge files.

use serde::Deserialize;

/// Declares an enum with the kebab-case words that files and JSON use for it.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// The word that stands in files and JSON.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

words! {
    /// What is said of an act. The order is the order of permissiveness.
    Verdict { Forbidden = "tidak-boleh", Conditional = "bersyarat", Information = "informasi", Allowed = "boleh" }
}

words! {
    /// Whether a provision says so, or it is a reading of one.
    Basis { Written = "tertulis", Reading = "tafsir" }
}

words! {
    /// State of an instrument, as far as it was seen.
    Status {
        InForce = "berlaku", Amended = "diubah", Revoked = "dicabut",
        Historic = "historis", Uncertain = "tidak-pasti", Draft = "rancangan",
    }
}

impl Status {
    /// Whether the instrument alone can carry a verdict (rule of truth 1).
    #[must_use]
    pub fn is_firm(self) -> bool {
        matches!(self, Self::InForce | Self::Amended)
    }
}

words! {
    /// Against what a text was compared.
    Verification { Official = "naskah-resmi", Secondary = "sumber-sekunder" }
}

words! {
    /// Whether a fact was seen in a source. What is only recalled is never cited.
    Confidence { Verified = "verified", Recalled = "recalled" }
}

words! {
    /// To whom an answer or a sanction applies.
    Audience {
        Pns = "pns", Cpns = "cpns", Pppk = "pppk", PppkPartTime = "pppk-paruh-waktu", NonAsn = "honorer",
        VillageHead = "kepala-desa", VillageOfficer = "perangkat-desa", VillageCouncil = "bpd",
        NeighbourhoodHead = "rt-rw", Military = "tni", Police = "polri", StateCompany = "bumn",
        Pensioner = "pensiunan", Everyone = "umum", Official = "pejabat", RegionalHead = "kepala-daerah",
        UrbanVillageHead = "lurah", Candidate = "calon", CampaignTeam = "tim-kampanye", Supervisor = "bawaslu",
        AsnOfficial = "pejabat-asn", RegionalOfficial = "pejabat-daerah", StateOfficial = "pejabat-negara",
        ActingHead = "penjabat-kepala-daerah", Organiser = "penyelenggara-pemilu",
    }
}

words! {
    /// Kinds of concepts a question is understood by.
    ConceptKind {
        Actor = "pelaku", Act = "perbuatan", Object = "objek", Manner = "keadaan", Institution = "lembaga",
        Instrument = "instrumen", Phase = "fase", Intent = "tanya",
    }
}
