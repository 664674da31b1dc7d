//! Places generated regions into hand-written files with markers.

use std::path::Path;

use codegen::artifact::{Artifact, BrokenMarks, Region};
use fs_err as fs;

use super::refuse_links;

/// A file with the new region, and its contents on the disk.
pub(super) type Spliced = (Artifact, String);

/// The files with markers, or the reasons why a region cannot be placed.
pub(super) fn splice(
    root: &Path,
    regions: Vec<Region>,
) -> anyhow::Result<Result<Vec<Spliced>, Vec<String>>> {
    let mut files: Vec<Spliced> = Vec::new();
    let mut reasons = Vec::new();
    for region in regions {
        let path = region.path;
        refuse_links(root, path)?;
        let file = root.join(path);
        // A link leads to another place, which is not written.
        let is_file = fs::symlink_metadata(&file).is_ok_and(|metadata| metadata.is_file());
        if !is_file {
            continue;
        }
        let bytes = fs::read(&file)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut spliced = files.iter_mut().map(|(artifact, _)| artifact);
        let spliced = spliced.find(|artifact| artifact.path == path);
        let before = spliced
            .as_ref()
            .map_or(&*text, |artifact| &artifact.contents);
        match region.splice(before) {
            Ok(None) => {}
            Ok(Some(_)) if text.as_bytes() != bytes => {
                reasons.push(format!("{path} is not UTF-8: save it as UTF-8"));
            }
            Ok(Some(contents)) => match spliced {
                Some(artifact) => artifact.contents = contents,
                None => files.push((Artifact::new(path, contents), text.into_owned())),
            },
            Err(BrokenMarks) => reasons.push(format!(
                "{path} must contain `{}` and after it `{}`, each once and on a line of its own, or neither",
                region.start(),
                Region::END
            )),
        }
    }
    Ok(if reasons.is_empty() {
        Ok(files)
    } else {
        Err(reasons)
    })
}
