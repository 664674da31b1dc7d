//! The page of each code, read back.

use codegen::catalog::CodeKind;

use crate::docs::pages;
use crate::fixtures::{Described, artifact, members, names, public, public_plan_of, wire_value};
use crate::lifecycle_pages::kept_pages;
use crate::rendered_text::{bare, in_cell, page};

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
            let class = format!("status-{}xx", code.status.class());
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
            let (head, body) = response.split_once("\n\n").unwrap();
            assert!(head.starts_with(&format!("HTTP/1.1 {}", code.status)));
            assert!(head.contains(&format!("\n{}: ", catalog.envelope.request_id)));
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            let style = catalog.envelope.styles[0];
            assert!(head.contains(&format!("\ncontent-type: {}\n", style.media_type())));
            let (members, message) = members(style, &body);
            assert_eq!(members[message], code.example_message.as_str());
            assert_eq!(members["code"], wire_value(&catalog, code));
            let shown = code.arguments.iter().filter(|argument| !argument.sensitive);
            for argument in shown.filter(|_| catalog.envelope.details) {
                assert!(members["details"].get(&argument.name).is_some());
                let mut rows = page.rows.iter();
                let row = rows.find(|row| row.len() == 3 && row[0] == argument.name);
                assert_eq!(bare(&row.unwrap()[2]), in_cell(&argument.meaning));
            }
            assert!(fences[1].1.contains(&code.names.variant));
            assert!(
                fences[2]
                    .1
                    .contains(&format!("ErrorCode::{}", code.names.variant))
            );
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
            let [_, _, _, (_, typescript), (_, python), (_, curl)] = fences else {
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
                assert_eq!(read, wire_value(&catalog, code), "{text}");
                assert!(text.contains(&advice), "{text}");
            }
            let retries = format!(" --retry {} ", catalog.retry.backoff.max_retries);
            let status = code.status.get();
            let by_curl = [408, 429, 500, 502, 503, 504].contains(&status);
            let retryable = code.retry.is_retryable() && by_curl;
            assert_eq!(curl.contains(&retries), retryable, "{curl}");
            assert!(!curl.contains("HEAD"), "{curl}");
        }
    }
}

/// A shell reads the request as it is meant: one word with the path, and variables for what varies.
#[test]
fn a_shell_reads_the_request_for_curl() {
    for name in names() {
        let catalog = public(name);
        let plan = public_plan_of(name);
        let params = catalog.operations.iter();
        let params = params.flat_map(|operation| &operation.path_params);
        let variables = params.map(|name| name.to_ascii_uppercase().replace('-', "_"));
        for code in &catalog.codes {
            let file = format!("docs/errors/{}.md", code.names.slug);
            let page = page(artifact(&plan, &file));
            let (_, curl) = page.fences.last().unwrap();
            let program = curl
                .replace("curl ", "printf '%s\\n' ")
                .replace("jq ", "true ");
            let output = std::process::Command::new("bash")
                .args(["-u", "-c", &format!("BASE_URL=base URL=url; {program}")])
                .envs(variables.clone().map(|name| (name, "value")))
                .output()
                .unwrap();
            assert!(output.status.success(), "{name}: {curl}: {output:?}");
            let said = String::from_utf8(output.stdout).unwrap();
            let last = said.lines().last().unwrap();
            let mut methods = code
                .operations
                .iter()
                .map(|at| catalog.operations[*at].method);
            if methods.any(|method| method != codegen::catalog::Method::Head) {
                let is_path = last.starts_with("base/") || last.contains("://");
                assert!(is_path, "{name}: {said}");
            } else {
                assert_eq!(last, "url", "{name}: {said}");
            }
        }
    }
}
