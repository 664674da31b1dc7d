//! `fixtures/`: the body of each code.

use super::super::example_body;
use crate::artifact::Artifact;
use crate::catalog::Catalog;

/// Emits a file for each code and style. The default style has the plain name. The first line is the body.
pub(super) fn emit(catalog: &Catalog) -> impl Iterator<Item = Artifact> {
    catalog.codes.iter().flat_map(move |code| {
        let example = catalog.example_of_code(code);
        let shapes = catalog.envelope.shapes.iter().enumerate();
        shapes.map(move |(position, shape)| {
            let slug = &code.names.slug;
            let path = match position {
                0 => format!("generated/fixtures/{slug}.json"),
                _ => format!("generated/fixtures/{slug}.{}.json", shape.name),
            };
            Artifact::new(
                path,
                format!("{}\n", example_body::body(catalog, &example, shape)),
            )
        })
    })
}
