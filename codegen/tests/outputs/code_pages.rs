//! The page of each code, read back.

use codegen::catalog::{Catalog, Code, CodeKind, Example, Method, Node, Shape, Slot};
use serde_json::{Value, json};

use crate::docs::pages;
use crate::fixtures::{Described, artifact, compile_text, names, public, public_plan_of, value_of};
use crate::lifecycle_pages::kept_pages;
use crate::rendered_text::{bare, in_cell, page};
use crate::sent_code::sent_code;

#[test]
fn every_code_has_a_page_with_everything_on_it() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let pages = pages(&plan);
        let of_operations = usize::from(!catalog.operations.is_empty());
        let kept = kept_pages(&catalog).len();
        assert_eq!(pages.len(), catalog.codes.len() + 3 + of_operations + kept);
        for code in &catalog.codes {
            let page = page(pages[format!("{}.md", code.names.slug).as_str()]);
            let heading = &page.headings[0].1;
            assert_eq!(bare(heading), bare(&code.names.wire));
            let text = bare(&page.text);
            for expected in [
                &*code.summary(),
                &code.fix,
                &catalog[code.error_type].names.wire,
            ] {
                assert!(
                    text.contains(&bare(expected)),
                    "{name}: {expected} in {text}"
                );
            }
            assert!(text.contains(&format!("HTTP status {}", code.status)));
            let retryable = if code.retry.is_retryable() {
                "yes"
            } else {
                "no"
            };
            assert!(text.contains(&format!("Retryable {retryable}")));
            let own = code.status.own();
            let class = own.map_or("no-status".to_owned(), |own| {
                format!("status-{}xx", own.class())
            });
            let retry = if code.retry.is_retryable() {
                "retry"
            } else {
                "no-retry"
            };
            let mut badges = vec![class.as_str(), retry];
            badges.extend(code.deprecated.as_ref().map(|_| "deprecated"));
            assert_eq!(page.badges, badges);
            let fences = &page.fences[Described::by(code).fences..];
            let (_, response) = &fences[0];
            let shape = catalog.envelope.default_shape();
            let body = match own {
                Some(own) => {
                    let (head, body) = response.split_once("\n\n").unwrap();
                    assert!(head.starts_with(&format!("HTTP/1.1 {own}")));
                    assert!(head.contains(&format!("\n{}: ", catalog.envelope.request_id)));
                    assert!(head.contains(&format!("\ncontent-type: {}\n", shape.content_type)));
                    body
                }
                None => response.as_str(),
            };
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let message = value_of(shape, &body, Slot::Message);
            assert_eq!(message, code.example_message.as_str());
            let shown = value_of(shape, &body, Slot::Code);
            assert_eq!(*shown, sent_code(&catalog, shape, code));
            let details = value_of(shape, &body, Slot::Details);
            let shown = code.arguments.iter().filter(|argument| !argument.sensitive);
            for argument in shown.filter(|_| catalog.envelope.details) {
                assert!(details.get(&argument.name).is_some());
                let mut rows = page.rows.iter();
                let row = rows.find(|row| row.len() == 3 && row[0] == argument.name);
                assert_eq!(bare(&row.unwrap()[2]), in_cell(&argument.meaning));
            }
            let after = fences.iter().skip_while(|(language, _)| language != "rust");
            let rust: Vec<_> = after.take(2).map(|(_, text)| text).collect();
            assert!(rust[0].contains(&code.names.variant));
            assert!(rust[1].contains(&format!("ErrorCode::{}", code.names.variant)));
        }
    }
}

/// The events that the page of a code shows: the styles of each, and its data. A page of a catalog with one style shows
/// none.
pub(crate) fn events<'a>(catalog: &'a Catalog, code: &Code) -> Vec<(Vec<&'a Shape>, Value)> {
    let shapes = &catalog.envelope.shapes;
    let mut events: Vec<(Vec<&Shape>, Value)> = Vec::new();
    for shape in shapes.iter().filter(|_| shapes.len() > 1) {
        let example = Example {
            request_id: Some("req_4f9c2e71"),
            ..catalog.example_of_code(code)
        };
        let shape_of = |node: &Node| Shape {
            body: node.clone(),
            ..shape.clone()
        };
        let filled = |node: &Node| filled(catalog, &example, shape_of(node));
        let data = filled(&shape.event.data);
        if data == filled(&shape.body) && shape.event.name.as_deref() == Some("error") {
            continue;
        }
        let is_same = |known: &&mut (Vec<&Shape>, Value)| {
            known.1 == data && known.0[0].event.name == shape.event.name
        };
        match events.iter_mut().find(is_same) {
            Some((styles, _)) => styles.push(shape),
            None => events.push((vec![shape], data)),
        }
    }
    events
}

