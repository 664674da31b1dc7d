//! Adds a code to the catalog, and compares the generated clients.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use codegen::catalog::Code;
use codegen::emit::openapi;
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;

use crate::check::Check;
use crate::context::Context;
use crate::environment::Environment;
use crate::model::{Client, Language};
use crate::toolchain;

/// The added code.
const NEW: &str = "code_of_tomorrow";

/// The longest time that a generator may take.
const TIMEOUT: Duration = Duration::from_secs(120);

/// Files with their contents, by path.
type Files = BTreeMap<String, String>;

/// Generates clients from the documents of the catalog and of larger catalogs, and compares them.
pub(super) fn check(
    context: &Context<'_>,
    clients: &[&Client],
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let source = context.inputs.sources().first();
    let source = source.context("the catalog has no source")?;
    let mut checks = Vec::new();
    for (place, larger) in larger(source.text(), context.catalog)? {
        let folder = work.join("growth").join(&place);
        fs::create_dir_all(&folder)?;
        let before = write(context.catalog, folder.join("before"))?;
        let after = write(&larger, folder.join("after"))?;
        for client in clients {
            let environment = context.environments.of(client.language)?;
            let faults = match environment.language {
                Language::Node => {
                    typescript(environment, [&before, &after], &folder, context.folder)?
                }
                Language::Python => python(environment, [&before, &after], context.folder)?,
                // progenitor is a macro: its client is generated when the driver is compiled.
                Language::Rust => continue,
            };
            checks.push(Check {
                tool: format!("{}, given another code", client.name()),
                subject: format!("types of the client, with the code in {place}"),
                faults,
            });
        }
    }
    Ok(checks)
}

/// Writes the document of a catalog, and returns its path without the extension.
fn write(catalog: &Catalog, path: PathBuf) -> anyhow::Result<PathBuf> {
    let mut documents = openapi::emit(catalog).into_iter();
    let document = documents.find(|file| file.path == "generated/openapi.yaml");
    let document = document.context("there is no document")?;
    fs::write(path.with_extension("yaml"), document.contents)?;
    Ok(path)
}

/// Catalogs with another code, by the operations that can fail with it: all of them, or only the first. These
/// operations already have its status, since a new status is a new response in generated clients.
fn larger(text: &str, catalog: &Catalog) -> anyhow::Result<Vec<(String, Catalog)>> {
    let is_everywhere = |code: &&Code| {
        let mut operations = catalog.operations.iter();
        operations.all(|operation| {
            let mut statuses = operation.statuses.iter();
            statuses.any(|group| code.status.own() == Some(group.status))
        })
    };
    let everywhere = catalog.codes.iter().find(is_everywhere);
    let everywhere = everywhere.context("no code has a status that all operations have")?;
    let all = catalog
        .operations
        .iter()
        .map(|operation| operation.id.as_str());
    let first = catalog.operations.first();
    let first = first.context("the catalog has no operations")?;
    let own = first
        .codes
        .first()
        .context("the first operation has no codes")?;
    let places = [
        ("all operations".to_owned(), everywhere, all.collect()),
        (first.id.clone(), &catalog[*own], vec![first.id.as_str()]),
    ];
    let larger = places
        .into_iter()
        .map(|(place, like, operations): (_, _, Vec<&str>)| {
            let larger = with_code(text, catalog, like, &operations);
            let larger = Source::new("larger.yaml".to_owned(), larger.into_bytes());
            let larger = codegen::compile(&Inputs::new(larger)).value;
            let larger = larger.context("the catalog with another code has errors")?;
            let fail = larger.operations.iter().filter(|operation| {
                let mut codes = operation.codes.iter();
                codes.any(|id| larger[*id].names.wire == NEW)
            });
            let fail = fail.map(|operation| operation.id.as_str());
            ensure!(fail.eq(operations), "{NEW} is not in {place}");
            Ok((place, larger))
        });
    larger.collect()
}

/// The text of a catalog with a code like another one, for some operations.
fn with_code(text: &str, catalog: &Catalog, like: &Code, operations: &[&str]) -> String {
    let error_type = &catalog[like.error_type].names.wire;
    let status = like.status;
    let code = format!(
        "\ncodes:\n  {NEW}: {{ type: {error_type}, status: {status}, meaning: New, fix: Wait }}\n"
    );
    let mut text = text.replacen("\ncodes:\n", &code, 1);
    for id in operations {
        let errors = text.find(&format!("\n  {id}:")).and_then(|at| {
            let list = text[at..].find("errors:")?;
            Some(at + list + "errors:".len())
        });
        let Some(at) = errors else { continue };
        if text[at..].starts_with(" [") {
            text.insert_str(at + " [".len(), &format!("{NEW}, "));
        } else {
            text.insert_str(at, &format!("\n      - {NEW}"));
        }
    }
    text
}

