//! A request and what came back, as a recording tells it.
//!
//! A recorder loses and changes parts of what was on the wire. The types state what is known, so that no rule takes the
//! loss of a recorder for a fault of the server.

use std::borrow::Cow;

/// A request and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange<'a> {
    /// Where the recording has it.
    pub place: Place,
    /// What was asked.
    pub request: Request<'a>,
    /// What came back.
    pub outcome: Outcome<'a>,
}

/// A place in a recording.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of the recording in the order in which they were named. Counts from 0.
    pub recording: usize,
    /// The number of the exchange in the recording, of its line in JSON lines. Counts from 1.
    pub exchange: u64,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The method, such as `POST`; `None` if the recorder leaves out requests.
    pub method: Option<Cow<'a, str>>,
    /// The address, absolute or from the path on, with its query; `None` if the recorder leaves out requests.
    pub target: Option<Cow<'a, str>>,
    /// The headers.
    pub headers: Headers<'a>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// No response: the connection was refused, reset, or ended without one. Some recorders also leave out a response
    /// that was cut. The text is the recorder's.
    None(Cow<'a, str>),
    /// A response that the recorder took for the one of this request.
    Mistaken(Mistaken),
    /// A response, whole or not.
    Response(Response<'a>),
}

/// Why the response to a request is not known, although the recording has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistaken {
    /// It is an interim response, such as 103, which the final one followed.
    Interim,
    /// It may be the response to an earlier request of the connection: some clients answer each request with the
    /// response before, once they took an interim response for the final one.
    Shifted,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response<'a> {
    /// The status: 101, or 200 to 599.
    pub status: u16,
    /// The headers.
    pub headers: Headers<'a>,
    /// The body, without its encodings.
    pub body: Body<'a>,
}

/// A body, without transfer and content encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body<'a> {
    /// The whole body; empty if the response had none.
    Whole(Cow<'a, [u8]>),
    /// JSON that means what the body meant. White space, the order of members, members that were there twice, escapes
    /// and the digits of large numbers may be others.
    Parsed(Cow<'a, [u8]>),
    /// What came until the connection to the server broke.
    Cut(Cow<'a, [u8]>),
    /// The recording does not have it.
    Unknown(Unknown),
}

/// Why a body is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// The recorder leaves out bodies, or left out this one, or the body is larger than the reader takes.
    Omitted,
    /// The connection broke, and the recorder does not keep what came until then.
    Lost,
    /// The client ended the connection before the body was whole.
    Left,
    /// The recorder replaced bytes, or wrote them in a form from which they cannot be restored.
    Distorted,
    /// The content encoding is unknown, or the bytes do not have it.
    Encoded,
}

/// The headers of a message, in the order of the recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers<'a> {
    /// Names, compared without case, and values as they are on the wire.
    pub fields: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>,
    /// What became of a header that was there more than once.
    pub repeated: Repeated,
}

impl Headers<'_> {
    /// The values of the headers of this name, in their order.
    pub fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b [u8]> {
        let named =
            move |field: &&(Cow<'_, str>, Cow<'_, [u8]>)| field.0.eq_ignore_ascii_case(name);
        self.fields.iter().filter(named).map(|(_, value)| &**value)
    }

    /// The first value of this name.
    #[must_use]
    pub fn first(&self, name: &str) -> Option<&[u8]> {
        self.fields
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| &**value)
    }
}

/// What a recorder does with a header that is there more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// Each is a field of its own.
    Kept,
    /// The values are joined into one field.
    Joined,
    /// One of them remains, or the values are joined, depending on the header.
    One,
    /// The recorder has no headers of this message, or not all of them.
    Absent,
}
