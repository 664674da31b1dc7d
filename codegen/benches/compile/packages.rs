//! The crates that are compiled, and binaries that use them.

use crate::consumer::{Arguments, Package, Workspace, ours, peer};

/// A size that is always there, so that building it builds what all sizes depend on.
pub(crate) const WARM_UP: usize = 16;

/// A binary without errors, to hold the others against.
pub(crate) const EMPTY: &str = "probe-empty";

/// Who has made a crate.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Ours,
    /// Ours, with arguments for each code.
    With(Arguments),
    Peer,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Ours,
        Self::With(Arguments::Repeated),
        Self::With(Arguments::Picked),
        Self::With(Arguments::Different),
        Self::Peer,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::With(Arguments::Repeated) => "repeated",
            Self::With(Arguments::Picked) => "picked",
            Self::With(Arguments::Different) => "different",
            Self::Peer => "peer",
        }
    }

    /// The name of a crate's package.
    pub(crate) fn package(self, codes: usize) -> String {
        format!("{}-{codes}", self.name())
    }

    /// The name of the binary that uses the crate.
    pub(crate) fn probe(self, codes: usize) -> String {
        format!("probe-{}", self.package(codes))
    }
}

/// A workspace with the crates of these sizes.
pub(crate) fn workspace(sizes: &[usize]) -> Workspace {
    let mut sizes = sizes.to_vec();
    sizes.push(WARM_UP);
    sizes.sort_unstable();
    sizes.dedup();
    let mut packages = vec![empty()];
    for codes in sizes {
        packages.extend(Kind::ALL.map(|kind| match kind {
            Kind::Ours => ours::package(codes),
            Kind::With(arguments) => {
                ours::package_with_arguments(kind.package(codes), codes, arguments)
            }
            Kind::Peer => peer::package(codes),
        }));
        packages.extend(Kind::ALL.map(|kind| probe_of(kind, codes)));
    }
    Workspace::write("compile", &packages)
}

/// The binary without errors.
pub(crate) fn empty() -> Package {
    Package::binary(EMPTY, "", include_str!("probe/empty.rs"))
}

fn probe_of(kind: Kind, codes: usize) -> Package {
    let (name, package) = (kind.probe(codes), kind.package(codes));
    match kind {
        Kind::Ours | Kind::With(_) => probe(&name, &package),
        Kind::Peer => probe_of_peer(&name, &package),
    }
}

/// A binary that uses a generated crate.
pub(crate) fn probe(name: &str, package: &str) -> Package {
    Package::binary(name, &errors(package), include_str!("probe/ours.rs"))
}

/// A binary that uses a crate of thiserror, strum and serde.
pub(crate) fn probe_of_peer(name: &str, package: &str) -> Package {
    let dependencies = errors(package) + "serde_json = \"1\"\nstrum = \"0.28\"\n";
    Package::binary(name, &dependencies, include_str!("probe/peer.rs"))
}

fn errors(package: &str) -> String {
    format!("errors = {{ path = \"../{package}\", package = \"{package}\" }}\n")
}
