//! Reports of what was found in exchanges.

mod github;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

use codegen::Catalog;
use codegen::report::plural;
use codegen::rule::Level;

use crate::exchange::Place;
use crate::finding::Subject;
use crate::seen::scope::{Coverage, Scope};
use crate::tally::{Group, Tally};

/// What a report is about.
#[derive(Debug)]
pub struct Report<'a> {
    tally: &'a Tally<'a>,
    recordings: &'a [String],
    scope: Scope,
    coverage: Coverage,
    least: Vec<Least>,
}

/// A share of coverage that is required, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Least {
    /// Of what.
    pub measure: Measure,
    /// The least share.
    pub percent: usize,
}

/// What coverage is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Codes.
    Codes,
    /// Types.
    Types,
    /// Statuses.
    Statuses,
    /// Pairs of operation and code.
    Pairs,
}

impl Measure {
    /// The position in [`Coverage::shares`].
    const fn position(self) -> usize {
        match self {
            Self::Codes => 0,
            Self::Types => 1,
            Self::Statuses => 2,
            Self::Pairs => 3,
        }
    }
}

impl Least {
    /// The requirement that a text states: a percentage of the codes, such as `90`, or `pairs=80`. `None` if it is not
    /// one.
    ///
    /// ```
    /// use error_catalog_audit::report::{Least, Measure};
    ///
    /// let least = Least { measure: Measure::Pairs, percent: 80 };
    /// assert_eq!(Least::parse("pairs=80"), Some(least));
    /// assert_eq!(Least::parse("101"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (measure, percent) = match text.split_once('=') {
            None => (Measure::Codes, text),
            Some(("codes", percent)) => (Measure::Codes, percent),
            Some(("types", percent)) => (Measure::Types, percent),
            Some(("statuses", percent)) => (Measure::Statuses, percent),
            Some(("pairs", percent)) => (Measure::Pairs, percent),
            Some(_) => return None,
        };
        let percent = percent.trim_end_matches('%').parse().ok();
        let percent = percent.filter(|percent| *percent <= 100)?;
        Some(Self { measure, percent })
    }
}

impl<'a> Report<'a> {
    /// A report. `recordings` are the names of the recordings, in the order of their numbers.
    #[must_use]
    pub fn new(
        tally: &'a Tally<'a>,
        recordings: &'a [String],
        scope: Scope,
        least: Vec<Least>,
    ) -> Self {
        let coverage = scope.coverage(tally.catalog, &tally.seen);
        Self {
            tally,
            recordings,
            scope,
            coverage,
            least,
        }
    }

    /// Whether findings have this level or a more serious one.
    #[must_use]
    pub fn has(&self, level: Level) -> bool {
        let warnings = level == Level::Warn && self.tally.count(Level::Warn) > 0;
        warnings || (level != Level::Off && self.tally.count(Level::Error) > 0)
    }

    /// The requirements of coverage that are not met, as sentences without a full stop.
    #[must_use]
    pub fn unmet(&self) -> Vec<String> {
        let shares = self.coverage.shares();
        let unmet = self.least.iter().filter_map(|least| {
            let (name, share) = shares[least.measure.position()];
            let percent = share.percent();
            (percent < least.percent).then(|| {
                let wanted = least.percent;
                format!("{percent} % of the {name} were seen, less than {wanted} %")
            })
        });
        unmet.collect()
    }

    /// Whether there is nothing to report about rules.
    fn is_clean(&self) -> bool {
        self.tally.groups().next().is_none() && self.tally.counts.ungrouped == 0
    }

    const fn catalog(&self) -> &'a Catalog {
        self.tally.catalog
    }

    /// The name of what a group is about.
    fn subject(&self, group: &Group) -> String {
        match &group.subject {
            Subject::Code(code) => self.catalog()[*code].names.wire.clone(),
            Subject::Retired(position) => self.catalog().retired[*position].wire.clone(),
            Subject::Unknown(Some(name)) => name.clone(),
            Subject::Unknown(None) => "an unknown code".to_owned(),
            Subject::Status(status) => status.to_string(),
        }
    }

    fn operation(&self, group: &Group) -> Option<&'a str> {
        let operation = &self.catalog().operations[group.operation?];
        Some(&operation.id)
    }

    /// The name of the recording of a place.
    fn recording(&self, place: &Place) -> &'a str {
        self.recordings
            .get(place.recording)
            .map_or("the recording", String::as_str)
    }

    /// What a group is about, how often it is there, and where first.
    fn whereabouts(&self, group: &Group) -> String {
        let subject = self.subject(group);
        let operation = match self.operation(group) {
            Some(id) => format!(" of {id}"),
            None => String::new(),
        };
        let times = times(group.count);
        let (recording, number) = (self.recording(&group.place), group.place.exchange);
        format!("{subject}{operation}, {times}, first in {recording}, exchange {number}")
    }

    /// The numbers of the run.
    fn traffic(&self) -> String {
        let counts = &self.tally.counts;
        let mut parts = vec![
            number(counts.exchanges, "exchange"),
            number(counts.errors, "error response"),
        ];
        if counts.streams > 0 {
            parts.push(number(counts.streams, "stream"));
        }
        for (count, what) in [
            (counts.unanswered, "without a response"),
            (counts.mistaken, "with a response that is not theirs"),
            (counts.elsewhere, "with other addresses"),
        ] {
            if count > 0 {
                parts.push(format!("{count} {what}"));
            }
        }
        parts.join(", ")
    }

    /// The numbers of findings.
    fn findings(&self) -> String {
        let level = |level, noun| number(self.tally.count(level), noun);
        let allowed = self.allowed();
        let errors = level(Level::Error, "error");
        let warnings = level(Level::Warn, "warning");
        format!("{errors}, {warnings}{allowed}")
    }

    /// The number of findings that the catalog allows, after others.
    fn allowed(&self) -> String {
        match self.tally.allowed() {
            0 => String::new(),
            count => format!(", {count} allowed by the catalog"),
        }
    }
}

/// A number with its noun.
fn number(count: u64, noun: &str) -> String {
    plural(usize::try_from(count).unwrap_or(usize::MAX), noun)
}

fn times(count: u64) -> String {
    match count {
        1 => "once".to_owned(),
        count => format!("{count} times"),
    }
}

/// The level as tools call it.
const fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn | Level::Off => "warning",
    }
}
