//! Codes of several namespaces that send one name.

use codegen::catalog::CodeId;
use error_catalog_audit::judge::Judge;

use crate::support::{catalog, exchange, judged, settings};

/// Printers whose codes have the same name, type and status, but for one operation.
const PRINTERS: &str = r"
version: 1
api: { title: Printers, docs_url: https://docs.example.com, crate: printer-errors }
retry: { statuses: [503] }
types:
  printer_error: { status: [409, 503], meaning: The printer cannot print }
codes:
  inkjet.no_paper: { type: printer_error, meaning: There is no paper, fix: Add paper, group: inkjet }
  laser.no_paper: { type: printer_error, meaning: The tray is empty, fix: Fill the tray, group: laser }
  fax.no_paper: { type: printer_error, meaning: The roll is used up, fix: Change it, group: fax }
groups:
  inkjet: { title: Inkjet printers, prefix: inkjet., namespace: true }
  laser: { title: Laser printers, prefix: laser., namespace: true }
  fax: { title: Faxes, prefix: fax., namespace: true }
operations:
  print_photo: { method: POST, path: /photos, errors: [inkjet.no_paper] }
  print_text: { method: POST, path: /texts, errors: [laser.no_paper] }
  send_fax: { method: POST, path: /faxes, errors: [{ code: fax.no_paper, status: 503 }] }
";

fn answer(path: &str, status: u16, message: &str) -> String {
    let retry = status == 503;
    format!(
        "POST {path}\n\nHTTP {status}\ncontent-type: application/json\nx-request-id: req_1\n\
         x-should-retry: {retry}\n\n\
         {{\"error\":{{\"code\":\"no_paper\",\"message\":\"{message}\",\"type\":\"printer_error\"}}}}\n"
    )
}

/// The positions of the codes that were seen, and what is wrong.
fn seen(path: &str, status: u16, message: &str) -> (Vec<usize>, Vec<String>) {
    let catalog = catalog(PRINTERS);
    let judge = Judge::new(&catalog, settings());
    // The second time, the body is read from the cache.
    let one = exchange(&answer(path, status, message));
    let tally = judged(&judge, &[one.clone(), one.clone(), one]);
    let codes = CodeId::all(catalog.codes.len()).enumerate();
    let codes = codes.filter(|(_, id)| tally.seen.of_code(*id) > 0);
    let found = tally.groups().map(|group| group.text.clone());
    (codes.map(|(at, _)| at).collect(), found.collect())
}

#[test]
fn the_operation_tells_which_of_the_codes_it_is() {
    let other = "Tray 2 has no paper";
    assert_eq!(seen("/photos", 409, other), (vec![0], vec![]));
    assert_eq!(seen("/texts", 409, other), (vec![1], vec![]));
    // No code has the status by itself.
    assert_eq!(seen("/faxes", 503, other), (vec![2], vec![]));
}

#[test]
fn a_message_of_a_code_that_the_operation_does_not_list_is_found() {
    let (codes, found) = seen("/photos", 409, "The tray is empty");
    assert_eq!(codes, [1]);
    assert_eq!(
        found,
        ["the operation `print_photo` does not list the code"]
    );
}

#[test]
fn a_status_that_only_another_operation_states_is_wrong() {
    let (codes, found) = seen("/texts", 503, "The tray is empty");
    assert_eq!(codes, [1], "{found:?}");
    assert!(!found.is_empty());
}
