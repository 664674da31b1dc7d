use crate::EnvelopeStyle::{self, OpenAi, Problem};

#[test]
fn the_best_style_of_an_accept_header_is_chosen() {
    for (accept, expected) in [
        ("", OpenAi),
        ("*/*", OpenAi),
        ("text/html", OpenAi),
        ("application/json", OpenAi),
        ("application/problem+json", Problem),
        ("Application/Problem+JSON", Problem),
        ("application/problem+json, */*", OpenAi),
        ("application/problem+json, */*;q=0.9", Problem),
        ("application/json;q=0.5, application/problem+json", Problem),
        (
            "application/json;q=0.5, application/problem+json;q=0.4",
            OpenAi,
        ),
        (
            "application/*;q=0.1, application/problem+json;q=0.2",
            Problem,
        ),
        // The more specific range counts, whatever its weight.
        ("application/*, application/json;q=0", Problem),
        ("*/*, application/json;q=0.1", Problem),
        ("application/problem+json;charset=utf-8, */*;q=0.1", Problem),
        ("application/problem+json;q=0", OpenAi),
        // Invalid weights are ignored.
        (
            "application/problem+json;q=2, application/json;q=0.5",
            Problem,
        ),
        (
            "application/problem+json;q=x, application/json;q=0.5",
            Problem,
        ),
        // No body of the crate has such a parameter.
        ("application/problem+json;profile=x", OpenAi),
        ("application/problem+json;", Problem),
    ] {
        assert_eq!(EnvelopeStyle::from_accept(accept), expected, "{accept:?}");
    }
}
