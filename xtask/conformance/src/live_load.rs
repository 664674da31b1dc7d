//! `live-load`: what the proxy of `live-check` costs in the load test of the example server, and that it changes no answer.

use fs_err as fs;

use crate::audit::{self, Profile};
use crate::catalogs;
use crate::gateway::{self, Tested};
use crate::status::Status;
use crate::terminal::{self, step};

/// The folder for logs.
const FOLDER: &str = "target/conformance/live-load";

pub(crate) fn run() -> anyhow::Result<Status> {
    let root = catalogs::find_root()?;
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let program = step("building error-catalog-audit", || {
        audit::build(&root, &folder, Profile::Release)
    })?;
    let test = || gateway::test_through(&program, &root, &folder);
    match step("sending ten thousand requests at once, in turn", test)? {
        Tested::Passed(line) => {
            terminal::print(format_args!("{line}\n"))?;
            Ok(Status::Ok)
        }
        Tested::Failed(output) => {
            terminal::error(format_args!("the load test fails:\n{output}"));
            Ok(Status::Failed)
        }
    }
}
