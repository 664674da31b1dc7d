//! Coverage of traffic: its parts, its scope, and the file in which runs are merged.

use error_catalog_audit::judge::Judge;
use error_catalog_audit::report::{Least, Measure, Report};
use error_catalog_audit::seen::Seen;
use error_catalog_audit::seen::file::FileError;
use error_catalog_audit::seen::scope::Scope;
use expect_test::expect;

use super::support::{GOOD, catalog, documented, exchange, judged, settings};

#[test]
fn what_was_seen_is_counted_and_the_rest_is_named() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(GOOD)]);
    let found = Scope::default().coverage(&catalog, &tally.seen);
    assert_eq!(
        (found.codes.seen, found.codes.all, found.codes.percent()),
        (1, 3, 33)
    );
    assert_eq!(found.codes.never, ["photo_too_large", "too_many_requests"]);
    assert_eq!(found.types.never, ["limit_error"]);
    assert_eq!(found.pairs.seen, 1);
    assert_eq!(found.pairs.never.len(), 4);
    assert_eq!(found.statuses.seen, 1);
}

#[test]
fn a_scope_counts_the_part_that_a_suite_exercises() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(GOOD)]);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let scope = Scope {
        operations: names(&["get_photo"]),
        ..Scope::default()
    };
    let found = scope.coverage(&catalog, &tally.seen);
    assert_eq!(found.codes.never, ["too_many_requests"]);
    assert_eq!(found.pairs.never, ["get_photo too_many_requests"]);
    let scope = Scope {
        types: names(&["request_error"]),
        ..Scope::default()
    };
    let found = scope.coverage(&catalog, &tally.seen);
    assert_eq!(found.codes.never, ["photo_too_large"]);
    let scope = Scope {
        operations: names(&["get_foto"]),
        ..Scope::default()
    };
    let error = scope.check(&catalog).unwrap_err().to_string();
    assert_eq!(
        error,
        "the catalog has no operation `get_foto`: did you mean `get_photo`?"
    );
}

#[test]
fn a_scope_names_a_group_as_the_catalog_does() {
    let groups = "groups: { limits: { title: Limits of your plan } }\n";
    let text = documented().replace(
        "  photo_too_large:\n",
        "  photo_too_large:\n    group: limits\n",
    );
    let catalog = catalog(&(text + groups));
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(GOOD)]);
    let scope = Scope {
        groups: vec!["limits".to_owned()],
        ..Scope::default()
    };
    scope.check(&catalog).unwrap();
    let found = scope.coverage(&catalog, &tally.seen);
    assert_eq!(found.codes.never, ["photo_too_large"]);
}

#[test]
fn runs_are_merged_in_a_file() {
    let catalog = catalog(&documented());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coverage.json");
    let judge = Judge::new(&catalog, settings());
    let first = judged(&judge, &[exchange(GOOD)]);
    first.seen.write_file(&catalog, &path).unwrap();
    let limit = GOOD
        .replace("photo_not_found", "too_many_requests")
        .replace("404", "429");
    let mut second = judged(&judge, &[exchange(&limit)]);
    second.seen.add_file(&catalog, &path).unwrap();
    second.seen.write_file(&catalog, &path).unwrap();
    expect![[r#"
        {
          "version": 1,
          "runs": 2,
          "codes": {
            "photo_not_found": 1,
            "too_many_requests": 1
          },
          "types": {
            "limit_error": 1,
            "request_error": 1
          },
          "statuses": {
            "404": 1,
            "429": 1
          },
          "operations": {
            "get_photo": {
              "photo_not_found": 1,
              "too_many_requests": 1
            }
          }
        }
    "#]]
    .assert_eq(&std::fs::read_to_string(&path).unwrap());
    let mut third = Seen::new(&catalog);
    third.add_file(&catalog, &path).unwrap();
    assert_eq!(Scope::default().coverage(&catalog, &third).codes.seen, 2);
}

#[test]
fn a_file_of_another_form_or_version_is_an_error_and_unknown_names_are_left_out() {
    let catalog = catalog(&documented());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("coverage.json");
    let add = |text: &str| {
        std::fs::write(&path, text).unwrap();
        Seen::new(&catalog).add_file(&catalog, &path)
    };
    assert!(matches!(add("[]"), Err(FileError::Form(_))));
    assert!(matches!(
        add("{\"version\":2,\"x\":1}"),
        Err(FileError::Version(2))
    ));
    assert!(matches!(
        add("{\"version\":1,\"runs\":-1}"),
        Err(FileError::Form(_))
    ));
    let named = r#"{"version":1,"runs":1,"codes":{"gone":3},"types":{},"statuses":{"200":1},"operations":{"gone":{"gone":1}}}"#;
    assert!(add(named).is_ok());
    assert!(matches!(
        Seen::new(&catalog).add_file(&catalog, folder.path()),
        Err(FileError::Io(_))
    ));
}

#[test]
fn coverage_below_the_least_share_is_named() {
    let catalog = catalog(&documented());
    let judge = Judge::new(&catalog, settings());
    let tally = judged(&judge, &[exchange(GOOD)]);
    let unmet = |percent| {
        let least = vec![Least {
            measure: Measure::Codes,
            percent,
        }];
        Report::new(&tally, &[], Scope::default(), least).unmet()
    };
    assert_eq!(unmet(33), [""; 0]);
    assert_eq!(unmet(34), ["33 % of the codes were seen, less than 34 %"]);
}