/// The differences in the types of openapi-typescript, according to the compiler.
fn typescript(
    environment: &Environment,
    documents: [&Path; 2],
    folder: &Path,
    logs: &Path,
) -> anyhow::Result<Vec<String>> {
    let programs = environment.programs();
    for document in documents {
        let mut command = Command::new(programs.join("openapi-typescript"));
        command.arg(document.with_extension("yaml"));
        command.arg("--output").arg(document.with_extension("d.ts"));
        toolchain::output(command, TIMEOUT, logs, "openapi-typescript")?;
    }
    fs::copy(
        environment.path("same_types.ts"),
        folder.join("same_types.ts"),
    )?;
    let mut command = Command::new(programs.join("tsc"));
    command.args(["--strict", "--noEmit", "--skipLibCheck", "same_types.ts"]);
    command.current_dir(folder);
    let ended = toolchain::run(command, TIMEOUT, logs, "tsc-growth")?;
    let faults = (!ended.success).then(|| ended.last_of_out());
    Ok(faults.into_iter().collect())
}

/// The differences in the files of openapi-python-client, besides the new code in the list of codes.
fn python(
    environment: &Environment,
    documents: [&Path; 2],
    logs: &Path,
) -> anyhow::Result<Vec<String>> {
    let programs = environment.programs();
    // It formats its output with a program in the same folder.
    let path = toolchain::path_with(&programs)?;
    let generate = |document: &Path| {
        let mut command = Command::new(programs.join("openapi-python-client"));
        command.args(["generate", "--meta", "none", "--overwrite", "--path"]);
        command.arg(document.with_extension("yaml"));
        command.arg("--output-path").arg(document);
        command.env("PATH", &path);
        toolchain::output(command, TIMEOUT, logs, "openapi-python-client")?;
        let mut files = Files::new();
        collect(document, "", &mut files)?;
        Ok::<_, anyhow::Error>(files)
    };
    let [before, after] = documents;
    Ok(differences(&generate(before)?, &generate(after)?))
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files)?;
        } else if entry.path().extension().is_some_and(|kind| kind == "py") {
            files.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

/// The differences besides the new code in the list of codes.
fn differences(before: &Files, after: &Files) -> Vec<String> {
    let mut faults = Vec::new();
    let mut lists = 0;
    for (path, text) in after {
        let Some(old) = before.get(path) else {
            faults.push(format!("{path} is new"));
            continue;
        };
        if text != old {
            if &without_the_code(text) == old {
                lists += 1;
            } else {
                faults.push(format!("{path} has changed"));
            }
        }
    }
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    faults.extend(gone.map(|path| format!("{path} is gone")));
    if lists != 1 {
        faults.push(format!(
            "{lists} lists of codes contain the new code, expected 1"
        ));
    }
    faults
}

/// A file without the line of the new code.
fn without_the_code(text: &str) -> String {
    let member = format!("{} = \"{NEW}\"", NEW.to_ascii_uppercase());
    let lines = text.split_inclusive('\n');
    lines.filter(|line| line.trim() != member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(files: &[(&str, &str)]) -> Files {
        let files = files.iter();
        files
            .map(|(path, text)| ((*path).to_owned(), format!("{text}\n")))
            .collect()
    }

    #[test]
    fn only_the_list_of_codes_may_grow() {
        let python = files(&[
            ("error_code.py", "class ErrorCode:\n    A = \"a\""),
            ("b.py", "b"),
        ]);
        let grown = files(&[
            (
                "error_code.py",
                "class ErrorCode:\n    CODE_OF_TOMORROW = \"code_of_tomorrow\"\n    A = \"a\"",
            ),
            ("b.py", "b"),
        ]);
        assert_eq!(differences(&python, &grown), Vec::<String>::new());
        let none = "0 lists of codes contain the new code, expected 1";
        assert_eq!(differences(&python, &python), [none]);
        let changed = files(&[
            ("error_code.py", "class ErrorCode:\n    A = \"b\""),
            ("b.py", "b"),
        ]);
        let found = differences(&python, &changed);
        assert_eq!(found, ["error_code.py has changed", none]);
        let other = files(&[("c.py", "c")]);
        assert_eq!(
            differences(&python, &other),
            ["c.py is new", "b.py is gone", "error_code.py is gone", none]
        );
    }

    #[test]
    fn the_new_code_is_in_the_intended_operations() {
        const TEXT: &str = "\
version: 1
api: { title: A, docs_url: https://example.com, crate: a-errors }
types:
  bad_request: { status: 400, meaning: Bad }
  not_found: { status: 404, meaning: None }
codes:
  no_name: { type: bad_request, meaning: There is no name, fix: Choose one }
  none: { type: not_found, meaning: There is none, fix: Look }
operations:
  one:
    method: GET
    path: /one
    errors:
      - no_name
      - none
  two: { method: GET, path: /two, errors: [no_name] }
";
        let source = Source::new("a.yaml".to_owned(), TEXT.as_bytes().to_vec());
        let catalog = codegen::compile(&Inputs::new(source)).value.unwrap();
        let grown = larger(TEXT, &catalog).unwrap();
        let places: Vec<&str> = grown.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["all operations", "one"]);
        let of_two = grown
            .iter()
            .map(|(_, catalog)| catalog.operations[1].codes.len());
        assert_eq!(of_two.collect::<Vec<_>>(), [2, 1]);
    }
}
