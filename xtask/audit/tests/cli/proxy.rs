//! `live-check --to`: a proxy in front of servers that say what a test wants.

mod bytes;
mod commands;
mod judged;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::project::{Project, Run, SMALL, audit};

/// No step takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// As after the last byte.
    Closed,
    /// As if a side were gone.
    Reset,
}

/// A server that reads a request of a known length, and answers it with some bytes.
struct Server {
    url: String,
    /// What it has read of each connection.
    requests: Receiver<Vec<u8>>,
}

impl Server {
    /// A server that answers every connection in the same way.
    fn new(length: usize, answer: &[u8], ending: Ending) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, requests) = channel();
        let answer = answer.to_vec();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let read = serve(stream, length, &answer, ending);
                if sender.send(read).is_err() {
                    return;
                }
            }
        });
        Self { url, requests }
    }

    fn request(&self) -> Vec<u8> {
        self.requests.recv_timeout(PATIENCE).expect("a request")
    }
}

fn serve(mut stream: TcpStream, length: usize, answer: &[u8], ending: Ending) -> Vec<u8> {
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let mut request = vec![0; length];
    match ending {
        Ending::Closed => stream.read_exact(&mut request).expect("a request"),
        // A socket with bytes that were not read is reset when it is closed.
        Ending::Reset => while stream.peek(&mut request).expect("a request") < length {},
    }
    for part in answer.chunks(answer.len().div_ceil(3).max(1)) {
        stream.write_all(part).expect("a client");
        // So that the parts arrive one by one.
        thread::sleep(Duration::from_millis(5));
    }
    request
}

/// What a client gets for a request, and how the connection ends.
fn talk(url: &str, request: &[u8]) -> (Vec<u8>, Ending) {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let mut answer = Vec::new();
    let ending = match stream
        .write_all(request)
        .and_then(|()| stream.read_to_end(&mut answer))
    {
        Ok(_) => Ending::Closed,
        Err(error) => {
            assert_ne!(
                error.kind(),
                std::io::ErrorKind::WouldBlock,
                "no end in time"
            );
            Ending::Reset
        }
    };
    (answer, ending)
}

/// A proxy without a command.
struct Proxy {
    child: Child,
    stderr: BufReader<ChildStderr>,
    url: String,
}

impl Proxy {
    fn start(project: &Project, to: &str, options: &str) -> Self {
        let mut command = audit();
        command
            .args(["live-check", "--to", to])
            .args(options.split_whitespace());
        command
            .current_dir(project.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("a run");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let url = line
            .strip_prefix("listening on ")
            .and_then(|rest| rest.split_once(','));
        let url = url.unwrap_or_else(|| panic!("{line}")).0.to_owned();
        Self { child, stderr, url }
    }

    /// Ends the run as Ctrl-C does, and returns what it printed.
    fn finish(mut self) -> Run {
        interrupt(&self.child, Signal::SIGINT);
        let mut stderr = String::new();
        self.stderr
            .read_to_string(&mut stderr)
            .expect("UTF-8 on stderr");
        let output = self.child.wait_with_output().expect("an end");
        let mut run = Run::from(output);
        run.stderr = stderr;
        run
    }
}

fn interrupt(child: &Child, signal: Signal) {
    let id = i32::try_from(child.id()).expect("an id");
    kill(Pid::from_raw(id), signal).expect("a process");
}

/// An answer with an error of the small API, whose type is this.
fn error(error_type: &str) -> String {
    let body = format!(
        r#"{{"error":{{"message":"No.","type":"{error_type}","code":"bad_name","param":null}}}}"#
    );
    format!(
        "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nx-request-id: req_1\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A request that asks for the end of the connection.
const GET: &[u8] = b"GET /names HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

fn small() -> Project {
    Project::new(SMALL)
}

/// Ends what the client sends, and reads the rest.
fn half_closed(url: &str, request: &[u8]) -> Vec<u8> {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    stream.write_all(request).expect("a server");
    stream
        .shutdown(Shutdown::Write)
        .expect("an open connection");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    answer
}
