//! The clients without a driver of their own, against the example server.

use crate::check::Check;
use crate::context::Context;
use crate::model::Case;
use crate::terminal::step;

use super::drivers::{CLIENTS, Client, Row, drive, drive_all};

/// They lose a part of most errors. The tables of `docs/clients.md` show which.
const OTHERS: [&str; 3] = ["litellm", "async-openai", "genai"];

/// The models that fail, each with the case that answers.
const MODELS: [(&str, &str); 5] = [
    ("no-such-model", "model_not_found"),
    ("upstream-crash", "server_error_500"),
    ("upstream-down", "server_error_502"),
    ("upstream-busy", "server_error_503"),
    ("upstream-slow", "server_error_504"),
];

/// The models whose streams fail after the first chunk.
const STREAMS: [&str; 2] = ["upstream-breaks", "upstream-hangs-up"];

/// Checks that each client reports each failure, and none with another status or code than the catalog has.
pub(crate) fn check(context: &Context<'_>) -> anyhow::Result<Vec<Check>> {
    let clients = CLIENTS.iter();
    let clients: Vec<&Client> = clients
        .filter(|client| OTHERS.contains(&client.name))
        .collect();
    let models = MODELS.map(|(model, _)| model);
    let what = "failing requests to the example server with other clients";
    let driven = step(what, || {
        let driven = drive_all(&clients, |client| {
            let cases: [&[&str]; 2] = [&models, &STREAMS];
            let (address, folder) = (context.address, context.folder);
            let environments = context.environments;
            drive(client, address, cases, environments, folder, "gateway")
        });
        driven.into_iter().collect::<anyhow::Result<Vec<_>>>()
    })?;
    let checks = clients.iter().zip(driven).map(|(client, driven)| Check {
        tool: "errors of the example server".to_owned(),
        subject: client.title(&driven.client),
        faults: faults(&driven.lines, context.cases),
    });
    Ok(checks.collect())
}

fn faults(rows: &[Row], cases: &[Case]) -> Vec<String> {
    let models = MODELS.map(|(model, _)| model);
    let missing = models.iter().chain(&STREAMS).filter(|model| {
        let mut sent = rows.iter();
        !sent.any(|row| row.case == **model)
    });
    let missing = missing.map(|model| format!("{model} was not asked"));
    let wrong = rows.iter().filter_map(|row| fault(row, cases));
    missing.chain(wrong).collect()
}

/// What is wrong with a row. A client may not know the status and the code, but must not have others.
fn fault(row: &Row, cases: &[Case]) -> Option<String> {
    let model = &row.case;
    let Some(seen) = &row.error else {
        return Some(format!("{model} ended normally"));
    };
    let (_, name) = MODELS.iter().find(|(known, _)| known == model)?;
    let Some(case) = cases.iter().find(|case| case.name == *name) else {
        return Some(format!("the catalog has no case {name}"));
    };
    let status = case.status.to_string();
    let code = case
        .answer("openai")
        .and_then(|answer| answer.code.as_ref());
    let is_other = |told: &Option<String>, wanted: Option<&String>| {
        told.as_ref().is_some_and(|told| Some(told) != wanted)
    };
    if is_other(&seen.status, Some(&status)) || is_other(&seen.code, code) {
        let told = [&seen.status, &seen.code].map(|told| told.as_deref().unwrap_or("null"));
        return Some(format!(
            "{model} has status {} and code {}",
            told[0], told[1]
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failures::drivers::Seen;
    use crate::model::{Answer, Place};

    fn rows(error: impl Fn() -> Option<Seen>) -> Vec<Row> {
        let models = MODELS.map(|(model, _)| model);
        let all = models.iter().chain(&STREAMS);
        let rows = all.map(|model| Row {
            case: (*model).to_owned(),
            error: error(),
        });
        rows.collect()
    }

    fn seen(status: Option<&str>, code: Option<&str>) -> Seen {
        Seen {
            class: "ApiError".to_owned(),
            text: String::new(),
            status: status.map(str::to_owned),
            code: code.map(str::to_owned),
            error_type: None,
            request_id: None,
        }
    }

    fn cases() -> Vec<Case> {
        let case = |name: &str| Case {
            name: name.to_owned(),
            status: 404,
            answers: vec![Answer {
                style: "openai".to_owned(),
                error_type: None,
                code: Some("model_not_found".to_owned()),
                param: None,
            }],
            place: Place::Response,
            ..Case::cut()
        };
        MODELS.map(|(_, name)| case(name)).into()
    }

    #[test]
    fn a_client_may_lose_a_part_of_an_error_and_must_not_have_another() {
        assert!(faults(&rows(|| Some(seen(None, None))), &cases()).is_empty());
        let right = || Some(seen(Some("404"), Some("model_not_found")));
        assert!(faults(&rows(right), &cases()).is_empty());
        let found = faults(&rows(|| Some(seen(Some("500"), None))), &cases());
        assert_eq!(found[0], "no-such-model has status 500 and code null");
        assert_eq!(found.len(), MODELS.len());
        let found = faults(&rows(|| Some(seen(None, Some("other")))), &cases());
        assert_eq!(found[0], "no-such-model has status null and code other");
    }

    #[test]
    fn a_normal_end_and_a_missing_request_are_faults() {
        let found = faults(&rows(|| None), &cases());
        assert_eq!(found.len(), MODELS.len() + STREAMS.len());
        assert_eq!(found[6], "upstream-hangs-up ended normally");
        let found = faults(&rows(|| Some(seen(None, None)))[1..], &cases());
        assert_eq!(found, ["no-such-model was not asked"]);
    }
}
