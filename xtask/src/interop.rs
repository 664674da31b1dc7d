//! `interop`: the clients and tools that people use, against a real server that is made of the generated
//! crate, and against the documents.

mod book;
mod calls;
mod cases;
mod check;
mod clients;
mod driver;
mod editor;
mod environment;
mod gateway;
mod openapi;
mod server;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use fs_err as fs;

use crate::Verdict;
use crate::cli::{InteropOptions, InteropPart, Paths};
use crate::{project, terminal, tools};

use cases::Case;
use check::Check;
use clients::{CLIENTS, Client};
use environment::{Environment, Environments, Language};
use gateway::Tested;
use server::Server;
use table::{Line, Row};

/// The folder of the project where everything is installed and logged.
const FOLDER: &str = "target/interop";

/// The parts that are asked for: none means all.
#[derive(Clone, Copy)]
struct Wanted<'a>(&'a [InteropPart]);

impl Wanted<'_> {
    fn has(self, part: InteropPart) -> bool {
        self.0.is_empty() || self.0.contains(&part)
    }

    fn clients(self) -> Vec<&'static Client> {
        let wanted = CLIENTS.iter().filter(|client| self.has(client.part));
        wanted.collect()
    }

    /// Whether documents or generated clients are asked for.
    fn has_openapi(self) -> bool {
        let parts = [InteropPart::OpenapiDocuments, InteropPart::Schemathesis];
        let clients = self.clients();
        parts.into_iter().any(|part| self.has(part))
            || clients.iter().any(|client| client.is_generated())
    }

    /// Whether something is asked for that speaks with the example server, or is made of its document.
    fn has_server(self) -> bool {
        let parts = [InteropPart::Curl, InteropPart::Docs];
        parts.into_iter().any(|part| self.has(part))
            || self.has_openapi()
            || !self.clients().is_empty()
    }

    /// The languages that are needed. The guide on OpenAPI and the pages use tools of two.
    fn languages(self) -> Vec<Language> {
        let clients = self.clients();
        let needed = |language| {
            let of_guides = matches!(language, Language::Python | Language::Node);
            let of_editors = language == Language::Node;
            clients.iter().any(|client| client.language == language)
                || (of_guides && (self.has_openapi() || self.has(InteropPart::Docs)))
                || (of_editors && self.has(InteropPart::Editor))
        };
        let mut all = Language::ALL.to_vec();
        all.retain(|language| needed(*language));
        all
    }
}

pub(crate) fn run(paths: &Paths, options: &InteropOptions) -> anyhow::Result<Verdict> {
    project::refuse_places(paths, "interop runs the example server of the project")?;
    let (inputs, outcome) = project::compile(paths)?;
    terminal::diagnostics(&inputs, &outcome.diagnostics)?;
    let Some(catalog) = outcome.value else {
        return Ok(Verdict::AtFault);
    };
    let root = fs::canonicalize(project::output_root(paths)?.join("."))?;
    let guide = fs::read_to_string(root.join(calls::GUIDE))?;
    let calls = calls::of_guide(&guide)?;
    let cases = cases::of_catalog(&catalog, calls.iter().map(|call| &call.case))?;
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let wanted = Wanted(&options.only);
    let clients = wanted.clients();
    // What is missing is said before anything is built or downloaded.
    let curl = wanted.has(InteropPart::Curl);
    if curl {
        tools::curl()?;
    }
    let languages = find_tools(wanted)?;
    let chromium = wanted.has(InteropPart::Docs).then(tools::chromium);
    let chromium = chromium.transpose()?;

    let mut lines = Vec::new();
    let mut checks = Vec::new();
    let environments = install(&languages, &root, &folder)?;
    if wanted.has_server() {
        let program = step("building the example server", || gateway::build(&root))?;
        let mut command = Command::new(program);
        command.args(["--port", "0"]);
        let mut gateway = Server::start(command, &folder, "gateway")?;
        if curl {
            let rows = || calls::send_all(&calls, &gateway.address, &folder);
            let rows = step("sending the calls of the guide with curl", rows)?;
            lines.extend(rows.into_iter().map(|row| row.judge(&cases, None)));
        }
        let context = openapi::Context {
            root: &root,
            folder: &folder,
            environments: &environments,
            inputs: &inputs,
            catalog: &catalog,
            cases: &cases,
            address: &gateway.address,
        };
        if wanted.has_openapi() {
            checks = openapi::prepare(&context, &clients)?;
        }
        let is_prepared = check::faults(&checks) == 0;
        let usable = clients
            .iter()
            .filter(|client| is_prepared || !client.is_generated());
        for client in usable {
            let send = || client.send(&environments, &gateway.address, &folder);
            let rows = step(&format!("sending every case with {}", client.name()), send)?;
            lines.extend(judge(rows, &cases, client));
        }
        if is_prepared {
            checks.extend(openapi::check(&context, &clients, wanted)?);
        }
        if let Some(chromium) = &chromium {
            checks.extend(book::check(&context, chromium)?);
        }
        let log = gateway.log()?;
        for line in &mut lines {
            line.look_up(&log);
        }
    }
    if wanted.has(InteropPart::Editor) {
        let text = inputs.sources()[0].text();
        let ask = || editor::check(&environments, &folder, &catalog, text);
        checks.extend(step("editing the catalog", ask)?);
    }
    terminal::print(table::print(&lines, &cases))?;
    terminal::print(check::print(&checks, &root))?;
    let seen = verdict(&lines, &checks, &folder)?;
    if !wanted.has(InteropPart::Load) {
        return Ok(seen);
    }
    Ok(match load(&root, &folder)? {
        Verdict::Fine => seen,
        Verdict::AtFault => Verdict::AtFault,
    })
}

