//! The number of files that a process may have open: each connection through the proxy needs two.

/// Files that are not connections.
const OTHERS: usize = 64;

/// How many connections fit into the limit of now.
pub(super) fn connections() -> usize {
    limit().saturating_sub(OTHERS) / 2
}

#[cfg(unix)]
fn limit() -> usize {
    use nix::sys::resource::{Resource, getrlimit};

    let limit = getrlimit(Resource::RLIMIT_NOFILE).map_or(256, |(limit, _)| limit);
    // More than any machine has ports for.
    usize::try_from(limit)
        .unwrap_or(usize::MAX)
        .clamp(OTHERS + 2, 1 << 20)
}

#[cfg(not(unix))]
fn limit() -> usize {
    1 << 16
}

/// Raises the limit as far as the system permits.
pub(super) fn raise() {
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, getrlimit, setrlimit};

        // Where it fails, fewer connections are taken at once.
        if let Ok((_, most)) = getrlimit(Resource::RLIMIT_NOFILE) {
            let _ = setrlimit(Resource::RLIMIT_NOFILE, most, most);
        }
    }
}
