//! Files, folders, compression, and what is not a recording.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use error_catalog_audit::recording::limits::{MAX_BODY, MAX_EXCHANGE};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::render::{exchanges, fixture, fixtures};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What is read of a file with this content, and what is wrong with it.
fn read(content: &[u8]) -> (String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("recording");
    std::fs::write(&path, content).unwrap();
    match exchanges(&path) {
        Ok((text, recordings)) => {
            let faults = recordings
                .all
                .iter()
                .flat_map(|recording| &recording.faults);
            (text, faults.map(ToString::to_string).collect())
        }
        Err(error) => (String::new(), vec![error.kind_of(&path)]),
    }
}

trait WithoutPath {
    fn kind_of(&self, path: &Path) -> String;
}

impl WithoutPath for error_catalog_audit::recording::Error {
    fn kind_of(&self, path: &Path) -> String {
        self.to_string().replace(&*path.to_string_lossy(), "FILE")
    }
}

#[test]
fn a_recording_may_be_compressed_in_parts() {
    let bytes = std::fs::read(fixtures().join("vcrpy/httpx.yaml")).unwrap();
    let (plain, faults) = read(&bytes);
    assert_eq!(faults, Vec::<String>::new());
    assert_ne!(plain, "");
    let (begin, end) = bytes.split_at(1000);
    let members = [gzip(begin), gzip(end)].concat();
    assert_eq!(read(&members), (plain.clone(), Vec::new()));
    let frame = |bytes: &[u8]| {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    };
    let frames = [frame(begin), frame(end)].concat();
    assert_eq!(read(&frames), (plain.clone(), Vec::new()));
    assert_eq!(read(&gzip(&frames)), (plain, Vec::new()));
    let deep = (0..5).fold(bytes, |bytes, _| gzip(&bytes));
    assert_eq!(read(&deep).1, ["FILE: too many layers of compression"]);
}

#[test]
fn a_compressed_recording_that_is_damaged_is_read_up_to_there() {
    let bytes = std::fs::read(fixtures().join("mitmproxy/buffered.har")).unwrap();
    let mut compressed = gzip(&bytes);
    compressed.truncate(compressed.len() / 2);
    let (text, faults) = read(&compressed);
    assert!(
        text.starts_with("1. GET http://127.0.0.1:4477/none\n"),
        "{text}"
    );
    assert_eq!(faults.len(), 1);
    assert!(
        faults.concat().ends_with("; the rest was not read"),
        "{faults:?}"
    );
}

#[test]
fn all_recordings_below_a_folder_are_read_in_order() {
    let (text, recordings) = exchanges(&fixtures().join("playwright")).unwrap();
    let names: Vec<String> = recordings
        .all
        .iter()
        .map(|recording| {
            recording
                .name
                .rsplit_once("playwright/")
                .unwrap()
                .1
                .to_owned()
        })
        .collect();
    // The bodies beside `attach/attach.har` are not recordings.
    let expected = [
        "attach/attach.har",
        "attach.zip/zip.har",
        "embed.har",
        "minimal.har",
        "omit.har",
    ];
    assert_eq!(names.len(), expected.len(), "{names:?}");
    assert_eq!(recordings.skipped, []);
    assert!(text.contains("1. GET"));
    let (_, recordings) = exchanges(&fixtures().join("schemathesis")).unwrap();
    assert_eq!(recordings.all.len(), 5);
}

#[test]
fn a_file_of_another_format_is_an_error_and_in_a_folder_it_is_skipped() {
    let error = |text: &str| read(text.as_bytes()).1.concat();
    let unknown = "FILE: unknown format: expected a HAR, a cassette of vcrpy or Schemathesis, events of Schemathesis, \
                   a JSON report of Newman or Bruno, or JSON lines with `status` or `error`";
    assert_eq!(error("hello"), unknown);
    assert_eq!(error("{\"openapi\":\"3.1.0\"}"), unknown);
    assert_eq!(error(""), format!("{unknown}; the file is empty"));
    assert_eq!(
        error("4:flow;"),
        format!(
            "{unknown}; it looks like a flow of mitmproxy; write it as HAR: `mitmdump -nr FILE --set hardump=FILE.har`"
        )
    );
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        exchanges(folder.path()).unwrap_err().kind_of(folder.path()),
        "FILE: the folder has no recording"
    );
    std::fs::write(folder.path().join("README.md"), "hello").unwrap();
    std::fs::write(folder.path().join("a.jsonl"), "{\"status\":500}").unwrap();
    let (_, recordings) = exchanges(folder.path()).unwrap();
    assert_eq!(recordings.skipped.len(), 1);
    let missing = exchanges(&folder.path().join("missing.har")).unwrap_err();
    assert!(missing.to_string().contains("missing.har"), "{missing}");
}

