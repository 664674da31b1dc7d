use core::time::Duration;

use crate::{Backoff, RetryAdvice, RetryRule};

const BACKOFF: Backoff = Backoff {
    initial: Duration::from_secs(1),
    factor: 2,
    max: Duration::from_secs(5),
    max_retries: 5,
    jitter: false,
};

fn advice(rule: RetryRule, retry_after: Option<u64>) -> RetryAdvice {
    RetryAdvice {
        rule,
        retry_after: retry_after.map(Duration::from_secs),
    }
}

#[test]
fn delays_grow_up_to_the_longest_and_end() {
    let delays: Vec<u64> = BACKOFF.delays(0).map(|delay| delay.as_secs()).collect();
    assert_eq!(delays, [1, 2, 4, 5, 5]);
}

#[test]
fn delays_do_not_overflow() {
    let backoff = Backoff {
        factor: u32::MAX,
        max: Duration::MAX,
        max_retries: u32::MAX,
        ..BACKOFF
    };
    let longest = Duration::from_secs(u64::from(u32::MAX));
    assert_eq!(backoff.delay(u32::MAX - 1), Some(longest));
    assert_eq!(backoff.delay(u32::MAX), None);
}

#[test]
fn jitter_draws_each_delay_below_its_longest() {
    let backoff = Backoff {
        jitter: true,
        ..BACKOFF
    };
    for seed in 0..100 {
        for (position, delay) in (0..).zip(backoff.delays(seed)) {
            assert!(delay <= backoff.delay(position).unwrap());
        }
    }
    let draws = |seed| backoff.delays(seed).collect::<Vec<_>>();
    assert_eq!(draws(7), draws(7));
    assert_ne!(draws(7), draws(8));
}

#[test]
fn the_delay_that_a_server_asked_for_is_added_up_to_a_day() {
    let mut delays = BACKOFF.delays(0);
    let next = delays.next_delay(advice(RetryRule::After, Some(3)));
    assert_eq!(next, Some(Duration::from_secs(4)));
    let next = delays.next_delay(advice(RetryRule::Backoff, Some(u64::MAX)));
    assert_eq!(next, Some(Duration::from_secs(24 * 60 * 60 + 2)));
}

#[test]
fn an_error_that_cannot_be_retried_uses_up_no_delay() {
    let mut delays = BACKOFF.delays(0);
    assert_eq!(delays.next_delay(advice(RetryRule::Never, None)), None);
    assert_eq!(delays.count(), 5);
}
