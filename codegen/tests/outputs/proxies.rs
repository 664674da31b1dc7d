//! The configuration of proxies, read back: its bodies, and what its size depends on.

use codegen::Plan;
use codegen::catalog::{Catalog, Proxy, Status};
use codegen::emit::proxies;
use serde_json::Value;

use crate::fixtures::{artifact, catalog, compile_text, plan_of};

/// The fixtures with proxies, and the sample.
const WITH_PROXIES: [&str; 3] = ["hostile_strings", "problem", "seed"];

/// The file that a site includes.
fn include(plan: &Plan, proxy: Proxy) -> &str {
    let name = match proxy {
        Proxy::Nginx | Proxy::Apache => "envelope.conf",
        Proxy::Haproxy => "envelope.cfg",
        Proxy::Caddy => "envelope.caddy",
        Proxy::Varnish => "envelope.vcl",
    };
    artifact(
        plan,
        &format!("generated/proxies/{}/{name}", proxy.as_str()),
    )
}

/// What a server sends in place of a bare status, as a body in the default style.
fn expected(catalog: &Catalog, status: u64, id: Option<&str>) -> Value {
    let answer = catalog.framework_answer(Status::new(status).unwrap());
    let example = codegen::catalog::Example {
        request_id: id,
        ..answer.example(catalog)
    };
    codegen::emit::body_in(catalog, &example, catalog.envelope.default_shape())
}

/// The last body of the location of each status: that of the default style.
fn of_nginx(text: &str) -> Vec<(Vec<u64>, Value)> {
    let locations = text.split("\nerror_page ").skip(1);
    let locations = locations.filter(|part| part.contains("location ="));
    let bodies = locations.map(|part| {
        let (line, location) = part.split_once('\n').unwrap();
        let words = line.split(' ').map_while(|word| word.parse().ok());
        let location = location.split("\n}\n").next().unwrap();
        let line = location.lines().last().unwrap().trim();
        let body = line.strip_prefix("return 200 '").unwrap();
        let body = body.strip_suffix("';").unwrap();
        (words.collect(), serde_json::from_str(body).unwrap())
    });
    bodies.collect()
}

#[test]
fn each_status_has_the_body_of_the_catalog_in_nginx() {
    for name in WITH_PROXIES {
        let catalog = catalog(name);
        let plan = plan_of(name);
        let mut statuses = 0;
        for (group, body) in of_nginx(include(&plan, Proxy::Nginx)) {
            // 494 to 497 refer to the location of another status.
            for status in group
                .into_iter()
                .filter(|status| !(494..498).contains(status))
            {
                assert_eq!(
                    body,
                    expected(&catalog, status, Some("$request_id")),
                    "{name} {status}"
                );
                statuses += 1;
            }
        }
        assert!(statuses >= 37, "{name} has {statuses}");
    }
}

#[test]
fn each_file_of_apache_is_the_body_of_its_status() {
    for name in ["hostile_strings", "seed"] {
        let catalog = catalog(name);
        let plan = plan_of(name);
        let folder = "generated/proxies/apache/bodies/";
        let mut files = 0;
        for file in &plan.artifacts {
            let Some(status) = file.path.strip_prefix(folder) else {
                continue;
            };
            let body: Value = serde_json::from_str(&file.contents).unwrap();
            if let Ok(status) = status.trim_end_matches(".json").parse() {
                // Apache keeps a status that the catalog replaces; no body of these styles contains it.
                assert_eq!(body, expected(&catalog, status, None), "{name} {status}");
                files += 1;
            }
        }
        assert_eq!(files, 37, "{name}");
    }
}

/// The bodies of Caddy and Varnish are between marks that no text of a body contains.
#[test]
fn every_body_of_caddy_and_varnish_is_json() {
    for name in WITH_PROXIES {
        let plan = plan_of(name);
        let caddy = include(&plan, Proxy::Caddy).split("respond `").skip(1);
        let caddy = caddy.map(|part| part.split('`').next().unwrap().to_owned());
        let varnish = include(&plan, Proxy::Varnish).split(".body = ").skip(1);
        let varnish = varnish.map(|part| {
            let expression = part.split(";\n").next().unwrap();
            let terms = expression.split(" + ").map(|term| {
                let text = term
                    .strip_prefix("\"\"\"")
                    .and_then(|it| it.strip_suffix("\"\"\""));
                let quote = (term == "{\"\"\"}").then_some("\"");
                text.or(quote).unwrap_or("id")
            });
            terms.collect::<String>()
        });
        let bodies: Vec<String> = caddy.chain(varnish).collect();
        assert!(bodies.len() >= 100, "{name}");
        for body in bodies {
            let parsed: Result<Value, _> = serde_json::from_str(&body);
            assert!(parsed.is_ok(), "{name}: {body}");
        }
    }
}

/// The messages of the hostile fixture have what each language reads as syntax. No file has them as they are written.
#[test]
fn hostile_texts_are_escapes_in_every_file() {
    let plan = plan_of("hostile_strings");
    let files = plan.artifacts.iter().filter(|file| {
        let path = file.path.strip_prefix("generated/proxies/");
        path.is_some_and(|path| !path.ends_with("/README.md"))
    });
    let mut escaped = 0;
    for file in files {
        assert!(file.contents.is_ascii(), "{}", file.path);
        for raw in [
            "$host",
            "$5",
            "%s",
            "{x}",
            "%{REQUEST_URI",
            "{http.request.host}",
            "<!--",
        ] {
            assert!(!file.contents.contains(raw), "{} has {raw}", file.path);
        }
        escaped += usize::from(file.contents.contains("u00245"));
    }
    // The five files, and that of the body of 400.
    assert_eq!(escaped, 5);
}

#[test]
fn the_size_does_not_depend_on_the_codes() {
    let catalog = |codes: usize| {
        let codes = (0..codes).map(|code| {
            format!(
                "  code_{code}: {{ type: request_error, meaning: It is wrong, fix: Change it }}\n"
            )
        });
        let codes: String = codes.collect();
        let text = format!(
            "version: 1\n\
             api: {{ title: A, docs_url: \"https://example.com\", crate: a-errors }}\n\
             types:\n  request_error: {{ status: 400, meaning: The request is wrong }}\n  \
             server_error: {{ status: 5xx, meaning: The service failed }}\n\
             codes:\n{codes}\
             framework:\n  - {{ status: 4xx, type: request_error }}\n  - {{ status: 5xx, type: server_error }}\n\
             proxies: [nginx, haproxy, apache, caddy, varnish]\n\
             lint: {{ levels: {{ duplicate-meaning: \"off\" }} }}\n"
        );
        proxies::emit(&compile_text("codes", text))
    };
    assert_eq!(catalog(1), catalog(300));
}
