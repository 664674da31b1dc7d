//! The rows of the table, and their goals.

use crate::consumer::table;

/// A line of the table.
pub(crate) struct Row {
    /// The argument that selects it.
    pub(crate) id: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: Unit,
    pub(crate) goal: Goal,
    pub(crate) cost: Cost,
}

/// What a figure counts.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    Instructions,
    Seconds,
    Milliseconds,
    Bytes,
    /// Times the size of the texts.
    Texts,
}

impl Unit {
    pub(crate) fn show(self, figure: f64) -> String {
        match self {
            Self::Instructions if figure >= 1e9 => format!("{:.2} G", figure / 1e9),
            Self::Instructions if figure >= 1e6 => format!("{:.0} M", figure / 1e6),
            Self::Instructions => table::thousands(figure),
            Self::Seconds => format!("{} s", table::figure(figure)),
            Self::Milliseconds => format!("{figure:.0} ms"),
            Self::Bytes => format!("{} MB", table::thousands(figure / 1e6)),
            Self::Texts => format!("{figure:.2}x"),
        }
    }
}

/// When a row is reached.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// At most so many times the figure before.
    Ratio(f64),
    AtMost(f64),
}

impl Goal {
    pub(crate) fn show(self, unit: Unit) -> String {
        match self {
            Self::Ratio(ratio) => format!("{ratio}x"),
            Self::AtMost(most) => unit.show(most),
        }
    }

    pub(crate) fn is_reached(self, before: f64, now: f64) -> bool {
        match self {
            Self::Ratio(ratio) => now <= ratio * before,
            Self::AtMost(most) => now <= most,
        }
    }
}

/// How a row is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    Program(Program),
    Crate(Kind, Compiled),
    RunTime(RunTime),
}

/// What the program does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    Gen,
    GenUnchanged,
    Check,
    Memory,
    Watch,
}

/// A catalog whose crate is compiled.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Codes(usize),
    With(Arguments),
}

/// What is measured of a compilation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compiled {
    CheckTime,
    CheckMemory,
    ReleaseTime,
    Binary,
}

/// What the crate does at run time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunTime {
    Received,
    ShortName,
    LongName,
}

pub(crate) use crate::consumer::Arguments;
use Compiled::{Binary, CheckMemory, CheckTime, ReleaseTime};
use Goal::{AtMost, Ratio};
use Kind::{Codes, With};
use Unit::{Bytes, Instructions, Milliseconds, Seconds, Texts};

const FEW: Kind = Codes(16);
const MANY: Kind = Codes(10_000);
const PICKED: Kind = With(Arguments::Picked);
const DIFFERENT: Kind = With(Arguments::Different);

const fn row(id: &'static str, what: &'static str, unit: Unit, goal: Goal, cost: Cost) -> Row {
    Row {
        id,
        what,
        unit,
        goal,
        cost,
    }
}

const fn program(id: &'static str, what: &'static str, unit: Unit, goal: Goal, of: Program) -> Row {
    row(id, what, unit, goal, Cost::Program(of))
}

const fn compiled(
    id: &'static str,
    what: &'static str,
    goal: Goal,
    kind: Kind,
    of: Compiled,
) -> Row {
    let unit = match of {
        CheckTime | ReleaseTime => Seconds,
        CheckMemory => Bytes,
        Binary => Texts,
    };
    row(id, what, unit, goal, Cost::Crate(kind, of))
}

const fn run_time(id: &'static str, what: &'static str, most: f64, of: RunTime) -> Row {
    row(id, what, Instructions, AtMost(most), Cost::RunTime(of))
}

pub(crate) const ROWS: [Row; 17] = [
    program(
        "gen",
        "`gen`, 10,000 codes, all outputs, instructions",
        Instructions,
        Ratio(0.25),
        Program::Gen,
    ),
    program(
        "gen-unchanged",
        "`gen` that changes nothing, instructions",
        Instructions,
        Ratio(0.25),
        Program::GenUnchanged,
    ),
    program(
        "check",
        "`check`, 10,000 codes, instructions",
        Instructions,
        Ratio(0.35),
        Program::Check,
    ),
    program(
        "gen-memory",
        "peak memory of `gen`, 10,000 codes",
        Bytes,
        Ratio(0.4),
        Program::Memory,
    ),
    compiled(
        "release-16",
        "release build of the generated crate, 16 codes, default features",
        Ratio(0.4),
        FEW,
        ReleaseTime,
    ),
    compiled(
        "cargo-check-16",
        "`cargo check` of it, 16 codes",
        Ratio(0.5),
        FEW,
        CheckTime,
    ),
    compiled(
        "cargo-check-10000",
        "`cargo check`, 10,000 codes",
        Ratio(0.35),
        MANY,
        CheckTime,
    ),
    compiled(
        "release-10000",
        "release build, 10,000 codes",
        Ratio(0.3),
        MANY,
        ReleaseTime,
    ),
    compiled(
        "binary",
        "bytes added to a stripped binary, 10,000 codes, over the raw texts",
        AtMost(1.3),
        MANY,
        Binary,
    ),
    compiled(
        "picked-time",
        "`cargo check`, 1,800 codes with arguments out of twelve",
        Ratio(0.3),
        PICKED,
        CheckTime,
    ),
    compiled(
        "picked-memory",
        "peak memory of that",
        Ratio(0.3),
        PICKED,
        CheckMemory,
    ),
    compiled(
        "different-time",
        "`cargo check`, 1,800 codes with arguments that no other code has",
        Ratio(0.3),
        DIFFERENT,
        CheckTime,
    ),
    compiled(
        "different-memory",
        "peak memory of that",
        Ratio(0.3),
        DIFFERENT,
        CheckMemory,
    ),
    run_time(
        "received",
        "canonical body to a `ReceivedError`, instructions",
        900.0,
        RunTime::Received,
    ),
    run_time(
        "short-name",
        "a name of 1 to 3 bytes to its code, instructions",
        80.0,
        RunTime::ShortName,
    ),
    run_time(
        "long-name",
        "a name above 64 bytes to its code, instructions",
        80.0,
        RunTime::LongName,
    ),
    program(
        "watch",
        "save to finished outputs in `watch`, 1,000 codes, one changed",
        Milliseconds,
        AtMost(60.0),
        Program::Watch,
    ),
];

static ALL: [Row; ROWS.len()] = ROWS;

/// The rows that these arguments select; all, if there are none.
pub(crate) fn select(arguments: &[&String]) -> Result<Vec<&'static Row>, String> {
    let begins = |row: &Row, argument: &str| row.id.starts_with(argument);
    let mut arguments_of_none = arguments
        .iter()
        .filter(|argument| !ALL.iter().any(|row| begins(row, argument)));
    if let Some(unknown) = arguments_of_none.next() {
        return Err(format!("unknown row `{unknown}`"));
    }
    let rows = ALL.iter().filter(|row| {
        arguments.is_empty() || arguments.iter().any(|argument| begins(row, argument))
    });
    Ok(rows.collect())
}
