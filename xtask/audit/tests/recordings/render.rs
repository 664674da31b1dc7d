//! Exchanges as text.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use error_catalog_audit::exchange::{Body, Exchange, Headers, Outcome, Repeated};
use error_catalog_audit::recording::{Error, Input, Recordings, read};

/// The folder of the fixtures.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The exchanges of a file, as text.
pub(crate) fn exchanges(path: &Path) -> Result<(String, Recordings), Error> {
    let text = Mutex::new(String::new());
    let mut sink = |exchange: &Exchange<'_>| render(exchange, &mut text.lock().unwrap());
    let recordings = read(
        &[Input::Path(path.to_owned())],
        std::slice::from_mut(&mut sink),
    )?;
    Ok((text.into_inner().unwrap(), recordings))
}

/// The exchanges of a fixture, its doubts, and its faults.
pub(crate) fn fixture(name: &str) -> String {
    let (mut text, recordings) = exchanges(&fixtures().join(name)).unwrap();
    for recording in recordings.all {
        writeln!(
            text,
            "{} exchanges, {}",
            recording.exchanges, recording.format
        )
        .unwrap();
        for (doubt, count) in recording.doubts.iter() {
            writeln!(text, "{count} {}", doubt.phrase()).unwrap();
        }
        for fault in recording.faults {
            writeln!(text, "fault: {fault}").unwrap();
        }
    }
    text
}

fn render(exchange: &Exchange<'_>, text: &mut String) {
    let Exchange {
        place,
        request,
        outcome,
    } = exchange;
    let method = request.method.as_deref().unwrap_or("?");
    let target = request.target.as_deref().unwrap_or("?");
    write!(text, "{}. {method} {target}", place.exchange).unwrap();
    if let Some(value) = request.headers.first("authorization") {
        write!(text, ", authorization {}", value.escape_ascii()).unwrap();
    }
    match outcome {
        Outcome::None(error) => writeln!(text, "\n   no response: {error}").unwrap(),
        Outcome::Mistaken(mistaken) => writeln!(text, "\n   mistaken: {mistaken:?}").unwrap(),
        Outcome::Response(response) => {
            writeln!(text, "\n   {}", response.status).unwrap();
            headers(&response.headers, text);
            let (kind, bytes) = match &response.body {
                Body::Whole(bytes) => ("whole".to_owned(), &**bytes),
                Body::Parsed(bytes) => ("parsed".to_owned(), &**bytes),
                Body::Cut(bytes) => ("cut".to_owned(), &**bytes),
                Body::Unknown(unknown) => (format!("body unknown: {unknown:?}"), &[][..]),
            };
            writeln!(
                text,
                "   {}",
                format!("{kind} {}", bytes.escape_ascii()).trim_end()
            )
            .unwrap();
        }
    }
}

fn headers(headers: &Headers<'_>, text: &mut String) {
    if headers.repeated != Repeated::Kept {
        writeln!(text, "   headers: {:?}", headers.repeated).unwrap();
    }
    for (name, value) in &headers.fields {
        writeln!(text, "   {name}: {}", value.escape_ascii()).unwrap();
    }
}
