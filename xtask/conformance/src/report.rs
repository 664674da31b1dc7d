//! Compares the rows of clients with the catalog, and prints the table.

use crate::model::{Answer, Case, Client, Place, Row};
use crate::terminal;

/// A row and its differences from the catalog.
pub(crate) struct Line {
    row: Row,
    differences: Vec<String>,
    required: bool,
    /// The status and the name that the log of the server has.
    logged: Option<String>,
}

impl Line {
    /// Compares a row with the catalog. A row without a client is from curl.
    pub(crate) fn new(row: Row, cases: &[Case], client: Option<&Client>) -> Self {
        let case = cases.iter().find(|case| case.name == row.case);
        let differences = match (case, &row.problem) {
            (_, Some(problem)) => vec![problem.clone()],
            (None, None) => vec!["the catalog has no such case".to_owned()],
            (Some(case), None) => differences(&row, case, client),
        };
        Self {
            row,
            differences,
            required: client.is_none_or(Client::is_required),
            logged: case.map(|case| format!(" {} {}", case.status, case.logged)),
        }
    }

    /// A case that a client did not send.
    pub(crate) fn missing(client: &Client, case: &Case, is_stream: bool) -> Self {
        let row = Row {
            client: client.name(),
            case: case.name.clone(),
            stream: is_stream,
            ..Row::default()
        };
        Self {
            row,
            differences: vec!["the client did not send it".to_owned()],
            required: client.is_required(),
            logged: None,
        }
    }

    /// Looks for the response in the log of the server: a line with the request id, the status, and the
    /// name of the code or type.
    pub(crate) fn look_up(&mut self, log: &str) {
        let (Some(id), Some(answer)) = (&self.row.request_id, &self.logged) else {
            return;
        };
        let mut lines = log.lines().filter(|line| line.contains(id.as_str()));
        let is_answer = |line: &str| line.ends_with(answer) || line.contains(&format!("{answer}:"));
        if !lines.any(is_answer) {
            let unknown = "the log of the server has no such response with this id";
            self.differences.push(unknown.to_owned());
        }
    }

    /// Whether it comes from curl or a required client.
    pub(crate) const fn is_required(&self) -> bool {
        self.required
    }

    /// Whether it fails the run.
    pub(crate) fn is_fault(&self) -> bool {
        self.required && !self.differences.is_empty()
    }

    /// Whether it differs without failing the run.
    pub(crate) fn is_report(&self) -> bool {
        !self.required && !self.differences.is_empty()
    }

    fn cells(&self) -> [String; 11] {
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
            if row.stream { "stream" } else { "-" }.to_owned(),
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

fn differences(row: &Row, case: &Case, client: Option<&Client>) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: Option<&str>, seen: Option<&str>| {
        if expected != seen {
            found.push(format!("{what} should be {}", expected.unwrap_or("null")));
        }
    };
    let number = |status: Option<u16>| status.map(|status| status.to_string());
    // curl shows the status of the response.
    let of_curl = match case.place {
        Place::Response => case.status,
        Place::Event | Place::Cut => 200,
    };
    let expected = client.map_or(Some(of_curl), |client| client.status_of(case));
    compare(
        "status",
        number(expected).as_deref(),
        number(row.status).as_deref(),
    );
    let answer = case.answer(&row.style);
    let field =
        |of: fn(&Answer) -> &Option<String>| answer.and_then(|answer| of(answer).as_deref());
    let error_type = field(|answer| &answer.error_type);
    compare("type", error_type, row.error_type.as_deref());
    let code = field(|answer| &answer.code);
    compare("code", code, row.code.as_deref());
    // The param of an error of the framework follows from the request.
    if case.is_of_handler {
        let param = field(|answer| &answer.param);
        compare("param", param, row.param.as_deref());
    }
    if let Some(class) = client.and_then(|client| client.class_of(case)) {
        compare("class", Some(class), row.class.as_deref());
    }
    if let Some(client) = client {
        let attempts = client.attempts(case).to_string();
        let seen = row.attempts.to_string();
        compare("attempts", Some(&attempts), Some(&seen));
    } else if case.place == Place::Response {
        let expected = case.retryable.to_string();
        let seen = row.should_retry.map(|value| value.to_string());
        compare("x-should-retry", Some(&expected), seen.as_deref());
    }
    if case.place == Place::Cut {
        return found;
    }
    if answer.is_none() {
        found.push(format!("the catalog has no such case in {}", row.style));
    }
    if row.request_id.as_deref().is_none_or(str::is_empty) {
        found.push("request id is missing".to_owned());
    }
    found
}

const HEAD: [&str; 11] = [
    "case",
    "client",
    "call",
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
pub(crate) fn print(lines: &[Line], cases: &[Case]) -> String {
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
    use super::*;
    use crate::clients::CLIENTS;

    fn answer(style: &str) -> Answer {
        let named = |name: &str| Some(name.to_owned()).filter(|_| style == "openai");
        let not_found = Some("not_found_error".to_owned());
        Answer {
            style: style.to_owned(),
            error_type: named("invalid_request_error").or(not_found),
            code: named("model_not_found"),
            param: named("model"),
        }
    }

    fn case(retryable: bool) -> Case {
        Case {
            name: "model_not_found".to_owned(),
            status: 404,
            logged: "model_not_found".to_owned(),
            answers: ["openai", "anthropic"].map(answer).to_vec(),
            operations: vec!["create_chat_completion".to_owned()],
            retryable,
            place: Place::Response,
            is_of_handler: true,
        }
    }

    fn row() -> Row {
        Row {
            client: "openai-python".to_owned(),
            style: "openai".to_owned(),
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
        Line::new(row, &[case], Some(&CLIENTS[0])).differences
    }

    #[test]
    fn a_row_that_equals_the_catalog_has_no_differences() {
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
    fn a_response_must_be_in_the_log_of_the_server() {
        let looked_up = |log: &str| {
            let mut line = Line::new(row(), &[case(false)], Some(&CLIENTS[0]));
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
    fn an_optional_client_does_not_fail_the_run() {
        let reported = CLIENTS.iter().find(|client| !client.is_required()).unwrap();
        let row = Row {
            attempts: 3,
            ..row()
        };
        let line = Line::new(row, &[case(false)], Some(reported));
        assert!(line.is_report() && !line.is_fault());
    }
}
