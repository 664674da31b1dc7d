//! Who may do what: API keys, plans, quotas, credits and rate limits.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gateway_errors::{ApiError, ErrorCode};
use governor::{DefaultDirectRateLimiter, Quota};

use crate::stored_file::{File, LARGEST_FILE};

/// What an account has paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Free,
    Pro,
}

/// An account, found by its API key.
pub(crate) struct Account {
    pub(crate) plan: Plan,
    /// How many files it may store.
    pub(crate) most_files: usize,
    /// How many bytes its files may have together.
    pub(crate) most_bytes: usize,
    has_expired: bool,
    rate: Option<DefaultDirectRateLimiter>,
    ledger: Mutex<Ledger>,
}

/// What changes as an account is used.
#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) credits: u32,
    pub(crate) files: Vec<File>,
}

/// Credits that are set aside. They come back unless they are spent, also where the request panics or
/// its client goes away.
pub(crate) struct Held {
    account: Arc<Account>,
    credits: u32,
}

impl Held {
    pub(crate) fn spend(mut self) {
        self.credits = 0;
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.account.ledger().credits += self.credits;
    }
}

impl Account {
    fn new(plan: Plan, credits: u32) -> Self {
        let ledger = Ledger {
            credits,
            files: Vec::new(),
        };
        Self {
            plan,
            most_files: 100,
            most_bytes: 16 * LARGEST_FILE,
            has_expired: false,
            rate: None,
            ledger: Mutex::new(ledger),
        }
    }

    /// Sets credits aside, if there are as many.
    pub(crate) fn hold(self: &Arc<Self>, credits: u32) -> Result<Held, ApiError> {
        let mut ledger = self.ledger();
        let left = ledger.credits.checked_sub(credits);
        ledger.credits = left.ok_or(ErrorCode::InsufficientCredits)?;
        Ok(Held {
            account: Arc::clone(self),
            credits,
        })
    }

    /// What changes. Nothing panics while it is half changed, so a lock that saw a panic is as good as
    /// any other.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All accounts, by API key.
pub(crate) struct Accounts {
    by_key: HashMap<&'static str, Arc<Account>>,
}

impl Accounts {
    /// An account for each way in which a request can be refused.
    pub(crate) fn demonstration() -> Self {
        let free = || Account::new(Plan::Free, 1_000);
        let many_files = Account {
            most_files: 2,
            ..free()
        };
        for name in ["first.txt", "second.txt"] {
            let file = File::stored(name, "text/plain", "assistants", b"Hello");
            many_files.ledger().files.push(file);
        }
        let full = Account {
            most_bytes: 1_024,
            ..free()
        };
        let file = File::stored("full.txt", "text/plain", "assistants", &[b'x'; 1_024]);
        full.ledger().files.push(file);
        // One request an hour, and that one is used up.
        let hourly = Quota::with_period(Duration::from_secs(3_600));
        let hourly = hourly.expect("an hour is longer than nothing");
        let rate = DefaultDirectRateLimiter::direct(hourly.allow_burst(NonZeroU32::MIN));
        rate.check().expect("the first request is allowed");
        let busy = Account {
            rate: Some(rate),
            ..free()
        };
        let expired = Account {
            has_expired: true,
            ..free()
        };
        let accounts = [
            ("sk-demo", Account::new(Plan::Pro, 1_000_000)),
            ("sk-free", free()),
            ("sk-expired", expired),
            ("sk-busy", busy),
            ("sk-broke", Account::new(Plan::Free, 0)),
            ("sk-many-files", many_files),
            ("sk-full", full),
        ];
        let accounts = accounts.map(|(key, account)| (key, Arc::new(account)));
        Self {
            by_key: accounts.into(),
        }
    }

    pub(crate) fn find(&self, key: &str) -> Result<&Arc<Account>, ApiError> {
        let account = self.by_key.get(key).ok_or(ErrorCode::InvalidApiKey)?;
        if account.has_expired {
            return Err(ErrorCode::ExpiredApiKey.into());
        }
        let waits = |_| {
            let error = ApiError::new(ErrorCode::RateLimitExceeded);
            error.with_retry_after(Duration::from_secs(1))
        };
        account
            .rate
            .as_ref()
            .map_or(Ok(()), DefaultDirectRateLimiter::check)
            .map_err(waits)?;
        Ok(account)
    }
}
