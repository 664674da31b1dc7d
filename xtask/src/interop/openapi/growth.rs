//! Another code in the catalog: what changes in the clients that are generated.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use codegen::catalog::Code;
use codegen::emit::openapi;
use codegen::{Catalog, Inputs, Source};
use fs_err as fs;

use super::super::check::Check;
use super::super::clients::Client;
use super::super::environment::{Environment, Language};
use super::super::tools;
use super::Context;

/// The code that is added.
const NEW: &str = "code_of_tomorrow";

/// How long a generator may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// Files with their contents, by path.
type Files = BTreeMap<String, String>;

/// Generates clients from the document of the catalog and from that of one with another code, and compares
/// them.
pub(super) fn grow(
    context: &Context<'_>,
    clients: &[&Client],
    work: &Path,
) -> anyhow::Result<Vec<Check>> {
    let source = context.inputs.sources().first();
    let source = source.context("the catalog has no text")?;
    let larger = larger(source.text(), context.catalog)?;
    let folder = work.join("growth");
    fs::create_dir_all(&folder)?;
    let mut checks = Vec::new();
    for client in clients {
        let environment = context.environments.of(client.language)?;
        // progenitor is no program, and its client was made while the driver was compiled.
        if environment.language == Language::Rust {
            continue;
        }
        let mut generated = Vec::new();
        for (name, catalog) in [("before", context.catalog), ("after", &larger)] {
            let mut documents = openapi::emit(catalog).into_iter();
            let document = documents.find(|file| file.path == "generated/openapi.yaml");
            let document = document.context("there is no document")?;
            let file = folder.join(format!("{name}.yaml"));
            fs::write(&file, document.contents)?;
            generated.push(generate(
                environment,
                &file,
                &folder.join(name),
                context.folder,
            )?);
        }
        let [before, after] = &generated[..] else {
            unreachable!("two catalogs give two clients");
        };
        checks.push(Check {
            tool: format!("{}, given another code", client.name()),
            subject: "types of the client".to_owned(),
            faults: differences(before, after),
        });
    }
    Ok(checks)
}

/// The catalog with another code, that every operation can fail with. It has a status that all of them
/// have already: a new one is a new response, and generators have to say so.
fn larger(text: &str, catalog: &Catalog) -> anyhow::Result<Catalog> {
    let is_everywhere = |code: &&Code| {
        let mut operations = catalog.operations.iter();
        operations.all(|operation| {
            let mut statuses = operation.statuses.iter();
            statuses.any(|group| group.status == code.status)
        })
    };
    let like = catalog.codes.iter().find(is_everywhere);
    let like = like.context("no code has a status that all operations have")?;
    let error_type = &catalog[like.error_type].names.wire;
    let code = format!(
        "\ncodes:\n  {NEW}: {{ type: {error_type}, status: {}, meaning: Nobody knew of it, fix: Wait }}\n",
        like.status
    );
    let larger = text.replacen("\ncodes:\n", &code, 1);
    let larger = larger.replace("\n    errors: [", &format!("\n    errors: [{NEW}, "));
    let larger = Source::new("larger.yaml".to_owned(), larger.into_bytes());
    let larger = codegen::compile(&Inputs::new(larger)).value;
    let larger = larger.context("the catalog with another code has mistakes")?;
    let is_returned = larger.operations.iter().any(|operation| {
        let mut codes = operation.codes.iter();
        codes.any(|id| larger[*id].names.wire == NEW)
    });
    ensure!(is_returned, "no operation fails with the new code");
    Ok(larger)
}

/// The client that a generator makes of a document: its files, without comments in TypeScript.
fn generate(
    environment: &Environment,
    document: &Path,
    out: &Path,
    folder: &Path,
) -> anyhow::Result<Files> {
    let programs = environment.programs();
    if environment.language == Language::Node {
        let out = out.with_extension("d.ts");
        let mut command = Command::new(programs.join("openapi-typescript"));
        command.arg(document).arg("--output").arg(&out);
        tools::output(command, PATIENCE, folder, "openapi-typescript")?;
        let text = without_comments(&fs::read_to_string(out)?);
        return Ok(Files::from([("api.d.ts".to_owned(), text)]));
    }
    let mut command = Command::new(programs.join("openapi-python-client"));
    command.args(["generate", "--meta", "none", "--overwrite", "--path"]);
    command.arg(document).arg("--output-path").arg(out);
    // It formats what it generates with a program beside it.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(programs).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(path)?);
    tools::output(command, PATIENCE, folder, "openapi-python-client")?;
    let mut files = Files::new();
    collect(out, "", &mut files)?;
    Ok(files)
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

/// The lines of code: descriptions are no types.
fn without_comments(text: &str) -> String {
    let lines = text.split_inclusive('\n').filter(|line| {
        let line = line.trim();
        !["/**", "* ", "*/"]
            .iter()
            .any(|start| line.starts_with(start))
            && line != "*"
    });
    lines.collect()
}

/// What differs beside the new code in the list of codes.
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
            "{lists} lists of codes have the new code, and 1 should"
        ));
    }
    faults
}

/// A client whose list of codes does not have the new one: a member of a union in TypeScript, of an enum
/// in Python.
fn without_the_code(text: &str) -> String {
    let member = format!("\"{NEW}\" | ");
    let lines = text.lines().filter(|line| {
        let line = line.trim();
        line != format!("{} = \"{NEW}\"", NEW.to_ascii_uppercase())
    });
    let lines = lines.map(|line| match line.trim_start().strip_prefix("ErrorCode: ") {
        Some(_) => line.replacen(&member, "", 1) + "\n",
        None => format!("{line}\n"),
    });
    lines.collect()
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
        let none = "0 lists of codes have the new code, and 1 should";
        assert_eq!(differences(&python, &python), [none]);
        let types = files(&[("api.d.ts", "  ErrorCode: \"a\";\n  code?: string;")]);
        let grown = files(&[(
            "api.d.ts",
            "  ErrorCode: \"code_of_tomorrow\" | \"a\";\n  code?: string;",
        )]);
        assert_eq!(differences(&types, &grown), Vec::<String>::new());
        let closed = files(&[(
            "api.d.ts",
            "  ErrorCode: \"code_of_tomorrow\" | \"a\";\n  code?: \"code_of_tomorrow\" | \"a\";",
        )]);
        assert_eq!(differences(&types, &closed), ["api.d.ts has changed", none]);
        let other = files(&[("c.py", "c")]);
        assert_eq!(
            differences(&python, &other),
            ["c.py is new", "b.py is gone", "error_code.py is gone", none]
        );
    }

    #[test]
    fn comments_are_no_types() {
        let text = "/**\n * Text\n *\n */\ntype A = string; // kept\n";
        assert_eq!(without_comments(text), "type A = string; // kept\n");
    }
}
