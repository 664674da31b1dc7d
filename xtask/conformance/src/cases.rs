//! Derives the cases from the catalog.

use std::collections::BTreeSet;

use anyhow::bail;
use codegen::catalog::{Catalog, Code, Codeless, Names, Operation, Shape, Slot, StatusGroup};

use crate::model::{Answer, Case, IN_STREAM, Place};
use crate::requests::GUIDE;

/// The error in a style.
fn answer(shape: &Shape, error_type: &str, code: Option<&Code>) -> Answer {
    let written = |slot, value: Option<String>| value.filter(|_| shape.writes(slot));
    let name = |code: &Names| shape.code_name(code).into_owned();
    Answer {
        style: shape.name.clone(),
        error_type: written(Slot::Type, Some(error_type.to_owned())),
        code: written(Slot::Code, code.map(|code| name(&code.names))),
        param: written(Slot::Param, code.and_then(|code| code.param.clone())),
    }
}

fn of_code(catalog: &Catalog, code: &Code) -> Case {
    let error_type = &catalog[code.error_type].names;
    let operations = catalog.operations.iter();
    let operations = operations.filter(|operation| {
        let mut codes = operation.codes.iter();
        codes.any(|id| catalog[*id].names.wire == code.names.wire)
    });
    let operations: Vec<&Operation> = operations.collect();
    let can_have = |shape: &Shape| {
        let is_of = |shapes: Vec<&Shape>| shapes.iter().any(|own| own.name == shape.name);
        let mut operations = operations.iter();
        match operations.len() {
            0 => is_of(catalog.envelope.usual_shapes()),
            _ => operations.any(|operation| is_of(catalog.shapes_of(operation))),
        }
    };
    let shapes = catalog.envelope.shapes.iter();
    let shapes = shapes.filter(|shape| can_have(shape));
    let answers = shapes.map(|shape| {
        let error_type = shape.type_of_code(&code.names, error_type, code.status.sent());
        answer(shape, error_type, Some(code))
    });
    Case {
        name: code.names.wire.clone(),
        status: code.status.sent().get(),
        logged: code.names.wire.clone(),
        answers: answers.collect(),
        operations: operations.iter().map(|one| one.id.clone()).collect(),
        retryable: code.retry.is_retryable(),
        place: Place::Response,
        is_of_handler: true,
    }
}

/// An error without code. Requests to any path can get it.
fn of_type(catalog: &Catalog, group: &StatusGroup, codeless: &Codeless) -> Case {
    let error_type = &catalog[codeless.error_type].names;
    let shapes = catalog.envelope.shapes.iter();
    let answers = shapes.map(|shape| {
        let error_type = shape.type_name(error_type, group.status);
        answer(shape, error_type, None)
    });
    let fails = |operation: &&Operation| {
        let mut groups = operation.statuses.iter();
        let own = groups.find(|own| own.status == group.status);
        let mut codeless_of_own = own.iter().flat_map(|own| &own.codeless);
        codeless_of_own.any(|own| own.error_type == codeless.error_type)
    };
    let operations = catalog.operations.iter().filter(fails);
    Case {
        name: format!("{}_{}", error_type.wire, group.status),
        status: group.status.get(),
        logged: error_type.wire.clone(),
        answers: answers.collect(),
        operations: operations.map(|one| one.id.clone()).collect(),
        retryable: group.retryable,
        place: Place::Response,
        is_of_handler: group.status.class() == 5,
    }
}

/// The same error as the last event of a stream.
fn in_stream(case: &Case) -> Case {
    Case {
        name: format!("{}{IN_STREAM}", case.name),
        logged: case.logged.clone(),
        answers: case.answers.clone(),
        operations: case.operations.clone(),
        place: Place::Event,
        is_of_handler: false,
        ..*case
    }
}

