//! `interop`: the clients that people use, against a real server that is made of the generated crate.

mod calls;
mod cases;
mod clients;
mod gateway;
mod table;
mod tools;

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail};
use fs_err as fs;

use crate::Verdict;
use crate::cli::{InteropOptions, InteropPart, Paths};
use crate::{project, terminal};

use cases::Case;
use clients::{CLIENTS, Client};
use gateway::{Gateway, Tested};
use table::{Line, Row};

/// The folder of the project where everything is installed and logged.
const FOLDER: &str = "target/interop";

pub(crate) fn run(paths: &Paths, options: &InteropOptions) -> anyhow::Result<Verdict> {
    if paths.catalog.is_some() || paths.out.is_some() {
        bail!("interop runs the example server of the project: leave out --catalog and --out");
    }
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
    let wanted = |part| options.only.is_empty() || options.only.contains(&part);
    let clients: Vec<&Client> = CLIENTS.iter().filter(|c| wanted(c.part)).collect();
    let curl = wanted(InteropPart::Curl).then(tools::curl).transpose()?;
    // What is missing is said before anything is built or downloaded.
    let prepared = clients.iter().map(|client| client.find_tools());
    let prepared = prepared.collect::<anyhow::Result<Vec<_>>>()?;

    let mut lines = Vec::new();
    if curl.is_some() || !clients.is_empty() {
        let server = step("building the example server", || gateway::build(&root))?;
        let mut commands = Vec::new();
        for (client, tools) in clients.iter().zip(prepared) {
            let install = || client.install(&root, &folder, &tools);
            commands.push(step(&format!("installing {}", client.name()), install)?);
        }
        let mut gateway = Gateway::start(&server, &folder)?;
        if curl.is_some() {
            let rows = || calls::send_all(&calls, &gateway.address, &folder);
            let rows = step("sending the calls of the guide with curl", rows)?;
            lines.extend(rows.into_iter().map(|row| row.judge(&cases, None)));
        }
        for (client, command) in clients.iter().zip(commands) {
            let send = || client.send(command, &gateway.address, &folder);
            let rows = step(&format!("sending every case with {}", client.name()), send)?;
            lines.extend(judge(rows, &cases, client));
        }
        let log = gateway.log()?;
        for line in &mut lines {
            line.look_up(&log);
        }
    }
    terminal::print(table::print(&lines, &cases))?;
    let clients = verdict(&lines, &folder)?;
    if !wanted(InteropPart::Load) {
        return Ok(clients);
    }
    let load = || gateway::test(&root, &folder);
    let tested = step(
        "testing the example server, with ten thousand requests at once",
        load,
    )?;
    match tested {
        Tested::Passed(line) => {
            terminal::print(format_args!("{line}\n"))?;
            Ok(clients)
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
        case.is_for_clients && !sent && (client.required || rows.is_empty())
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

fn verdict(lines: &[Line], folder: &Path) -> anyhow::Result<Verdict> {
    let wrong = lines.iter().filter(|line| line.is_fault()).count();
    let reported = lines.iter().filter(|line| line.is_report()).count();
    if reported > 0 {
        let reported = terminal::plural(reported, "difference");
        terminal::print(format_args!(
            "{reported} of clients that are only reported\n"
        ))?;
    }
    if wrong == 0 {
        if lines.iter().any(Line::is_required) {
            terminal::print("curl and the official clients see what the catalog says\n")?;
        }
        return Ok(Verdict::Fine);
    }
    let wrong = terminal::plural(wrong, "row");
    let logs = folder.display();
    terminal::error(format_args!(
        "{wrong} not as the catalog says; the logs of the server and the clients are in {logs}"
    ));
    Ok(Verdict::AtFault)
}
