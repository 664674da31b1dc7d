//! The measurements: every case at a site of each proxy, without and with the generated configuration.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context as _, anyhow};
use fs_err as fs;

use super::HTTP;
use super::cases::{self, Case, Sent};
use super::envelopes::Envelopes;
use super::exchange::{self, Answer, Request, Seen};
use super::h2;
use super::process::Process;
use super::sites::{PROXIES, Proxy, Site, Upstreams};
use super::table::{Row, Section};
use super::upstream::Upstream;

/// How often a case is tried whose answer is not the expected one: a busy machine can be slower than a timeout.
const TRIES: usize = 3;

/// What the measurements share.
pub(super) struct Lab<'a> {
    pub(super) root: &'a Path,
    pub(super) logs: &'a Path,
    /// A folder that all users can read.
    pub(super) place: &'a Path,
    pub(super) generated: PathBuf,
    pub(super) envelopes: &'a Envelopes,
    /// The name of the default style.
    pub(super) style: &'a str,
    pub(super) id_header: &'a str,
    pub(super) own: &'a Answer,
    pub(super) broken: &'a Upstream,
    pub(super) upstreams: &'a Upstreams,
    pub(super) requests: AtomicUsize,
}

/// A site of a proxy that runs.
pub(super) struct Running {
    pub(super) ports: [u16; 2],
    /// Ends with the value.
    _process: Process,
}

/// What was seen of a proxy.
pub(super) struct Measured {
    pub(super) sections: Vec<Section>,
    pub(super) faults: Vec<String>,
}

/// What a client saw in a case, in the words of the table.
pub(super) struct Cell {
    pub(super) words: String,
    pub(super) faults: Vec<String>,
}

