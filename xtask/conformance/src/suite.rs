//! The suite: clients and tools against a server built with the generated crate, and against the documents.

use std::path::{Path, PathBuf};

use codegen::Catalog;
use codegen::report::{Style, human};
use fs_err as fs;

use crate::check::{self, Check};
use crate::cli::{Part, SuiteOptions};
use crate::context::Context;
use crate::environment::{Environment, Environments};
use crate::fuzz::Nightly;
use crate::gateway::Tested;
use crate::model::{Case, Client, Language, Row};
use crate::report::Line;
use crate::selection::Selection;
use crate::status::Status;
use crate::terminal::{self, step};
use crate::{
    adoption, book, cases, catalogs, clients, editor, environment, failures, formatters, fuzz,
    gateway, generators, growth, lookup_page, openapi, report, requests, sites, templates,
    toolchain, yaml,
};

/// The folder for installations and logs.
const FOLDER: &str = "target/conformance";

pub(crate) fn run(options: &SuiteOptions) -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    let inputs = catalogs::sample(&root)?;
    let outcome = codegen::compile(&inputs);
    if !outcome.diagnostics.is_empty() {
        let diagnostics = human(&inputs, &outcome.diagnostics, Style::Plain);
        terminal::progress(diagnostics.trim_end())?;
    }
    let Some(catalog) = outcome.value else {
        return Ok(Status::Failed);
    };
    let guide = fs::read_to_string(root.join(requests::GUIDE))?;
    let requests = requests::of_guide(&guide, &catalog.envelope)?;
    let mut cases = cases::of_catalog(&catalog, requests.iter().map(|request| &request.case))?;
    cases.push(Case::cut());
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let selection = Selection(&options.only);
    let clients = selection.clients();
    // Missing tools are reported before anything is built or downloaded.
    let curl = selection.has(Part::Curl);
    if curl {
        toolchain::curl()?;
    }
    let languages = find_tools(selection)?;
    let chromium = selection.has(Part::Docs).then(toolchain::chromium);
    let chromium = chromium.transpose()?;
    let nightly = selection.has(Part::Fuzz).then(Nightly::find).transpose()?;

    let mut lines = Vec::new();
    let mut checks = Vec::new();
    let environments = install(&languages, &root, &folder)?;
    if selection.has_server() {
        let mut gateway = gateway::start(&root, &folder)?;
        if curl {
            let rows =
                || requests::send_all(&requests, &catalog.envelope, &gateway.address, &folder);
            let rows = step("sending the requests of the guide with curl", rows)?;
            lines.extend(rows.into_iter().map(|row| Line::new(row, &cases, None)));
        }
        let context = Context {
            root: &root,
            folder: &folder,
            environments: &environments,
            inputs: &inputs,
            catalog: &catalog,
            cases: &cases,
            address: &gateway.address,
        };
        if selection.has_openapi() {
            checks = openapi::prepare(&context, &clients)?;
        }
        let is_prepared = check::faults(&checks) == 0;
        let usable = clients
            .iter()
            .filter(|client| is_prepared || !client.is_generated());
        for client in usable {
            let send = || clients::send(client, &environments, &gateway.address, &folder);
            let rows = step(&format!("sending every case with {}", client.name()), send)?;
            lines.extend(compare(rows, &cases, client));
        }
        if is_prepared {
            checks.extend(openapi::check(&context, &clients, selection)?);
        }
        checks.extend(check_with_server(selection, &context, chromium.as_deref())?);
        let log = gateway.log()?;
        for line in &mut lines {
            line.look_up(&log);
        }
    }
    let text = inputs.sources()[0].text();
    let others = check_without_server(selection, &environments, [&root, &folder], &catalog, text)?;
    checks.extend(others);
    terminal::print(report::print(&lines, &cases))?;
    terminal::print(check::print(&checks, &root))?;
    let status = summarize(&lines, &checks, &folder)?;
    let tested = if selection.has(Part::Load) {
        load(&root, &folder)?
    } else {
        Status::Ok
    };
    let fuzzed = match &nightly {
        Some(nightly) => fuzz::run(nightly, &root, &folder, options.seconds)?,
        None => Status::Ok,
    };
    let is_failed = [status, tested, fuzzed].contains(&Status::Failed);
    Ok(if is_failed {
        Status::Failed
    } else {
        Status::Ok
    })
}

/// The selected checks of what the example server answers, besides its document.
fn check_with_server(
    selection: Selection<'_>,
    context: &Context<'_>,
    chromium: Option<&Path>,
) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    if selection.has(Part::Failures) {
        checks.extend(failures::check_on_gateway(context)?);
    }
    if selection.has(Part::Templates) {
        let check = || templates::check(context);
        checks.extend(step("running the modules of the ready templates", check)?);
    }
    if let Some(chromium) = chromium {
        checks.extend(book::check(context, chromium)?);
        let look_up = || lookup_page::check(context, chromium);
        checks.extend(step(
            "pasting errors into the page that finds them",
            look_up,
        )?);
    }
    Ok(checks)
}