#[test]
fn an_entry_with_a_wrong_member_is_told_and_the_rest_is_read() {
    let (text, faults) = read(
        br#"{"log":{"creator":{"name":"Playwright"},"entries":[
            {"request":{"method":"GET","url":"/a"},"response":{"status":{}}},
            {"request":5},
            {"request":{"method":"GET","url":"/b"},"response":{"status":204,"headers":[],"content":{"size":-1}}}]}}"#,
    );
    assert_eq!(text, "3. GET /b\n   204\n   whole\n");
    assert_eq!(
        faults,
        [
            "byte 64, exchange 1: invalid type: map, expected a status at line 1 column 62",
            "byte 142, exchange 2: invalid type: integer `5`, expected struct Asked at line 1 column 12",
        ]
    );
}

#[test]
fn a_recording_that_ends_early_is_read_up_to_there() {
    let bytes = std::fs::read(fixtures().join("playwright/embed.har")).unwrap();
    let (text, faults) = read(bytes.get(..bytes.len() / 2).unwrap());
    assert!(
        text.starts_with("1. GET http://127.0.0.1:4477/page\n"),
        "{text}"
    );
    assert_eq!(faults.len(), 1);
    assert!(
        faults
            .concat()
            .ends_with("the text ends inside of a value; the rest was not read"),
        "{faults:?}"
    );
}

#[test]
fn bodies_beside_a_recording_are_only_read_from_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("outside.json"), "{}").unwrap();
    let path = folder.path().join("in/a.har");
    for file in ["../outside.json", "missing.json", "/etc/hostname", ".", ""] {
        let har = format!(
            r#"{{"log":{{"creator":{{"name":"Playwright"}},"entries":[{{"request":{{}},"response":
                {{"status":500,"headers":[],"content":{{"size":2,"_file":"{file}"}}}}}}]}}}}"#
        );
        std::fs::write(&path, har).unwrap();
        assert_eq!(
            exchanges(&path).unwrap().0,
            "1. ? ?\n   500\n   body unknown: Omitted\n",
            "{file}"
        );
    }
}

#[test]
fn a_body_that_inflates_too_far_is_left_out() {
    let bomb = STANDARD.encode(gzip(&vec![b' '; MAX_BODY + 1]));
    let har = format!(
        r#"{{"log":{{"creator":{{"name":"Playwright"}},"entries":[{{"request":{{}},"response":{{"status":500,
            "headers":[{{"name":"content-encoding","value":"gzip"}}],"content":{{"text":"{bomb}","encoding":"base64"}}}}}}]}}}}"#
    );
    let (text, faults) = read(har.as_bytes());
    assert_eq!(
        text,
        "1. ? ?\n   500\n   content-encoding: gzip\n   body unknown: Omitted\n"
    );
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn a_text_that_inflates_too_far_is_refused() {
    let long = |begin: &str| [begin.as_bytes(), &vec![b'a'; MAX_EXCHANGE + 1]].concat();
    let message = format!("larger than {MAX_EXCHANGE} bytes");
    let (_, faults) = read(&gzip(&long("{\"status\":500,\"body\":\"")));
    assert_eq!(
        faults,
        [format!("line 1: {message}; the rest was not read")]
    );
    let (_, faults) = read(&long("{\"log\":{\"entries\":[\""));
    assert_eq!(faults.len(), 1);
    let (_, faults) = read(&long("{\"Initialize\":\""));
    assert_eq!(faults, [format!("line 1, exchange 1: {message}")]);
}

#[test]
fn aliases_cannot_multiply_an_interaction() {
    let mut yaml = "interactions:\n- a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let all = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(yaml, "  a{level}: &a{level} [{all}]").unwrap();
    }
    let (_, faults) = read(yaml.as_bytes());
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn after_an_interim_response_the_responses_of_a_python_client_are_not_known() {
    let entry = |url: &str, status: u16| {
        format!(
            "- request: {{method: GET, uri: {url}, headers: {{}}}}\n  response: {{status: {{code: {status}}}, \
             headers: {{}}, body: {{string: ''}}}}\n"
        )
    };
    let yaml = format!(
        "interactions:\n{}{}{}",
        entry("/a", 500),
        entry("/hints", 103),
        entry("/b", 400)
    );
    let (text, faults) = read(yaml.as_bytes());
    assert_eq!(
        text,
        "1. GET /a\n   500\n   whole\n2. GET /hints\n   mistaken: Interim\n3. GET /b\n   mistaken: Shifted\n"
    );
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn each_fixture_has_exchanges_and_no_fault() {
    let text = fixture("");
    assert!(!text.contains("fault:"), "{text}");
}
