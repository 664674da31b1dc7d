//! How much the tests try: few cases by default, all of them in `cargo conformance exhaustive`.

/// The second value if the variable `EXHAUSTIVE` is set.
pub(crate) fn select<T>(by_default: T, exhaustive: T) -> T {
    match std::env::var_os("EXHAUSTIVE") {
        Some(_) => exhaustive,
        None => by_default,
    }
}
