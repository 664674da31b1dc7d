//! Long texts: Markdown, read once, so that every output can show it without trusting it.

/// A long text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The Markdown as the catalog has it.
    pub source: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a long text that stands on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Sentences.
    Paragraph(Vec<Inline>),
    /// A list; the number of its first item where they are numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Code that is shown as it is.
    Code {
        /// The word behind the fence; letters, digits and `-` only.
        language: String,
        /// The lines.
        text: String,
    },
    /// Words of somebody else.
    Quote(Vec<Block>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Code.
    Code(String),
    /// Words that are stressed.
    Emphasis(Vec<Inline>),
    /// Words that are stressed more.
    Strong(Vec<Inline>),
    /// Words that lead to an absolute http(s) address.
    Link(Vec<Inline>, String),
    /// The end of a line.
    Break,
}
