//! What a recording has of a body, and what is known of the body from it.

use std::borrow::Cow;
use std::io::Read;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::exchange::{Body, Headers, Mistaken, Outcome, Response, Unknown};
use crate::recording::limits::MAX_BODY;

/// The decoder of base64, with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of base64, which may be broken over lines.
pub(crate) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    if text.iter().any(u8::is_ascii_whitespace) {
        let text: Vec<u8> = text
            .iter()
            .copied()
            .filter(|byte| !byte.is_ascii_whitespace())
            .collect();
        return BASE64.decode(text).ok();
    }
    BASE64.decode(text).ok()
}

/// The outcome of a request with this method that a recording has with this status, headers and body.
///
/// The encoding of the body is removed if it is still there: some recorders have removed it and left its header.
pub(crate) fn outcome<'a>(
    method: Option<&str>,
    status: u16,
    headers: Headers<'a>,
    stored: Body<'a>,
) -> Outcome<'a> {
    if (100..200).contains(&status) && status != 101 {
        return Outcome::Mistaken(Mistaken::Interim);
    }
    let bodiless = matches!(status, 204 | 304) || method == Some("HEAD");
    let body = match stored {
        Body::Unknown(_) if bodiless => Body::Whole(Cow::Borrowed(&[])),
        Body::Whole(bytes) if bodiless => Body::Whole(bytes),
        Body::Whole(bytes) => whole(&headers, bytes),
        Body::Cut(bytes) => match decoded(&headers, bytes) {
            Ok(bytes) => Body::Cut(bytes),
            Err(unknown) => Body::Unknown(unknown),
        },
        other => other,
    };
    Outcome::Response(Response {
        status,
        headers,
        body,
    })
}

fn whole<'a>(headers: &Headers<'a>, bytes: Cow<'a, [u8]>) -> Body<'a> {
    // An encoding that was removed leaves the length of before.
    if headers.first("content-encoding").is_none() {
        let length = content_length(headers);
        if length.is_some_and(|length| length > bytes.len() as u64) {
            return Body::Unknown(Unknown::Lost);
        }
    }
    match decoded(headers, bytes) {
        Ok(bytes) => Body::Whole(bytes),
        Err(unknown) => Body::Unknown(unknown),
    }
}

/// The value of the header `Content-Length`.
pub(crate) fn content_length(headers: &Headers<'_>) -> Option<u64> {
    str::from_utf8(headers.first("content-length")?)
        .ok()?
        .trim()
        .parse()
        .ok()
}

/// The body without its content encoding.
fn decoded<'a>(headers: &Headers<'a>, bytes: Cow<'a, [u8]>) -> Result<Cow<'a, [u8]>, Unknown> {
    let Some(encoding) = headers.first("content-encoding") else {
        return Ok(bytes);
    };
    let encoding = encoding.trim_ascii().to_ascii_lowercase();
    let inflated = match (&*encoding, &*bytes) {
        (b"" | b"identity", _) | (_, []) => return Ok(bytes),
        (_, [0x1F, 0x8B, ..]) => inflate(flate2::read::MultiGzDecoder::new(&*bytes)),
        (_, [0x28, 0xB5, 0x2F, 0xFD, ..]) => match ruzstd::decoding::StreamingDecoder::new(&*bytes)
        {
            Ok(decoder) => inflate(decoder),
            Err(_) => Err(Unknown::Encoded),
        },
        // The encodings without a mark at their beginning give no text.
        _ if str::from_utf8(&bytes).is_ok() => return Ok(bytes),
        (b"deflate", _) => inflate(flate2::read::ZlibDecoder::new(&*bytes))
            .or_else(|_| inflate(flate2::read::DeflateDecoder::new(&*bytes))),
        (b"gzip" | b"x-gzip" | b"zstd", _) => return Ok(bytes),
        _ => Err(Unknown::Encoded),
    };
    inflated.map(Cow::Owned)
}

/// All bytes of a decoder, unless there are more than [`MAX_BODY`].
pub(crate) fn inflate(decoder: impl Read) -> Result<Vec<u8>, Unknown> {
    let mut bytes = Vec::new();
    let limit = MAX_BODY as u64 + 1;
    match decoder.take(limit).read_to_end(&mut bytes) {
        Ok(read) if read <= MAX_BODY => Ok(bytes),
        Ok(_) => Err(Unknown::Omitted),
        Err(_) => Err(Unknown::Encoded),
    }
}

/// A body in which the recorder may have replaced what is not UTF-8 with U+FFFD.
pub(crate) fn replaced(bytes: Cow<'_, [u8]>) -> Body<'_> {
    let has = |mark: &str| memchr::memmem::find(&bytes, mark.as_bytes()).is_some();
    // A body of JSON that the recorder parsed may have it as an escape.
    if has("\u{FFFD}") || has("\\ufffd") || has("\\uFFFD") {
        return Body::Unknown(Unknown::Distorted);
    }
    Body::Whole(bytes)
}
