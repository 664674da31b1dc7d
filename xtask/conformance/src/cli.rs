//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Runs the conformance tests: clients, OpenAPI tools and curl against the example server, the book in a
/// browser, and the catalog in an editor.
#[derive(Debug, Parser)]
#[command(
    name = "cargo conformance",
    bin_name = "cargo conformance",
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  cargo conformance                            all parts, as in CI
  cargo conformance --only curl                the requests of docs/gateway.md
  cargo conformance --only openai-python,load
  cargo conformance --only openapi-documents,schemathesis
  cargo conformance --only sites               the recipes of docs/publish-the-pages.md
  cargo conformance --only adoption            `init` in published servers and an empty folder
  cargo conformance --only live                live-check with the example server and planted faults
  cargo conformance --only proxies             what nginx, HAProxy, Apache, Caddy and Varnish answer
  cargo conformance --only growth              how the cost of each verb grows with the catalog
  cargo conformance --only fuzz --seconds 3600 fuzz the library and the client reader for an hour
  cargo conformance exhaustive                 the tests with every case and every feature, a million exchanges
  cargo conformance verdicts                   compare with cargo-semver-checks and oasdiff
  cargo conformance clients --write            update the tables of docs/clients.md
  cargo conformance traffic                    how fast live-check is, beside tools of Python
  cargo conformance live-load                  what the proxy of live-check costs

Needs curl, Python 3.11, Node 20.19 and Java 11 or newer, Chromium, the YAML readers of Ruby, Perl, PHP,
Java and libfyaml, Hugo, Jekyll, nginx, HAProxy, Apache, Caddy, Varnish, valgrind, a nightly toolchain of Rust with a C++ compiler, and the
registries of pip, npm and cargo.
Installed packages and the logs of the server and the clients are in target/conformance. Only one run at a
time is supported.

A part whose tools are missing does not run; the others do, and what is missing is reported at the end.

Exit codes: 0 all checks passed; 1 a check failed; 2 usage or I/O error, or a part could not run."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) suite: SuiteOptions,
    #[command(subcommand)]
    pub(crate) verb: Option<Verb>,
}

#[derive(Debug, Args)]
pub(crate) struct SuiteOptions {
    /// Run only these parts, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART")]
    pub(crate) only: Vec<Part>,
    /// How long the part `fuzz` runs, in seconds over all targets
    #[arg(long, value_name = "N", default_value_t = 120)]
    pub(crate) seconds: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Compare our verdicts on catalog changes with those of cargo-semver-checks and oasdiff
    #[command(after_help = "Examples:
  cargo conformance verdicts           exit with 1 if the table of docs/evolution.md is stale
  cargo conformance verdicts --write   update the table

Needs cargo-semver-checks 0.51.0, npm, and Linux on x86-64.")]
    Verdicts(WriteOptions),
    /// Compare what clients make of failing requests and streams with docs/clients.md; the part `failures`
    #[command(after_help = "Examples:
  cargo conformance clients           exit with 1 if a table of docs/clients.md is stale
  cargo conformance clients --write   update the tables

Needs Python, Node and the registries of pip, npm and cargo.")]
    Clients(WriteOptions),
    /// Measure live-check with recorded exchanges, and tools of Python with the strict document
    #[command(after_help = "Examples:
  cargo conformance traffic                    ten million exchanges
  cargo conformance traffic --lines 1000000

Needs Python and the registry of pip. No figure makes it fail; a finding does.")]
    Traffic(TrafficOptions),
    /// Run the load test of the example server with the proxy of live-check and without it
    #[command(after_help = "Examples:
  cargo conformance live-load

The answers must be the same. It prints both medians of the latency, and no figure makes it fail.")]
    LiveLoad,
    /// Run the tests of the library with every case and every feature, and of the audit with a million
    /// exchanges; `cargo test` runs a part of them
    #[command(after_help = "Examples:
  cargo conformance exhaustive

Takes a quarter of an hour on two cores, so CI does not run it. Run it before a landing that changes the
library, the runtime, a template, or the readers and rules of live-check.")]
    Exhaustive,
}

#[derive(Debug, Args)]
pub(crate) struct TrafficOptions {
    /// The number of exchanges
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    pub(crate) lines: u64,
    /// The number of exchanges that the tools of Python check
    #[arg(long, value_name = "N", default_value_t = 50_000)]
    pub(crate) python_lines: u64,
}

#[derive(Debug, Args)]
pub(crate) struct WriteOptions {
    /// Write what was found into the page
    #[arg(long)]
    pub(crate) write: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The requests of docs/gateway.md
    Curl,
    /// `live-check` with the example server and with planted faults, recorded and through its proxy
    Live,
    /// The official client for Python
    OpenaiPython,
    /// The official client for Node
    OpenaiNode,
    /// langchain-openai; differences are only reported
    LangchainOpenai,
    /// The Vercel AI SDK; differences are only reported
    AiSdk,
    /// The official client of Anthropic for Python, at the path of Anthropic's API
    AnthropicPython,
    /// The official client of Anthropic for Node, at the path of Anthropic's API
    AnthropicNode,
    /// The official client of Google for Python, at the paths of Google's API
    GoogleGenai,
    /// Published clients whose requests and streams fail; the tables of docs/clients.md
    Failures,
    /// The documents and overlays, with validators and overlay tools
    OpenapiDocuments,
    /// A client with the types of openapi-typescript
    OpenapiTypescript,
    /// The client generated by openapi-python-client
    OpenapiPythonClient,
    /// The Rust client generated by progenitor
    Progenitor,
    /// Contract tests with the strict document
    Schemathesis,
    /// Clients of four generators, compiled and run, and the mock server Prism
    Generators,
    /// The modules of the ready templates: type checkers, bodies of every code, the example server
    Templates,
    /// Proxies in front of the example server, with the generated configuration and without it
    Proxies,
    /// The book, its search in a browser, and the pages in four Markdown engines
    Docs,
    /// The recipes of docs/publish-the-pages.md: the sites are built, and their links are checked
    Sites,
    /// The catalog in an editor: completion, hover and diagnostics of the YAML language server
    Editor,
    /// The YAML outputs in the YAML readers of other languages
    Yaml,
    /// Formatters and linters with canonical catalogs, and with what `init` writes
    Formatters,
    /// The tests of the example server, including ten thousand concurrent requests
    Load,
    /// `init` in published servers and in an empty folder, and a handler that returns an error of the catalog
    Adoption,
    /// How the cost of each verb grows with the catalog, in instructions
    Growth,
    /// Fuzz targets with libFuzzer: catalogs, locks, imports, the client reader and recordings
    Fuzz,
}

impl Part {
    /// The name of the part in `--only`.
    pub(crate) fn name(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}
