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
    let mut packages = vec![Package::binary(EMPTY, "", include_str!("probe/empty.rs"))];
    for codes in sizes {
        packages.extend(Kind::ALL.map(|kind| match kind {
            Kind::Ours => ours::package(codes),
            Kind::With(arguments) => {
                ours::package_with_arguments(kind.package(codes), codes, arguments)
            }
            Kind::Peer => peer::package(codes),
        }));
        packages.extend(Kind::ALL.map(|kind| probe(kind, codes)));
    }
    Workspace::write("compile", &packages)
}

fn probe(kind: Kind, codes: usize) -> Package {
    let package = kind.package(codes);
    let errors = format!("errors = {{ path = \"../{package}\", package = \"{package}\" }}\n");
    let (dependencies, main) = match kind {
        Kind::Ours | Kind::With(_) => ("", include_str!("probe/ours.rs")),
        Kind::Peer => (
            "serde_json = \"1\"\nstrum = \"0.28\"\n",
            include_str!("probe/peer.rs"),
        ),
    };
    Package::binary(&kind.probe(codes), &format!("{errors}{dependencies}"), main)
}
