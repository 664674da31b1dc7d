//! Every error of every catalog is read in every style, and breaks no rule.

use codegen::catalog::{Catalog, CodeId, Condition, Example, RetryRule, Shape};
use codegen::emit::body_in;
use error_catalog_audit::exchange::{
    Body, Exchange, Headers, Outcome, Place, Repeated, Request, Response,
};
use error_catalog_audit::judge::Judge;
use error_catalog_audit::tally::Tally;

use super::support::{catalog, file, judged, settings};

/// The request that gets a style, if one does.
fn request(catalog: &Catalog, shape: &Shape) -> Option<Request<'static>> {
    let envelope = &catalog.envelope;
    let choice = envelope
        .choices
        .iter()
        .find(|choice| choice.style == shape.name);
    let (path, header) = match choice.map(|choice| &choice.condition) {
        Some(condition @ Condition::Path(_)) => {
            (condition.stated().1.replace(['{', '}'], ""), None)
        }
        Some(Condition::Header(name)) => {
            ("/unknown".to_owned(), Some((name.clone(), "1".to_owned())))
        }
        Some(Condition::Accept(media_type)) => (
            "/unknown".to_owned(),
            Some(("accept".to_owned(), media_type.clone())),
        ),
        None if envelope.is_acceptable(shape) || envelope.choices.is_empty() => {
            let accept = ("accept".to_owned(), shape.content_type.clone());
            ("/unknown".to_owned(), Some(accept))
        }
        None => return None,
    };
    let fields = header.map(|(name, value)| (name.into(), value.into_bytes().into()));
    Some(Request {
        method: Some("GET".into()),
        target: Some(path.into()),
        headers: Headers {
            fields: fields.into_iter().collect(),
            repeated: Repeated::Kept,
        },
    })
}

/// The exchange in which an error is sent as the catalog says.
fn sent(
    catalog: &Catalog,
    example: &Example<'_>,
    shape: &Shape,
    retryable: bool,
) -> Option<Exchange<'static>> {
    let mut fields = vec![
        ("content-type".to_owned(), shape.content_type.clone()),
        (catalog.envelope.request_id.clone(), "req_1".to_owned()),
        ("x-should-retry".to_owned(), retryable.to_string()),
    ];
    if example
        .code
        .is_some_and(|code| code.retry == RetryRule::After)
    {
        fields.push(("retry-after".to_owned(), "1".to_owned()));
    }
    if let Some(code) = example.code {
        let own = code.headers.iter();
        fields.extend(own.map(|header| (header.name.clone(), code.header_example(header))));
    }
    let fields = fields.into_iter();
    Some(Exchange {
        place: Place {
            recording: 0,
            exchange: 1,
        },
        request: request(catalog, shape)?,
        outcome: Outcome::Response(Response {
            status: example.status.get(),
            headers: Headers {
                fields: fields
                    .map(|(name, value)| (name.into(), value.into_bytes().into()))
                    .collect(),
                repeated: Repeated::Kept,
            },
            body: Body::Whole(
                body_in(catalog, example, shape)
                    .to_string()
                    .into_bytes()
                    .into(),
            ),
        }),
    })
}

fn catalogs() -> Vec<(String, Catalog)> {
    let fixtures = [
        "arguments",
        "details",
        "extras",
        "families",
        "hostile_markup",
        "hostile_names",
        "hostile_strings",
        "hostile_unicode",
        "integers",
        "lifecycle",
        "minimal",
        "namespaces",
        "problem",
        "shapes",
    ];
    let paths = fixtures.map(|name| format!("codegen/tests/fixtures/good/{name}/catalog.yaml"));
    let others = [
        "codegen/tests/fixtures/ready/catalog.yaml",
        "catalog/catalog.yaml",
    ];
    let paths = paths.into_iter().chain(others.map(str::to_owned));
    paths
        .map(|path| (path.clone(), catalog(&file(&path))))
        .collect()
}

/// The texts of the hostile catalogs leak; nothing else is wrong.
fn assert_clean(tally: &Tally<'_>, name: &str, exchange: &Exchange<'_>) {
    let found = tally.groups();
    let found: Vec<_> = found
        .filter(|group| group.rule.id() != "sent-message-leaks")
        .collect();
    assert!(found.is_empty(), "{name}: {found:?}\n{exchange:?}");
}

#[test]
fn every_code_is_read_in_every_style_and_breaks_no_rule() {
    for (path, catalog) in catalogs() {
        let judge = Judge::new(&catalog, settings());
        for (id, code) in CodeId::all(catalog.codes.len()).zip(&catalog.codes) {
            for shape in &catalog.envelope.shapes {
                let example = catalog.example_of_code(code);
                let retryable = code.retry.is_retryable();
                let Some(exchange) = sent(&catalog, &example, shape, retryable) else {
                    continue;
                };
                let tally = judged(&judge, std::slice::from_ref(&exchange));
                let Some(own) = code.status.own() else {
                    let mut found = tally.groups().map(|group| group.rule.id());
                    assert!(found.any(|rule| rule == "wrong-status"), "{exchange:?}");
                    continue;
                };
                let name = format!("{path} {} {}", code.names.wire, shape.name);
                assert_clean(&tally, &name, &exchange);
                if shape.writes(codegen::catalog::Slot::Code) {
                    assert_eq!(tally.seen.of_code(id), 1, "{name}");
                }
                assert_eq!(tally.seen.of_status(own.get()), 1);
            }
        }
    }
}

#[test]
fn every_error_without_code_breaks_no_rule() {
    for (path, catalog) in catalogs() {
        let judge = Judge::new(&catalog, settings());
        for group in &catalog.statuses {
            for codeless in &group.codeless {
                let error_type = &catalog[codeless.error_type];
                for shape in &catalog.envelope.shapes {
                    let example = catalog.example_of_type(error_type, group.status);
                    let Some(exchange) = sent(&catalog, &example, shape, group.retryable) else {
                        continue;
                    };
                    let tally = judged(&judge, std::slice::from_ref(&exchange));
                    let name = format!("{path} {}", shape.name);
                    assert_clean(&tally, &name, &exchange);
                }
            }
        }
    }
}

#[test]
fn a_body_in_another_style_than_that_of_the_request_is_no_envelope() {
    let catalog = catalog(&file("catalog/catalog.yaml"));
    let judge = Judge::new(&catalog, settings());
    let [openai, anthropic, ..] = &catalog.envelope.shapes[..] else {
        panic!("the gateway has several styles");
    };
    let example = catalog.example_of_code(&catalog.codes[0]);
    let mut exchange = sent(&catalog, &example, openai, false).unwrap();
    exchange.request = request(&catalog, anthropic).unwrap();
    let tally = judged(&judge, &[exchange]);
    let told: Vec<_> = tally.groups().map(|group| group.text.as_str()).collect();
    assert_eq!(
        told,
        ["the body is in the style `openai`, not in `anthropic`"]
    );
    assert_eq!(tally.seen.of_code(CodeId::all(1).next().unwrap()), 1);
}
