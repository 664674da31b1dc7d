//! Releases, from the text of a catalog to the text of its lock.

use codegen::compat::{NotReleased, release};
use codegen::{Inputs, Source};

#[test]
fn tmp() {
    let text = std::fs::read_to_string("tests/fixtures/good/extras/catalog.yaml").unwrap();
    let inputs = Inputs::new(Source::new("catalog.yaml", text.into_bytes()));
    let released = match release(&inputs, "1.0.0", "2026-11-24".parse().unwrap()) {
        Ok(released) => released,
        Err(NotReleased::Findings(found)) => panic!(
            "{}",
            codegen::report::human(&inputs, &found, codegen::report::Style::Plain)
        ),
        Err(other) => panic!("{other:?}"),
    };
    println!("{}", released.lock);
    println!("{}", released.texts[0].1);
}
