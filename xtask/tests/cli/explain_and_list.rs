//! `explain` and `list`: the contents of the catalog on the terminal.

use serde_json::Value;

use crate::project::{Project, SMALL};

#[test]
fn explain_prints_a_code() {
    let run = Project::sample()
        .run("explain file_too_large")
        .exits_with(0);
    run.says_nothing()
        .prints("code     file_too_large\n")
        .prints("type     invalid_request_error\n")
        .prints("status   413 Content Too Large\n")
        .prints("meaning  Exceeds plan or provider limit\n")
        .prints("fix      Upload smaller\n")
        .prints("param    file\n")
        .prints("retry    ")
        .prints("rust     ErrorCode::FileTooLarge\n")
        .prints("docs     https://docs.example.com/errors/file_too_large\n")
        .prints("\"code\": \"file_too_large\"");
}

#[test]
fn explain_prints_a_type() {
    let project = Project::sample();
    let run = project.run("explain auth_error").exits_with(0);
    run.prints("type     auth_error\n")
        .prints("status   401\n")
        .prints("codes    missing_api_key, invalid_api_key, expired_api_key\n");
    let run = project.run("explain server_error").exits_with(0);
    run.prints("status   5xx\n")
        .prints("server   500: Something went wrong on our side.\n")
        .prints("codes    none: `code` is null on the wire\n");
}

#[test]
fn explain_prints_the_operations_of_a_code() {
    let run = Project::sample()
        .run("explain file_not_found")
        .exits_with(0);
    run.prints("from     GET /v1/files/{file_id}, DELETE /v1/files/{file_id}\n");
}

#[test]
fn explain_prints_what_an_operation_states_of_a_code() {
    let stated = "operations:\n  rename:\n    method: PUT\n    path: /names\n    \
                  errors: [{ code: bad_name, status: 422, meaning: The name is odd }]\n";
    let project = Project::with_catalog(&format!("{SMALL}{stated}"));
    project
        .run("explain rename")
        .exits_with(0)
        .prints("422 bad_name")
        .prints("stated   bad_name, status 422; meaning: The name is odd\n");
    project
        .run("explain bad_name")
        .exits_with(0)
        .prints("from     PUT /names with status 422\n");
    project
        .run("explain 422")
        .exits_with(0)
        .prints("bad_name from PUT /names\n");
}

#[test]
fn explain_prints_whether_each_status_of_a_type_is_retryable() {
    let project = Project::sample();
    for (name, advice) in [
        ("auth_error", "401 not retryable"),
        ("rate_limit_error", "429 retryable"),
        (
            "server_error",
            "500 not retryable, 502 retryable, 503 retryable, 504 retryable",
        ),
    ] {
        let run = project.run(&format!("explain {name}")).exits_with(0);
        run.prints(&format!("\nretry    {advice}\n"));
    }
}

#[test]
fn explain_does_not_hide_that_codes_of_a_status_differ() {
    let codes = "  again: { type: request_error, meaning: Busy, fix: Wait, retry: backoff }\n";
    let project = Project::with_catalog(&format!("{SMALL}{codes}"));
    let run = project.run("explain request_error").exits_with(0);
    run.prints("\nretry    400 depends on the code\n");
}

#[test]
fn explain_accepts_names_of_rust_code() {
    let project = Project::sample();
    for (wire, names) in [
        (
            "file_too_large",
            ["FileTooLarge", "ErrorCode::FileTooLarge"],
        ),
        ("auth_error", ["AuthError", "ErrorType::AuthError"]),
    ] {
        let expected = project.run(&format!("explain {wire}")).exits_with(0);
        for name in names {
            let run = project.run(&format!("explain {name}")).exits_with(0);
            assert_eq!(run.says_nothing().stdout, expected.stdout, "{name}");
        }
    }
    for name in ["ErrorType::FileTooLarge", "ErrorCode::file_too_large"] {
        let run = project.run(&format!("explain {name}")).exits_with(2);
        run.says("unknown name");
    }
    let run = project.run("explain ErrorCode::FileToLarge").exits_with(2);
    run.says("did you mean `FileTooLarge`?");
}

