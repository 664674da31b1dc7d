//! Long texts: Markdown, read once, so that every output can show it without trusting it.

/// A long text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// The Markdown as the catalog has it.
    pub source: String,
    /// Its parsed blocks.
    pub blocks: Vec<Block>,
}

/// A block of a long text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Sentences.
    Paragraph(Vec<Inline>),
    /// A list; the number of its first item where they are numbered.
    List(Option<u64>, Vec<Vec<Block>>),
    /// Code that is shown as it is.
    Code {
        /// The language after the fence: letters, digits and `-` only.
        language: String,
        /// The lines.
        text: String,
    },
    /// A quotation.
    Quote(Vec<Block>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// Code.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Words that lead to an absolute http(s) address.
    Link(Vec<Inline>, String),
    /// The end of a line.
    Break,
}
