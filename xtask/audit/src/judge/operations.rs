//! Finds the operation of a request.

use codegen::Catalog;
use codegen::catalog::{Routes, base_path};

/// The operations of a catalog by path and method.
#[derive(Debug)]
pub(super) struct Operations {
    routes: Routes,
    /// The paths of the servers, without a slash at the end; the longest first.
    bases: Vec<String>,
}

impl Operations {
    pub(super) fn new(catalog: &Catalog) -> Self {
        let servers = catalog.api.servers.iter();
        let mut bases: Vec<String> = servers
            .map(|server| base_path(&server.url).to_owned())
            .collect();
        // A server of a test may be without the path that the public one has.
        bases.push(String::new());
        bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
        bases.dedup();
        Self {
            routes: Routes::new(&catalog.operations),
            bases,
        }
    }

    /// The positions of the operations that a request can be of.
    pub(super) fn find(&self, method: &str, path: &str) -> &[usize] {
        let paths = self.bases.iter();
        let paths = paths.filter_map(|base| path.strip_prefix(base.as_str()));
        let mut found = paths.map(|path| self.routes.find(method, path));
        found.find(|found| !found.is_empty()).unwrap_or_default()
    }
}
