//! Settings: real environment variables, else the lines of `.env`, parsed once, all faults together.
//! The process environment is never changed. The only room that reads it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::{env, io};

use crate::knowledge::Source;
use crate::knowledge::source;

/// A value that never shows in `Debug` or `Display`.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, for the one place that sends it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// All settings, with defaults in place.
#[derive(Debug, Clone)]
pub struct Config {
    pub token: Option<Secret>,
    /// Address of the Bot API; Telegram's own when unset.
    pub api_url: Option<String>,
    /// Proxy for the way to the Bot API.
    pub proxy: Option<String>,
    /// Layers of knowledge, later ones win.
    pub layers: Vec<PathBuf>,
    /// Where a declined question is sent: the agency's desk.
    pub contact: Option<String>,
    /// Where what is quick to make again may be kept: `netral` in the user's cache; none where there is no such place.
    pub cache: Option<PathBuf>,
    /// Filter of the log, as `tracing` writes it.
    pub log: String,
    /// Whether colours are refused (`NO_COLOR` set to anything).
    pub no_color: bool,
}

/// Settings that can't be used, all at once.
#[derive(Debug)]
pub struct ConfigError(Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// Reads `.env` of the working directory and the environment.
    ///
    /// # Errors
    /// Every setting that can't be used, each with its name and the cure.
    pub fn read() -> Result<Self, ConfigError> {
        let mut faults = Vec::new();
        let mut values = BTreeMap::new();
        match dotenvy::from_path_iter(Path::new(".env")) {
            Ok(lines) => {
                for line in lines {
                    match line {
                        Ok((key, value)) => {
                            values.insert(key, value);
                        }
                        Err(_) => faults.push(".env: ada baris yang bukan NAMA=nilai; lihat .env.example".to_owned()),
                    }
                }
            }
            Err(cause) if cause.not_found() => {}
            Err(cause) => faults.push(format!(".env tidak dapat dibaca: {cause}")),
        }
        values.extend(env::vars_os().filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?))));
        Self::from_values(&values, faults)
    }

    fn from_values(values: &BTreeMap<String, String>, mut faults: Vec<String>) -> Result<Self, ConfigError> {
        let value = |name: &str| values.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let token = value("TELOXIDE_TOKEN");
        if token.as_deref().is_some_and(|token| !is_token(token)) {
            faults.push(
                "TELOXIDE_TOKEN: bukan bentuk token BotFather (angka, titik dua, huruf); salin ulang dari BotFather".to_owned(),
            );
        }
        for name in ["TELOXIDE_API_URL", "TELOXIDE_PROXY"] {
            if value(name).is_some_and(|url| !url.contains("://")) {
                faults.push(format!("{name}: harus alamat lengkap, misalnya https://api.telegram.org"));
            }
        }
        let layers: Vec<PathBuf> = value("NETRAL_PENGETAHUAN")
            .iter()
            .flat_map(|text| text.split(':'))
            .filter(|part| !part.is_empty())
            .map(PathBuf::from)
            .collect();
        for layer in layers.iter().filter(|layer| !layer.is_dir()) {
            faults.push(format!("NETRAL_PENGETAHUAN: direktori `{}` tidak ada", layer.display()));
        }
        if !faults.is_empty() {
            return Err(ConfigError(faults));
        }
        let home = |name: &str, under: &str| value(name).map(|home| Path::new(&home).join(under).join("netral"));
        let cache = home("XDG_CACHE_HOME", "").or_else(|| home("LOCALAPPDATA", "")).or_else(|| home("HOME", ".cache"));
        Ok(Self {
            token: token.map(Secret),
            api_url: value("TELOXIDE_API_URL"),
            proxy: value("TELOXIDE_PROXY"),
            layers,
            contact: value("NETRAL_KONTAK"),
            cache: cache.filter(|directory| directory.is_absolute()),
            no_color: value("NO_COLOR").is_some(),
            log: value("NETRAL_LOG").unwrap_or_else(|| "netral=info".to_owned()),
        })
    }

    /// The knowledge to use: the layers named, else the working directory's in a checkout, else the
    /// embedded set.
    ///
    /// # Errors
    /// The path that can't be read.
    pub fn sources(&self) -> io::Result<Vec<Source>> {
        if self.layers.is_empty() {
            let checkout = ["Cargo.toml", "knowledge", "seeds"].iter().all(|name| Path::new(name).exists());
            if !checkout {
                return Ok(source::embedded());
            }
            let mut sources = source::read_directory(Path::new("knowledge"), 0)?;
            sources.extend(source::read_directory(Path::new("seeds"), 0)?);
            return Ok(sources);
        }
        layers(&self.layers)
    }
}

/// Reads directories, each one layer. Articles in a `seeds` directory beside the first layer come with it.
///
/// # Errors
/// The path that can't be read.
pub fn layers(directories: &[PathBuf]) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for (layer, directory) in directories.iter().enumerate() {
        sources.extend(source::read_directory(directory, layer)?);
        let seeds = directory.parent().unwrap_or(Path::new("")).join("seeds");
        if layer == 0 && seeds.is_dir() && !directories.contains(&seeds) {
            sources.extend(source::read_directory(&seeds, layer)?);
        }
    }
    Ok(sources)
}

/// The form of a bot token: digits, a colon, at least 30 letters, digits, `_` or `-`.
fn is_token(text: &str) -> bool {
    text.split_once(':').is_some_and(|(id, secret)| {
        !id.is_empty()
            && id.bytes().all(|b| b.is_ascii_digit())
            && secret.len() >= 30
            && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let values = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Config::from_values(&values, Vec::new())
    }

    #[test]
    fn all_faults_come_together_and_name_their_variable() {
        let faults = config(&[("TELOXIDE_TOKEN", "salah"), ("TELOXIDE_API_URL", "x"), ("NETRAL_PENGETAHUAN", "/tidak/ada")]);
        let text = faults.map(|_| String::new()).unwrap_or_else(|e| e.to_string());
        for name in ["TELOXIDE_TOKEN", "TELOXIDE_API_URL", "NETRAL_PENGETAHUAN"] {
            assert!(text.contains(name), "{text}");
        }
        assert!(!text.contains("salah"), "a wrong token is not repeated: {text}");
    }

    #[test]
    fn a_token_never_shows() {
        let token = format!("123456:{}", "A".repeat(35));
        let config = config(&[("TELOXIDE_TOKEN", &token)]).unwrap_or_else(|e| unreachable!("{e}"));
        assert!(!format!("{config:?}").contains(&token));
    }

    #[test]
    fn empty_values_count_as_unset() {
        let config = config(&[("TELOXIDE_TOKEN", " "), ("NETRAL_LOG", "")]).unwrap_or_else(|e| unreachable!("{e}"));
        assert!(config.token.is_none());
        assert_eq!(config.log, "netral=info");
    }
}