#[test]
fn explain_lists_the_arguments_of_a_code() {
    let message = r#"bad_name: { message: "{size}", args: { size: { kind: u64 }, owner: { kind: string, sensitive: true } },"#;
    let project = Project::with_catalog(&SMALL.replace("bad_name: {", message));
    project
        .run("explain bad_name")
        .exits_with(0)
        .prints("rust     ErrorCode::BadName\n")
        .prints("args     args::BadName: size (u64), owner (string, sensitive)\n");
}

#[test]
fn explain_prints_a_rule() {
    let run = Project::sample().run("explain missing-fix").exits_with(0);
    run.prints("rule     missing-fix\n")
        .prints("level    error, unless the lint section states another level\n")
        .prints("Every code needs a fix: what its reader can do about it, in one line.");
}

#[test]
fn a_rule_is_explained_where_the_catalog_is_broken_or_absent() {
    let broken = Project::with_catalog("version: [");
    for folder in [broken, Project::empty()] {
        let run = folder.run("explain yaml-syntax").exits_with(0);
        run.says_nothing().prints("rule     yaml-syntax\n");
    }
}

#[test]
fn a_name_that_is_both_a_code_and_a_rule_is_explained_as_both() {
    let project = Project::with_catalog(&SMALL.replace("bad_name", "bad-url"));
    let run = project.run("explain bad-url").exits_with(0);
    run.prints("rule     bad-url\n")
        .prints("\n\ncode     bad-url\n");
}

#[test]
fn explain_lists_the_errors_of_a_status_and_of_a_family() {
    let project = Project::sample();
    let run = project.run("explain 413").exits_with(0).says_nothing();
    run.prints("status   413 Content Too Large\n")
        .prints("retry    not retryable\n")
        .prints("codes    file_too_large: Exceeds plan or provider limit\n")
        .prints("no code  invalid_request_error: ")
        .prints("from     POST /v1/files\n");
    let run = project.run("explain 500").exits_with(0);
    run.prints("status   500 Internal Server Error\n")
        .prints("codes    none\n")
        .prints("no code  server_error: The upstream provider failed to answer.\n")
        .prints("         server_error: Something went wrong on our side.\n");
    for family in ["4xx", "4XX"] {
        let run = project.run(&format!("explain {family}")).exits_with(0);
        run.prints("status   4xx\n")
            .prints("401 missing_api_key, invalid_api_key, expired_api_key\n")
            .prints("413 file_too_large, invalid_request_error without code\n");
    }
    let run = project.run("explain 5xx").exits_with(0);
    run.prints("errors   500 server_error without code\n");
    let run = project.run("explain 418").exits_with(0);
    run.prints("codes    none: no error of the catalog has this status\n");
    for status in ["200", "399", "600", "04xx", "6xx"] {
        project.run(&format!("explain {status}")).exits_with(2);
    }
}

#[test]
fn explain_lists_the_codes_of_a_group_by_its_name() {
    let catalog = SMALL.replace("bad_name: {", "bad_name: { group: names,")
        + "groups: { names: { title: Names of pets } }\n";
    let project = Project::with_catalog(&catalog);
    let run = project.run("explain names").exits_with(0);
    run.prints("group    names\n").prints("codes    bad_name: ");
    let run = project.run("explain bad_name").exits_with(0);
    run.prints("group    Names of pets\n");
}

#[test]
fn explain_says_where_the_codes_of_a_status_differ() {
    let codes = "  again: { type: request_error, meaning: Busy, fix: Wait, retry: backoff }\n";
    let project = Project::with_catalog(&format!("{SMALL}{codes}"));
    let run = project.run("explain 400").exits_with(0);
    run.prints("\nretry    depends on the code\n");
}

