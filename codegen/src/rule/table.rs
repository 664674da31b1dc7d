//! The table of the rules.

use super::{Level, RuleKind};

rules! {
    /// The catalog must be UTF-8. The diagnostic shows the first invalid byte, and recognises
    /// UTF-16.
    NotUtf8 "not-utf8" RuleKind::Fixed;
    /// A file has at most 64 MiB, a string 16 KiB, and a name 200 bytes. What codes inherit by
    /// `like` adds up to at most 8 MiB. There are at most 20 shapes, and 50 custom rules, which ban at
    /// most 500 words. The limits bound the memory and time that a hostile file can take.
    TooLarge "too-large" RuleKind::Fixed;
    /// Mappings and lists nest at most 16 levels deep. A catalog needs half of that.
    TooDeep "too-deep" RuleKind::Fixed;
    /// Git could not merge the file and left both sides in it, between markers. Only its authors
    /// can decide which side is right, or whether both are.
    ConflictMarker "conflict-marker" RuleKind::Fixed;
    /// The file must be YAML 1.2. The parser cannot continue after a syntax error, so only the
    /// first one in a file is reported.
    YamlSyntax "yaml-syntax" RuleKind::Fixed;
    /// Anchors, aliases, merge keys, tags, directives and further documents are not supported:
    /// tools read them differently, and aliases can make a small file expand without limit. To
    /// share fields between codes, write `like: other_code`.
    YamlFeature "yaml-feature" RuleKind::Fixed;
    /// A mapping contains a key once, and the list of styles a style once. Many YAML readers
    /// silently keep the last of two equal keys.
    DuplicateKey "duplicate-key" RuleKind::Fixed;
    /// Only the keys of the catalog language are accepted, so that a typo is not mistaken for a
    /// missing field. Custom keys begin with `x-`.
    UnknownKey "unknown-key" RuleKind::Fixed;
    /// A value must have the kind that its key expects: not a string where a list is expected, nor
    /// a quoted number where a number is expected.
    WrongKind "wrong-kind" RuleKind::Fixed;
    /// The key accepts one of a few keywords, and this value is not one of them.
    UnknownValue "unknown-value" RuleKind::Fixed;
    /// Without quotes, YAML readers take this value for a number, a boolean, a date or null, and
    /// they disagree which. Quote it where a name or a string is expected.
    YamlTrap "yaml-trap" RuleKind::Fixed;
    /// An included file must exist, in the folder of the catalog or in a folder below it. Neither
    /// `..` nor a link may lead out of it, so that a catalog cannot read other files of a machine.
    BadInclude "bad-include" RuleKind::Fixed;
    /// A file must not include itself, directly or through other files.
    CyclicInclude "cyclic-include" RuleKind::Fixed;
    /// A catalog includes a file once: by its path, or by one matching pattern.
    RepeatedInclude "repeated-include" RuleKind::Fixed;
    /// An output has a template in the folder of the catalog, and a path in the project that belongs to
    /// no other output, to no folder of the generator and to no file that the tool did not write.
    BadOutput "bad-output" RuleKind::Fixed;
    /// A template of `outputs` has a mistake: in its syntax, in a name, or in what it does with a value.
    /// A template that does not end is stopped after a number of steps.
    BadTemplate "bad-template" RuleKind::Fixed;
    /// A required key is missing.
    MissingField "missing-field" RuleKind::Fixed;
    /// This tool supports version 1 of the catalog language.
    UnsupportedVersion "unsupported-version" RuleKind::Fixed;
    /// A string must not be empty. Remove the key if there is nothing to write.
    EmptyText "empty-text" RuleKind::Fixed;
    /// A string must not contain control characters other than tab and line feed: they are
    /// invisible in an editor and break outputs.
    ControlCharacter "control-character" RuleKind::Fixed;
    /// A status is a whole number from 400 to 599. A type may also have one of the families `4xx`
    /// and `5xx`. A list contains each status once.
    BadStatus "bad-status" RuleKind::Fixed;
    /// A code may have a status that its type does not list, but not one of another class: a client
    /// that knows only the type must still know whether the request or the server failed.
    StatusOutsideClass "status-outside-class" RuleKind::Fixed;
    /// The type of a code must be declared under `types`.
    UnknownType "unknown-type" RuleKind::Fixed;
    /// A referenced code must be declared under `codes`.
    UnknownCode "unknown-code" RuleKind::Fixed;
    /// If the catalog declares `groups`, the group of a code must be one of them.
    UnknownGroup "unknown-group" RuleKind::Fixed;
    /// A chain of `like` must end at a code without `like`.
    CyclicLike "cyclic-like" RuleKind::Fixed;
    /// The code that replaces a deprecated or retired code must be active: otherwise readers would
    /// be sent on again.
    BadSuccessor "bad-successor" RuleKind::Fixed;
    /// The name, the pages and the Rust name of a retired code are never used again, nor those of a
    /// removed code, type or operation: a client that knows the old one would confuse the two.
    ReusedCode "reused-code" RuleKind::Fixed;
    /// Two entries have the same Rust name or the same page, two codes the same name in a style, or
    /// a shape the name of a built-in one. Give one of them an explicit `rust:`, `slug:` or
    /// `names:`. The tool never adds numbers to names.
    NameCollision "name-collision" RuleKind::Fixed;
    /// The name is not valid for its use: as a Rust identifier, a crate, an HTTP header, a file, a
    /// wire name without spaces, or a key that every reader of the outputs reads alike.
    ImpossibleName "impossible-name" RuleKind::Fixed;
    /// In a message, `{name}` is a placeholder. Write a literal brace twice.
    PlaceholderSyntax "placeholder-syntax" RuleKind::Fixed;
    /// Each placeholder of a message needs an argument of the same name under `args`.
    PlaceholderUnknown "placeholder-unknown" RuleKind::Fixed;
    /// Each argument must appear in the message, unless the body contains it under `details`, or it
    /// is sensitive.
    ArgumentUnused "argument-unused" RuleKind::Fixed;
    /// A retry rule names a status that no type and no code can have, so it never applies.
    RetryUnknownStatus "retry-unknown-status" RuleKind::Fixed;
    /// A status or code is retryable and also listed with a reason not to retry.
    RetryConflict "retry-conflict" RuleKind::Fixed;
    /// The delays of a backoff must not shrink: the factor is at least one, and the longest delay
    /// is not shorter than the first. `max_retry_after` is at least a second and at most a day, and
    /// not shorter than the delay that `retry: after` asks for.
    BadBackoff "bad-backoff" RuleKind::Fixed;
    /// `row: shared` puts a code into the row of the code that it is `like`. It needs `like`, and
    /// the row has one meaning and one fix.
    SharedRow "shared-row" RuleKind::Fixed;
    /// The first entry of `upstream` that fits an error of a provider applies to it. An entry after one
    /// that fits all of its errors never applies.
    UnreachableUpstream "unreachable-upstream" RuleKind::Fixed;
    /// The first entry of `envelope.choose` that fits a request applies to it. An entry after one that fits all of
    /// its requests never applies.
    UnreachableChoice "unreachable-choice" RuleKind::Fixed;
    /// Public texts must not name an internal code: not the example of the envelope, an error of
    /// the framework, or a reason not to retry. And at least one code must be public.
    InternalCode "internal-code" RuleKind::Fixed;
    /// A header of a code has a valid HTTP name and a value of one line, and is not one that the
    /// server sets itself.
    BadHeader "bad-header" RuleKind::Fixed;
    /// A shape is an object with slots such as `$message`: it has the slot `message`, and `code` or
    /// `type`. Each slot exists, and is written where it can have a value. The media type of a shape
    /// has no parameters, and the name of its event has one line.
    BadShape "bad-shape" RuleKind::Fixed;
    /// A description is Markdown with paragraphs, lists, quotes, code, emphasis and links. Raw
    /// HTML, images, headings and tables are not supported: the outputs cannot all show them safely
    /// and alike.
    BadDescription "bad-description" RuleKind::Fixed;
    /// Links are absolute `http` or `https` URLs without spaces.
    BadUrl "bad-url" RuleKind::Fixed;
    /// The version of the API is a semantic version such as 1.4.0. If there is a lock, it is the
    /// version of the last release: `cargo xtask release` writes the next one.
    BadVersion "bad-version" RuleKind::Fixed;
    /// The `lint` section names rules by their id, and only lints can be changed.
    UnknownRule "unknown-rule" RuleKind::Fixed;
    /// A lock records what was released, and only `cargo xtask release` writes it. A lock that was
    /// edited, cut off or merged wrongly cannot be trusted. A code whose `since` is a past release
    /// must be in the lock.
    BadLock "bad-lock" RuleKind::Fixed;
    /// Servers send a released code, and clients know it. Deprecate it first, and retire it when it
    /// is no longer needed.
    RemovedCode "removed-code" RuleKind::Promise;
    /// The tombstone of a retired code stays forever: it reserves the name, and tells clients which
    /// code replaces it.
    TombstoneRemoved "tombstone-removed" RuleKind::Promise;
    /// A code that is retired at once gives its clients no time to adapt: deprecate it in an
    /// earlier release.
    RetiredUndeprecated "retired-undeprecated" RuleKind::Promise;
    /// A released code keeps its wire name and its Rust name. A new wire name removes the code and
    /// adds another; `rust_aliases` keeps a former Rust name.
    RenamedCode "renamed-code" RuleKind::Promise;
    /// Clients handle a released code by what it means: its texts do not move to another code, and do
    /// not all change at once.
    MeaningChanged "meaning-changed" RuleKind::Promise;
    /// Clients distinguish errors by their status, so a released code keeps its status.
    StatusChanged "status-changed" RuleKind::Promise;
    /// Clients distinguish errors by their type, so a released code keeps its type.
    TypeChanged "type-changed" RuleKind::Promise;
    /// Clients that do not know a code fall back to its type, so a released type stays.
    RemovedType "removed-type" RuleKind::Promise;
    /// A client of the old catalog keeps its retry rule: it may repeat a request that must not be
    /// repeated, or give up where a retry would succeed.
    RetryChanged "retry-changed" RuleKind::Promise;
    /// Clients rely on a header that every response of a released code carries, `Retry-After`
    /// included.
    HeaderDropped "header-dropped" RuleKind::Promise;
    /// Clients may compare the value of a released header.
    HeaderChanged "header-changed" RuleKind::Promise;
    /// Servers fill in a released argument, and clients read it from bodies.
    ArgumentRemoved "argument-removed" RuleKind::Promise;
    /// A released argument keeps its kind, and whether it is nullable or sensitive. The name of a removed one keeps
    /// its kind too.
    ArgumentRetyped "argument-retyped" RuleKind::Promise;
    /// Servers must fill in a new argument of a released code wherever they create the error.
    ArgumentAdded "argument-added" RuleKind::Promise;
    /// Every client parses the envelope first, so its shape stays.
    EnvelopeChanged "envelope-changed" RuleKind::Promise;
    /// Logs, tickets and bodies contain links to a released page. An alias keeps them working.
    AnchorLost "anchor-lost" RuleKind::Promise;
    /// Clients mark the request field that a code names, so a released code keeps its `param`.
    ParamChanged "param-changed" RuleKind::Promise;
    /// Other systems compare the external ids of a code.
    IdChanged "id-changed" RuleKind::Promise;
    /// The error that replaces a bare status is released like any other.
    FrameworkChanged "framework-changed" RuleKind::Promise;
    /// A released operation keeps its method, its path, its Rust name and its errors.
    OperationChanged "operation-changed" RuleKind::Promise;
    /// A crate with another name is another crate: users of the old one do not get its updates.
    RenamedCrate "renamed-crate" RuleKind::Promise;
    /// No operation lists the code: either an operation lacks it, or the API does not send it. This
    /// is checked only if the catalog has operations.
    UnreturnedCode "unreturned-code" RuleKind::Lint(Level::Warn);
    /// Every type and code needs a meaning, in one line.
    MissingMeaning "missing-meaning" RuleKind::Lint(Level::Error);
    /// Every code needs a fix: what its reader can do about it, in one line.
    MissingFix "missing-fix" RuleKind::Lint(Level::Error);
    /// A text in a table, a list or a heading has one line: a meaning, a fix, a cause, a note, a
    /// reason, a summary, a title, the text of a link.
    MultiLineText "multi-line-text" RuleKind::Lint(Level::Warn);
    /// A text that an output shows and that begins with "todo" in capitals is not written yet.
    /// `cargo xtask new` inserts such placeholders.
    TodoLeft "todo-left" RuleKind::Lint(Level::Warn);
    /// A fix is an instruction: a part of it begins with a verb such as `Check`, or states what
    /// must be. Only texts in ASCII letters are checked; `lint: verbs:` adds verbs.
    MissingFixVerb "missing-fix-verb" RuleKind::Lint(Level::Warn);
    /// Readers see a fix alone, beside one error: "Same" and "See above" refer to texts that they
    /// do not see.
    FixByReference "fix-by-reference" RuleKind::Lint(Level::Warn);
    /// A message has at most 200 characters, or as many as `lint: max_message:` allows: it appears
    /// in logs, notices and lists.
    MessageTooLong "message-too-long" RuleKind::Lint(Level::Warn);
    /// A message must not reveal server internals: file paths, SQL, source positions, exceptions,
    /// private addresses, keys, or missing values.
    MessageLeaks "message-leaks" RuleKind::Lint(Level::Warn);
    /// Some clients choose the class of an error by the words of its message, whatever its status
    /// is: "rate limit" is 429 to them, and "timed out" is 408. Use these words only with these
    /// statuses, or with 504.
    MessageMisleads "message-misleads" RuleKind::Lint(Level::Warn);
    /// A message must not contain a sensitive argument, which clients see as `[redacted]`, nor an
    /// argument with a name that suggests a secret.
    SensitiveInMessage "sensitive-in-message" RuleKind::Lint(Level::Warn);
    /// If four of five meanings, fixes or messages begin with a capital letter, or end with a full
    /// stop, the others should too; if four of five do not, none should.
    Style "style" RuleKind::Lint(Level::Warn);
    /// Two codes have the same meaning: merge them, or make the meanings precise. A code may be
    /// `like` the other.
    DuplicateMeaning "duplicate-meaning" RuleKind::Lint(Level::Warn);
    /// A 4xx status means that the same request fails again. If the code is retryable nevertheless,
    /// allow the rule with a reason. 408, 421, 425, 429, and 413 with `retry: after` need none.
    RetryClientError "retry-4xx-without-reason" RuleKind::Lint(Level::Warn);
    /// Many clients retry 408, 409 and 5xx whatever the response contains, so they ignore
    /// `retry: never`. Choose another status, or allow the rule with a reason. About 429, see
    /// `429-without-retry`.
    RetryNeverIgnored "retry-never-ignored" RuleKind::Lint(Level::Warn);
    /// A text mentions `Retry-After`, but only a response with `retry: after` has that header.
    UnpromisedRetryAfter "retry-after-without-header" RuleKind::Lint(Level::Warn);
    /// The status 429 means that the request can succeed later, so the code needs a retry rule.
    TooManyWithoutRetry "429-without-retry" RuleKind::Lint(Level::Warn);
    /// A shape that `envelope.style` does not name is not used, and neither is a name in such a
    /// shape, nor the name of a type in a shape without the slot `type`.
    UnusedShape "unused-shape" RuleKind::Lint(Level::Warn);
    /// Clients of some shapes know a fixed set of types, such as those of google.rpc.Code, and handle
    /// an unknown one like any failure. `known_types` of a shape adds names that its clients know. In a
    /// shape without the slot `code`, the name of a code is that of its type.
    UnknownToClients "unknown-to-clients" RuleKind::Lint(Level::Warn);
    /// A link below `docs_url` must lead to the page of a code, and a list contains each URL once.
    SeeBroken "see-broken" RuleKind::Lint(Level::Warn);
    /// Two entries of `upstream` name errors of a provider, and some errors fit both. Then their order
    /// decides, which is easily changed by accident.
    OverlappingUpstream "overlapping-upstream" RuleKind::Lint(Level::Warn);
    /// An entry of `upstream` names a type that no API of its style sends, so it never applies.
    UnknownUpstreamType "unknown-upstream-type" RuleKind::Lint(Level::Warn);
    /// A proxy of `proxies` answers some requests by itself. Each of its statuses has an entry under
    /// `framework`, or that of its family: otherwise clients get the reason phrase of HTTP as message.
    ProxyStatus "proxy-status" RuleKind::Lint(Level::Warn);
    /// If a server fails, one proxy answers 502, another 503, and a third 504. So a retry helps with
    /// all three, or with none.
    ProxyRetry "proxy-retry" RuleKind::Lint(Level::Warn);
    /// A custom rule of the catalog, defined under `lint: house:`, is broken.
    HouseRule "house-rule" RuleKind::Lint(Level::Warn);
    /// The last day of an allowance has passed.
    ExpiredAllow "expired-allow" RuleKind::Lint(Level::Error);
    /// An allowance without a finding would hide the next real one.
    UnneededAllow "unneeded-allow" RuleKind::Lint(Level::Warn);
    /// A response with a status of 4xx or 5xx has the body of the style that its request gets: all
    /// clients parse it first.
    NoEnvelope "no-envelope" RuleKind::Traffic(Level::Error);
    /// The content type of an error is the media type of its style: clients choose a parser by it.
    WrongContentType "wrong-content-type" RuleKind::Traffic(Level::Error);
    /// A code in a response is one of the catalog: clients do not know another one, and no page
    /// explains it.
    UndeclaredCode "undeclared-code" RuleKind::Traffic(Level::Error);
    /// A retired code is not sent: its clients were told that it is gone.
    RetiredCodeSent "retired-code-sent" RuleKind::Traffic(Level::Error);
    /// A type in a response is one that the catalog has in this style.
    UndeclaredType "undeclared-type" RuleKind::Traffic(Level::Error);
    /// A response has the status of its code, or one of its type if it has no code. So has the body,
    /// if it contains a status.
    WrongStatus "wrong-status" RuleKind::Traffic(Level::Error);
    /// A response has the type of its code.
    WrongType "wrong-type" RuleKind::Traffic(Level::Error);
    /// An operation fails only with the codes that it lists: its clients handle no others.
    UnlistedCode "unlisted-code" RuleKind::Traffic(Level::Warn);
    /// Every error response has the header of the request id: without it, support cannot find the
    /// request.
    RequestIdMissing "request-id-missing" RuleKind::Traffic(Level::Error);
    /// A response has the header of the request id once: clients read the first, the last or both
    /// joined.
    RequestIdDoubled "request-id-doubled" RuleKind::Traffic(Level::Error);
    /// The request id in a body or event is that of the header.
    RequestIdDiffers "request-id-differs" RuleKind::Traffic(Level::Error);
    /// A response with a code that has `retry: after` has the header `Retry-After`.
    RetryAfterMissing "retry-after-missing" RuleKind::Traffic(Level::Error);
    /// `Retry-After` is there once and is a number of whole seconds, at least one: many clients
    /// cannot read a date or a fraction, and retry at once.
    RetryAfterForm "retry-after-form" RuleKind::Traffic(Level::Error);
    /// `Retry-After` is at most `retry.max_retry_after`: some of the most used clients retry at once
    /// after a delay of a minute or more.
    RetryAfterTooLong "retry-after-too-long" RuleKind::Traffic(Level::Warn);
    /// `x-should-retry`, and a body that says whether a retry can help, follow the retry rule of the
    /// error: clients obey them before they look at the status.
    ShouldRetryDiffers "should-retry-differs" RuleKind::Traffic(Level::Error);
    /// A response has the headers that the catalog gives its code. One whose value has an argument
    /// may be missing if the argument is nullable.
    PromisedHeaderMissing "promised-header-missing" RuleKind::Traffic(Level::Error);
    /// The details of a body are the arguments of its code, each of its kind, and none of them is
    /// sensitive.
    WrongDetails "wrong-details" RuleKind::Traffic(Level::Error);
    /// The message of a response must not reveal server internals: stack traces, file paths, SQL,
    /// private addresses, keys. The text in the catalog may be harmless and the one that is sent not.
    SentMessageLeaks "sent-message-leaks" RuleKind::Traffic(Level::Error);
    /// A stream of events ends with its end marker or with an error event, and an empty line after
    /// it: without one of them, a client takes a part for the whole.
    UnfinishedStream "unfinished-stream" RuleKind::Traffic(Level::Error);
    /// An error does not have the status of a success: clients, caches and monitors take it for an
    /// answer.
    ErrorWithSuccessStatus "error-with-success-status" RuleKind::Traffic(Level::Error);
    /// No source makes an error with the code: it was replaced, or is not sent yet. A code that
    /// `framework` or `upstream` names is sent by the generated crate.
    UnemittedCode "unemitted-code" RuleKind::Source(Level::Warn);
    /// No test names the code, so nothing shows that the server sends it when it should.
    UntestedCode "untested-code" RuleKind::Source(Level::Warn);
    /// A source names a code that is not in the catalog: a variant of `ErrorCode` that does not exist, a
    /// string that is converted into a code, or a name close to that of a code where a code is expected.
    NotACode "not-a-code" RuleKind::Source(Level::Error);
    /// An allowance of a rule about source code that has no finding would hide the next real one.
    UnneededExemption "unneeded-exemption" RuleKind::Source(Level::Error);
}
