//! Two texts told in one breath, as people do and editors don't. Of one case they are still of that case; what is
//! allowed by itself is forbidden together with something that is.

use super::marks::{Place, Row};
use super::weights::mixed;

/// One in so many texts is also told together with another of its case.
const LIKE: usize = 6;
/// One in so many texts of what isn't forbidden is also told together with one of something that is.
const FORBIDDING: usize = 8;

/// A text that is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub rows: &'a [Row],
    pub line: &'a [Place],
    pub entry: usize,
    pub case: usize,
    pub is_forbidden: bool,
}

/// A text made of two.
#[derive(Debug)]
pub struct Joined {
    pub rows: Vec<Row>,
    pub line: Vec<Place>,
    pub entry: usize,
    pub case: usize,
}

/// Texts made of two of these, whose cases stand one after another; the same in every run.
#[must_use]
pub fn join(asked: &[Asked<'_>]) -> Vec<Joined> {
    let alike = asked.chunk_by(|a, b| (a.entry, a.case) == (b.entry, b.case));
    let of_one_case = alike.flat_map(|case| {
        let drawn = case.iter().enumerate().filter(|(at, _)| at % LIKE == 0);
        drawn.filter_map(|(at, one)| Some(joined(one, pick(case, at)?)))
    });
    let (forbidden, free): (Vec<Asked<'_>>, Vec<Asked<'_>>) = asked.iter().copied().partition(|text| text.is_forbidden);
    let drawn = free.iter().enumerate().step_by(FORBIDDING);
    let turned = drawn.filter_map(|(at, one)| Some(joined(one, pick(&forbidden, at)?)));
    of_one_case.chain(turned).collect()
}

/// One of some texts, as if drawn by lot.
fn pick<'a, 'b>(texts: &'b [Asked<'a>], at: usize) -> Option<&'b Asked<'a>> {
    texts.get(mixed(at as u64, texts.len() as u64) as usize % texts.len().max(1))
}

/// The marks of both, the words of both one after the other, and the case of the second.
fn joined(one: &Asked<'_>, other: &Asked<'_>) -> Joined {
    let mut rows = [one.rows, other.rows].concat();
    rows.sort_unstable();
    rows.dedup();
    // Which of them is told first says nothing.
    let line = if one.line.len().is_multiple_of(2) { [one.line, other.line] } else { [other.line, one.line] };
    Joined { rows, line: line.concat(), entry: other.entry, case: other.case }
}
