//! A command line that can't be used, said in Indonesian.

use clap::Error;
use clap::error::{ContextKind, ErrorKind};

/// One sentence with the place and the cure.
pub fn explain(error: &Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("pilihan `{argument}` tidak dikenal"),
        ErrorKind::InvalidSubcommand => format!("perintah `{}` tidak dikenal", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("{argument} harus diisi"),
        ErrorKind::MissingSubcommand => "perintahnya belum lengkap".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` tidak dapat dipakai bersama `{}`", context(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("nilai `{value}` untuk `{argument}` tidak sah; tanggal ditulis seperti 2024-11-01")
        }
        _ => "perintah tidak terbaca".to_owned(),
    };
    format!("{what}. Lihat `netral --help`.")
}
