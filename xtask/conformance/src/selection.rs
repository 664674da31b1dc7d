//! The selected parts, and what they need.

use clap::ValueEnum as _;

use crate::cli::Part;
use crate::clients::CLIENTS;
use crate::model::{Client, Language};

/// The parts of the option `--only`, which names none for all.
pub(crate) fn wanted(only: &[Part]) -> Vec<Part> {
    let parts = Part::value_variants().iter().copied();
    parts
        .filter(|part| only.is_empty() || only.contains(part))
        .collect()
}

/// The parts to run.
#[derive(Clone, Copy)]
pub(crate) struct Selection<'a>(pub(crate) &'a [Part]);

impl Selection<'_> {
    pub(crate) fn has(self, part: Part) -> bool {
        self.0.contains(&part)
    }

    pub(crate) fn clients(self) -> Vec<&'static Client> {
        let clients = CLIENTS.iter().filter(|client| self.has(client.part));
        clients.collect()
    }

    /// Whether it contains documents or generated clients.
    pub(crate) fn has_openapi(self) -> bool {
        let parts = [Part::OpenapiDocuments, Part::Schemathesis];
        let clients = self.clients();
        parts.into_iter().any(|part| self.has(part))
            || clients.iter().any(|client| client.is_generated())
    }

    /// Whether it needs the example server or its document.
    pub(crate) fn has_server(self) -> bool {
        !self.of_server().is_empty()
    }

    /// The parts that need the example server or its document.
    pub(crate) fn of_server(self) -> Vec<Part> {
        let parts = [
            Part::Curl,
            Part::Live,
            Part::Docs,
            Part::Failures,
            Part::Proxies,
            Part::Templates,
        ];
        let needs = |part: &Part| {
            let alone = Selection(std::slice::from_ref(part));
            parts.contains(part) || alone.has_openapi() || !alone.clients().is_empty()
        };
        self.0.iter().copied().filter(needs).collect()
    }

    /// The parts that need what `openapi::prepare` makes.
    pub(crate) fn of_openapi(self) -> Vec<Part> {
        let needs = |part: &Part| Selection(std::slice::from_ref(part)).has_openapi();
        self.0.iter().copied().filter(needs).collect()
    }

    /// The required languages. The guide on OpenAPI, the generators and the pages use tools of two languages.
    pub(crate) fn languages(self) -> Vec<Language> {
        let clients = self.clients();
        let needed = |language| {
            let of_guides = matches!(language, Language::Python | Language::Node);
            let of_editors = language == Language::Node;
            self.has(Part::Failures)
                || clients.iter().any(|client| client.language == language)
                || (of_guides
                    && (self.has_openapi()
                        || [Part::Docs, Part::Yaml, Part::Generators, Part::Templates]
                            .map(|part| self.has(part))
                            .contains(&true)))
                || (of_editors && self.has(Part::Editor))
        };
        let mut all = Language::ALL.to_vec();
        all.retain(|language| needed(*language));
        all
    }
}
