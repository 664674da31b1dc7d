//! A file that an account has stored.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

/// How many bytes a file may have.
pub(crate) const LARGEST_FILE: usize = 1024 * 1024;

/// A stored file.
pub(crate) struct File {
    pub(crate) id: String,
    name: String,
    media_type: String,
    purpose: String,
    pub(crate) bytes: usize,
    created_at: u64,
}

impl File {
    /// A new file. Its content was looked at, and is not kept: nothing in this example reads it again.
    pub(crate) fn stored(name: &str, media_type: &str, purpose: &str, content: &[u8]) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            id: format!("file-{}", NEXT.fetch_add(1, Ordering::Relaxed)),
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            purpose: purpose.to_owned(),
            bytes: content.len(),
            created_at: since_epoch.map_or(0, |since| since.as_secs()),
        }
    }

    pub(crate) fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "object": "file",
            "bytes": self.bytes,
            "created_at": self.created_at,
            "filename": self.name,
            "media_type": self.media_type,
            "purpose": self.purpose,
        })
    }
}
