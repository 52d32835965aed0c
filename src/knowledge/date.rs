//! Dates of the law: a day, or the month or year that is all that is known.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{self, Date};
use serde::de::{Deserialize, Deserializer, Error};

/// A date in the precision known. Sources often tell only the month or the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// First day the date can mean: a span that starts "in 2023" starts on 1 January at the earliest.
    #[must_use]
    pub fn first_day(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(civil::date(self.year, 1, 1))
    }

    /// Last day the date can mean.
    #[must_use]
    pub fn last_day(self) -> Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first_day(),
            (Some(_), None) => self.first_day().last_of_month(),
            _ => self.first_day().last_of_year(),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("tanggal `{text}` tidak terbaca; tulis 2023, \"2023-09\", atau 2023-09-22");
        let mut parts = text.split('-');
        let mut next = || parts.next().map(str::parse::<i16>).transpose().map_err(|_| wrong());
        let year = next()?.ok_or_else(wrong)?;
        let month = next()?.map(i8::try_from).transpose().map_err(|_| wrong())?;
        let day = next()?.map(i8::try_from).transpose().map_err(|_| wrong())?;
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).map_err(|_| wrong())?;
        if next()?.is_some() || !(1900..=2200).contains(&year) {
            return Err(wrong());
        }
        Ok(Self { year, month, day })
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    /// A native TOML date, or a string for a month or year.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Datetime(day) => day.to_string().parse().map_err(D::Error::custom),
            toml::Value::String(text) => text.parse().map_err(D::Error::custom),
            toml::Value::Integer(year) => year.to_string().parse().map_err(D::Error::custom),
            other => Err(D::Error::custom(format!("tanggal tidak boleh {}", other.type_str()))),
        }
    }
}

/// A native TOML date without a time.
///
/// # Errors
/// When the value is not a local date.
pub fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let date = PartialDate::deserialize(deserializer)?;
    match date.day {
        Some(_) => Ok(date.first_day()),
        None => Err(D::Error::custom(format!("tanggal `{date}` harus lengkap sampai hari, misalnya 2023-10-31"))),
    }
}
