//! The same requests through the proxy of `live-check`, with which `cargo conformance live-load` calls the test.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use super::{Outcome, all_at_once};

/// How often each way is measured, one after the other.
const ROUNDS: usize = 3;

/// A proxy, which ends with the value.
struct Proxy {
    child: Child,
    address: SocketAddr,
}

impl Proxy {
    fn start(program: &OsStr, server: SocketAddr) -> Self {
        let catalog = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../catalog/catalog.yaml");
        let mut child = Command::new(program)
            .args([
                "live-check",
                "--catalog",
                catalog,
                "--to",
                &format!("http://{server}"),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the proxy starts");
        let mut line = String::new();
        let stderr = child.stderr.take().expect("a pipe");
        BufReader::new(stderr).read_line(&mut line).expect("a line");
        let address = line.strip_prefix("listening on http://");
        let address = address.and_then(|rest| rest.split(',').next());
        let address = address.and_then(|address| address.parse().ok());
        Self {
            child,
            address: address.unwrap_or_else(|| panic!("no address: {line}")),
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends the requests in turn with the proxy and without it. The answers are the same, and the medians are printed.
pub(super) async fn compare(program: &OsStr, server: SocketAddr, direct: &Outcome) {
    let (mut without, mut with) = (vec![direct.median()], Vec::new());
    for round in 0..ROUNDS {
        let proxy = Proxy::start(program, server);
        let through = all_at_once(proxy.address).await;
        assert_eq!(through.answers, direct.answers);
        with.push(through.median());
        if round > 0 {
            without.push(all_at_once(server).await.median());
        }
    }
    without.sort();
    with.sort();
    let (without, with) = (
        without[ROUNDS / 2].as_secs_f64(),
        with[ROUNDS / 2].as_secs_f64(),
    );
    println!(
        "through the proxy: the same answers; the median latency is {:.0} ms, without it {:.0} ms: {:+.1} %",
        with * 1e3,
        without * 1e3,
        (with / without - 1.0) * 100.0
    );
}
