//! What each client made of each case, beside what the catalog says.

use serde::Deserialize;

use super::cases::Case;
use super::clients::Client;
use crate::terminal;

/// What a client made of the answer to a request: what its driver prints.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) client: String,
    pub(super) case: String,
    /// The name of the class of the error that it raised.
    #[serde(default)]
    pub(super) class: Option<String>,
    pub(super) status: Option<u16>,
    pub(super) code: Option<String>,
    #[serde(rename = "type")]
    pub(super) error_type: Option<String>,
    pub(super) param: Option<String>,
    pub(super) request_id: Option<String>,
    /// How often it sent the request.
    pub(super) attempts: u32,
    /// What `x-should-retry` said, where the client shows headers.
    #[serde(default)]
    pub(super) should_retry: Option<bool>,
    /// Why there are no fields.
    #[serde(default)]
    pub(super) problem: Option<String>,
}

/// A row with what is wrong with it.
pub(super) struct Line {
    row: Row,
    differences: Vec<String>,
    required: bool,
}

impl Row {
    /// Compares the row with the catalog. Without a client it is one of curl.
    pub(super) fn judge(self, cases: &[Case], client: Option<&Client>) -> Line {
        let case = cases.iter().find(|case| case.name == self.case);
        let differences = match (case, &self.problem) {
            (_, Some(problem)) => vec![problem.clone()],
            (None, None) => vec!["the catalog has no such case".to_owned()],
            (Some(case), None) => self.differences(case, client),
        };
        Line {
            row: self,
            differences,
            required: client.is_none_or(|client| client.required),
        }
    }

    fn differences(&self, case: &Case, client: Option<&Client>) -> Vec<String> {
        let mut found = Vec::new();
        let mut compare = |what: &str, expected: Option<&str>, seen: Option<&str>| {
            if expected != seen {
                found.push(format!("{what} should be {}", expected.unwrap_or("null")));
            }
        };
        let status = self.status.map(|status| status.to_string());
        compare("status", Some(&case.status.to_string()), status.as_deref());
        compare("type", Some(&case.error_type), self.error_type.as_deref());
        compare("code", case.code.as_deref(), self.code.as_deref());
        // Without a code, the param follows from the request.
        if case.code.is_some() || client.is_some() {
            compare("param", case.param.as_deref(), self.param.as_deref());
        }
        if let Some(class) = client.and_then(|client| client.class_of(case.status)) {
            compare("class", Some(class), self.class.as_deref());
        }
        if let Some(client) = client {
            let attempts = client.attempts(case).to_string();
            let seen = self.attempts.to_string();
            compare("attempts", Some(&attempts), Some(&seen));
        } else {
            let expected = case.retryable.to_string();
            let seen = self.should_retry.map(|value| value.to_string());
            compare("x-should-retry", Some(&expected), seen.as_deref());
        }
        if self.request_id.as_deref().is_none_or(str::is_empty) {
            found.push("request id is missing".to_owned());
        }
        found
    }
}

impl Line {
    /// A case that a client did not send.
    pub(super) fn missing(client: &Client, case: &Case) -> Self {
        let row = Row {
            client: client.name(),
            case: case.name.clone(),
            ..Row::default()
        };
        Self {
            row,
            differences: vec!["the client did not send it".to_owned()],
            required: client.required,
        }
    }

    /// Looks for the answer in the log of the server: a line with the request id, the status, and the
    /// name of the code or type.
    pub(super) fn look_up(&mut self, log: &str) {
        let row = &self.row;
        let (Some(id), Some(status)) = (&row.request_id, row.status) else {
            return;
        };
        let name = row.code.as_ref().or(row.error_type.as_ref());
        let answer = format!(" {status} {}", name.map_or("", String::as_str));
        let mut lines = log.lines().filter(|line| line.contains(id.as_str()));
        let is_answer =
            |line: &str| line.ends_with(&answer) || line.contains(&format!("{answer}:"));
        if !lines.any(is_answer) {
            let unknown = "the log of the server has no such answer with this id";
            self.differences.push(unknown.to_owned());
        }
    }

    /// Whether it is of curl or of a client that must be right.
    pub(super) const fn is_required(&self) -> bool {
        self.required
    }

    /// Whether the run fails over it.
    pub(super) fn is_fault(&self) -> bool {
        self.required && !self.differences.is_empty()
    }

    /// Whether it differs, and the run does not fail over it.
    pub(super) fn is_report(&self) -> bool {
        !self.required && !self.differences.is_empty()
    }

