//! What a template can do has an end, and the tool says where it came to it.

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior};

use crate::exhaustive;
use crate::own_files::{printed, report_of};

/// Two equal values of a few lists. Each list contains the one before twice, which makes millions of items.
const DOUBLED: &str = "{% set ns = namespace(a=['x'], b=['x']) %}\
    {% for i in range(24) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}";

/// Two equal texts of a megabyte.
const LONG: &str = "{% set a = 'x' * 1000000 %}{% set b = 'x' * 1000000 %}";

fn assert_stopped(template: &str) {
    let report = report_of(template);
    assert!(
        report.contains("the template does not end within"),
        "{template}: {report}"
    );
    assert!(report.contains("t.j2:1:"), "{template}: {report}");
    assert!(report.contains("help: "), "{template}: {report}");
}

#[test]
fn values_inside_of_lists_are_counted_wherever_they_are_read() {
    let expressions = [
        "ns.a == ns.b",
        "ns.a in [ns.b]",
        "[ns.a, ns.b] | unique",
        "ns.a | string",
        "ns.a is eq ns.b",
        "[ns.a] | select('eq', ns.b)",
        "{ns.a: 1}",
        "ns.a",
        "ns.a | json",
        "ns.a != ns.b",
        "ns.a < ns.b",
        "1 < 2 < ns.a <= ns.b",
        "{'key': ns.a} == {'key': ns.b}",
        "ns.a ~ ''",
        "ns.a | js",
        "ns.a | pprint",
        "ns.a | join",
        "ns.a | replace('x', 'y')",
        "'%s' | format(ns.a)",
        "[ns.a, ns.b] | sort",
        "[ns.a, ns.b] | max",
        "[{'of': ns.a}, {'of': ns.b}] | groupby('of')",
        "{'a': ns.a, 'b': ns.b} | dictsort(by='value')",
        "ns.a is in [ns.b]",
        "namespace(of=ns.a) == namespace(of=ns.b)",
        "loop.cycle(ns.a) == (ns.b)",
    ];
    for expression in &expressions[..exhaustive::select(8, expressions.len())] {
        assert_stopped(&format!(
            "{DOUBLED}{{% for once in [1] %}}{{{{ {expression} }}}}{{% endfor %}}"
        ));
    }
}

#[test]
fn long_texts_are_counted_wherever_they_are_read() {
    for expression in [
        "a == b",
        "a < b",
        "a is eq b",
        "a is startingwith b",
        "a is lower",
        "a[-1]",
        "a[0:1]",
        "{'a': 1}[a] is defined",
        "loop.changed(a)",
        "a | trim('y')",
        "a | length",
    ] {
        assert_stopped(&format!(
            "{LONG}{{% for i in range(10000) %}}{{{{ {expression} }}}}{{% endfor %}}"
        ));
    }
    assert_stopped(&format!(
        "{LONG}{{% for i in range(10000) %}}{{% for c in a %}}{{% break %}}{{% endfor %}}{{% endfor %}}"
    ));
}

#[test]
fn one_step_makes_no_more_than_is_left() {
    for expression in [
        "('a' * 5000000) | split('')",
        "('a' * 10000) | split('') | join(' ' * 100000)",
        "('\\n' * 100000) | comment('x' * 10000)",
        "('\\n' * 100000) | lines | join('x' * 10000)",
        "('\\n' * 100000) | indent(10000)",
        "('a' * 100000) | replace('a', 'x' * 10000)",
        "'%1000000000d' | format(1)",
        "['x'] * 100000000",
    ] {
        assert_stopped(&format!("{{{{ {expression} }}}}"));
    }
    for template in ["{{ ['a' * 100000] }}", "{{ {'a' * 100000: 1} }}"] {
        let report = report_of(template);
        assert!(
            report.contains("a text of more than 16384 bytes in a list"),
            "{report}"
        );
    }
    let report = report_of("{{ 'a' | trim('x' * 1000) }}");
    assert!(
        report.contains("`trim` takes 64 characters at most"),
        "{report}"
    );
    let report = report_of("{{ ['a'] | sum(start='') }}");
    assert!(report.contains("`sum` adds numbers only"), "{report}");
}

