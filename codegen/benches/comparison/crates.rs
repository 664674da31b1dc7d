//! What the generated crate costs those who compile it.

use std::collections::BTreeMap;

use crate::compile::packages::{empty, probe, probe_of_peer};
use crate::compile::{self, CHECK, RELEASE};
use crate::consumer::usage::Usage;
use crate::consumer::{Package, Workspace, of_crate, peer, text_with_arguments};
use crate::pipeline::catalogs;

use super::peers::Peer;
use super::rows::{Arguments, Compiled, Cost, Kind, Row};
use super::sides::{Side, Sides};
use super::{Figures, Peers, median};

const WITH_ARGUMENTS: usize = 1_800;
const ROUNDS: usize = 5;
/// From so many codes on, the peer takes minutes and is compiled once.
const PEER_ONCE: usize = 1_000;
const PEER: &str = "thiserror + strum + serde";

impl Kind {
    fn name(self) -> String {
        match self {
            Self::Codes(codes) => codes.to_string(),
            Self::With(Arguments::Repeated) => "repeated".to_owned(),
            Self::With(Arguments::Picked) => "picked".to_owned(),
            Self::With(Arguments::Different) => "different".to_owned(),
        }
    }

    fn package(self, side: Side) -> String {
        format!("{}-{}", side.name(), self.name())
    }

    fn catalog(self, crate_name: &str) -> String {
        match self {
            Self::Codes(codes) => of_crate(crate_name, &catalogs::catalog(codes)),
            Self::With(arguments) => text_with_arguments(crate_name, WITH_ARGUMENTS, arguments),
        }
    }

    /// The number of codes of the crate that the peer has too.
    fn codes_of_peer(self, peers: Peers) -> Option<usize> {
        match self {
            Self::Codes(codes) if peers == Peers::Measured => Some(codes),
            _ => None,
        }
    }
}

fn probe_name(package: &str) -> String {
    format!("probe-{package}")
}

/// The crates that the rows need, and binaries that use them.
pub(crate) fn packages(rows: &[&Row], sides: &Sides, peers: Peers) -> Vec<Package> {
    let kinds = rows.iter().filter_map(|row| match row.cost {
        Cost::Crate(kind, _) => Some(kind),
        _ => None,
    });
    let mut kinds: Vec<Kind> = kinds.collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut packages = vec![empty()];
    for kind in kinds {
        for side in Side::ALL {
            let name = kind.package(side);
            packages.push(probe(&probe_name(&name), &name));
            packages.push(sides.package(side, name.clone(), &kind.catalog(&name)));
        }
        if let Some(codes) = kind.codes_of_peer(peers) {
            let package = peer::package(codes);
            packages.push(probe_of_peer(&probe_name(&package.name), &package.name));
            packages.push(package);
        }
    }
    packages
}

/// The crates, and what was measured of them.
pub(crate) struct Crates<'a> {
    workspace: &'a Workspace,
    peers: Peers,
    checked: BTreeMap<Kind, [Usage; 2]>,
}

impl<'a> Crates<'a> {
    pub(crate) fn new(workspace: &'a Workspace, peers: Peers) -> Self {
        Self {
            workspace,
            peers,
            checked: BTreeMap::new(),
        }
    }

    pub(crate) fn figures(&mut self, kind: Kind, compiled: Compiled) -> Figures {
        let [before, now] = match compiled {
            Compiled::CheckTime => self.checked(kind).map(|usage| usage.seconds),
            Compiled::CheckMemory => self.checked(kind).map(|usage| usage.bytes),
            Compiled::ReleaseTime => self.compiled(kind, RELEASE).map(|usage| usage.seconds),
            Compiled::Binary => Side::ALL.map(|side| self.added(kind, &kind.package(side))),
        };
        let peers = match kind.codes_of_peer(self.peers) {
            Some(codes) => vec![self.peer(kind, codes, compiled)],
            None => Vec::new(),
        };
        Figures { before, now, peers }
    }

    /// What `cargo check` takes of both sides. Two rows need it.
    fn checked(&mut self, kind: Kind) -> [Usage; 2] {
        if let Some(checked) = self.checked.get(&kind) {
            return *checked;
        }
        let checked = self.compiled(kind, CHECK);
        self.checked.insert(kind, checked);
        checked
    }

    /// The medians of both sides, which take turns.
    fn compiled(&self, kind: Kind, command: &[&str]) -> [Usage; 2] {
        let mut rounds = [const { Vec::new() }; 2];
        for _ in 0..ROUNDS {
            for (side, rounds) in Side::ALL.into_iter().zip(&mut rounds) {
                rounds.push(self.compile(&kind.package(side), command));
            }
        }
        rounds.map(|rounds| median_usage(&rounds))
    }

    fn compile(&self, package: &str, command: &[&str]) -> Usage {
        compile::compile(self.workspace, package, &probe_name(package), command)
    }

    /// The bytes that a crate adds to a binary, over those of the texts.
    fn added(&self, kind: Kind, package: &str) -> f64 {
        let Kind::Codes(codes) = kind else {
            unreachable!("a row about binaries has plain codes")
        };
        compile::added(self.workspace, &probe_name(package)) / compile::texts(codes)
    }

    fn peer(&self, kind: Kind, codes: usize, compiled: Compiled) -> Peer {
        let package = format!("peer-{codes}");
        let rounds = if codes >= PEER_ONCE { 1 } else { ROUNDS };
        let compile = |command| {
            let rounds: Vec<_> = (0..rounds)
                .map(|_| self.compile(&package, command))
                .collect();
            median_usage(&rounds)
        };
        let figure = match compiled {
            Compiled::CheckTime => compile(CHECK).seconds,
            Compiled::CheckMemory => compile(CHECK).bytes,
            Compiled::ReleaseTime => compile(RELEASE).seconds,
            Compiled::Binary => self.added(kind, &package),
        };
        Peer::measured(PEER, figure)
    }
}

fn median_usage(rounds: &[Usage]) -> Usage {
    let of = |figure: fn(&Usage) -> f64| median(rounds.iter().map(figure).collect());
    Usage {
        seconds: of(|usage| usage.seconds),
        bytes: of(|usage| usage.bytes),
    }
}
