//! What the official clients make of errors, besides the fields that they read from the body.

/// What a client makes of an error.
pub(crate) struct Family {
    /// The style of the API that the client is made for.
    pub(crate) style: &'static str,
    /// The error classes of the statuses that have one.
    pub(crate) class_of: fn(u16) -> Option<&'static str>,
    /// The error class of any other status.
    pub(crate) other_class: &'static str,
    /// The error class of an event that ends a stream, unless it is that of the status.
    pub(crate) event_class: Option<&'static str>,
    pub(crate) event_status: EventStatus,
    /// The class of the error that a cut connection is. None of them is an error class of the client.
    pub(crate) cut_class: &'static str,
    /// The operations that the client also calls for a stream.
    pub(crate) streamed: &'static [&'static str],
    /// Whether the client sends a request again that can succeed then.
    pub(crate) retries: bool,
}

/// The status of an error that ends a stream, for the program that uses the client.
pub(crate) enum EventStatus {
    None,
    /// That of the response, which is a success.
    OfResponse,
    /// That of the error.
    OfError,
}

fn openai(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "BadRequestError",
        401 => "AuthenticationError",
        403 => "PermissionDeniedError",
        404 => "NotFoundError",
        409 => "ConflictError",
        422 => "UnprocessableEntityError",
        429 => "RateLimitError",
        500.. => "InternalServerError",
        _ => return None,
    })
}

fn anthropic(status: u16) -> Option<&'static str> {
    Some(match status {
        402 => "PaymentRequiredError",
        408 => "RequestTimeoutError",
        413 => "ContentTooLargeError",
        503 => "ServiceUnavailableError",
        504 => "GatewayTimeoutError",
        529 => "OverloadedError",
        _ => return openai(status),
    })
}

fn google(status: u16) -> Option<&'static str> {
    (status >= 500).then_some("ServerError")
}

/// The class in which `httpx` reports a cut connection, and in which `fetch` does.
const CUTS: [&str; 2] = ["RemoteProtocolError", "TypeError"];

const OPENAI: Family = Family {
    style: "openai",
    class_of: openai,
    other_class: "APIStatusError",
    event_class: Some("APIError"),
    event_status: EventStatus::None,
    cut_class: CUTS[0],
    streamed: &["create_chat_completion"],
    retries: true,
};

pub(crate) static OPENAI_PYTHON: Family = OPENAI;

pub(crate) static OPENAI_NODE: Family = Family {
    other_class: "APIError",
    cut_class: CUTS[1],
    ..OPENAI
};

const ANTHROPIC: Family = Family {
    style: "anthropic",
    class_of: anthropic,
    event_class: Some("APIStatusError"),
    event_status: EventStatus::OfResponse,
    streamed: &["create_message"],
    ..OPENAI
};

pub(crate) static ANTHROPIC_PYTHON: Family = ANTHROPIC;

pub(crate) static ANTHROPIC_NODE: Family = Family {
    other_class: "APIError",
    event_class: Some("APIError"),
    event_status: EventStatus::None,
    cut_class: CUTS[1],
    ..ANTHROPIC
};

pub(crate) static GOOGLE_PYTHON: Family = Family {
    style: "google",
    class_of: google,
    other_class: "ClientError",
    event_class: None,
    event_status: EventStatus::OfError,
    cut_class: CUTS[0],
    streamed: &["stream_generate_content"],
    retries: false,
};