#[test]
fn values_nest_to_a_limit_however_they_are_made() {
    let grown = |start: &str, step: &str| {
        format!(
            "{{% set ns = namespace(v={start}) %}}{{% for i in range(70) %}}{{% set ns.v = {step} %}}{{% endfor %}}"
        )
    };
    let repeated = |step: &str| {
        format!(
            "{{% set v = [] %}}{}",
            format!("{{% set v = {step} %}}").repeat(70)
        )
    };
    for template in [
        grown("[]", "[ns.v]"),
        grown("{}", "{'v': ns.v}"),
        grown("()", "(ns.v, 1)"),
        grown("{}", "dict(v=ns.v)"),
        grown("[]", "ns.v | batch(1) + [[ns.v]]"),
        grown("[]", "ns"),
        grown("[]", "[ns]"),
        repeated("[v]"),
    ] {
        let report = report_of(&template);
        let stopped = report.contains("the value is nested too deep");
        // A namespace that is kept is a copy of what it contained.
        assert!(
            stopped || template.contains("= ns %}"),
            "{template}: {report}"
        );
        assert!(
            !stopped || report.contains("t.j2:1:"),
            "{template}: {report}"
        );
    }
}

#[test]
fn statements_nest_to_a_limit_without_brackets() {
    for (template, expected) in [
        (
            format!("{{{{ 1{} }}}}", " + 1".repeat(500)),
            "a statement has too many operators",
        ),
        (
            format!("{{{{ {}1 }}}}", "not ".repeat(500)),
            "a statement has too many operators",
        ),
        (
            format!("{{{{ a{} }}}}", ".a".repeat(500)),
            "a statement has too many operators",
        ),
        (
            format!("{{{{ 'a'{} }}}}", " | upper".repeat(500)),
            "a statement has too many operators",
        ),
        (
            format!("{{% if 1 %}}{}{{% endif %}}", "{% elif 1 %}".repeat(300)),
            "a condition has too many branches",
        ),
    ] {
        let report = report_of(&template);
        assert!(report.contains(expected), "{report}");
        assert!(report.contains("t.j2:1:"), "{report}");
    }
    assert_eq!(
        printed(&format!("{{{{ 1{} }}}}", " + 1".repeat(390))),
        "391"
    );
    assert_eq!(
        printed(&format!("{{{{ [{}] | length }}}}", "1, ".repeat(5000))),
        "5000"
    );
}

#[test]
fn a_template_is_no_value() {
    let report = report_of("one\n{% import 't.j2' as t %}");
    assert!(
        report.contains("a template as a value is not supported"),
        "{report}"
    );
    assert!(report.contains("t.j2:2:"), "{report}");
    assert!(
        report.contains("write `{% from \"file.j2\" import name %}` instead"),
        "{report}"
    );
}

