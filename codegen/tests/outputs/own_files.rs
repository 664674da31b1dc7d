//! The files that a catalog makes from templates.

use codegen::report::{Style, human};
use codegen::{Answer, Catalog, Found, Inputs, Outcome, Source, compile, plan};
use serde_json::Value;

use crate::fixtures::artifact;

const REST: &str = "\
version: 1
api: { title: Example, docs_url: https://docs.example.com, crate: example-errors }
types:
  request_error: { status: [400, 404], meaning: The request is wrong }
codes:
  file.not-found: { type: request_error, status: 404, meaning: \"There is no \\\"file\\\"\", fix: Check the id }
  bad_name: { type: request_error, meaning: The name is taken, fix: Choose another }
  hidden: { type: request_error, meaning: A secret, fix: Ask us, audience: internal }
operations:
  get_file: { method: GET, path: \"/files/{id}\", errors: [file.not-found, bad_name, hidden] }
";

/// The inputs of a catalog with these entries of `outputs`, and with these templates in its folder.
fn inputs(outputs: &str, templates: &[(&str, &str)]) -> Inputs {
    let text = format!("{REST}outputs:\n{outputs}");
    let mut inputs = Inputs::new(Source::new("catalog.yaml", text.into_bytes()));
    while let Some(pattern) = inputs.wanted() {
        let (folder, _) = pattern.rsplit_once('*').expect("a pattern");
        let files = templates.iter().filter(|(path, _)| {
            let name = path.strip_prefix(folder);
            name.is_some_and(|name| !name.contains('/'))
        });
        let files = files.map(|(path, text)| Found {
            path: (*path).to_owned(),
            source: Source::new(*path, text.as_bytes().to_vec()),
        });
        inputs.answer(Answer::Files(files.collect()));
    }
    inputs
}

fn outcome(outputs: &str, templates: &[(&str, &str)]) -> (Inputs, Outcome<Catalog>) {
    let inputs = inputs(outputs, templates);
    let outcome = compile(&inputs);
    (inputs, outcome)
}

/// The files from templates, without findings.
fn files(outputs: &str, templates: &[(&str, &str)]) -> Vec<(String, String)> {
    let (inputs, outcome) = outcome(outputs, templates);
    let report = human(&inputs, &outcome.diagnostics, Style::Plain);
    assert_eq!(report, "");
    outcome.value.unwrap().outputs
}

/// The report about a template that is wrong.
fn report(outputs: &str, templates: &[(&str, &str)]) -> String {
    let (inputs, outcome) = outcome(outputs, templates);
    assert!(outcome.value.is_none());
    human(&inputs, &outcome.diagnostics, Style::Plain)
}

/// What one template prints.
pub(crate) fn printed(template: &str) -> String {
    let made = files(
        "  - { template: t.j2, to: out.txt }\n",
        &[("t.j2", template)],
    );
    let [(_, text)] = &made[..] else {
        panic!("{made:?}");
    };
    text.clone()
}

/// The report about one template.
pub(crate) fn report_of(template: &str) -> String {
    let outputs = "  - { template: t.j2, to: out.txt }\n";
    report(outputs, &[("t.j2", template)])
}

fn paths(files: &[(String, String)]) -> Vec<&str> {
    files.iter().map(|(path, _)| path.as_str()).collect()
}

#[test]
fn a_template_sees_exactly_what_the_export_contains() {
    // `$schema` is not a name in a template.
    let names = [
        "generated",
        "format",
        "api",
        "envelope",
        "error_ids",
        "retry",
        "types",
        "codes",
        "retired",
        "statuses",
        "framework",
        "operations",
        "sections",
        "releases",
    ];
    let members = names.map(|name| format!("\"{name}\": {{{{ {name} | json }}}}"));
    let template = format!("{{{}}}", members.join(", "));
    let outputs = "  - { template: t.j2, to: all.json }\n";
    let (_, outcome) = outcome(outputs, &[("t.j2", &template)]);
    let plan = plan(&outcome.value.unwrap());
    let mut export: Value = serde_json::from_str(artifact(&plan, "generated/errors.json")).unwrap();
    let seen: Value = serde_json::from_str(artifact(&plan, "all.json")).unwrap();
    export.as_object_mut().unwrap().shift_remove("$schema");
    assert_eq!(
        seen.to_string(),
        export.to_string(),
        "in the same order too"
    );
}

#[test]
fn a_file_for_each_entry_has_its_name_in_the_path() {
    let template = [("t.j2", "{{ code.name }} {{ api.title }}\n")];
    let made = files(
        "  - { template: t.j2, to: \"web/{code}.ts\", per: code }\n",
        &template,
    );
    assert_eq!(
        paths(&made),
        ["web/file.not-found.ts", "web/bad_name.ts", "web/hidden.ts"]
    );
    assert_eq!(made[0].1, "file.not-found Example\n");
    let made = files(
        "  - { template: t.j2, to: \"src/{code|pascal}.java\", per: code }\n",
        &template,
    );
    assert_eq!(made[0].0, "src/FileNotFound.java");
    let made = files(
        "  - { template: t.j2, to: \"{slug}.md\", per: code }\n",
        &template,
    );
    assert_eq!(made[0].0, "file-not-found.md");
    let made = files(
        "  - { template: t.j2, to: \"{type}.txt\", per: type }\n  - { template: u.j2, to: \"{operation|kebab}.txt\", per: operation }\n",
        &[
            ("t.j2", "{{ type.status }}"),
            ("u.j2", "{{ operation.path }}"),
        ],
    );
    let expected = [
        ("request_error.txt", "400 / 404"),
        ("get-file.txt", "/files/{id}"),
    ];
    let expected = expected.map(|(path, text)| (path.to_owned(), text.to_owned()));
    assert_eq!(made, expected);
}

#[test]
fn an_empty_text_makes_no_file() {
    let made = files(
        "  - { template: t.j2, to: \"{code}.txt\", per: code }\n",
        &[(
            "t.j2",
            "{% if code.audience == 'public' %}\n{{ code.name }}\n{% endif %}\n",
        )],
    );
    assert_eq!(paths(&made), ["file.not-found.txt", "bad_name.txt"]);
}

#[test]
fn templates_include_import_and_extend_those_of_their_folder() {
    let made = files(
        "  - { template: parts/page.j2, to: page.txt }\n",
        &[
            (
                "parts/page.j2",
                "{% extends 'frame.j2' %}{% from 'names.j2' import loud %}\
                 {% block body %}{{ loud(api.title) }}{% include 'end.j2' %}{% endblock %}",
            ),
            ("parts/frame.j2", "<{% block body %}{% endblock %}>\n"),
            (
                "parts/names.j2",
                "{% macro loud(name) %}{{ name | upper }}{% endmacro %}",
            ),
            ("parts/end.j2", "!"),
        ],
    );
    assert_eq!(made[0].1, "<EXAMPLE!>\n");
    for name in [
        "../secret.j2",
        "/secret.j2",
        "below/secret.j2",
        "./parts/end.j2",
        "secret.j2",
    ] {
        let report = report(
            "  - { template: parts/page.j2, to: page.txt }\n  - { template: secret.j2, to: secret.txt }\n",
            &[
                ("parts/page.j2", &format!("{{% include '{name}' %}}")),
                ("secret.j2", "secret"),
                ("parts/below/secret.j2", "secret"),
            ],
        );
        assert!(report.contains("is not in the same folder"), "{report}");
        assert!(report.contains("name one of: `page.j2`"), "{report}");
    }
}

#[test]
fn a_mistake_in_an_included_template_is_shown_there_with_the_way_to_it() {
    let report = report(
        "  - { template: page.j2, to: page.txt }\n",
        &[
            ("page.j2", "{{ api.title }}\n{% include 'part.j2' %}\n"),
            ("part.j2", "one\n  {{ api.tilte }}\n"),
        ],
    );
    assert!(
        report.starts_with("error[bad-template]: `api.tilte` is undefined"),
        "{report}"
    );
    assert!(report.contains("part.j2:2:6"), "{report}");
    assert!(report.contains("page.j2:2:"), "{report}");
    assert!(report.contains("reached from here"), "{report}");
}

#[test]
fn a_mistake_of_a_template_that_two_outputs_have_is_reported_once() {
    let (_, outcome) = outcome(
        "  - { template: t.j2, to: a.txt }\n  - { template: t.j2, to: b.txt }\n",
        &[("t.j2", "{{ nothing }}")],
    );
    assert_eq!(outcome.diagnostics.len(), 1);
}

#[test]
fn a_path_that_an_entry_makes_impossible_is_reported() {
    let text = [("t.j2", "text")];
    for (path, expected) in [
        ("{code|pascal}", ""),
        // The names of two files differ in their case only, or one is a folder of the other.
        ("{slug}/../x", "contains a segment of dots"),
        ("generated/{code}", "is in the folder `generated`"),
    ] {
        let outputs = format!("  - {{ template: t.j2, to: \"{path}\", per: code }}\n");
        let (inputs, outcome) = outcome(&outputs, &text);
        let report = human(&inputs, &outcome.diagnostics, Style::Plain);
        assert!(report.contains(expected), "{path}: {report}");
        assert_eq!(
            outcome.diagnostics.is_empty(),
            expected.is_empty(),
            "{report}"
        );
    }
    let report = report(
        "  - { template: t.j2, to: web }\n  - { template: t.j2, to: \"web/{code}\", per: code }\n",
        &text,
    );
    assert!(report.contains("two outputs have the path"), "{report}");
}

/// A template whose loops or texts grow without end is stopped soon.
#[test]
fn a_template_without_end_is_stopped() {
    let endless = "{% set all = range(100000) %}{% for a in all %}{% for b in all %}{{ '' }}{% endfor %}{% endfor %}";
    let doubling = "{% set ns = namespace(text='x') %}{% for a in range(100000) %}{% set ns.text = ns.text ~ ns.text %}{% endfor %}";
    let printed_twice = "{% set ns = namespace(list=['x']) %}{% for a in range(40) %}{% set ns.list = [ns.list, ns.list] %}{% endfor %}{{ ns.list | json }}";
    let repeated = "{{ 'x' * 1000000000 }}";
    let replaced = "{% set ns = namespace(text='x') %}{% for a in range(100) %}{% set ns.text = ns.text | replace('x', 'xxxxxxxx') %}{% endfor %}";
    for template in [endless, doubling, repeated, replaced, printed_twice] {
        let report = report(
            "  - { template: t.j2, to: out.txt }\n",
            &[("t.j2", template)],
        );
        assert!(
            report.contains("the template does not end within"),
            "{report}"
        );
    }
    for template in [
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{% include 't.j2' %}",
        "{% extends 't.j2' %}",
    ] {
        let report = report(
            "  - { template: t.j2, to: out.txt }\n",
            &[("t.j2", template)],
        );
        assert!(report.contains("error[bad-template]"), "{report}");
    }
    // All files of an output share its steps.
    let some = "{% for a in range(100000) %}{% for b in range(2) %}{{ b }}{% endfor %}{% endfor %}";
    let once = printed(some);
    assert_eq!(once.len(), 200_000);
    let report = report(
        "  - { template: t.j2, to: \"{code}.txt\", per: code }\n",
        &[("t.j2", some)],
    );
    assert!(
        report.contains("the template does not end within"),
        "{report}"
    );
}

#[test]
fn a_template_gives_the_same_text_on_every_system() {
    assert_eq!(printed("a\r\nb\r\n"), "a\nb\n");
    let one = printed("{{ codes | json(2) }}{{ types | python }}");
    assert_eq!(one, printed("{{ codes | json(2) }}{{ types | python }}"));
}

#[test]
fn a_line_with_a_statement_alone_leaves_nothing() {
    let text = printed("a\n  {% for code in codes %}\n  - {{ code.name }}\n  {% endfor %}\nb\n");
    assert_eq!(text, "a\n  - file.not-found\n  - bad_name\n  - hidden\nb\n");
}

#[test]
fn the_list_of_files_has_a_hash_of_each() {
    let (_, outcome) = outcome(
        "  - { template: t.j2, to: web/a.txt }\n",
        &[("t.j2", "text\n")],
    );
    let plan = plan(&outcome.value.unwrap());
    let list = artifact(&plan, "generated/.files");
    let own: Vec<&str> = list.lines().filter(|line| line.contains(' ')).collect();
    let hash = codegen::Artifact::hash(b"text\n");
    assert_eq!(own, [format!("web/a.txt {hash:016x}")]);
}

/// The templates of the guide do what the guide says.
#[test]
fn the_template_of_the_guide_can_be_rendered() {
    let page = std::fs::read_to_string(crate::fixtures::root().join("docs/outputs.md")).unwrap();
    let (_, rest) = page.split_once("```jinja\n").expect("a template");
    let (template, _) = rest.split_once("```").expect("its end");
    let text = printed(template);
    let expected = "export type ErrorCode =\n  | \"file.not-found\"\n  | \"bad_name\"\n  ;\n";
    assert!(text.ends_with(expected), "{text}");
}