/// The body of an example in a shape, as the documentation of an API that sends only this shape shows it.
fn filled(catalog: &Catalog, example: &Example<'_>, shape: Shape) -> Value {
    let mut catalog = catalog.clone();
    catalog.envelope.shapes = vec![shape];
    serde_json::from_str(&codegen::emit::example_body(&catalog, example)).unwrap()
}

/// A client of any style finds its body on the page, and the event of its streams if that is more than the body.
#[test]
fn a_page_shows_the_bodies_and_events_of_all_styles() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let others = &catalog.envelope.shapes[1..];
        for code in &catalog.codes {
            let slug = &code.names.slug;
            let markdown = artifact(&plan, &format!("docs/errors/{slug}.md"));
            let page = page(markdown);
            let fences = &page.fences[Described::by(code).fences..];
            let (bodies, fences) = fences[1..].split_at(others.len());
            for (shape, (_, body)) in others.iter().zip(bodies) {
                let fixture = format!("generated/fixtures/{slug}.{}.json", shape.name);
                let expected: Value = serde_json::from_str(artifact(&plan, &fixture)).unwrap();
                let body: Value = serde_json::from_str(body).unwrap();
                assert_eq!(body, expected, "{name}/{slug}");
                let head = format!(
                    "In the style `{}` (`{}`):\n",
                    shape.name, shape.content_type
                );
                assert!(markdown.contains(&head), "{name}/{slug}: {head}");
            }
            for ((shapes, expected), (_, lines)) in events(&catalog, code).iter().zip(fences) {
                let name = shapes[0].event.name.as_ref();
                let name = name.map_or_else(String::new, |name| format!("event: {name}\n"));
                let data = lines.trim_end().strip_prefix(&*name).unwrap();
                let data = data.strip_prefix("data: ").unwrap();
                let data: Value = serde_json::from_str(data).unwrap();
                assert_eq!(data, *expected, "{name}/{slug}");
                let styles: Vec<_> = shapes.iter().map(|one| format!("`{}`", one.name)).collect();
                let plural = if styles.len() > 1 { "s" } else { "" };
                let styles = styles.join(", ");
                let head = format!("The event that ends a stream, in the style{plural} {styles}:");
                assert!(markdown.contains(&head), "{name}/{slug}: {head}");
            }
        }
    }
}

/// The name of a code, and the advice to try again, as they stand in each language.
#[test]
fn every_page_has_client_code_in_other_languages() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        for code in &catalog.codes {
            let page = page(artifact(
                &plan,
                &format!("docs/errors/{}.md", code.names.slug),
            ));
            let fences = &page.fences[Described::by(code).fences..];
            let [.., (_, typescript), (_, python), (_, curl)] = fences else {
                panic!("{name}: {:?}", page.fences);
            };
            let advice = codegen::emit::retry_advice(&catalog, code.retry).replace('`', "");
            for (text, before) in [(typescript, "code === "), (python, "code == ")] {
                let (_, literal) = text.split_once(before).unwrap();
                let end = literal.find([')', '\n']);
                let end = end.filter(|_| catalog.envelope.code == CodeKind::Integer);
                let literal = literal[..end.unwrap_or(literal.len())].trim_end_matches(':');
                let mut literals = serde_json::Deserializer::from_str(literal).into_iter();
                let read: serde_json::Value = literals.next().unwrap().unwrap();
                let shape = catalog.envelope.default_shape();
                assert_eq!(read, sent_code(&catalog, shape, code), "{text}");
                assert!(text.contains(&advice), "{text}");
            }
            let retries = format!(" --retry {} ", catalog.retry.backoff.max_retries);
            let status = code.status.sent().get();
            let by_curl = [408, 429, 500, 502, 503, 504].contains(&status);
            let retryable = code.retry.is_retryable() && by_curl;
            assert_eq!(curl.contains(&retries), retryable, "{curl}");
            assert!(!curl.contains("HEAD"), "{curl}");
        }
    }
}

/// The arguments of curl, as a shell reads the block of a page. The variables that it could expand have values.
fn words_of_curl(shell: &str, block: &str) -> Vec<String> {
    let program = block.replace("curl ", "printf '%s\\n' ");
    let program = program.replace("jq ", "true ");
    let output = std::process::Command::new(shell)
        .args(["-u", "-c", &format!("BASE_URL=base URL=url; {program}")])
        .env("x", "expanded")
        .env("path", "expanded")
        .output()
        .unwrap();
    assert!(output.status.success(), "{shell}: {block}: {output:?}");
    let words = String::from_utf8(output.stdout).unwrap();
    words.lines().map(str::to_owned).collect()
}