/// The tools that install what each language needs.
fn find_tools(wanted: Wanted<'_>) -> anyhow::Result<Vec<(Language, PathBuf)>> {
    let languages = wanted.languages().into_iter();
    let found = languages.map(|language| Ok((language, language.find_tool()?)));
    found.collect()
}

fn install(
    languages: &[(Language, PathBuf)],
    root: &Path,
    folder: &Path,
) -> anyhow::Result<Environments> {
    let environments = languages.iter().map(|(language, tool)| {
        let what = format!("installing what is for {}", language.name());
        step(&what, || {
            Environment::install(*language, tool, root, folder)
        })
    });
    Ok(Environments(environments.collect::<anyhow::Result<_>>()?))
}

/// Runs the tests of the example server.
fn load(root: &Path, folder: &Path) -> anyhow::Result<Verdict> {
    let what = "testing the example server, with ten thousand requests at once";
    match step(what, || gateway::test(root, folder))? {
        Tested::Passed(line) => {
            terminal::print(format_args!("{line}\n"))?;
            Ok(Verdict::Fine)
        }
        Tested::Failed(said) => {
            terminal::error(format_args!(
                "the example server is not as its tests say:\n{said}"
            ));
            Ok(Verdict::AtFault)
        }
    }
}

/// The rows of a client, and one for each case that it should have sent and did not. A client that is
/// only reported sends what it has calls for.
fn judge(rows: Vec<Row>, cases: &[Case], client: &Client) -> Vec<Line> {
    let missing = cases.iter().filter(|case| {
        let sent = rows.iter().any(|row| row.case == case.name);
        !sent && (client.must_send(case) || (rows.is_empty() && case.is_for_clients))
    });
    let missing: Vec<Line> = missing.map(|case| Line::missing(client, case)).collect();
    let judged = rows.into_iter().map(|row| row.judge(cases, Some(client)));
    judged.chain(missing).collect()
}

/// Says what goes on, and how long it took.
fn step<T>(what: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let start = Instant::now();
    terminal::progress(format_args!("{what} ..."))?;
    let outcome = work().with_context(|| format!("{what} failed"))?;
    terminal::progress(format_args!(
        "{what}: {:.1} s",
        start.elapsed().as_secs_f32()
    ))?;
    Ok(outcome)
}

fn verdict(lines: &[Line], checks: &[Check], folder: &Path) -> anyhow::Result<Verdict> {
    let reported = lines.iter().filter(|line| line.is_report()).count();
    if reported > 0 {
        let reported = terminal::plural(reported, "difference");
        terminal::print(format_args!(
            "{reported} of clients that are only reported\n"
        ))?;
    }
    let wrong = lines.iter().filter(|line| line.is_fault()).count() + check::faults(checks);
    if wrong == 0 {
        if lines.iter().any(Line::is_required) || !checks.is_empty() {
            terminal::print("what was asked sees what the catalog says\n")?;
        }
        return Ok(Verdict::Fine);
    }
    let wrong = terminal::plural(wrong, "fault");
    let logs = folder.display();
    terminal::error(format_args!(
        "{wrong}: something is not as the catalog says; the logs of the server and the clients are in {logs}"
    ));
    Ok(Verdict::AtFault)
}
