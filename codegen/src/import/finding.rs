//! Notes about parts of a source.

use std::fmt;

use super::text::escaped;

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A line, counting from 1.
    Line(usize),
    /// The path to a value of a document, separated by dots.
    Path(String),
    /// The source as a whole.
    Source,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(formatter, "{line}"),
            Self::Path(path) => formatter.write_str(&escaped(path)),
            Self::Source => Ok(()),
        }
    }
}

/// A part of a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A row: one error.
    #[default]
    Row,
    /// A table, or another list.
    Table,
    /// A column of a table.
    Column,
    /// A reference of a document.
    Reference,
    /// A value of an enum.
    EnumValue,
    /// A line, or a block of lines.
    Line,
    /// A type of errors.
    Type,
    /// An enum of a program.
    Enum,
}

impl Part {
    /// What the parts of a source are called.
    ///
    /// ```
    /// use error_catalog_codegen::import::Part;
    ///
    /// assert_eq!(Part::EnumValue.noun(), "enum value");
    /// ```
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Table => "table",
            Self::Column => "column",
            Self::Reference => "reference",
            Self::EnumValue => "enum value",
            Self::Line => "line",
            Self::Type => "type",
            Self::Enum => "enum",
        }
    }
}

/// A note about a part of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub part: Part,
    /// Where it is.
    pub place: Place,
    /// One sentence without a final full stop.
    pub message: String,
}

impl Finding {
    pub(super) fn new(place: &Place, message: impl Into<String>) -> Self {
        Self {
            part: Part::Row,
            place: place.clone(),
            message: escaped(&message.into()),
        }
    }

    /// The note, about another part than a row.
    pub(super) fn of(self, part: Part) -> Self {
        Self { part, ..self }
    }
}