#[test]
fn explain_lists_the_errors_of_an_operation() {
    let project = Project::sample();
    let run = project.run("explain upload_file").exits_with(0);
    let run = run
        .says_nothing()
        .prints("operation upload_file\nrequest  POST /v1/files\n")
        .prints("file_too_large")
        .prints("rust     UploadFileError\n");
    let other = project.run("explain UploadFileError").exits_with(0);
    assert_eq!(other.stdout, run.stdout);
    let run = project.run("explain uplod_file").exits_with(2);
    run.says("did you mean `upload_file`?");
}

#[test]
fn explain_lists_the_codes_of_a_set_a_group_and_an_argument() {
    let sample = Project::sample();
    let run = sample.run("explain @key").exits_with(0);
    let run = run.prints("set      @key\ncodes    ");
    assert_eq!(sample.run("explain key").exits_with(0).stdout, run.stdout);
    let code = r#"bad_name: { group: Names, message: "{size}", args: { size: { kind: u64, meaning: How long } },"#;
    let project = Project::with_catalog(&SMALL.replace("bad_name: {", code));
    let run = project.run("explain Names").exits_with(0);
    run.prints("group    Names\ncodes    bad_name: ");
    let run = project.run("explain size").exits_with(0);
    run.prints("argument size\ncodes    bad_name (u64): How long\n");
}

#[test]
fn a_number_that_is_both_a_code_and_a_status_is_explained_as_both() {
    let project = Project::with_catalog(&SMALL.replace("bad_name: {", "\"400\": { rust: Bad,"));
    let run = project.run("explain 400").exits_with(0);
    run.prints("code     400\n")
        .prints("\n\nstatus   400 Bad Request\n");
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let project = Project::sample();
    for (name, meant) in [
        ("file_to_large", "file_too_large"),
        ("auth_eror", "auth_error"),
        ("mising-fix", "missing-fix"),
    ] {
        let run = project.run(&format!("explain {name}"));
        let run = run.exits_with(2).prints_nothing();
        run.says(&format!("did you mean `{meant}`?"));
    }
    let run = project.run("explain xyzzy").exits_with(2);
    run.says("`cargo xtask list` shows the codes");
}

#[test]
fn explain_reports_a_broken_catalog() {
    let project = Project::sample();
    project.edit_catalog("fix: Rotate\n", "fixx: Rotate\n");
    project
        .run("explain mime_mismatch")
        .exits_with(1)
        .says("error[unknown-key]");
}

/// The codes of a list, and the types of its entries without a code.
fn listed(project: &Project, options: &str) -> Vec<(Option<String>, String, u64)> {
    let run = project.run(&format!("list --format json {options}"));
    let run = run.exits_with(0).says_nothing();
    let rows: Vec<Value> = serde_json::from_str(&run.stdout).expect("a JSON array");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    rows.iter()
        .map(|row| {
            let error_type = text(&row["type"]).expect("a type");
            (
                text(&row["code"]),
                error_type,
                row["status"].as_u64().expect("a status"),
            )
        })
        .collect()
}

fn names(rows: &[(Option<String>, String, u64)]) -> Vec<&str> {
    rows.iter()
        .map(|(code, error_type, _)| code.as_ref().unwrap_or(error_type).as_str())
        .collect()
}

#[test]
fn list_has_every_code_and_every_error_without_a_code() {
    let project = Project::sample();
    let rows = listed(&project, "");
    assert_eq!(rows.iter().filter(|(code, ..)| code.is_some()).count(), 16);
    let codeless = rows.iter().filter(|(code, ..)| code.is_none());
    let codeless: Vec<(&str, u64)> = codeless
        .map(|(_, error_type, status)| (error_type.as_str(), *status))
        .collect();
    let of_framework = [400, 400, 400, 404, 405, 408, 413, 414, 431];
    let of_framework = of_framework.map(|status| ("invalid_request_error", status));
    assert_eq!(codeless[..9], of_framework);
    // 500 and 504 come from a provider, and from the server itself.
    let of_server = [500, 500, 502, 503, 504, 504].map(|status| ("server_error", status));
    assert_eq!(codeless[9..], of_server);

    let table = project.run("list").exits_with(0).says_nothing();
    assert_eq!(table.stdout.lines().count(), rows.len() + 1);
    table
        .prints("CODE")
        .prints("(no code)")
        .prints("Slug doesn’t exist")
        .prints("There is no such path.");
}