/// A shell reads the request as it is meant: one word with the path, in which nothing is expanded.
#[test]
fn a_shell_reads_the_request_for_curl() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        for code in &catalog.codes {
            let file = format!("docs/errors/{}.md", code.names.slug);
            let page = page(artifact(&plan, &file));
            let (_, curl) = page.fences.last().unwrap();
            let operations = code.operations.iter();
            let mut operations = operations.map(|at| &catalog.operations[*at]);
            let operation = operations.find(|operation| operation.method != Method::Head);
            let server = catalog.api.servers[0].url.trim_end_matches('/');
            let expected = match operation {
                Some(operation) if server.starts_with("http") => {
                    format!("{server}{}", operation.path)
                }
                Some(operation) => format!("base{}", operation.path),
                None => "url".to_owned(),
            };
            for shell in ["sh", "bash"] {
                let words = words_of_curl(shell, curl);
                assert_eq!(words.last(), Some(&expected), "{name}: {curl}");
                let params = operation.is_some_and(|one| !one.path_params.is_empty());
                assert_eq!(words.iter().any(|word| word == "--globoff"), params);
            }
        }
    }
}

/// Whatever a path and a server contain, the request has both word for word.
#[test]
fn no_shell_expands_a_path_or_a_server() {
    let catalog = |server: &str, path: &str| {
        let text = json!({
            "version": 1,
            "api": {
                "title": "Pets", "docs_url": "https://docs.example.com", "crate": "pet-errors",
                "servers": [{ "url": server }],
            },
            "types": { "bad": { "status": 400, "meaning": "Bad" } },
            "codes": { "no_pet": { "type": "bad", "meaning": "No pet", "fix": "Find one" } },
            "operations": { "find": { "method": "PUT", "path": path, "errors": ["no_pet"] } },
        });
        compile_text("curl", text.to_string())
    };
    for (server, path) in [
        ("https://a.example", "/pets/{path}/{home}/{x}"),
        ("https://a.example/$x/$(x)", "/{PATH}"),
        (
            "https://a.example/it's;!x&y",
            "/$x/$HOME/$(x)/!x/!!/~/*/it's/'/a;b&c=(d),e+f:@%20",
        ),
        ("/", "/pets/{http_proxy}/$path"),
        ("/v1", "/-/{x-y}"),
    ] {
        let plan = codegen::plan(&catalog(server, path));
        let page = page(artifact(&plan, "docs/errors/no_pet.md"));
        let (_, curl) = page.fences.last().unwrap();
        let base = if server.starts_with('/') {
            "base"
        } else {
            server
        };
        for shell in ["sh", "bash"] {
            let words = words_of_curl(shell, curl);
            let expected = [
                "--silent",
                "--show-error",
                "--output",
                "answer.json",
                "--write-out",
                "%{http_code}\\n",
                "--request",
                "PUT",
            ];
            assert_eq!(words[..expected.len()], expected, "{curl}");
            let url = format!("{base}{path}");
            assert_eq!(words.last(), Some(&url), "{shell}: {curl}");
        }
    }
}

/// Each page of many codes with one name would otherwise be as long as their list.
#[test]
fn a_page_links_to_ten_codes_with_its_name() {
    let names: Vec<String> = (0..13).map(|at| format!("printer_{at}")).collect();
    let codes = names.iter().map(|name| {
        format!("  {name}.paper: {{ type: printer_error, meaning: The {name} is empty, fix: Fill it, group: {name} }}\n")
    });
    let groups = names.iter().map(|name| {
        format!("  {name}: {{ title: The {name}, prefix: {name}., namespace: true }}\n")
    });
    let catalog = compile_text(
        "printers",
        format!(
            "version: 1\n\
         api: {{ title: Printers, docs_url: https://docs.example.com, crate: printer-errors }}\n\
         types: {{ printer_error: {{ status: 409, meaning: The printer cannot print }} }}\n\
         codes:\n{}groups:\n{}",
            codes.collect::<String>(),
            groups.collect::<String>(),
        ),
    );
    let plan = codegen::plan(&catalog);
    let page = artifact(&plan, "docs/errors/printer_0-paper.md");
    let line = page
        .lines()
        .find(|line| line.starts_with("Codes of other namespaces"));
    let line = line.unwrap();
    assert_eq!(line.matches("](").count(), 10, "{line}");
    assert!(line.ends_with(", and 2 more."), "{line}");
}
