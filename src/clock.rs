//! The one place that reads the clock.

use std::time::Instant;

use jiff::civil::Date;
use jiff::tz::{self, TimeZone};

/// Western Indonesian time: the law's day begins and ends in Jakarta.
const WIB: tz::Offset = tz::offset(7);

/// Today in WIB.
#[must_use]
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::fixed(WIB)).date()
}

/// A moment, to measure how long something takes.
#[must_use]
pub fn now() -> Instant {
    Instant::now()
}

/// Seconds since the epoch; only differences are used.
#[must_use]
pub fn seconds() -> u64 {
    u64::try_from(jiff::Timestamp::now().as_second()).unwrap_or(0)
}
