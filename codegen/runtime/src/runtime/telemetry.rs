//! The names of what is counted and recorded of errors. Needs the feature `metrics` or `tracing`.
//!
//! `error.type` and `http.response.status_code` are attributes of OpenTelemetry's semantic conventions, with the
//! values that these define. The conventions have no attribute for the code and the operation of an API.
//!
//! Source: OpenTelemetry semantic conventions, "Error Attributes" and "HTTP Metrics".

/// The counter: one for each error that a client gets.
pub const ERRORS: &str = "api.errors";

/// The code of the error. [`OTHER`] is a code that the catalog does not have, of an error that is handed on; empty is
/// an error without code.
pub const CODE: &str = "api.code";

/// The id of the operation in the catalog. Empty is a request that is not an operation of the catalog. Where several
/// operations have the method and the path of a request, it is the name that the OpenAPI document gives to all of them,
/// such as `post_jobs`.
pub const OPERATION: &str = "api.operation";

/// The code of the error, else its status.
pub const ERROR_TYPE: &str = "error.type";

/// The status of the response: 200 for an error that ends a stream.
pub const STATUS: &str = "http.response.status_code";

/// The id of the request. It is recorded on spans and events, and never a label.
pub const REQUEST_ID: &str = "request_id";

/// A value that the catalog does not know.
pub const OTHER: &str = "_OTHER";
