//! What is measured, and the figures to beat.

use std::fmt;

use super::{NAMESPACES, SIZES, UNUSUAL_NAMES, WITHOUT_PEER};
use crate::consumer::ours::{ALL_STYLES, WITH_OPERATIONS};
use crate::consumer::table;

use Target::{AtMost, TimesOurs};

/// Something that a server or a client does, and who does it. The first line is the generated crate.
pub(crate) struct Task {
    pub(crate) title: String,
    /// The task as the subject knows it.
    pub(crate) name: &'static str,
    /// The number of codes.
    pub(crate) size: usize,
    pub(crate) lines: Vec<Line>,
}

pub(crate) struct Line {
    pub(crate) title: &'static str,
    /// The one who does it, as the subject knows them.
    pub(crate) who: &'static str,
    pub(crate) target: Option<Target>,
}

impl Line {
    const fn new(title: &'static str, who: &'static str) -> Self {
        Self {
            title,
            who,
            target: None,
        }
    }

    const fn target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// The cost is at most so many instructions.
    AtMost(f64),
    /// The cost is at least so many times that of the generated crate.
    TimesOurs(f64),
}

impl Target {
    pub(crate) fn is_met(self, cost: f64, ours: f64) -> bool {
        match self {
            AtMost(most) => cost <= most,
            TimesOurs(least) => cost / ours >= least,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AtMost(most) => write!(formatter, "at most {most}"),
            TimesOurs(least) => write!(formatter, "at least {least}"),
        }
    }
}

/// The instructions of 40 nanoseconds on a processor that does eight in a nanosecond at best, and five as a rule.
const COUNTED: f64 = 200.0;

pub(crate) fn tasks() -> Vec<Task> {
    let mut tasks = vec![
        write("write-constant", "write a message of the catalog", 16.0),
        write(
            "write-param",
            "write a message of the catalog and a param",
            16.0,
        ),
        write(
            "write-dynamic",
            "write a message of 84 characters and a param",
            5.0,
        ),
        Task {
            title: "from a code to bytes".to_owned(),
            name: "code-to-bytes",
            size: 1_000,
            lines: vec![
                Line::new("ours, ErrorCode::json", "ours"),
                Line::new("ours, ApiError::new and write_json", "ours-error"),
                Line::new("thiserror, strum, serde_json", "peer").target(TimesOurs(16.0)),
            ],
        },
        Task {
            title: "read a canonical body".to_owned(),
            name: "read",
            size: 1_000,
            lines: vec![
                Line::new("ours, Envelope::from_json", "ours"),
                Line::new("ours, ReceivedError::from_parts", "ours-received"),
                Line::new("ours, the same with three headers", "ours-headers"),
                Line::new("serde_json, a struct of Cow", "cow").target(TimesOurs(3.0)),
                Line::new("sonic-rs, the same struct", "sonic"),
                Line::new("serde_json::Value", "value"),
            ],
        },
    ];
    tasks.extend([
        Task {
            title: "count an error of one of 100 operations".to_owned(),
            name: "observe",
            size: WITH_OPERATIONS,
            lines: vec![
                Line::new("ours, both", "both").target(AtMost(COUNTED)),
                Line::new("ours, count it", "count"),
                Line::new("ours, find the operation", "find"),
            ],
        },
        Task {
            title: "answer a request with an error, EnvelopeLayer".to_owned(),
            name: "answer",
            size: WITH_OPERATIONS,
            lines: vec![
                Line::new("ours, without the feature metrics", "off"),
                Line::new("ours, with it", "on"),
            ],
        },
        Task {
            title: "answer a request with a success, EnvelopeLayer".to_owned(),
            name: "answer",
            size: WITH_OPERATIONS,
            lines: vec![
                Line::new("ours, without the feature metrics", "success-off"),
                Line::new("ours, with it", "success-on"),
            ],
        },
    ]);
    tasks.extend(STYLES.map(write_in));
    tasks.extend(STYLES.map(read_in));
    for size in SIZES {
        tasks.push(parse("parse-hit", "a known name", size));
        tasks.push(parse(
            "parse-miss",
            "an unknown name of the same length",
            size,
        ));
    }
    tasks.extend(unusual_tasks());
    tasks
}

