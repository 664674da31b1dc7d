//! The suite: clients and tools against a server built with the generated crate, and against the documents.

use std::path::Path;

use anyhow::anyhow;
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
use crate::requests::Request;
use crate::selection::{self, Selection};
use crate::status::Status;
use crate::stopped::Stopped;
use crate::terminal::{self, step};
use crate::{
    adoption, book, cases, catalogs, clients, editor, environment, failures, formatters, fuzz,
    gateway, generators, growth, live, lookup_page, openapi, proxies, report, requests, sites,
    templates, toolchain, yaml,
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
    // Missing tools are reported before anything is built or downloaded.
    let mut stopped = Stopped::default();
    let parts = stopped.without(selection::wanted(&options.only), missing_tools);
    let (environments, failed) = install(Selection(&parts), &root, &folder);
    let parts = stopped.without(parts, |part| {
        let needed = Selection(&[part]).languages();
        let failed = failed.iter();
        let failed = failed.filter(|(language, _)| needed.contains(language));
        failed.map(|(_, why)| anyhow!("{why}")).collect()
    });
    let selection = Selection(&parts);

    let text = inputs.sources()[0].text();
    let alone = || {
        let (mut found, mut stopped) = (Found::default(), Stopped::default());
        let folders: [&Path; 2] = [&root, &folder];
        let list = (&catalog, text);
        found.check_without_server(selection, &environments, folders, list, &mut stopped);
        (found, stopped)
    };
    let mut found = Found::default();
    // Clients and browsers wait most of the time: the parts without a server use it.
    let (found_alone, stopped_alone) = std::thread::scope(|scope| {
        let alone = scope.spawn(alone);
        if selection.has_server() {
            match gateway::start(&root, &folder) {
                Ok(mut gateway) => {
                    let context = Context {
                        root: &root,
                        folder: &folder,
                        environments: &environments,
                        inputs: &inputs,
                        catalog: &catalog,
                        cases: &cases,
                        address: &gateway.address,
                    };
                    found.send(selection, &context, &requests, &mut stopped);
                    found.check_with_server(selection, &context, &mut stopped);
                    let log = gateway.log()?;
                    for line in &mut found.lines {
                        line.look_up(&log);
                    }
                }
                Err(why) => stopped.add(selection.of_server(), &why),
            }
        }
        let alone = alone.join();
        anyhow::Ok(alone.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    found.lines.extend(found_alone.lines);
    found.checks.extend(found_alone.checks);
    stopped.append(stopped_alone);
    terminal::print(report::print(&found.lines, &cases))?;
    terminal::print(check::print(&found.checks, &root))?;
    let mut statuses = vec![summarize(&found.lines, &found.checks, &folder)?];
    if selection.has(Part::Load) {
        statuses.push(stopped.keep(Part::Load, load(&root, &folder)));
    }
    if selection.has(Part::Fuzz) {
        let fuzzed = Nightly::find()
            .and_then(|nightly| fuzz::run(&nightly, &root, &folder, options.seconds));
        statuses.push(stopped.keep(Part::Fuzz, fuzzed));
    }
    stopped.end()?;
    let is_failed = statuses.contains(&Status::Failed);
    Ok(if is_failed {
        Status::Failed
    } else {
        Status::Ok
    })
}

/// What the parts found.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    checks: Vec<Check>,
}

impl Found {
    /// Adds the checks of a part, if it is selected.
    fn check(
        &mut self,
        selection: Selection<'_>,
        part: Part,
        stopped: &mut Stopped,
        check: impl FnOnce() -> anyhow::Result<Vec<Check>>,
    ) {
        if selection.has(part) {
            self.checks.extend(stopped.keep(part, check()));
        }
    }

    /// Sends the requests of the guide and the cases of the catalog, and checks the documents of the server.
    fn send(
        &mut self,
        selection: Selection<'_>,
        context: &Context<'_>,
        requests: &[Request],
        stopped: &mut Stopped,
    ) {
        let clients = selection.clients();
        if selection.has(Part::Curl) {
            let envelope = &context.catalog.envelope;
            let rows = || requests::send_all(requests, envelope, context.address, context.folder);
            let rows = step("sending the requests of the guide with curl", rows);
            let rows = stopped.keep(Part::Curl, rows).into_iter();
            self.lines
                .extend(rows.map(|row| Line::new(row, context.cases, None)));
        }
        self.check(selection, Part::Live, stopped, || {
            let check = || live::check(context.root, context.folder, requests, context.address);
            step("checking live traffic, without and with faults", check)
        });
        let mut is_prepared = true;
        if selection.has_openapi() {
            let prepared = openapi::prepare(context, &clients);
            is_prepared = prepared.is_ok();
            let checks = stopped.keep_of(&selection.of_openapi(), prepared);
            is_prepared &= check::faults(&checks) == 0;
            self.checks.extend(checks);
        }
        let usable = clients
            .iter()
            .filter(|client| is_prepared || !client.is_generated());
        for client in usable {
            let send = || {
                clients::send(
                    client,
                    context.environments,
                    context.address,
                    context.folder,
                )
            };
            match step(&format!("sending every case with {}", client.name()), send) {
                Ok(rows) => self.lines.extend(compare(rows, context.cases, client)),
                Err(why) => stopped.add([client.part], &why),
            }
        }
        if is_prepared {
            let checks = openapi::check(context, &clients, selection);
            let checks = stopped.keep_of(&selection.of_openapi(), checks);
            self.checks.extend(checks);
        }
    }

    /// The selected checks of what the example server answers, besides its document, and of clients that fail.
    fn check_with_server(
        &mut self,
        selection: Selection<'_>,
        context: &Context<'_>,
        stopped: &mut Stopped,
    ) {
        self.check(selection, Part::Failures, stopped, || {
            let mut checks = failures::check_on_gateway(context)?;
            checks.extend(failures::check(
                context.environments,
                context.root,
                context.folder,
            )?);
            Ok(checks)
        });
        self.check(selection, Part::Templates, stopped, || {
            let check = || templates::check(context);
            step("running the modules of the ready templates", check)
        });
        self.check(selection, Part::Proxies, stopped, || {
            proxies::check(context)
        });
        self.check(selection, Part::Docs, stopped, || {
            let chromium = toolchain::chromium()?;
            let mut checks = book::check(context, &chromium)?;
            let look_up = || lookup_page::check(context, &chromium);
            checks.extend(step(
                "pasting errors into the page that finds them",
                look_up,
            )?);
            Ok(checks)
        });
    }

    /// The selected checks that need no example server.
    fn check_without_server(
        &mut self,
        selection: Selection<'_>,
        environments: &Environments,
        [root, folder]: [&Path; 2],
        (catalog, text): (&Catalog, &str),
        stopped: &mut Stopped,
    ) {
        self.check(selection, Part::Sites, stopped, || {
            sites::check(root, folder, catalog)
        });
        self.check(selection, Part::Editor, stopped, || {
            let edit = || editor::check(environments, folder, catalog, text);
            step("editing the catalog", edit)
        });
        self.check(selection, Part::Generators, stopped, || {
            let generate = || generators::check(environments, folder, catalog, text);
            step("generating, compiling and running clients", generate)
        });
        self.check(selection, Part::Yaml, stopped, || {
            let read = || yaml::check(environments, root, folder);
            step("reading the YAML outputs in other languages", read)
        });
        self.check(selection, Part::Adoption, stopped, || {
            let adopt = || adoption::check(root, folder);
            step("bringing the tool into servers", adopt)
        });
        self.check(selection, Part::Formatters, stopped, || {
            let format = || formatters::check(root, folder);
            step("formatting canonical catalogs", format)
        });
        self.check(selection, Part::Growth, stopped, || {
            growth::check(root, folder)
        });
    }
}

/// The tools that a part needs and that are missing. Those that no lock can pin must be installed.
fn missing_tools(part: Part) -> Vec<anyhow::Error> {
    let own = match part {
        Part::Curl | Part::Live => toolchain::curl().map(drop),
        Part::Sites => sites::find(),
        Part::Docs => toolchain::chromium().map(drop),
        Part::Generators => toolchain::java().map(drop),
        Part::Yaml => yaml::find(),
        Part::Growth => growth::find(),
        Part::Proxies => proxies::find(),
        Part::Fuzz => Nightly::find().map(drop),
        _ => Ok(()),
    };
    let languages = Selection(&[part]).languages().into_iter();
    let languages = languages.map(|language| environment::find_tool(language).map(drop));
    languages.chain([own]).filter_map(Result::err).collect()
}

/// Installs the dependencies of the languages. Those that fail are returned with the reasons.
fn install(
    selection: Selection<'_>,
    root: &Path,
    folder: &Path,
) -> (Environments, Vec<(Language, String)>) {
    let mut failed = Vec::new();
    let mut installed = Vec::new();
    for language in selection.languages() {
        let what = format!("installing the dependencies for {}", language.name());
        let install = || {
            let tool = environment::find_tool(language)?;
            Environment::install(language, &tool, root, folder)
        };
        match step(&what, install) {
            Ok(environment) => installed.push(environment),
            Err(why) => failed.push((language, format!("{why:#}"))),
        }
    }
    (Environments(installed), failed)
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
