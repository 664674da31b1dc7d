//! What can be wrong with a recording.

use std::fmt;
use std::io;

/// An error that ends the reading.
#[derive(Debug)]
pub struct Error {
    /// The file, or `-` for the standard input.
    pub recording: String,
    /// What is wrong.
    pub kind: ErrorKind,
}

/// What is wrong with a recording as a whole.
#[derive(Debug)]
pub enum ErrorKind {
    /// The file or folder cannot be opened or read.
    Io(io::Error),
    /// The file is not a recording of a known format. The text is what it looks like, or empty.
    Unknown(&'static str),
    /// The folder has no recording.
    NoRecording,
    /// A zip archive comes from the standard input, where it cannot be read.
    ZipFromInput,
    /// The archive is damaged, or has no `.har`.
    Zip(String),
    /// There are more files or layers of compression than the reader takes.
    TooMany(&'static str),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.recording)?;
        match &self.kind {
            ErrorKind::Io(error) => write!(out, "{error}"),
            ErrorKind::Unknown(likely) => {
                out.write_str(
                    "unknown format: expected a HAR, a cassette of vcrpy or Schemathesis, events of \
                     Schemathesis, a JSON report of Newman or Bruno, or JSON lines with `status` or `error`",
                )?;
                if likely.is_empty() {
                    Ok(())
                } else {
                    write!(out, "; {likely}")
                }
            }
            ErrorKind::NoRecording => out.write_str("the folder has no recording"),
            ErrorKind::ZipFromInput => {
                out.write_str("a zip archive cannot be read from the standard input; name the file")
            }
            ErrorKind::Zip(error) => write!(out, "zip archive: {error}"),
            ErrorKind::TooMany(what) => write!(out, "too many {what}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            ErrorKind::Io(error) => Some(error),
            _ => None,
        }
    }
}

/// A part of a recording that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where the part begins.
    pub at: At,
    /// The number of the exchange, if the part is one. Counts from 1.
    pub exchange: Option<u64>,
    /// What is wrong.
    pub message: String,
    /// Whether the rest of the recording was read.
    pub rest: Rest,
}

/// What became of the rest of a recording after a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rest {
    /// It was read.
    Read,
    /// It was not read.
    Lost,
}

/// A place in the text of a recording, after decompression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// A line. Counts from 1.
    Line(u64),
    /// A byte. Counts from 0.
    Byte(u64),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            At::Line(line) => write!(out, "line {line}")?,
            At::Byte(byte) => write!(out, "byte {byte}")?,
        }
        if let Some(exchange) = self.exchange {
            write!(out, ", exchange {exchange}")?;
        }
        write!(out, ": {}", self.message)?;
        match self.rest {
            Rest::Read => Ok(()),
            Rest::Lost => out.write_str("; the rest was not read"),
        }
    }
}
