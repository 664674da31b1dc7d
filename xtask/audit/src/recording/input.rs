//! Opens recordings: files, folders, archives and the standard input, compressed or not.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use fs_err::File;

use crate::recording::archive::Archive;
use crate::recording::beside::Beside;
use crate::recording::cassette::{self, Recorder};
use crate::recording::error::{Error, ErrorKind};
use crate::recording::feed::Feed;
use crate::recording::format::{Format, detect};
use crate::recording::layers::{Frames, prefix};
use crate::recording::limits::{MAX_FILES, MAX_LAYERS, PREFIX};
use crate::recording::sink::Sink;
use crate::recording::summary::{Recording, Skipped};
use crate::recording::{events, har, parallel, reports};

/// Where recordings are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with the files below it.
    Path(PathBuf),
    /// The standard input.
    Standard,
}

impl From<&str> for Input {
    /// The input that an argument names: `-` is the standard input.
    fn from(argument: &str) -> Self {
        match argument {
            "-" => Self::Standard,
            path => Self::Path(path.into()),
        }
    }
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recordings {
    /// Each recording. [`Place::recording`](crate::exchange::Place) is a position in this list.
    pub all: Vec<Recording>,
    /// Files of a folder that are not recordings.
    pub skipped: Vec<Skipped>,
}

/// Reads recordings into sinks.
///
/// JSON lines are divided between the sinks, each with a thread of its own; other recordings go to the first one. The
/// memory does not grow with a recording. What is wrong with a part of a recording is in [`Recording::faults`].
///
/// # Errors
///
/// If an input cannot be opened, is not a recording, or is a folder without any.
///
/// # Example
///
/// ```no_run
/// use error_catalog_audit::exchange::Exchange;
/// use error_catalog_audit::recording::{Input, read};
///
/// let mut exchanges = 0;
/// let recordings = read(&[Input::from("tests.har")], &mut [|_: &Exchange<'_>| exchanges += 1])?;
/// for recording in recordings.all {
///     for (doubt, count) in recording.doubts.iter() {
///         println!("{}: {count} with {}", recording.name, doubt.phrase());
///     }
/// }
/// # Ok::<(), error_catalog_audit::recording::Error>(())
/// ```
pub fn read<S: Sink + Send>(inputs: &[Input], sinks: &mut [S]) -> Result<Recordings, Error> {
    let mut recordings = Recordings::default();
    for input in inputs {
        match input {
            Input::Standard => {
                let stdin = io::stdin().lock();
                let read = text("-", stdin, &Beside::Nowhere, sinks, recordings.all.len());
                recordings.all.push(read.map_err(named("-"))?);
            }
            Input::Path(path) if path.is_dir() => folder(path, sinks, &mut recordings)?,
            Input::Path(path) => {
                file(path, sinks, &mut recordings.all).map_err(named(&path.to_string_lossy()))?;
            }
        }
    }
    Ok(recordings)
}

/// Reads one recording from a text, which may be compressed, into sinks, as [`read`] does. Bodies beside it are not found.
///
/// # Errors
///
/// If the text is not a recording.
///
/// # Example
///
/// ```
/// use error_catalog_audit::exchange::Exchange;
/// use error_catalog_audit::recording::read_text;
///
/// let lines = br#"{"method":"GET","target":"/files","status":500,"body":""}"#;
/// let mut targets = Vec::new();
/// let recording = read_text("lines", &lines[..], &mut [|exchange: &Exchange<'_>| {
///     targets.push(exchange.request.target.as_deref().map(str::to_owned));
/// }])?;
/// assert_eq!(recording.exchanges, 1);
/// assert_eq!(targets, [Some("/files".to_owned())]);
/// # Ok::<(), error_catalog_audit::recording::Error>(())
/// ```
pub fn read_text<S: Sink + Send>(
    name: &str,
    input: impl BufRead,
    sinks: &mut [S],
) -> Result<Recording, Error> {
    text(name, input, &Beside::Nowhere, sinks, 0).map_err(named(name))
}

fn named(name: &str) -> impl FnOnce(ErrorKind) -> Error {
    let recording = name.to_owned();
    |kind| Error { recording, kind }
}

/// Reads all recordings below a folder, in the order of their paths.
fn folder<S: Sink + Send>(
    path: &Path,
    sinks: &mut [S],
    recordings: &mut Recordings,
) -> Result<(), Error> {
    let name = path.to_string_lossy();
    let files = files(path).map_err(named(&name))?;
    let before = recordings.all.len();
    for path in files {
        let name = path.to_string_lossy();
        match file(&path, sinks, &mut recordings.all) {
            Ok(()) => {}
            Err(ErrorKind::Unknown(_) | ErrorKind::Zip(_)) => {
                recordings.skipped.push(Skipped {
                    name: name.into_owned(),
                });
            }
            Err(kind) => return Err(named(&name)(kind)),
        }
    }
    if recordings.all.len() == before {
        return Err(named(&name)(ErrorKind::NoRecording));
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, ErrorKind> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs_err::read_dir(folder).map_err(ErrorKind::Io)? {
            let entry = entry.map_err(ErrorKind::Io)?;
            let kind = entry.file_type().map_err(ErrorKind::Io)?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() && !is_body(&entry.path()) {
                files.push(entry.path());
            }
            if files.len() + folders.len() > MAX_FILES {
                return Err(ErrorKind::TooMany("files"));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Whether a file is a body that Playwright keeps beside a HAR: its name is a SHA-1.
fn is_body(path: &Path) -> bool {
    path.file_stem()
        .and_then(|stem| stem.to_str())
        .is_some_and(|stem| stem.len() == 40 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn file<S: Sink + Send>(
    path: &Path,
    sinks: &mut [S],
    all: &mut Vec<Recording>,
) -> Result<(), ErrorKind> {
    let name = path.to_string_lossy();
    let mut file = File::open(path).map_err(ErrorKind::Io)?;
    let mut magic = Vec::new();
    (&mut file)
        .take(4)
        .read_to_end(&mut magic)
        .map_err(ErrorKind::Io)?;
    if magic == *b"PK\x03\x04" {
        let archive = Archive::open(file.into_parts().0)?;
        let recordings = archive.recordings();
        if recordings.is_empty() {
            return Err(ErrorKind::Zip("missing a file `.har`".to_owned()));
        }
        for recording in recordings {
            let reader = BufReader::new(archive.reader(recording)?);
            let beside = Beside::Archive(&archive);
            all.push(text(
                &format!("{name}/{recording}"),
                reader,
                &beside,
                sinks,
                all.len(),
            )?);
        }
        return Ok(());
    }
    let beside = Beside::Folder(path.parent().unwrap_or(Path::new("")).to_owned());
    let reader = BufReader::with_capacity(PREFIX, Cursor::new(magic).chain(file));
    all.push(text(&name, reader, &beside, sinks, all.len())?);
    Ok(())
}

/// Reads a recording from a text, which may be compressed.
fn text<S: Sink + Send>(
    name: &str,
    input: impl BufRead,
    beside: &Beside<'_>,
    sinks: &mut [S],
    number: usize,
) -> Result<Recording, ErrorKind> {
    let mut input: Box<dyn BufRead + '_> = Box::new(input);
    for _ in 0..=MAX_LAYERS {
        let (begin, whole) = prefix(input, 4)?;
        input = match *begin {
            [0x1F, 0x8B, ..] => Box::new(BufReader::with_capacity(
                PREFIX,
                flate2::bufread::MultiGzDecoder::new(whole),
            )),
            [0x28, 0xB5, 0x2F, 0xFD] => Box::new(BufReader::with_capacity(
                PREFIX,
                Frames::new(Box::new(whole)),
            )),
            [b'P', b'K', 3, 4] => return Err(ErrorKind::ZipFromInput),
            _ => {
                let (begin, whole) = prefix(whole, PREFIX as u64)?;
                let format = detect(&begin).map_err(ErrorKind::Unknown)?;
                let recording = Recording::new(name.to_owned(), format);
                return Ok(dispatch(whole, beside, sinks, number, recording));
            }
        };
    }
    Err(ErrorKind::TooMany("layers of compression"))
}

fn dispatch<S: Sink + Send>(
    input: impl BufRead,
    beside: &Beside<'_>,
    sinks: &mut [S],
    number: usize,
    recording: Recording,
) -> Recording {
    let format = recording.format;
    if format == Format::Lines {
        return parallel::read(input, sinks, number, &recording);
    }
    let Some(sink) = sinks.first_mut() else {
        return recording;
    };
    let mut feed = Feed::new(sink, number, recording);
    match format {
        Format::Har => har::read(input, beside, &mut feed),
        Format::VcrYaml => cassette::yaml(input, &mut feed, Recorder::Vcrpy),
        Format::VcrJson => cassette::json(input, &mut feed),
        Format::SchemathesisVcr => cassette::yaml(input, &mut feed, Recorder::Schemathesis),
        Format::SchemathesisEvents => events::read(input, &mut feed),
        Format::Newman => reports::newman(input, &mut feed),
        Format::Bruno => reports::bruno(input, &mut feed),
        Format::Lines => {}
    }
    feed.recording
}
