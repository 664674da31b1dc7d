//! The templates that come with the tool.

/// A template that comes with the tool. A catalog names it instead of the path of a template.
///
/// ```
/// use error_catalog_codegen::BuiltInTemplate;
///
/// let template = BuiltInTemplate::find("typescript").expect("a template");
/// assert!(template.text.contains("export function parseError"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltInTemplate {
    /// Its name.
    pub name: &'static str,
    /// What it makes, in one line.
    pub description: &'static str,
    /// The template.
    pub text: &'static str,
}

impl BuiltInTemplate {
    /// All of them, by name.
    pub const ALL: [Self; 2] = [
        Self {
            name: "python",
            description: "a module for Python 3.11 and newer: enums, a table, a parser, retry advice",
            text: include_str!("../../templates/outputs/python.py.j2"),
        },
        Self {
            name: "typescript",
            description: "a module for TypeScript 5: union types, a table, a parser, retry advice",
            text: include_str!("../../templates/outputs/typescript.ts.j2"),
        },
    ];

    /// The template with a name; nothing if there is none.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        const ALL: &[BuiltInTemplate] = &BuiltInTemplate::ALL;
        ALL.iter().find(|template| template.name == name)
    }

    /// What the engine calls it: no path contains a colon.
    pub(super) fn path(&self) -> String {
        format!("built-in:{}", self.name)
    }
}
