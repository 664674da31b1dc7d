//! The bounds of what a recording may contain.
//!
//! They keep the memory small whatever a recording contains, and are far above what a real one needs.

/// Bytes of one exchange as the recording writes it, or of one line.
pub const MAX_EXCHANGE: usize = 32 << 20;
/// Bytes of one body after its encodings were removed.
pub const MAX_BODY: usize = 16 << 20;
/// Objects and lists inside each other.
pub const MAX_DEPTH: usize = 120;
/// Layers of compression around a recording.
pub const MAX_LAYERS: usize = 3;
/// Files of one zip archive.
pub const MAX_ARCHIVED: u64 = 100_000;
/// Files below one folder.
pub const MAX_FILES: usize = 100_000;
/// Bytes by which the format of a recording must be recognisable.
pub const PREFIX: usize = 64 << 10;
/// Faults of one recording that are kept with their text; all are counted.
pub const MAX_FAULTS: usize = 20;
/// Bytes of lines that a thread takes at once.
pub const BLOCK: usize = 256 << 10;