    fn cells(&self) -> [String; 10] {
        let row = &self.row;
        let text = |value: &Option<String>| value.as_deref().unwrap_or("-").to_owned();
        let verdict = match (self.differences.is_empty(), self.required) {
            (true, _) => "ok".to_owned(),
            (false, true) => format!("WRONG: {}", self.differences.join(", ")),
            (false, false) => format!("reported: {}", self.differences.join(", ")),
        };
        [
            row.case.clone(),
            row.client.clone(),
            text(&row.class),
            row.status
                .map_or("-".to_owned(), |status| status.to_string()),
            text(&row.code),
            text(&row.error_type),
            text(&row.param),
            text(&row.request_id),
            row.attempts.to_string(),
            verdict,
        ]
    }
}

const HEAD: [&str; 10] = [
    "case",
    "client",
    "class",
    "status",
    "code",
    "type",
    "param",
    "request id",
    "attempts",
    "verdict",
];

/// The table, case by case.
pub(super) fn print(lines: &[Line], cases: &[Case]) -> String {
    let mut sorted: Vec<&Line> = lines.iter().collect();
    let position = |line: &&Line| {
        let mut names = cases.iter();
        names.position(|case| case.name == line.row.case)
    };
    sorted.sort_by_key(position);
    if sorted.is_empty() {
        return String::new();
    }
    let mut table = vec![HEAD.map(str::to_owned)];
    let mut last = "";
    for line in sorted {
        let mut cells = line.cells();
        // A case is named once.
        if line.row.case == last {
            cells[0].clear();
        }
        last = &line.row.case;
        table.push(cells);
    }
    terminal::columns(&table)
}

#[cfg(test)]
mod tests {
    use super::super::clients::CLIENTS;
    use super::*;

    fn case(retryable: bool) -> Case {
        Case {
            name: "model_not_found".to_owned(),
            status: 404,
            error_type: "invalid_request_error".to_owned(),
            code: Some("model_not_found".to_owned()),
            param: Some("model".to_owned()),
            retryable,
            is_for_clients: true,
        }
    }

    fn row() -> Row {
        Row {
            client: "openai-python".to_owned(),
            case: "model_not_found".to_owned(),
            class: Some("NotFoundError".to_owned()),
            status: Some(404),
            code: Some("model_not_found".to_owned()),
            error_type: Some("invalid_request_error".to_owned()),
            param: Some("model".to_owned()),
            request_id: Some("req_1".to_owned()),
            attempts: 1,
            ..Row::default()
        }
    }

    fn judged(row: Row, case: Case) -> Vec<String> {
        row.judge(&[case], Some(&CLIENTS[0])).differences
    }

    #[test]
    fn a_row_that_says_what_the_catalog_says_is_right() {
        assert_eq!(judged(row(), case(false)), Vec::<String>::new());
        let retried = Row {
            attempts: 3,
            ..row()
        };
        assert_eq!(judged(retried, case(true)), Vec::<String>::new());
    }

    #[test]
    fn every_field_is_compared() {
        type Change = fn(&mut Row);
        let changes: [(&str, Change); 8] = [
            ("status should be 404", |row| row.status = Some(400)),
            ("type should be invalid_request_error", |row| {
                row.error_type = None;
            }),
            ("code should be model_not_found", |row| row.code = None),
            ("param should be model", |row| row.param = None),
            ("class should be NotFoundError", |row| {
                row.class = Some("APIError".to_owned());
            }),
            ("attempts should be 1", |row| row.attempts = 3),
            ("request id is missing", |row| row.request_id = None),
            ("not an answer", |row| {
                row.problem = Some("not an answer".to_owned());
            }),
        ];
        for (expected, change) in changes {
            let mut wrong = row();
            change(&mut wrong);
            assert_eq!(judged(wrong, case(false)), [expected]);
        }
        assert_eq!(judged(row(), case(true)), ["attempts should be 3"]);
        let unknown = Row {
            case: "other".to_owned(),
            ..row()
        };
        assert_eq!(
            judged(unknown, case(false)),
            ["the catalog has no such case"]
        );
    }

    #[test]
    fn an_answer_is_one_that_the_server_logged() {
        let looked_up = |log: &str| {
            let mut line = row().judge(&[case(false)], Some(&CLIENTS[0]));
            line.look_up(log);
            line.is_fault()
        };
        assert!(!looked_up(
            "INFO req_1 GET /v1/models 404 model_not_found\n"
        ));
        assert!(looked_up("INFO req_2 GET /v1/models 404 model_not_found\n"));
        assert!(looked_up("INFO req_1 GET /v1/models 400 model_not_found\n"));
        assert!(looked_up("INFO req_1 GET /v1/models 404 file_not_found\n"));
    }

    #[test]
    fn a_client_that_is_only_reported_fails_nothing() {
        let reported = CLIENTS.iter().find(|client| !client.required).unwrap();
        let line = Row {
            attempts: 3,
            ..row()
        }
        .judge(&[case(false)], Some(reported));
        assert!(line.is_report() && !line.is_fault());
    }
}