/// What is inserted into a template for counting changes neither its text nor the places of its mistakes.
#[test]
fn a_counted_template_prints_what_the_engine_prints() {
    let mut engine = Environment::new();
    engine.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()
            .unwrap(),
    );
    engine.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    for template in [
        "{{ [1, 'a', none, [2, {'k': (3, 4)}]][3][1].k[0] }}",
        "{{ -[1, 2][1] }} {{ -(1 + 2) * 3 }} {{ (1 + 2) * (3 + 4) }} {{ 1 + 2 * 3 + (4) }}",
        "{{ [1] + [2] + [3] }} {{ ([1] + [2])[1:] }} {{ [1, 2, 3][::-1] }} {{ 'abc'[1:] }} {{ 'abc'[-1] }}",
        "{{ 'a' * 3 }} {{ [1] * 3 }} {{ 'a' + 'b' ~ 'c' }} {{ 'a'\n 'b' + 'c' }}",
        "{{ 1 < 2 < 3 }} {{ 1 not in [1, 2] }} {{ not [1] == [1] }} {{ [1, [2]] == [1, [2]] }} {{ {'a': 1} == {'a': 1} }}",
        "{{ 1 if [] else 2 if {} else [3] }} {{ [] or [4] }} {{ [1] and [2] }}",
        "{% set a, b = 1, [2] %}{{ a }}{{ b }}{% set c = (1), (2) %}{{ c[1] }}",
        "{% set ns = namespace(n=0, l=[]) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% set ns.l = ns.l + [i] %}{% endfor %}{{ ns.n }} {{ ns.l }}",
        "{% set ns = namespace() %}{% set ns.a = [1] %}{% set ns.b = ns.a %}{% set ns.c %}x{% endset %}{{ ns.b }}{{ ns.c }}",
        "{% macro f(ns, x=[1]) %}{% set ns.a = x %}{{ x | join('-') }}{% endmacro %}{% set ns = namespace() %}{{ f(ns) }}{{ f(ns, x=[2, 3]) }}{{ ns.a }}",
        "{% set x | upper %}a{% endset %}{{ x }}{% filter upper | replace('A', 'B') %}abc{% endfilter %}{% set y | list %}ab{% endset %}{{ y }}",
        "{% for k, v in {'a': 1, 'b': 2} | items %}{{ loop.index }}{{ k }}{{ v }}{% endfor %}{% for k, v in {'b': 1, 'a': 2} | dictsort %}{{ k }}{% endfor %}",
        "{% for x in [[1, [2, [3]]]] recursive %}{{ x if x is number else loop(x) }}{% endfor %}",
        "{% for g in [{'a': 1, 'b': 2}, {'a': 1, 'b': 3}] | groupby('a') %}{{ g.grouper }}{{ g.list | length }}{{ g[1][0].b }}{% endfor %}",
        "{% for a, b in [{'a': 1}] | groupby('a') %}{{ a }}{{ b | length }}{% endfor %}",
        "{{ [3, 1, 2] | sort | first }}{{ [1, 2] | last }}{{ [1, 2] | max }}{{ [1, 2, 3] | sum }}{{ [{'n': 2}] | sum(attribute='n') }}",
        "{{ [1, 2, 3] | batch(2) | list }}{{ [1, 2, 3] | slice(2) | list }}{{ [1] | chain([2]) | list }}{% for a, b in [1] | zip([2]) %}{{ a + b }}{% endfor %}",
        "{{ 'a b' | split }}{{ 'a,b,c' | split(',', 1) }}{{ 'a\\nb' | lines }}{{ ' a ' | trim }}{{ 'xax' | trim('x') }}",
        "{{ [1, 2, 3] | select('odd') | list }}{{ [{'a': 1}] | selectattr('a', 'eq', 1) | map(attribute='a') | list }}{{ ['a'] | map('upper') | join }}",
        "{{ {'a': {'b': 1}}.a['b'] }}{{ dict(a=1) }}{{ dict({'a': 1}, b=2) }}{{ range(1, 7, 2) | list }}{{ {'a': 1} | items | map('last') | list }}",
        "{{ [1] is eq [1] }}{{ 1 is in [1] }}{{ 'a' is in('abc') }}{{ missing is defined }}{{ [1] is sequence }}{{ {} is mapping }}{{ () is sequence }}",
        "{% for i in [1, 2, 3] if i is odd %}{{ loop.cycle('a', 'b') }}{{ loop.changed(i) }}{{ loop.previtem }}{% endfor %}",
        "{% call(x) wrap([1, 2]) %}{{ x }}{% endcall %}",
        "{% with a = [1], b = 2 %}{{ a[0] + b }}{% endwith %}{{ missing | default([1])[0] }}{{ (missing | default({'a': 1})).a }}",
        "{% block body %}x{% endblock %}{{ self.body() }}{% do [1] | list %}",
        "{{ 'a' ~ [1] ~ {'b': 2} }} {{ [1.5, true, none, 'x\"y'] }} {{ {'k': [1]} }}",
        "  {% for x in [1, 2] %}\n  - {{ x }}\n  {% endfor %}\nend\n",
    ] {
        let template = format!(
            "{{% macro wrap(l) %}}<{{{{ caller(l | length) }}}}>{{% endmacro %}}{template}"
        );
        let expected = engine.render_str(&template, ());
        match expected {
            Ok(expected) => assert_eq!(printed(&template), expected, "{template}"),
            // What the engine does not know, neither do we.
            Err(_) => {
                report_of(&template);
            }
        }
    }
}

#[test]
fn a_mistake_after_a_counted_expression_has_its_own_place() {
    for (template, place) in [
        ("{{ [1] + [2] }}{{ api.tilte }}", "t.j2:1:19"),
        (
            "{{ [api.title] | join }} {{ [1, api.tilte.x] }}",
            "t.j2:1:36",
        ),
        ("\n{{ {'a': [1]}.a[0] | nothing }}", "t.j2:2:"),
        ("{{ api.tilte == api.title }}", "t.j2:1:4"),
    ] {
        let report = report_of(template);
        assert!(report.contains(place), "{template}: {report}");
    }
}
