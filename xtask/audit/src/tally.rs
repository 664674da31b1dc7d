//! What a run found, in a bounded space.

use std::collections::HashMap;

use codegen::rule::Level;
use codegen::{Catalog, Rule};

use crate::exchange::Place;
use crate::finding::{Finding, Reason, Subject};
use crate::seen::Seen;

/// The number of groups of findings that are kept.
const MAX_GROUPS: usize = 2000;

/// The numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The exchanges that were judged.
    pub exchanges: u64,
    /// The exchanges with other addresses than those to judge.
    pub elsewhere: u64,
    /// The exchanges without a response.
    pub unanswered: u64,
    /// The exchanges whose response is that of another request, or an interim one.
    pub mistaken: u64,
    /// The responses with a status from 400 to 599.
    pub errors: u64,
    /// The responses that are streams of events.
    pub streams: u64,
    /// The findings of groups beyond those that are kept.
    pub ungrouped: u64,
}

/// Findings with the same rule, code and operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The rule.
    pub rule: Rule,
    /// The level that the catalog gives the rule.
    pub level: Level,
    /// What they are about.
    pub subject: Subject,
    /// The position of the operation in the catalog.
    pub operation: Option<usize>,
    /// The number of findings.
    pub count: u64,
    /// The first finding, by its place: what is wrong.
    pub text: String,
    /// Where it is.
    pub place: Place,
}

/// What a run found.
#[derive(Clone, Debug)]
pub struct Tally<'c> {
    pub(crate) catalog: &'c Catalog,
    /// The numbers of the run.
    pub counts: Counts,
    /// What was seen of the catalog.
    pub seen: Seen,
    groups: HashMap<(Rule, Subject, Option<usize>), Group>,
    /// How many findings each allowance of the catalog allowed.
    allowed: Vec<u64>,
    /// How often a rule was not judged, by rule and reason.
    skipped: HashMap<(Rule, Reason), u64>,
}

impl<'c> Tally<'c> {
    /// An empty tally for servers that a catalog describes.
    #[must_use]
    pub fn new(catalog: &'c Catalog) -> Self {
        Self {
            catalog,
            counts: Counts::default(),
            seen: Seen::new(catalog),
            groups: HashMap::new(),
            allowed: vec![0; catalog.audit.allowances.len()],
            skipped: HashMap::new(),
        }
    }

    /// Adds a finding, unless the catalog allows it or turns its rule off.
    pub fn add(&mut self, finding: Finding, place: &Place) {
        let Finding {
            rule,
            subject,
            operation,
            text,
        } = finding;
        let policy = &self.catalog.audit;
        if let Some(position) = policy.allowance(rule, subject.code()) {
            self.allowed[position] += 1;
            return;
        }
        let level = policy.level(rule);
        if level == Level::Off {
            return;
        }
        self.join(Group {
            rule,
            level,
            subject,
            operation,
            count: 1,
            text,
            place: place.clone(),
        });
    }

    /// Counts that a rule was not judged.
    pub fn skip(&mut self, rule: Rule, reason: Reason) {
        if self.catalog.audit.level(rule) != Level::Off {
            *self.skipped.entry((rule, reason)).or_default() += 1;
        }
    }

    fn join(&mut self, group: Group) {
        let key = (group.rule, group.subject.clone(), group.operation);
        if let Some(known) = self.groups.get_mut(&key) {
            known.count += group.count;
            if group.place < known.place {
                known.place = group.place;
                known.text = group.text;
            }
        } else if self.groups.len() < MAX_GROUPS {
            self.groups.insert(key, group);
        } else {
            self.counts.ungrouped += group.count;
        }
    }

    /// Adds what another session found.
    pub fn merge(&mut self, other: Self) {
        let counts = &mut self.counts;
        counts.exchanges += other.counts.exchanges;
        counts.elsewhere += other.counts.elsewhere;
        counts.unanswered += other.counts.unanswered;
        counts.mistaken += other.counts.mistaken;
        counts.errors += other.counts.errors;
        counts.streams += other.counts.streams;
        counts.ungrouped += other.counts.ungrouped;
        self.seen.merge(&other.seen);
        for (ours, theirs) in self.allowed.iter_mut().zip(other.allowed) {
            *ours += theirs;
        }
        for (key, count) in other.skipped {
            *self.skipped.entry(key).or_default() += count;
        }
        let mut groups: Vec<Group> = other.groups.into_values().collect();
        groups.sort_by(|a, b| a.place.cmp(&b.place));
        for group in groups {
            self.join(group);
        }
    }

    /// The groups of findings: errors first, then in the order of the rules, of the catalog and of its operations.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        let mut groups: Vec<&Group> = self.groups.values().collect();
        groups.sort_by(|a, b| {
            let of = |group: &&Group| (group.level != Level::Error, group.rule, group.operation);
            (of(a), &a.subject).cmp(&(of(b), &b.subject))
        });
        groups.into_iter()
    }

    /// The number of findings of a level, those without a group among the errors.
    #[must_use]
    pub fn count(&self, level: Level) -> u64 {
        let groups = self.groups.values();
        let groups = groups.filter(|group| group.level == level);
        let count: u64 = groups.map(|group| group.count).sum();
        match level {
            Level::Error => count + self.counts.ungrouped,
            Level::Warn | Level::Off => count,
        }
    }

    /// The number of findings that the catalog allows.
    #[must_use]
    pub fn allowed(&self) -> u64 {
        self.allowed.iter().sum()
    }

    /// How often each rule was not judged, and why, in the order of the rules.
    #[must_use]
    pub fn skipped(&self) -> Vec<(Rule, Reason, u64)> {
        let skipped = self.skipped.iter();
        let mut skipped: Vec<_> = skipped
            .map(|((rule, reason), count)| (*rule, *reason, *count))
            .collect();
        skipped.sort_unstable();
        skipped
    }
}
