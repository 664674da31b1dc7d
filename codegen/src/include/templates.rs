//! The templates that a catalog names: all of the folders that they are in, since a template can include others.

use std::collections::VecDeque;

use super::{Answer, Reason, is_pattern, joined};
use crate::limits::{MAX_FILES, MAX_OUTPUTS, MAX_TEMPLATE_BYTES};
use crate::source::Inputs;
use crate::source::templates::{EXTENSION, Folder, State, Template, folder_of};
use crate::yaml::node::{Node, Value};

/// The key that names templates.
pub(super) const KEY: &str = "outputs";

const NAMED: &str =
    "name a template by its path from the folder of the catalog, such as `templates/errors.ts.j2`";

/// The folders of the templates that a catalog names, each once. `outputs::resolve` reports the paths that are left
/// out here.
pub(super) fn folders(node: &Node<'_>) -> VecDeque<String> {
    let mut folders = VecDeque::new();
    let entries = match node.get(KEY).map(|entry| &entry.value.value) {
        Some(Value::List(entries)) => &entries[..],
        _ => &[],
    };
    for entry in entries.iter().take(MAX_OUTPUTS) {
        let template = entry.get("template").map(|entry| &entry.value.value);
        let Some(Value::Scalar(scalar)) = template else {
            continue;
        };
        let Ok(path) = template_path(&scalar.text) else {
            continue;
        };
        let folder = folder_of(&path).to_owned();
        if !folders.contains(&folder) {
            folders.push_back(folder);
        }
    }
    folders
}

/// The path of a template from the folder of the catalog, or why it cannot be one, and the help.
pub(crate) fn template_path(path: &str) -> Result<String, Reason> {
    let joined = joined("", path)?;
    if is_pattern(&joined) {
        return Err(("is not the path of one file", NAMED));
    }
    if !joined.ends_with(EXTENSION) {
        return Err(("does not end in `.j2`", NAMED));
    }
    Ok(joined)
}

impl Inputs {
    /// The pattern of the templates of the next folder.
    pub(super) fn wanted_templates(&self) -> Option<String> {
        let folder = self.templates.pending.front()?;
        Some(match folder.as_str() {
            "" => format!("*{EXTENSION}"),
            folder => format!("{folder}/*{EXTENSION}"),
        })
    }

    /// Takes the templates of that folder.
    pub(super) fn answer_templates(&mut self, answer: Answer) {
        let Some(path) = self.templates.pending.pop_front() else {
            return;
        };
        let state = match answer {
            Answer::Files(files) => {
                let files = files.into_iter().map(|file| Template {
                    path: file.path,
                    source: file.source,
                });
                // A link in the folder can lead to another folder of the catalog.
                let files = files.filter(|file| folder_of(&file.path) == path);
                self.templates.files.extend(files);
                State::Read
            }
            Answer::NotFound | Answer::NoFile => State::Read,
            Answer::Outside => State::Outside,
        };
        let files = &self.templates.files;
        let bytes: usize = files.iter().map(|file| file.source.text().len()).sum();
        let state = if files.len() > MAX_FILES || bytes > MAX_TEMPLATE_BYTES {
            self.templates.files.clear();
            State::TooLarge
        } else {
            state
        };
        self.templates.folders.push(Folder { path, state });
    }
}
