//! JSON lines, in the form of `docs/live-check.md`.

use std::fmt::Write;

use error_catalog_audit::exchange::Exchange;
use error_catalog_audit::recording::{Input, Sink, read, read_text};
use expect_test::expect;

use crate::render::exchanges;

fn of_lines(lines: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines");
    std::fs::write(&path, lines).unwrap();
    let (mut text, recordings) = exchanges(&path).unwrap();
    for fault in &recordings.all.first().unwrap().faults {
        writeln!(text, "fault: {fault}").unwrap();
    }
    text
}

#[test]
fn a_line_states_what_is_known() {
    expect![[r#"
        1. POST /files?limit=1, authorization Bearer made-up
           429
           Content-Type: application/json
           Retry-After: 2
           Retry-After: 7
           whole {\"error\":{}}
        2. GET https://api.example.com/files
           404
           headers: One
           content-type: application/json
           parsed {\"error\": {\"code\": \"x\"}}
        4. GET /file
           400
           x-name: caf\xc3\xa9
           whole \xff\x00
        5. GET /stream
           200
           headers: Absent
           cut data: one\n\n
        6. GET /stream
           200
           headers: Absent
           body unknown: Lost
        7. DELETE /file
           204
           headers: Absent
           whole
        8. GET /empty
           500
           headers: Absent
           whole
        9. GET /left-out
           500
           headers: Absent
           content-type: text/html
           body unknown: Omitted
        10. GET /down
           no response: connection refused
        11. GET /down
           no response: 
        12. GET /hints
           mistaken: Interim
        13. ? ?
           500
           headers: Absent
           body unknown: Omitted
    "#]]
    .assert_eq(&of_lines(concat!(
        r#"{"method":"POST","target":"/files?limit=1","status":429,"request_headers":[["Authorization","Bearer made-up"]],"#,
        r#""headers":[["Content-Type","application/json"],["Retry-After","2"],["Retry-After","7"]],"body":"{\"error\":{}}"}"#,
        "\n",
        r#"{"method":"GET","url":"https://api.example.com/files","status":"404","headers":{"content-type":"application/json"},"body":{"error": {"code": "x"}},"more":[1]}"#,
        "\n\n",
        r#"{"method":"GET","target":"/file","status":400,"headers":{"x-name":["café"]},"body_base64":"/wA="}"#,
        "\n",
        r#"{"method":"GET","target":"/stream","status":200,"body":"data: one\n\n","cut":true}"#,
        "\n",
        r#"{"method":"GET","target":"/stream","status":200,"cut":true}"#,
        "\n",
        r#"{"method":"DELETE","target":"/file","status":204}"#,
        "\n",
        r#"{"method":"GET","target":"/empty","status":500,"body":""}"#,
        "\n",
        r#"{"method":"GET","target":"/left-out","status":500,"headers":{"content-type":"text/html","retry-after":"-","x-request-id":""},"repeated":"absent"}"#,
        "\n",
        r#"{"method":"GET","target":"/down","error":"connection refused"}"#,
        "\n",
        r#"{"method":"GET","target":"/down","status":0}"#,
        "\n",
        r#"{"method":"GET","target":"/hints","status":103}"#,
        "\n",
        r#"{"status":500}"#,
    )).replace("   headers: Kept\n", ""));
}

#[test]
fn a_line_that_cannot_be_read_is_told_and_the_rest_is_read() {
    expect![[r"
        1. GET /a
           500
           headers: Absent
           body unknown: Omitted
        6. GET /b
           500
           headers: Absent
           body unknown: Omitted
        fault: line 2: EOF while parsing a string at line 1 column 29
        fault: line 3: 999 is not a status
        fault: line 4: `body_base64` is not base64
        fault: line 5: a body that was cut is not a string
    "]]
    .assert_eq(&of_lines(concat!(
        r#"{"method":"GET","target":"/a","status":500}"#,
        "\n",
        r#"{"method":"GET","target":"/lo"#,
        "\n",
        r#"{"method":"GET","target":"/a","status":999}"#,
        "\n",
        r#"{"method":"GET","target":"/a","status":400,"body_base64":"*"}"#,
        "\n",
        r#"{"method":"GET","target":"/a","status":400,"body":{},"cut":true}"#,
        "\r\n",
        r#"{"method":"GET","target":"/b","status":500}"#,
        "\r\n",
    )));
}

/// Counts exchanges, and adds up their numbers.
#[derive(Default)]
struct Sum {
    exchanges: u64,
    numbers: u64,
}

impl Sink for Sum {
    fn exchange(&mut self, exchange: &Exchange<'_>) {
        self.exchanges += 1;
        self.numbers += exchange.place.exchange;
    }
}

/// Panics at the first exchange.
struct Panics;

impl Sink for Panics {
    fn exchange(&mut self, _: &Exchange<'_>) {
        panic!("the sink panics");
    }
}

#[test]
fn a_sink_that_panics_ends_the_reading() {
    let lines = "{\"status\":500}\n".repeat(500_000);
    let read = std::panic::catch_unwind(|| read_text("-", lines.as_bytes(), &mut [Panics, Panics]));
    assert_eq!(read.unwrap_err().downcast_ref(), Some(&"the sink panics"));
    let read = read_text("-", lines.as_bytes(), &mut [(); 0].map(|()| Panics));
    assert_eq!(read.unwrap().exchanges, 0);
}

#[test]
fn several_sinks_divide_the_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines");
    let line = r#"{"method":"GET","target":"/files","status":429,"headers":{},"body":"{\"error\":{\"code\":\"x\"}}"}"#;
    let lines = 20_000;
    std::fs::write(&path, format!("{line}\n").repeat(lines)).unwrap();
    let mut sinks = [Sum::default(), Sum::default(), Sum::default()];
    let recordings = read(&[Input::Path(path)], &mut sinks).unwrap();
    let lines = lines as u64;
    assert_eq!(recordings.all.first().unwrap().exchanges, lines);
    assert_eq!(sinks.iter().map(|sink| sink.exchanges).sum::<u64>(), lines);
    assert_eq!(
        sinks.iter().map(|sink| sink.numbers).sum::<u64>(),
        lines * (lines + 1) / 2
    );
}