#[test]
fn list_takes_a_status_or_a_family() {
    let project = Project::sample();
    assert_eq!(
        names(&listed(&project, "--status 404")),
        ["model_not_found", "invalid_request_error"]
    );
    assert_eq!(
        names(&listed(&project, "--status 5xx")),
        ["server_error"; 6]
    );
    for family in ["4xx", "4XX", "4xX"] {
        assert_eq!(
            listed(&project, &format!("--status {family}")).len(),
            16 + 9
        );
    }
    assert!(listed(&project, "--status 599").is_empty());
}

#[test]
fn list_takes_a_type_and_combines_its_filters() {
    let project = Project::sample();
    let keys = ["missing_api_key", "invalid_api_key", "expired_api_key"];
    assert_eq!(names(&listed(&project, "--type auth_error")), keys);
    let retryable = [
        "rate_limit_exceeded",
        "server_error",
        "server_error",
        "server_error",
        "server_error",
    ];
    assert_eq!(names(&listed(&project, "--retryable")), retryable);
    assert!(listed(&project, "--type auth_error --retryable").is_empty());
}

#[test]
fn a_row_of_the_json_list_has_all_members() {
    let run = Project::sample().run("list --format json --status 404");
    let rows: Value = serde_json::from_str(&run.exits_with(0).stdout).expect("JSON");
    let row = serde_json::json!({
        "code": "model_not_found",
        "type": "invalid_request_error",
        "status": 404,
        "retry": "never",
        "message": "The model does not exist or is not available on your plan.",
        "param": "model",
        "meaning": "Slug doesn’t exist",
        "fix": "GET /v1/models to list available",
        "since": "1.0.0",
        "deprecated": null,
        "docs": "https://docs.example.com/errors/model_not_found",
    });
    let of_framework = serde_json::json!({
        "code": null,
        "type": "invalid_request_error",
        "status": 404,
        "retry": "never",
        "message": "There is no such path.",
        "param": null,
        "meaning": "There is no such path.",
        "fix": null,
        "since": null,
        "deprecated": null,
        "docs": null,
    });
    assert_eq!(rows, Value::Array(vec![row, of_framework]));
}

#[test]
fn what_the_catalog_does_not_say_is_null_in_the_json_list() {
    let terse = SMALL.replace(
        "meaning: The name is taken, fix: Choose another",
        "message: Taken",
    ) + "lint:\n  levels: { missing-fix: off, missing-meaning: off }\n";
    let project = Project::with_catalog(&terse);
    let run = project.run("list --format json").exits_with(0);
    let rows: Value = serde_json::from_str(&run.stdout).expect("JSON");
    for member in ["param", "meaning", "fix"] {
        assert_eq!(rows[0].get(member), Some(&Value::Null), "{member}");
    }
    project.run("list").exits_with(0).prints("bad_name");

    let run = Project::sample().run("list --format json --status 500");
    let rows: Value = serde_json::from_str(&run.exits_with(0).stdout).expect("JSON");
    for member in ["code", "param", "fix", "docs"] {
        assert_eq!(rows[0].get(member), Some(&Value::Null), "{member}");
    }
}

#[test]
fn an_unknown_type_is_answered_with_the_known_ones() {
    let run = Project::sample().run("list --type auth_eror").exits_with(2);
    run.prints_nothing()
        .says("unknown type `auth_eror`")
        .says("invalid_request_error, auth_error, rate_limit_error, quota_exceeded, server_error");
}

#[test]
fn a_rule_of_changes_is_explained_by_what_it_reports() {
    let project = Project::with_catalog(SMALL);
    project
        .run("explain code-added")
        .exits_with(0)
        .prints("codes added: safe, minor\n")
        .says_nothing();
    let run = project.run("explain header-dropped").exits_with(0);
    let run = run.prints("rule     header-dropped\n");
    run.prints("codes.headers removed: breaking, major\n")
        .prints("codes.retry changed, from `after`: breaking, major\n");
}
