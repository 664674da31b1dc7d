//! Retry rules and delays.

use core::time::Duration;

use gateway_errors::{ApiError, BACKOFF, ErrorCode, MAX_RETRY_AFTER, ReceivedError, RetryRule};

#[test]
fn only_429_502_503_and_504_are_worth_another_try() {
    for status in 400..600 {
        let expected = matches!(status, 429 | 502 | 503 | 504);
        assert_eq!(
            RetryRule::from_status(status).is_retryable(),
            expected,
            "{status}"
        );
    }
    for code in ErrorCode::ALL {
        let expected = *code == ErrorCode::RateLimitExceeded;
        assert_eq!(code.retry().is_retryable(), expected, "{code}");
    }
}

#[test]
fn delays_grow_up_to_the_longest() {
    let delays: Vec<_> = (0..4).map(|retry| BACKOFF.delay(retry)).collect();
    assert_eq!(
        delays,
        [
            Some(Duration::from_millis(500)),
            Some(Duration::from_secs(1)),
            None,
            None
        ]
    );
}

#[test]
fn waits_are_drawn_below_the_longest_and_honour_the_server() {
    for seed in 0..1_000 {
        let waits: Vec<_> = BACKOFF.delays(seed).collect();
        assert_eq!(waits.len(), 2);
        assert!(waits[0] <= Duration::from_millis(500));
        assert!(waits[1] <= Duration::from_secs(1));
        assert_eq!(waits, BACKOFF.delays(seed).collect::<Vec<_>>());
    }
    let halves = (0..1_000).filter(|seed| {
        let first = BACKOFF.delays(*seed).next().unwrap();
        first < Duration::from_millis(250)
    });
    let halves = halves.count();
    assert!(
        (400..600).contains(&halves),
        "{halves} of 1000 in the lower half"
    );

    let mut delays = BACKOFF.delays(7);
    let asked = Duration::from_secs(30);
    let received = ReceivedError::from_parts(503, [("retry-after", "30")], b"");
    let wait = delays.next_delay(received.retry()).unwrap();
    assert!(wait >= asked && wait <= asked + BACKOFF.initial, "{wait:?}");
    let final_one = ReceivedError::from_parts(400, [("retry-after", "30")], b"");
    assert_eq!(delays.next_delay(final_one.retry()), None);
    assert!(delays.next_delay(received.retry()).is_some());
    assert_eq!(delays.next_delay(received.retry()), None);
    let plain = gateway_errors::Backoff {
        jitter: false,
        ..BACKOFF
    };
    let waits: Vec<_> = plain.delays(0).collect();
    assert_eq!(waits, [Duration::from_millis(500), Duration::from_secs(1)]);
}

#[test]
fn waits_are_read_in_every_form_that_servers_use() {
    let wait = |headers: &[(&str, &str)]| {
        ReceivedError::from_parts(429, headers.iter().copied(), b"").retry_after
    };
    for (headers, milliseconds) in [
        (&[("retry-after", "7")][..], Some(7_000)),
        (&[("retry-after", "0")], Some(0)),
        (&[("retry-after", " 1.5 ")], Some(1_500)),
        (&[("retry-after-ms", "250")], Some(250)),
        (&[("retry-after-ms", "250.5")], Some(250)),
        (
            &[("retry-after", "7"), ("retry-after-ms", "250")],
            Some(250),
        ),
        (
            &[("retry-after-ms", "250"), ("retry-after", "7")],
            Some(250),
        ),
        (
            &[("retry-after-ms", "soon"), ("retry-after", "7")],
            Some(7_000),
        ),
        (&[("retry-after", "-1")], None),
        (&[("retry-after", "1e3")], None),
        (&[("retry-after", "NaN")], None),
        (&[("retry-after", ".")], None),
        (&[("retry-after", "")], None),
    ] {
        let read = wait(headers).map(|wait| wait.as_millis());
        assert_eq!(read, milliseconds, "{headers:?}");
    }
    // What is beyond a clock is a long time, not none.
    for endless in [
        "18446744073709551615",
        "99999999999999999999",
        "1e",
        "9999999999999999999999.5",
    ] {
        let seconds = wait(&[("retry-after", endless)]).map(|wait| wait.as_secs());
        let expected = (endless != "1e").then_some(u64::MAX);
        assert_eq!(seconds, expected, "{endless}");
    }
}

