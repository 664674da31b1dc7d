//! Catalogs and exchanges in the notation of `docs/rules.md`.

use std::path::Path;

use codegen::{Catalog, Inputs, Source, compile};
use error_catalog_audit::exchange::{
    Body, Exchange, Headers, Outcome, Place, Repeated, Request, Response,
};
use error_catalog_audit::judge::{Judge, Settings, StreamEnd};
use error_catalog_audit::tally::Tally;

/// The text of a file of the repository.
pub(crate) fn file(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// The catalog that a text is.
pub(crate) fn catalog(text: &str) -> Catalog {
    let inputs = Inputs::new(Source::new("catalog.yaml", text.as_bytes().to_vec()));
    let outcome = compile(&inputs);
    let diagnostics = outcome.diagnostics;
    outcome.value.unwrap_or_else(|| panic!("{diagnostics:?}"))
}

/// The catalog that the sections of `docs/rules.md` are about, as text.
pub(crate) fn documented() -> String {
    let page = file("docs/rules.md");
    let (_, rest) = page.split_once("## Rules about servers").unwrap();
    let (_, rest) = rest.split_once("```yaml\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// The settings of the examples in `docs/rules.md`.
pub(crate) fn settings() -> Settings {
    Settings {
        stream_ends: vec![StreamEnd::new("[DONE]")],
        ..Settings::default()
    }
}

pub(crate) fn headers(lines: &str) -> Headers<'static> {
    let fields = lines.lines().map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        let value = value.trim().as_bytes().to_vec();
        (name.to_owned().into(), value.into())
    });
    Headers {
        fields: fields.collect(),
        repeated: Repeated::Kept,
    }
}

/// An exchange in the notation of `docs/rules.md`: the request, an empty line, the status and the headers of the response,
/// an empty line, and the body to the line break before the end.
pub(crate) fn exchange(text: &str) -> Exchange<'static> {
    let (request, rest) = text.split_once("\n\n").unwrap();
    let (head, body) = rest.split_once("\n\n").unwrap_or((rest, ""));
    let (line, of_request) = request.split_once('\n').unwrap_or((request, ""));
    let (method, target) = line.split_once(' ').unwrap();
    let (status, of_response) = head.split_once('\n').unwrap_or((head, ""));
    let status = status.strip_prefix("HTTP ").unwrap().trim();
    let body = body.strip_suffix('\n').unwrap_or(body);
    Exchange {
        place: Place {
            recording: 0,
            exchange: 1,
        },
        request: Request {
            method: Some(method.to_owned().into()),
            target: Some(target.to_owned().into()),
            headers: headers(of_request),
        },
        outcome: Outcome::Response(Response {
            status: status.parse().unwrap(),
            headers: headers(of_response.trim_end()),
            body: Body::Whole(body.as_bytes().to_vec().into()),
        }),
    }
}

/// The response of an exchange.
pub(crate) fn response<'e>(exchange: &'e mut Exchange<'static>) -> &'e mut Response<'static> {
    match &mut exchange.outcome {
        Outcome::Response(response) => response,
        Outcome::None(_) | Outcome::Mistaken(_) => panic!("the exchange has a response"),
    }
}

/// What a judge finds in exchanges, which are numbered from 1.
pub(crate) fn judged<'j>(judge: &'j Judge<'j>, exchanges: &[Exchange<'_>]) -> Tally<'j> {
    let mut session = judge.session();
    for (number, exchange) in (1..).zip(exchanges) {
        let mut exchange = exchange.clone();
        exchange.place.exchange = number;
        session.judge(&exchange);
    }
    session.finish()
}

/// The ids of the rules that exchanges break, each once.
pub(crate) fn broken(catalog: &Catalog, exchanges: &[Exchange<'_>]) -> Vec<&'static str> {
    let judge = Judge::new(catalog, settings());
    let tally = judged(&judge, exchanges);
    let mut rules: Vec<_> = tally.groups().map(|group| group.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules.into_iter().map(codegen::Rule::id).collect()
}

/// An exchange of the documented API that breaks no rule.
pub(crate) const GOOD: &str = r#"GET /photos/7

HTTP 404
content-type: application/json
x-request-id: req_1
x-should-retry: false

{"error":{"code":"photo_not_found","message":"There is no such photo.","type":"request_error"}}
"#;
