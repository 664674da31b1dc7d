//! The configuration of proxies, with which the errors that they answer by themselves are those of the API.
//!
//! A folder for each proxy of the catalog: what a site includes, and a page about it. Sizes depend on the statuses, styles
//! and choices of the catalog, and not on its codes.

mod answers;
mod apache;
mod caddy;
mod choices;
mod facts;
mod haproxy;
mod nginx;
mod readme;
mod text;
mod varnish;

use crate::artifact::{Artifact, Region};
use crate::catalog::{Catalog, Proxy};

use answers::{Answers, Ids, Statuses};

/// Emits the folders in `generated/proxies`.
#[must_use]
pub fn emit(catalog: &Catalog) -> Vec<Artifact> {
    let proxies = catalog.proxies.iter();
    proxies
        .flat_map(|proxy| of_proxy(catalog, *proxy))
        .collect()
}

fn of_proxy(catalog: &Catalog, proxy: Proxy) -> Vec<Artifact> {
    let (statuses, ids) = match proxy {
        Proxy::Apache => (Statuses::Kept, Ids::Missing),
        Proxy::Haproxy => (Statuses::Kept, Ids::Written),
        Proxy::Nginx | Proxy::Caddy | Proxy::Varnish => (Statuses::Stated, Ids::Written),
    };
    let answers = Answers::new(catalog, statuses, ids);
    let page = file(proxy, "README.md", readme::page(catalog, proxy, &answers));
    let mut files = match proxy {
        Proxy::Nginx => vec![file(proxy, "envelope.conf", nginx::include(&answers))],
        Proxy::Haproxy => {
            // It cannot change the status of its own errors, but that of others.
            let stated = Answers::new(catalog, Statuses::Stated, Ids::Written);
            let include = haproxy::include(&stated, &answers);
            vec![file(proxy, "envelope.cfg", include)]
        }
        Proxy::Apache => {
            let include = file(proxy, "envelope.conf", apache::include(&answers));
            let bodies = apache::bodies(&answers);
            let bodies = bodies.map(|(path, body)| file(proxy, &path, body));
            [include].into_iter().chain(bodies).collect()
        }
        Proxy::Caddy => vec![file(proxy, "envelope.caddy", caddy::include(&answers))],
        Proxy::Varnish => vec![file(proxy, "envelope.vcl", varnish::include(&answers))],
    };
    files.push(page);
    files
}

/// The parts of `docs/proxies.md`.
pub(super) fn regions() -> Vec<Region> {
    readme::regions()
}

fn file(proxy: Proxy, name: &str, contents: String) -> Artifact {
    let folder = proxy.as_str();
    Artifact::new(format!("generated/proxies/{folder}/{name}"), contents)
}