/// The selected checks that need no example server.
fn check_without_server(
    selection: Selection<'_>,
    environments: &Environments,
    [root, folder]: [&Path; 2],
    catalog: &Catalog,
    text: &str,
) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    if selection.has(Part::Sites) {
        checks.extend(sites::check(root, folder, catalog)?);
    }
    if selection.has(Part::Failures) {
        checks.extend(failures::check(environments, root, folder)?);
    }
    if selection.has(Part::Editor) {
        let edit = || editor::check(environments, folder, catalog, text);
        checks.extend(step("editing the catalog", edit)?);
    }
    if selection.has(Part::Generators) {
        let generate = || generators::check(environments, folder, catalog, text);
        checks.extend(step("generating, compiling and running clients", generate)?);
    }
    if selection.has(Part::Yaml) {
        let read = || yaml::check(environments, root, folder);
        checks.extend(step("reading the YAML outputs in other languages", read)?);
    }
    if selection.has(Part::Adoption) {
        let adopt = || adoption::check(root, folder);
        checks.extend(step("bringing the tool into servers", adopt)?);
    }
    if selection.has(Part::Formatters) {
        let format = || formatters::check(root, folder);
        checks.extend(step("formatting canonical catalogs", format)?);
    }
    if selection.has(Part::Growth) {
        checks.extend(growth::check(root, folder)?);
    }
    Ok(checks)
}

/// The tools that install the dependencies of each language. Tools that no lock can pin must be installed.
fn find_tools(selection: Selection<'_>) -> anyhow::Result<Vec<(Language, PathBuf)>> {
    if selection.has(Part::Sites) {
        sites::find()?;
    }
    if selection.has(Part::Generators) {
        toolchain::java()?;
    }
    if selection.has(Part::Yaml) {
        yaml::find()?;
    }
    if selection.has(Part::Growth) {
        growth::find()?;
    }
    let languages = selection.languages().into_iter();
    let found = languages.map(|language| Ok((language, environment::find_tool(language)?)));
    found.collect()
}

fn install(
    languages: &[(Language, PathBuf)],
    root: &Path,
    folder: &Path,
) -> anyhow::Result<Environments> {
    let environments = languages.iter().map(|(language, tool)| {
        let what = format!("installing the dependencies for {}", language.name());
        step(&what, || {
            Environment::install(*language, tool, root, folder)
        })
    });
    Ok(Environments(environments.collect::<anyhow::Result<_>>()?))
}

/// Runs the tests of the example server.
fn load(root: &Path, folder: &Path) -> anyhow::Result<Status> {
    let what = "testing the example server, with ten thousand concurrent requests";
    match step(what, || gateway::test(root, folder))? {
        Tested::Passed(line) => {
            terminal::print(format_args!("{line}\n"))?;
            Ok(Status::Ok)
        }
        Tested::Failed(output) => {
            terminal::error(format_args!(
                "the tests of the example server fail:\n{output}"
            ));
            Ok(Status::Failed)
        }
    }
}

/// The compared rows of a client, and a line for each case that it did not send but should have. An optional
/// client may skip cases.
fn compare(rows: Vec<Row>, cases: &[Case], client: &Client) -> Vec<Line> {
    let calls = cases.iter().flat_map(|case| [(case, false), (case, true)]);
    let missing = calls.filter(|(case, is_stream)| {
        let mut sent = rows.iter();
        let is_sent = sent.any(|row| row.case == case.name && row.stream == *is_stream);
        let is_silent = rows.is_empty() && case.is_of_handler && !is_stream;
        !is_sent && (client.must_send(case, *is_stream) || is_silent)
    });
    let missing = missing.map(|(case, is_stream)| Line::missing(client, case, is_stream));
    let missing: Vec<Line> = missing.collect();
    let compared = rows
        .into_iter()
        .map(|row| Line::new(row, cases, Some(client)));
    compared.chain(missing).collect()
}

fn summarize(lines: &[Line], checks: &[Check], folder: &Path) -> anyhow::Result<Status> {
    let reported = lines.iter().filter(|line| line.is_report()).count();
    if reported > 0 {
        let reported = terminal::plural(reported, "difference");
        terminal::print(format_args!("{reported} of optional clients\n"))?;
    }
    let wrong = lines.iter().filter(|line| line.is_fault()).count() + check::faults(checks);
    if wrong == 0 {
        if lines.iter().any(Line::is_required) || !checks.is_empty() {
            terminal::print("all checks agree with the catalog\n")?;
        }
        return Ok(Status::Ok);
    }
    let wrong = terminal::plural(wrong, "fault");
    let logs = folder.display();
    terminal::error(format_args!(
        "{wrong}: see the logs of the server and the clients in {logs}"
    ));
    Ok(Status::Failed)
}