/// The cases of a catalog: its codes, its 5xx errors without a code, and in `provoked` the other errors without a code
/// and those that end a stream.
///
/// # Errors
///
/// Fails if `provoked` lacks one of the first two, or contains an unknown case.
pub(super) fn of_catalog<'a>(
    catalog: &Catalog,
    provoked: impl Iterator<Item = &'a String>,
) -> anyhow::Result<Vec<Case>> {
    let provoked: BTreeSet<&str> = provoked.map(String::as_str).collect();
    let codes = catalog.codes.iter();
    let mut cases: Vec<Case> = codes.map(|code| of_code(catalog, code)).collect();
    for group in &catalog.statuses {
        for codeless in &group.codeless {
            let case = of_type(catalog, group, codeless);
            let is_new = cases.iter().all(|known| known.name != case.name);
            if is_new && (case.is_of_handler || provoked.contains(case.name.as_str())) {
                cases.push(case);
            }
        }
    }
    let streamed: Vec<Case> = cases.iter().map(in_stream).collect();
    let is_provoked = |case: &Case| provoked.contains(case.name.as_str());
    cases.extend(streamed.into_iter().filter(is_provoked));
    let known: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
    if let Some(missing) = known.difference(&provoked).next() {
        bail!("{GUIDE} has no request for {missing}");
    }
    if let Some(unknown) = provoked.difference(&known).next() {
        bail!("{GUIDE} has a request for the unknown case {unknown}");
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use codegen::{Inputs, Source};

    use super::*;

    const CATALOG: &str = "\
version: 1
api: { title: A, docs_url: https://example.com, crate: a-errors }
retry: { statuses: [503] }
types:
  bad_request: { status: [400, 404], meaning: Bad }
  server_error: { status: 5xx, meaning: Failed }
codes:
  no_name: { type: bad_request, meaning: There is no name, fix: Choose one, param: name }
";

    fn cases(provoked: &[&str]) -> anyhow::Result<Vec<Case>> {
        cases_of(CATALOG, provoked)
    }

    fn cases_of(catalog: &str, provoked: &[&str]) -> anyhow::Result<Vec<Case>> {
        let source = Source::new("catalog.yaml", catalog.as_bytes().to_vec());
        let catalog = codegen::compile(&Inputs::new(source)).value.unwrap();
        let provoked: Vec<String> = provoked.iter().map(|name| (*name).to_owned()).collect();
        of_catalog(&catalog, provoked.iter())
    }

    #[test]
    fn cases_are_codes_5xx_errors_and_other_provoked_errors() {
        let all = ["no_name", "server_error_500", "server_error_503"];
        let found = cases(&all).unwrap();
        let names: Vec<&str> = found.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, all);
        let answer = found[0].answer("openai").unwrap();
        assert_eq!(answer.param.as_deref(), Some("name"));
        let attempts: Vec<u32> = found.iter().map(Case::attempts).collect();
        assert_eq!(attempts, [1, 1, 3]);
        let more = cases(&[&all[..], &["bad_request_404"]].concat()).unwrap();
        let for_curl = more
            .iter()
            .find(|case| case.name == "bad_request_404")
            .unwrap();
        assert!(!for_curl.is_of_handler && for_curl.answers[0].code.is_none());
    }

    #[test]
    fn missing_requests_and_unknown_cases_are_errors() {
        let message = cases(&["no_name", "server_error_503"])
            .err()
            .unwrap()
            .to_string();
        assert_eq!(
            message,
            "docs/gateway.md has no request for server_error_500"
        );
        let message = cases(&["server_error_500", "server_error_503"])
            .err()
            .unwrap()
            .to_string();
        assert_eq!(message, "docs/gateway.md has no request for no_name");
        let all = ["no_name", "server_error_500", "server_error_503", "no_nane"];
        let message = cases(&all).err().unwrap().to_string();
        assert_eq!(
            message,
            "docs/gateway.md has a request for the unknown case no_nane"
        );
    }

    #[test]
    fn an_error_has_the_names_of_each_style_that_its_operations_have() {
        let more = "\
envelope:
  style: [openai, anthropic, google]
  choose: [{ path: /b, style: anthropic }, { path: /c, style: google }]
operations:
  a: { method: GET, path: /a, errors: [no_name] }
  c: { method: GET, path: /c, errors: [no_name] }
";
        let all = ["no_name", "server_error_500", "server_error_503"];
        let found = cases_of(&format!("{CATALOG}{more}"), &all).unwrap();
        let names = |case: &Case| -> Vec<[Option<String>; 3]> {
            let answers = case.answers.iter().cloned();
            let names = answers.map(|answer| [answer.error_type, answer.code, answer.param]);
            names.collect()
        };
        let text = |name: &str| Some(name.to_owned());
        let of_openai = [text("bad_request"), text("no_name"), text("name")];
        let of_google = [text("INVALID_ARGUMENT"), text("NO_NAME"), text("name")];
        assert_eq!(names(&found[0]), [of_openai, of_google]);
        assert_eq!(found[0].operations, ["a", "c"]);
        let of_anthropic = [text("api_error"), None, None];
        assert_eq!(names(&found[1])[1], of_anthropic);
        assert_eq!(found[1].operations, ["a", "c"]);
    }

    #[test]
    fn a_provoked_error_in_a_stream_is_a_case() {
        let name = "server_error_503_in_stream";
        let found = cases(&["no_name", "server_error_500", "server_error_503", name]).unwrap();
        let case = found.last().unwrap();
        assert_eq!((case.name.as_str(), case.place), (name, Place::Event));
        assert_eq!((case.status, case.attempts()), (503, 1));
    }
}
