//! What the tool and the generated crate cost: `cargo bench -p error-catalog-codegen` prints one table, which compares
//! the working tree with an earlier commit.
//!
//! `… -- gen watch` measures some rows only. `… -- pipeline`, `… -- wire` and `… -- compile` print tables of their own,
//! with more about the stages of the generator, the crate at run time, and the crate when it is compiled.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::cast_precision_loss, reason = "sizes are read as ratios")]
#![allow(
    clippy::print_stderr,
    reason = "a bench that takes minutes says how far it is"
)]

extern crate error_catalog_codegen as codegen;

mod comparison;
mod compile;
mod consumer;
mod pipeline;
mod wire;

use std::path::Path;
use std::process::ExitCode;

use comparison::Peers;
use comparison::rows::{self, Row};
use compile::rustc;
use consumer::usage;

fn help() -> String {
    let ids = rows::ROWS.map(|row| row.id);
    format!(
        "\
Compares the costs of the working tree with those of commit {commit}, and prints one table.

usage: cargo bench -p error-catalog-codegen -- [--without-peers] [ROW]...
       cargo bench -p error-catalog-codegen -- pipeline
       cargo bench -p error-catalog-codegen -- wire
       cargo bench -p error-catalog-codegen -- compile [CODES]...

ROW is a row, or the beginning of several; without any, all are measured, in about half an hour:
{rows}

The other three print tables of their own. CODES are the sizes of the crates to compile; without any, 16, 1000 and 10000.
",
        commit = comparison::sides::COMMIT,
        rows = ids.map(|id| format!("  {id}")).join("\n"),
    )
}

/// What the arguments ask for.
enum Request {
    Help,
    Compare(Vec<&'static Row>, Peers),
    Pipeline,
    Wire,
    Compile(Vec<usize>),
}

impl Request {
    fn of(arguments: &[String]) -> Result<Self, String> {
        let of_rows = |arguments: &[String]| {
            let peers = |argument: &String| argument == "--without-peers";
            let (options, names): (Vec<_>, Vec<_>) = arguments.iter().partition(|a| peers(a));
            let peers = if options.is_empty() {
                Peers::Measured
            } else {
                Peers::LeftOut
            };
            Ok(Self::Compare(rows::select(&names)?, peers))
        };
        let Some((first, rest)) = arguments.split_first() else {
            return of_rows(arguments);
        };
        match (first.as_str(), rest) {
            ("--help", _) => Ok(Self::Help),
            ("pipeline", []) => Ok(Self::Pipeline),
            ("wire", []) => Ok(Self::Wire),
            ("compile", sizes) => {
                let size = |size: &String| match size.parse() {
                    Ok(size @ 1..) => Ok(size),
                    _ => Err(format!("`{size}` is not a number of codes")),
                };
                Ok(Self::Compile(
                    sizes.iter().map(size).collect::<Result<_, _>>()?,
                ))
            }
            _ => of_rows(arguments),
        }
    }
}

fn main() -> ExitCode {
    if let Some(figures) = std::env::var_os(rustc::FIGURES) {
        return rustc::run(Path::new(&figures));
    }
    if let Some(code) = usage::run() {
        return code;
    }
    // Cargo passes this to every bench.
    let arguments = std::env::args().skip(1).filter(|own| own != "--bench");
    match Request::of(&arguments.collect::<Vec<_>>()) {
        Ok(Request::Help) => print!("{}", help()),
        Ok(Request::Compare(rows, peers)) => {
            if let Err(obstacle) = comparison::print(&rows, peers) {
                eprintln!("error: {obstacle}");
                return ExitCode::FAILURE;
            }
        }
        Ok(Request::Pipeline) => pipeline::print(),
        Ok(Request::Wire) => wire::print(),
        Ok(Request::Compile(sizes)) => compile::print(&sizes),
        Err(error) => {
            eprint!("error: {error}\n\n{}", help());
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
