//! The addresses of a proxy.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

/// A server that a proxy passes requests on to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upstream {
    /// The address as it was given.
    pub(crate) url: String,
    /// The host and the port, as they are looked up.
    pub(super) authority: String,
}

impl FromStr for Upstream {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").ok_or_else(expected)?;
        if scheme.eq_ignore_ascii_case("https") {
            return Err(
                "the traffic of an https address cannot be read: start the server without TLS"
                    .to_owned(),
            );
        }
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(expected());
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.is_empty() || authority.contains(['/', '?', '#', '@']) {
            return Err(format!(
                "{}: the path of each request is passed on as it is",
                expected()
            ));
        }
        let has_port = authority
            .rsplit_once(':')
            .is_some_and(|(host, port)| port.parse::<u16>().is_ok() && !host.ends_with(':'));
        let is_v6_alone = authority.ends_with(']');
        Ok(Self {
            url: format!("http://{authority}"),
            authority: if has_port && !is_v6_alone {
                authority.to_owned()
            } else {
                format!("{authority}:80")
            },
        })
    }
}

fn expected() -> String {
    "expected an address such as http://127.0.0.1:4000".to_owned()
}

/// Where a proxy listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Listen(pub(super) SocketAddr);

impl Default for Listen {
    /// A free port of this machine.
    fn default() -> Self {
        Self(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
    }
}

impl FromStr for Listen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(port) = text.parse::<u16>() {
            return Ok(Self(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)));
        }
        let text = text.strip_prefix("http://").unwrap_or(text);
        let address = text.trim_end_matches('/').parse();
        address
            .map(Self)
            .map_err(|_| "expected a port, or an address such as 127.0.0.1:4001".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{Listen, Upstream};

    #[test]
    fn servers_are_http_addresses_without_a_path() {
        for (text, authority) in [
            ("http://127.0.0.1:4000", "127.0.0.1:4000"),
            ("http://localhost:4000/", "localhost:4000"),
            ("HTTP://example.com", "example.com:80"),
            ("http://[::1]:4000", "[::1]:4000"),
            ("http://[::1]", "[::1]:80"),
        ] {
            let found = text.parse::<Upstream>().map(|to| to.authority);
            assert_eq!(found.as_deref(), Ok(authority), "{text}");
        }
        for text in [
            "127.0.0.1:4000",
            "https://127.0.0.1:4000",
            "http://",
            "http://127.0.0.1:4000/v1",
            "http://user:key@127.0.0.1",
            "ftp://127.0.0.1",
        ] {
            assert!(text.parse::<Upstream>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_proxy_listens_at_a_port_or_an_address() {
        for (text, address) in [
            ("4001", "127.0.0.1:4001"),
            ("0.0.0.0:4001", "0.0.0.0:4001"),
            ("http://127.0.0.1:4001/", "127.0.0.1:4001"),
            ("[::1]:0", "[::1]:0"),
        ] {
            let found = text.parse().map(|Listen(address)| address.to_string());
            assert_eq!(found.as_deref(), Ok(address), "{text}");
        }
        assert!("somewhere".parse::<Listen>().is_err());
    }
}