#[test]
fn a_date_is_kept_whether_or_not_it_is_understood() {
    let date = "Wed, 21 Oct 2015 07:28:00 GMT";
    let received = ReceivedError::from_parts(503, [("Retry-After", date)], b"");
    assert_eq!(received.retry_after_text.as_deref(), Some(date));
    // The day is past.
    let expected = cfg!(feature = "httpdate").then_some(Duration::ZERO);
    assert_eq!(received.retry_after, expected);
}

#[cfg(feature = "httpdate")]
#[test]
fn a_date_is_a_wait_by_the_clock_of_the_server() {
    for (date, seconds) in [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 37),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
        ("Sun Nov  6 08:49:37 1994", 37),
        ("Sun, 06 Nov 1994 08:48:00 GMT", 0),
    ] {
        let headers = [
            ("retry-after", date),
            ("date", "Sun, 06 Nov 1994 08:49:00 GMT"),
        ];
        let received = ReceivedError::from_parts(503, headers, b"");
        assert_eq!(
            received.retry_after,
            Some(Duration::from_secs(seconds)),
            "{date}"
        );
    }
    let date = "Sun, 06 Nov 1994 08:49:37 GMT";
    let headers = [("retry-after", date), ("retry-after", "soon")];
    let received = ReceivedError::from_parts(503, headers, b"");
    assert_eq!(received.retry_after_text.as_deref(), Some(date));
    let headers = [("retry-after", "soon")];
    let received = ReceivedError::from_parts(503, headers, b"");
    assert_eq!(received.retry_after, None);
    assert_eq!(received.retry_after_text.as_deref(), Some("soon"));
}

/// The delays that one of the clients in use obeys no longer, or takes for none, are not sent.
#[test]
fn a_response_asks_for_a_delay_that_clients_obey() {
    let sent = |error: &ApiError| {
        let headers = error.headers();
        let delay = headers.iter().find(|(name, _)| *name == "retry-after");
        delay.map(|(_, seconds)| seconds.parse::<u64>().unwrap())
    };
    for (milliseconds, seconds) in [
        (0, 1),
        (1, 1),
        (1_000, 1),
        (1_001, 2),
        (58_001, 59),
        (59_000, 59),
        (59_001, 59),
        (60_000, 59),
        (3_600_000, 59),
        (u64::MAX, 59),
    ] {
        let delay = Duration::from_millis(milliseconds);
        let error = ApiError::new(ErrorCode::RateLimitExceeded).with_retry_after(delay);
        assert_eq!(sent(&error), Some(seconds), "{milliseconds}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
    }
    let longest = ApiError::from_status(503).with_retry_after(Duration::MAX);
    assert_eq!(longest.retry_after(), Some(MAX_RETRY_AFTER));
    let upload = ApiError::new(ErrorCode::FileTooLarge).with_retry_after(Duration::from_secs(3));
    assert_eq!((sent(&upload), upload.retry_after()), (None, None));
    let upload = ApiError::from_status(413).with_retry_after(Duration::from_secs(3));
    assert_eq!(sent(&upload), None);
}

/// A client obeys a server that asks for more than this crate does.
#[test]
fn a_client_reads_longer_delays_than_a_server_sends() {
    let received = ReceivedError::from_parts(503, [("retry-after", "3600")], b"");
    let hour = Duration::from_secs(3_600);
    assert_eq!(received.retry().retry_after, Some(hour));
    assert_eq!(received.retry().delay(Duration::ZERO), hour);
}
