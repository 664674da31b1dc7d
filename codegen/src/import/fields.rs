//! What the fields of a list contain, by the names that lists give them.

use heck::ToSnakeCase;

/// The content of a field of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Code,
    Type,
    Status,
    Message,
    Meaning,
    Fix,
    Retry,
    Deprecated,
    /// The name of the code in the programs of the source.
    Constant,
    /// A number of the code that is not sent.
    Errno,
    /// The arguments of the message.
    Args,
    /// Where the source has the error.
    Source,
    /// An operation that fails with the error.
    Operation,
    /// The method and the path of that operation.
    Route,
    /// Further fields below it.
    Extra,
    /// Another name, verbatim.
    Other(String),
}

/// Words of a name in lower case, each with the content. Of two names with the same content, the first one is taken.
/// A name comes before its own prefixes.
pub(super) const NAMES: [(&str, Field); 76] = [
    ("error code", Field::Code),
    ("code", Field::Code),
    ("error type", Field::Type),
    ("type", Field::Type),
    ("http status code", Field::Status),
    ("http status", Field::Status),
    ("http response code", Field::Status),
    ("http code", Field::Status),
    ("http", Field::Status),
    ("response status", Field::Status),
    ("status code", Field::Status),
    ("status", Field::Status),
    ("error message", Field::Message),
    ("message", Field::Message),
    ("msg", Field::Message),
    ("message template", Field::Message),
    ("user message", Field::Message),
    ("text", Field::Message),
    ("title", Field::Message),
    ("meaning", Field::Meaning),
    ("description", Field::Meaning),
    ("error description", Field::Meaning),
    ("explanation", Field::Meaning),
    ("detailed description", Field::Meaning),
    ("detailed error description", Field::Meaning),
    ("possible cause", Field::Meaning),
    ("possible causes", Field::Meaning),
    ("cause", Field::Meaning),
    ("details", Field::Meaning),
    ("detail", Field::Meaning),
    ("summary", Field::Meaning),
    ("fix", Field::Fix),
    ("solution", Field::Fix),
    ("solutions", Field::Fix),
    ("possible solution", Field::Fix),
    ("possible solutions", Field::Fix),
    ("resolution", Field::Fix),
    ("recommended action", Field::Fix),
    ("suggested action", Field::Fix),
    ("action", Field::Fix),
    ("how to fix", Field::Fix),
    ("how to resolve", Field::Fix),
    ("what to do", Field::Fix),
    ("next step", Field::Fix),
    ("next steps", Field::Fix),
    ("recommendation", Field::Fix),
    ("recommendations", Field::Fix),
    ("suggestion", Field::Fix),
    ("mitigation", Field::Fix),
    ("remedy", Field::Fix),
    ("workaround", Field::Fix),
    ("troubleshooting", Field::Fix),
    ("retryable", Field::Retry),
    ("retriable", Field::Retry),
    ("is retryable", Field::Retry),
    ("retry", Field::Retry),
    ("deprecated", Field::Deprecated),
    ("constant", Field::Constant),
    ("variable", Field::Constant),
    ("errno", Field::Errno),
    ("args", Field::Args),
    ("source path", Field::Source),
    ("operation id", Field::Operation),
    ("operations", Field::Operation),
    ("operation", Field::Operation),
    ("endpoint", Field::Route),
    ("extra", Field::Extra),
    ("error", Field::Code),
    ("error name", Field::Code),
    ("error id", Field::Code),
    ("err code", Field::Code),
    ("error number", Field::Code),
    ("what went wrong", Field::Meaning),
    ("reason", Field::Meaning),
    ("how to fix it", Field::Fix),
    ("internal name", Field::Constant),
];

/// Names of fields that can be codes where no field is called so, the likeliest first.
const CANDIDATES: [&str; 23] = [
    "error code",
    "code",
    "error",
    "error name",
    "error id",
    "error key",
    "error constant",
    "exception",
    "err code",
    "error number",
    "name",
    "constant",
    "symbol",
    "key",
    "slug",
    "identifier",
    "id",
    "error reason",
    "reason",
    "error type",
    "value",
    "number",
    "errno",
];

/// The candidates that are names of errors whatever is beside them.
const PLAIN: usize = 10;

/// The names of the fields that can be codes, the likeliest first, each with whether it can be nothing else.
pub(super) fn candidates(names: &[String]) -> Vec<(usize, bool)> {
    let words: Vec<String> = names.iter().map(|name| words(name)).collect();
    let ranked = CANDIDATES.iter().enumerate();
    let found = ranked.filter_map(|(rank, candidate)| {
        let position = words.iter().position(|words| words == candidate)?;
        Some((position, rank < PLAIN))
    });
    found.collect()
}

/// The words of a name in lower case: `HTTPStatus`, `http_status` and `HTTP status` are the same.
pub(super) fn words(name: &str) -> String {
    let name = name.trim().trim_matches(['`', '*', '?', ':', '"']);
    name.to_snake_case().replace('_', " ")
}

/// The content of the field with this name, and the rank of the name.
fn known(name: &str) -> Option<(usize, &'static Field)> {
    let words = words(name);
    // The English one of texts in several languages, such as `message_en`.
    let words = [" en us", " en gb", " en"]
        .iter()
        .find_map(|end| words.strip_suffix(end))
        .unwrap_or(&words);
    let mut all = NAMES.iter().enumerate();
    all.find_map(|(rank, (known, field))| (*known == words).then_some((rank, field)))
}

impl Field {
    /// The content of the field with this name.
    pub(super) fn of(name: &str) -> Self {
        known(name).map_or_else(
            || Self::Other(name.trim().to_owned()),
            |(_, field)| field.clone(),
        )
    }

    /// Whether it says something about an error.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// The content of each field of a list, which has a code in the field at `code`. Of several fields with the same
/// content, the one with the likeliest name has it.
pub(super) fn assign(names: &[String], code: usize) -> Vec<Field> {
    let ranks: Vec<_> = names.iter().map(|name| known(name)).collect();
    let is_best = |position: usize, rank: usize, field: &Field| {
        let mut others = ranks.iter().enumerate();
        !others.any(|(at, other)| {
            at != code
                && other
                    .is_some_and(|(known, same)| same == field && (known, at) < (rank, position))
        })
    };
    let fields = names.iter().enumerate().map(|(position, name)| {
        let other = || Field::Other(name.trim().to_owned());
        match ranks[position] {
            _ if position == code => Field::Code,
            Some((_, Field::Code)) | None => other(),
            Some((rank, field)) if is_best(position, rank, field) => field.clone(),
            Some(_) => other(),
        }
    });
    fields.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_are_the_same() {
        for name in [
            "HTTPStatus",
            "httpStatus",
            "http-status",
            "HTTP Status",
            "`HTTP status:`",
        ] {
            assert_eq!(Field::of(name), Field::Status, "{name}");
        }
        assert_eq!(Field::of("Owner"), Field::Other("Owner".to_owned()));
    }

    #[test]
    fn of_two_fields_with_the_same_content_the_likelier_has_it() {
        let names = ["code", "description", "meaning", "errorCode"].map(str::to_owned);
        let other = |name: &str| Field::Other(name.to_owned());
        let expected = [
            Field::Code,
            other("description"),
            Field::Meaning,
            other("errorCode"),
        ];
        assert_eq!(assign(&names, 0), expected);
    }
}
