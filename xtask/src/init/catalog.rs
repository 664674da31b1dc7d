//! The catalog: small and commented, or the draft of a list.

use std::path::Path;

use anyhow::{Context, bail};
use codegen::{Inputs, Source, edit};

use super::answers::answers;
use super::files::Files;
use super::tool;
use crate::cli::{InitOptions, Paths};
use crate::project::CATALOG;
use crate::{import, project};

/// Writes the catalog, and returns it. One that exists stays as it is. Returns nothing if a list has no errors.
pub(super) fn edit(files: &mut Files, options: &InitOptions) -> anyhow::Result<Option<Inputs>> {
    let file = files.root().join(CATALOG);
    if files.exists(CATALOG) {
        if let Some(list) = &options.from {
            bail!(
                "{} exists, so {} is not imported: remove --from, or the catalog",
                file.display(),
                list.display()
            );
        }
        let paths = Paths {
            catalog: Some(file),
            out: None,
        };
        return Ok(Some(project::reading(&paths)?.inputs));
    }
    let text = match &options.from {
        Some(list) => {
            let crate_name = options.crate_name.as_deref();
            let drafted = import::draft(&import::Draft {
                file: list,
                name: None,
                kind: options.kind,
                crate_name,
                crate_option: "--crate-name",
                error_type: None,
                placeholders: None,
                namespaces: None,
                schema: "catalog.schema.json",
            })?;
            import::report(list, &drafted, None)?;
            let draft = &drafted.draft;
            let text = draft.catalog.clone();
            let Some(text) = text.filter(|_| draft.faults.is_empty()) else {
                return Ok(None);
            };
            let import_text = drafted.last_import(&import::file_name(list))?.text();
            let path = project::import_file(Path::new(CATALOG));
            files.write(&path.to_string_lossy(), import_text)?;
            text
        }
        None => commented(files, options)?,
    };
    files.write(CATALOG, text.clone())?;
    let inputs = Inputs::new(Source::new(file.display().to_string(), text.into_bytes()));
    Ok(Some(inputs.on(project::today())))
}

/// A catalog to begin with, in canonical form.
fn commented(files: &Files, options: &InitOptions) -> anyhow::Result<String> {
    let answers = answers(options)?;
    // A string of JSON is one of YAML; the canonical form has fewer quotes.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let text = TEXT.replace(tool::ALIASED, tool::command(files)?);
    let text = text.replace("{title}", &quoted(&answers.title));
    let text = text.replace("{crate}", &quoted(&answers.crate_name));
    let inputs = Inputs::new(Source::new(CATALOG, text.into_bytes()));
    let texts = edit::format(&inputs).ok();
    let text = texts.and_then(|texts| texts.into_iter().next());
    text.context(
        "the title or the name of the crate has characters that a catalog cannot have: use others",
    )
}

const TEXT: &str = "\
# yaml-language-server: $schema=catalog.schema.json
#
# The errors of the API, each written once. `cargo xtask gen` generates the crate in generated/, the OpenAPI documents
# and the pages in docs/errors/. Replace the types and codes with yours.
version: 1

api:
  title: {title}
  # Where the pages in docs/errors/ are published. Each error leads to its page.
  docs_url: https://example.com/errors
  crate: {crate}

# What a body looks like. `openai` is the default; others are problem (RFC 9457), google, anthropic, jsonapi, or a shape
# of your own, such as that of the bodies that you have.
envelope:
  style: openai

# Families of errors that a client handles alike.
types:
  invalid_request:
    status: 400
    meaning: Something is wrong with the request
  not_found:
    status: 404
    meaning: There is no such thing
  server_error:
    status: 500
    meaning: The server failed

# One entry for each error. `cargo xtask new CODE --type TYPE` adds one.
codes:
  invalid_value:
    type: invalid_request
    message: A value of the request is not valid.
    meaning: A value of the request is not valid
    fix: Correct the field that `param` names
  no_such_resource:
    type: not_found
    message: There is no resource with this id.
    meaning: No resource has the id
    fix: Check the id
  internal_error:
    type: server_error
    message: The server failed. Try again.
    meaning: The server failed, and the request is not the reason
    fix: Send the request again; if it fails again, report the request id
";
