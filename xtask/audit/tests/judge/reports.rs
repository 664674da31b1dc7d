//! The formats of reports.

use codegen::rule::Level;
use error_catalog_audit::judge::Judge;
use error_catalog_audit::report::{Least, Measure, Report};
use error_catalog_audit::seen::scope::Scope;
use expect_test::{expect, expect_file};

use super::planted;
use super::support::{GOOD, catalog, documented, exchange, judged, settings};

#[test]
fn every_fault_is_in_every_format() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &planted::all());
    let recordings = ["out/traffic.har".to_owned()];
    let least = vec![
        Least {
            measure: Measure::Codes,
            percent: 100,
        },
        Least {
            measure: Measure::Pairs,
            percent: 90,
        },
    ];
    let report = Report::new(&tally, &recordings, Scope::default(), least);
    expect_file!["../expected/report.txt"].assert_eq(&report.text());
    expect_file!["../expected/report.json"].assert_eq(&report.json());
    expect_file!["../expected/report.md"].assert_eq(&report.markdown());
    expect_file!["../expected/report.github"].assert_eq(&report.github());
    expect_file!["../expected/report.xml"].assert_eq(&report.junit());
    let sarif: serde_json::Value = serde_json::from_str(&report.sarif()).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert_eq!(results.len(), tally.groups().count());
    for (result, group) in results.iter().zip(tally.groups()) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], group.rule.id());
        assert_eq!(result["ruleId"], group.rule.id());
        assert_eq!(
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "out/traffic.har"
        );
    }
    for group in tally.groups() {
        for text in [
            report.json(),
            report.markdown(),
            report.github(),
            report.junit(),
        ] {
            assert!(text.contains(group.rule.id()), "{}", group.rule.id());
        }
    }
}

#[test]
fn a_clean_run_says_so_in_one_line() {
    let small = documented()
        .split("  photo_too_large:")
        .next()
        .unwrap()
        .to_owned();
    let types = "  limit_error: { status: 429, meaning: There are too many requests }\n";
    let small = small.replace(types, "").replace("[400, 404, 413]", "404");
    let catalog = catalog(&small.replace("retry: { statuses: [429] }\n", ""));
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(GOOD), exchange(GOOD)]);
    let report = Report::new(&tally, &[], Scope::default(), Vec::new());
    expect![[r"
        ok: no rule is broken in 2 exchanges, 2 error responses
    "]]
    .assert_eq(&report.text());
    assert!(!report.has(Level::Warn));
}

#[test]
fn a_report_knows_its_most_serious_finding() {
    let catalog = catalog(&format!(
        "{}lint: {{ levels: {{ wrong-status: warn }} }}\n",
        documented()
    ));
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(&GOOD.replace("HTTP 404", "HTTP 400"))]);
    let report = Report::new(&tally, &[], Scope::default(), Vec::new());
    assert!(report.has(Level::Warn) && !report.has(Level::Error) && !report.has(Level::Off));
}