impl Lab<'_> {
    /// Measures all proxies side by side. A case is tried again if its answer is not the expected one.
    pub(super) fn measure_all(
        &self,
        expected: &[Section],
        ports: &[u16],
    ) -> anyhow::Result<Vec<Measured>> {
        thread::scope(|scope| {
            let started = PROXIES.iter().zip(ports.chunks(4));
            let started = started
                .map(|(proxy, ports)| scope.spawn(move || self.measure(proxy, ports, expected)));
            let started: Vec<_> = started.collect();
            let ended = started.into_iter().map(|thread| {
                let joined = thread.join().map_err(|_| anyhow!("a measurement panicked"));
                joined.and_then(|measured| measured)
            });
            ended.collect()
        })
    }

    /// Where the users of the proxies can read the generated configuration.
    pub(super) fn included(&self, proxy: &Proxy) -> PathBuf {
        self.place.join("generated").join(proxy.name)
    }

    /// Writes the configuration of a site, and lets the proxy check it.
    pub(super) fn prepare<'a>(
        &'a self,
        proxy: &Proxy,
        name: &str,
        ports: [u16; 2],
        included: Option<&'a Path>,
    ) -> anyhow::Result<Site<'a>> {
        let folder = self.place.join(format!("{}-{name}", proxy.name));
        let site = Site {
            folder,
            ports,
            upstreams: self.upstreams,
            included,
        };
        proxy.prepare(
            &site,
            self.logs,
            &format!("proxies-{}-{name}-check", proxy.name),
        )?;
        Ok(site)
    }

    /// Starts a site of a proxy.
    pub(super) fn start(
        &self,
        proxy: &Proxy,
        name: &str,
        ports: [u16; 2],
        included: Option<&Path>,
    ) -> anyhow::Result<Running> {
        let site = self.prepare(proxy, name, ports, included)?;
        let log = format!("proxies-{}-{name}", proxy.name);
        let process = Process::start(&proxy.run(&site), &ports, self.logs, &log)?;
        Ok(Running {
            ports,
            _process: process,
        })
    }

    fn measure(
        &self,
        proxy: &Proxy,
        ports: &[u16],
        expected: &[Section],
    ) -> anyhow::Result<Measured> {
        let included = self.included(proxy);
        copy(&self.generated.join(proxy.name), &included)?;
        let before = self.start(proxy, "before", [ports[0], ports[1]], None)?;
        let after = self.start(proxy, "after", [ports[2], ports[3]], Some(&included))?;
        let version = proxy.version()?;
        let cases = cases::all(proxy.makes);
        let mut measured = Measured {
            sections: Vec::new(),
            faults: Vec::new(),
        };
        for (index, http) in HTTP.into_iter().enumerate() {
            let own = cases
                .iter()
                .filter(|case| index == 0 || matches!(case.sent, Sent::Request(_)));
            let own: Vec<&Case> = own.collect();
            let wanted = expected
                .iter()
                .find(|section| section.proxy == proxy.name && section.http == http);
            let words = |of: fn(&Row) -> &String| -> Vec<Option<&str>> {
                let rows = own
                    .iter()
                    .map(|case| wanted.and_then(|section| section.row(&case.name)));
                rows.map(|row| row.map(|row| of(row).as_str())).collect()
            };
            let log = format!("proxies-{}-h2", proxy.name);
            let [before, after] = [
                self.see(
                    &own,
                    index,
                    before.ports[index],
                    &words(|row| &row.before),
                    &log,
                )?,
                self.see(
                    &own,
                    index,
                    after.ports[index],
                    &words(|row| &row.after),
                    &log,
                )?,
            ];
            let mut rows = Vec::new();
            for ((case, before), after) in own.iter().zip(before).zip(after) {
                let faults = after.faults.into_iter();
                measured
                    .faults
                    .extend(faults.map(|fault| format!("{}, {http}: {fault}", case.name)));
                rows.push(Row {
                    case: case.name.clone(),
                    before: before.words,
                    after: after.words,
                });
            }
            let [proxy, version, http] = [proxy.name, &version, http].map(str::to_owned);
            measured.sections.push(Section {
                proxy,
                version,
                http,
                rows,
            });
        }
        Ok(measured)
    }

    /// What a client sees in each case. Those whose answer is not the expected one are tried again.
    fn see(
        &self,
        cases: &[&Case],
        http: usize,
        port: u16,
        expected: &[Option<&str>],
        log: &str,
    ) -> anyhow::Result<Vec<Cell>> {
        let mut cells: Vec<Option<Cell>> = cases.iter().map(|_| None).collect();
        for _ in 0..TRIES {
            let is_open = |index: &usize| match &cells[*index] {
                None => true,
                Some(cell) => {
                    !cell.faults.is_empty()
                        || expected[*index].is_some_and(|expected| expected != cell.words)
                }
            };
            let open: Vec<usize> = (0..cases.len()).filter(is_open).collect();
            if open.is_empty() {
                break;
            }
            let own: Vec<&Case> = open.iter().map(|index| cases[*index]).collect();
            let seen = match http {
                0 => self.send(&own, port)?,
                _ => self.send_h2(&own, port, log)?,
            };
            for (index, cell) in open.into_iter().zip(seen) {
                cells[index] = Some(cell);
            }
        }
        Ok(cells.into_iter().flatten().collect())
    }

    fn token(&self) -> String {
        self.requests.fetch_add(1, Ordering::Relaxed).to_string()
    }

    /// Sends cases over HTTP/1.1: those that wait for a timeout side by side.
    fn send(&self, cases: &[&Case], port: u16) -> anyhow::Result<Vec<Cell>> {
        let send = |case: &Case| {
            let token = self.token();
            let parts = match case.sent(&token) {
                Sent::Request(request) => request.to_http(),
                Sent::Bytes(parts) => parts,
            };
            let mut seen = Seen::Closed;
            for _ in 0..case.times {
                seen = exchange::send(port, &parts)?;
            }
            anyhow::Ok(self.cell(&seen, &token))
        };
        let send = &send;
        thread::scope(|scope| {
            let slow = cases
                .iter()
                .map(|case| case.is_slow.then(|| scope.spawn(move || send(case))));
            let slow: Vec<_> = slow.collect();
            let seen = cases.iter().zip(slow).map(|(case, slow)| match slow {
                Some(thread) => thread.join().map_err(|_| anyhow!("a case panicked"))?,
                None => send(case),
            });
            seen.collect()
        })
    }

    /// Sends cases over HTTP/2, all side by side.
    fn send_h2(&self, cases: &[&Case], port: u16, log: &str) -> anyhow::Result<Vec<Cell>> {
        let tokens: Vec<String> = cases.iter().map(|_| self.token()).collect();
        let requests =
            cases
                .iter()
                .zip(&tokens)
                .filter_map(|(case, token)| match case.sent(token) {
                    Sent::Request(request) => Some((request, case.times)),
                    Sent::Bytes(_) => None,
                });
        let requests: Vec<(Request, usize)> = requests.collect();
        let seen = h2::send_all(self.root, port, &requests, self.logs, log)?;
        let cells = seen
            .iter()
            .zip(&tokens)
            .map(|(seen, token)| self.cell(seen, token));
        Ok(cells.collect())
    }

    fn cell(&self, seen: &Seen, token: &str) -> Cell {
        let plain = |words: &str| Cell {
            words: words.to_owned(),
            faults: Vec::new(),
        };
        match seen {
            Seen::Closed => plain("closed"),
            Seen::Raw => plain("raw"),
            // Over HTTP/2, nginx passes such bytes on with the status 0.
            Seen::Answer(answer) if answer.status == 0 => plain("raw"),
            Seen::Answer(answer) => self.describe(answer, token),
        }
    }

    /// An answer in the words of the table.
    pub(super) fn describe(&self, answer: &Answer, token: &str) -> Cell {
        let status = answer.status;
        let id = answer.header(self.id_header);
        let found = self.envelopes.find(answer, id);
        let mut words = vec![status.to_string()];
        let mut faults = Vec::new();
        let media_type = answer
            .header("content-type")
            .map(|value| value.split(';').next().unwrap_or_default());
        let is_own = self.is_own(answer);
        words.push(match &found {
            _ if is_own => "untouched".to_owned(),
            Some(found) => found.words(),
            None if answer.body.is_empty() => "empty".to_owned(),
            None => media_type.unwrap_or("untyped").to_owned(),
        });
        if status >= 400 {
            let received = self.broken.received(token);
            words.extend(id.map(|id| match received {
                Some(received) if received != id => "other id".to_owned(),
                _ => "id".to_owned(),
            }));
            words.extend(answer.header("x-should-retry").map(|value| match value {
                "true" => "retry".to_owned(),
                _ => "no retry".to_owned(),
            }));
            words.extend(
                answer
                    .header("retry-after")
                    .map(|value| format!("after {value}")),
            );
        }
        if let Some(found) = found.filter(|_| !is_own) {
            faults.extend(found.faults);
        }
        Cell {
            words: words.join(" "),
            faults,
        }
    }

    /// Whether an answer is the envelope of the upstream, in all that a client reads.
    fn is_own(&self, answer: &Answer) -> bool {
        let headers = [
            "content-type",
            "x-should-retry",
            "retry-after",
            "retry-after-ms",
        ];
        answer.status == self.own.status
            && answer.body == self.own.body
            && headers
                .iter()
                .all(|name| answer.header(name) == self.own.header(name))
    }
}

/// Copies the files of a folder, and of those in it.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    let entries =
        fs::read_dir(from).context("the sample catalog has no `proxies:`, or `gen` was not run")?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
