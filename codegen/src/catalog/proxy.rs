//! The proxies in front of a server, and the statuses that they answer with by themselves.

/// A proxy that answers some requests by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proxy {
    /// nginx.
    Nginx,
    /// HAProxy.
    Haproxy,
    /// Apache HTTP Server.
    Apache,
    /// Caddy.
    Caddy,
    /// Varnish.
    Varnish,
}

impl Proxy {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 5] = [
        Self::Nginx,
        Self::Haproxy,
        Self::Apache,
        Self::Caddy,
        Self::Varnish,
    ];

    /// The keyword of the catalog language.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Haproxy => "haproxy",
            Self::Apache => "apache",
            Self::Caddy => "caddy",
            Self::Varnish => "varnish",
        }
    }

    /// The name as its authors write it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Haproxy => "HAProxy",
            Self::Apache => "Apache HTTP Server",
            Self::Caddy => "Caddy",
            Self::Varnish => "Varnish",
        }
    }

    /// The statuses that it answers with by itself when it is in front of a server, ascending: also 403, 413 and 429,
    /// where its configuration refuses a request.
    ///
    /// ```
    /// use error_catalog_codegen::catalog::Proxy;
    ///
    /// assert!(Proxy::Nginx.own_statuses().contains(&413));
    /// assert!(!Proxy::Varnish.own_statuses().contains(&502));
    /// ```
    #[must_use]
    pub const fn own_statuses(self) -> &'static [u16] {
        match self {
            Self::Nginx => &[
                400, 403, 404, 405, 413, 414, 429, 431, 500, 501, 502, 503, 504, 505,
            ],
            Self::Haproxy => &[400, 403, 408, 413, 429, 500, 502, 503, 504],
            Self::Apache => &[
                400, 403, 404, 405, 408, 413, 414, 417, 429, 431, 500, 502, 503,
            ],
            Self::Caddy => &[403, 404, 413, 429, 500, 502, 503, 504],
            Self::Varnish => &[403, 413, 429, 503],
        }
    }
}