/// What only some catalogs have.
fn unusual_tasks() -> Vec<Task> {
    let task = |title: &str, name, size, lines| Task {
        title: title.to_owned(),
        name,
        size,
        lines,
    };
    let parse = |target| {
        let line = Line::new("ours, from_wire", "ours");
        vec![line.target(AtMost(target))]
    };
    let retry = || vec![Line::new("ours, ReceivedError::retry", "ours")];
    vec![
        task(
            "parse a name of 1 to 3 bytes",
            "parse-short",
            UNUSUAL_NAMES,
            parse(80.0),
        ),
        task(
            "parse a name of 65 to 104 bytes",
            "parse-long",
            UNUSUAL_NAMES,
            parse(80.0),
        ),
        task(
            "parse a complete name, namespaces",
            "parse-hit",
            NAMESPACES,
            parse(85.0),
        ),
        task(
            "parse a name in bodies, namespaces",
            "parse-sent",
            NAMESPACES,
            parse(85.0),
        ),
        task(
            "read a canonical body, namespaces",
            "read",
            NAMESPACES,
            vec![
                Line::new("ours, Envelope::from_json", "ours"),
                Line::new("ours, ReceivedError::from_parts", "ours-received"),
            ],
        ),
        task("advise about a retry", "retry", 1_000, retry()),
        task(
            "advise about a retry, statuses of operations",
            "retry",
            NAMESPACES,
            retry(),
        ),
    ]
}

fn write(name: &'static str, title: &str, times: f64) -> Task {
    Task {
        title: title.to_owned(),
        name,
        size: 1_000,
        lines: vec![
            Line::new("ours, write_json, reused String", "ours"),
            Line::new("serde_json derive, reused Vec", "derive").target(TimesOurs(times)),
            Line::new("serde_json derive, to_vec", "to_vec"),
            Line::new("problem_details, reused Vec", "problem_details"),
        ],
    }
}

/// A style as the subject knows it, and with the other ways to read it.
type Style = [&'static str; 3];

const STYLES: [Style; 5] = [
    ["openai", "openai-received", "openai-value"],
    ["problem", "problem-received", "problem-value"],
    ["anthropic", "anthropic-received", "anthropic-value"],
    ["google", "google-received", "google-value"],
    ["jsonapi", "jsonapi-received", "jsonapi-value"],
];

fn write_in([style, _, value]: Style) -> Task {
    Task {
        title: format!("write a message of the catalog in the style {style}"),
        name: "write-style",
        size: ALL_STYLES,
        lines: vec![
            Line::new("ours, write_json, reused String", style),
            Line::new("serde_json::Value, reused Vec", value).target(TimesOurs(16.0)),
        ],
    }
}

fn read_in([style, received, value]: Style) -> Task {
    Task {
        title: format!("read a canonical body in the style {style}"),
        name: "read-style",
        size: ALL_STYLES,
        lines: vec![
            Line::new("ours, Envelope::from_json", style),
            Line::new("ours, ReceivedError::from_parts", received),
            Line::new("serde_json::Value", value).target(TimesOurs(3.0)),
        ],
    }
}

fn parse(name: &'static str, title: &str, size: usize) -> Task {
    let is_hit = name == "parse-hit";
    let mut ours = Line::new("ours, from_wire", "ours");
    let mut strum = Line::new("strum, EnumString", "strum");
    if size > 100 {
        ours = ours.target(AtMost(if is_hit { 85.0 } else { 65.0 }));
    }
    match size {
        // The inverse of 1.1.
        16 => strum = strum.target(TimesOurs(0.909)),
        1_000 => strum = strum.target(TimesOurs(5.0)),
        _ => {}
    }
    let mut lines = vec![ours];
    if size != WITHOUT_PEER {
        lines.extend([strum, Line::new("serde, derived Deserialize", "serde")]);
    }
    Task {
        title: format!("parse {title}, {} codes", table::thousands(size)),
        name,
        size,
        lines,
    }
}
