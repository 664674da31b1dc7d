//! Message templates: text with `{name}` placeholders.

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// The argument at this position of [`Code::arguments`](super::Code::arguments).
    Argument(usize),
}

/// A message, cut at its placeholders. Adjacent texts are one part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The pieces, in order.
    pub parts: Vec<Part>,
}

impl Template {
    /// Whether it has an argument.
    #[must_use]
    pub fn has_arguments(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| matches!(part, Part::Argument(_)))
    }

    /// The message with `value` called for each argument.
    #[must_use]
    pub fn fill(&self, value: impl Fn(usize) -> String) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Argument(position) => value(*position),
            })
            .collect()
    }

    /// The message in the notation of the catalog: `{name}` for an argument, braces doubled.
    #[must_use]
    pub fn encode<'a>(&'a self, name: impl Fn(usize) -> &'a str) -> String {
        self.parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.replace('{', "{{").replace('}', "}}"),
                Part::Argument(position) => format!("{{{}}}", name(*position)),
            })
            .collect()
    }
}
