//! Error responses that are not turned into envelopes.

/// Marks a response that `wrap` leaves as it is, although its status is that of an error: put it into the
/// extensions of the response.
///
/// A gateway marks a response that it hands on from another service byte for byte. Everything in it reaches
/// the client. Only its request id is replaced by that of the request.
///
/// ```
/// use runtime::Passthrough;
///
/// let mut response = http::Response::new("what the other service said");
/// *response.status_mut() = http::StatusCode::BAD_GATEWAY;
/// response.extensions_mut().insert(Passthrough);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passthrough;
