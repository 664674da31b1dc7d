//! The delays of responses that a handler returns.

/// The delays of bare responses: what the headers ask for, and what is sent.
pub(crate) const DELAYS: [(&[(&str, &str)], Option<&str>); 20] = [
    (&[("retry-after", "37")], Some("37")),
    (&[("retry-after", "0")], Some("1")),
    (&[("retry-after", "1.2")], Some("2")),
    (&[("retry-after", "60")], Some("59")),
    (&[("retry-after", "3600")], Some("59")),
    (&[("retry-after", "99999999999999999999")], Some("59")),
    (
        &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")],
        Some("1"),
    ),
    (
        &[("retry-after", "Tue, 31 Dec 2999 23:59:59 GMT")],
        Some("59"),
    ),
    (
        &[
            ("date", "Sun, 06 Nov 1994 08:49:00 GMT"),
            ("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ],
        Some("37"),
    ),
    (
        &[
            ("date", "Sun, 06 Nov 1994 08:49:00 GMT"),
            ("retry-after", "Sunday, 06-Nov-94 08:49:07 GMT"),
        ],
        Some("7"),
    ),
    (&[("retry-after-ms", "1500")], Some("2")),
    (&[("retry-after-ms", "90000")], Some("59")),
    (
        &[("retry-after", "37"), ("retry-after-ms", "250")],
        Some("1"),
    ),
    (&[("retry-after", "5"), ("retry-after", "9")], Some("9")),
    (&[("retry-after", "soon")], None),
    (&[("retry-after", "-5")], None),
    (&[("retry-after", "+3")], None),
    (&[("retry-after", "inf")], None),
    (&[("retry-after", "Wed, 99 Oct 2015 07:28:00 GMT")], None),
    (&[("retry-after", "")], None),
];
