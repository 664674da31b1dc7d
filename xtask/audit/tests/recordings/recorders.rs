//! The exact exchanges of each recorder.

use expect_test::expect_file;

use crate::render::fixture;

macro_rules! recorded {
    ($($name:ident: $file:literal;)*) => {
        $(
            #[test]
            fn $name() {
                expect_file![concat!("../fixtures/expected/", stringify!($name), ".txt")].assert_eq(&fixture($file));
            }
        )*
    };
}

recorded! {
    playwright_embed: "playwright/embed.har";
    playwright_minimal: "playwright/minimal.har";
    playwright_omit: "playwright/omit.har";
    playwright_attach: "playwright/attach/attach.har";
    playwright_zip: "playwright/attach.zip";
    chrome_har: "chrome-har.har";
    mitmproxy_buffered: "mitmproxy/buffered.har";
    mitmproxy_streamed: "mitmproxy/streamed.har";
    vcrpy_requests: "vcrpy/requests.yaml";
    vcrpy_httpx: "vcrpy/httpx.yaml";
    vcrpy_json: "vcrpy/requests.json";
    schemathesis_har: "schemathesis/lossy.har";
    schemathesis_har_with_bytes: "schemathesis/bytes.har";
    schemathesis_vcr: "schemathesis/lossy.yaml";
    schemathesis_vcr_with_bytes: "schemathesis/bytes.yaml";
    schemathesis_events: "schemathesis/events.ndjson";
    polly: "node/polly.har";
    newman: "node/newman.json";
    bruno: "node/bruno.json";
    json_lines: "lines.jsonl";
}
