//! Every rule the tool can report, in one table: id, default level, and what it is for.

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is generated while one of these stands.
    Error,
    /// Worth mending; does not change the exit code.
    Warning,
}

/// How seriously a lint rule is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Stops the run.
    Error,
    /// Is shown, and the run goes on.
    Warn,
    /// Is not shown.
    Off,
}

/// Whether a catalog may change the weight of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Always an error: without it the catalog has no meaning.
    Fixed,
    /// Asked of what was released: `lint: accept:` lets a change through, with its reason. Some changes are warned of only.
    Promise,
    /// A matter of quality: the `lint` section of the catalog may set its level or allow it.
    Lint(Level),
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident $id:literal $kind:expr;)+) => {
        /// A rule that a catalog can break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// All rules, in the order of the pipeline's stages.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name under which the rule is reported, documented and allowed.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Whether the catalog may change its level.
            #[must_use]
            pub const fn kind(self) -> RuleKind {
                match self { $(Self::$name => $kind,)+ }
            }

            /// What the rule asks for and why, in a few sentences.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+),)+ }
            }
        }
    };
}

rules! {
    /// The catalog must be UTF-8 text. The byte that begins no character is shown; a file that
    /// was saved as UTF-16 is recognised.
    NotUtf8 "not-utf8" RuleKind::Fixed;
    /// A file may have 64 MiB, a text 16 KiB, and a name 100 bytes; what codes take over by `like`
    /// may add up to 8 MiB. There are at most 50 house rules, which ban 500 words. The limits keep a
    /// hostile file from taking memory or time out of proportion.
    TooLarge "too-large" RuleKind::Fixed;
    /// Mappings and lists nest at most 16 levels deep; a catalog needs half of that.
    TooDeep "too-deep" RuleKind::Fixed;
    /// A file that git could not merge holds both sides between marks. Which of them is right, or that both
    /// are, only its authors know.
    ConflictMarker "conflict-marker" RuleKind::Fixed;
    /// The file must be YAML 1.2. YAML cannot be read on after a syntax error, so the first one
    /// ends the run for its file.
    YamlSyntax "yaml-syntax" RuleKind::Fixed;
    /// Anchors, aliases, merge keys, tags, directives and further documents are refused: they
    /// read differently from tool to tool, and aliases can blow up a small file. To share fields
    /// between codes, write `like: other_code`.
    YamlFeature "yaml-feature" RuleKind::Fixed;
    /// A key may stand once in a mapping, and a style once in a list. Many YAML readers silently keep
    /// the last key.
    DuplicateKey "duplicate-key" RuleKind::Fixed;
    /// Only the keys of the catalog language are accepted, so that a typing mistake never passes
    /// for a missing field. Keys of your own begin with `x-`.
    UnknownKey "unknown-key" RuleKind::Fixed;
    /// A value has another kind than its key wants: a text where a list belongs, a quoted number
    /// where a number belongs.
    WrongKind "wrong-kind" RuleKind::Fixed;
    /// The key takes one of a few words, and this is none of them.
    UnknownValue "unknown-value" RuleKind::Fixed;
    /// Without quotes, YAML readers take this word for a number, a truth value, a date or
    /// nothing, and they do not agree which. Where a name or a text belongs, quote it.
    YamlTrap "yaml-trap" RuleKind::Fixed;
    /// A file that is included must be there, in the folder of the catalog or in a folder below it.
    /// Neither `..` nor a link leads out of it, so that a catalog can read no other file of a machine.
    BadInclude "bad-include" RuleKind::Fixed;
    /// A file that includes itself, at once or through others, has no end.
    CyclicInclude "cyclic-include" RuleKind::Fixed;
    /// A file belongs to a catalog once: by its path, or by one pattern that fits it.
    RepeatedInclude "repeated-include" RuleKind::Fixed;
    /// A required key is missing.
    MissingField "missing-field" RuleKind::Fixed;
    /// This tool reads version 1 of the catalog language.
    UnsupportedVersion "unsupported-version" RuleKind::Fixed;
    /// A text must say something. Remove the key if there is nothing to say.
    EmptyText "empty-text" RuleKind::Fixed;
    /// Texts hold no control characters but tab and line feed: they are invisible in an editor
    /// and break outputs.
    ControlCharacter "control-character" RuleKind::Fixed;
    /// A status is a whole number from 400 to 599, or one of the families `4xx` and `5xx` of a
    /// type; a list names each status once.
    BadStatus "bad-status" RuleKind::Fixed;
    /// A code may leave the statuses of its type, but not their class: a client that knows only
    /// the type must still be right about whose fault it was.
    StatusOutsideClass "status-outside-class" RuleKind::Fixed;
    /// The type must be declared under `types`.
    UnknownType "unknown-type" RuleKind::Fixed;
    /// The code must be declared under `codes`.
    UnknownCode "unknown-code" RuleKind::Fixed;
    /// Where the catalog declares its groups, the group of a code is one of them.
    UnknownGroup "unknown-group" RuleKind::Fixed;
    /// A code that is `like` another must end at a code that stands on its own.
    CyclicLike "cyclic-like" RuleKind::Fixed;
    /// What takes the place of a deprecated or retired code is an active code of the catalog: readers must not be
    /// sent on from there.
    BadSuccessor "bad-successor" RuleKind::Fixed;
    /// The name of a retired code is never used again: a client that knows the code by it would take the new
    /// one for the old.
    ReusedCode "reused-code" RuleKind::Fixed;
    /// Two entries would share a Rust name or a page of the docs. Give one of them an explicit
    /// `rust:` or `slug:`; the tool never numbers names by itself.
    NameCollision "name-collision" RuleKind::Fixed;
    /// The name cannot be what it is used for: a Rust identifier, a crate, an HTTP header, a
    /// file, or a word without spaces on the wire.
    ImpossibleName "impossible-name" RuleKind::Fixed;
    /// In a message `{name}` is a placeholder; a literal brace is written twice.
    PlaceholderSyntax "placeholder-syntax" RuleKind::Fixed;
    /// Each placeholder of a message needs an argument of that name under `args`.
    PlaceholderUnknown "placeholder-unknown" RuleKind::Fixed;
    /// Each argument must appear in the message, unless it stands in the body as one of the
    /// `details`, or is sensitive.
    ArgumentUnused "argument-unused" RuleKind::Fixed;
    /// A retry rule names a status that no code and no type can have, so it can never apply.
    RetryUnknownStatus "retry-unknown-status" RuleKind::Fixed;
    /// A status or code stands both among the retryable ones and among those with a reason not
    /// to retry.
    RetryConflict "retry-conflict" RuleKind::Fixed;
    /// The numbers of a backoff must make delays that grow: a first delay, a factor of at least
    /// one, and a longest delay that is no shorter than the first.
    BadBackoff "bad-backoff" RuleKind::Fixed;
    /// `row: shared` puts a code into the docs row of the code it is `like`. It needs `like`, and
    /// one row has one meaning and one fix.
    SharedRow "shared-row" RuleKind::Fixed;
    /// An internal code cannot be named where everybody reads: as the example of the envelope, as an error of
    /// the framework, or in the prose on retrying. And at least one code is public.
    InternalCode "internal-code" RuleKind::Fixed;
    /// A header of a code has a name that HTTP knows, a value of one line, and none that the server sets by
    /// itself.
    BadHeader "bad-header" RuleKind::Fixed;
    /// A description is Markdown of paragraphs, lists, quotes, code, stressed words and links. Raw HTML, pictures,
    /// headings and tables are refused: they cannot be shown safely, and alike, by all that shows descriptions.
    BadDescription "bad-description" RuleKind::Fixed;
    /// Links are absolute `http` or `https` addresses without spaces.
    BadUrl "bad-url" RuleKind::Fixed;
    /// The version of the API is a semantic version such as 1.4.0. Where there is a lock it is the version that was
    /// released last: `cargo xtask release` writes the next one.
    BadVersion "bad-version" RuleKind::Fixed;
    /// The `lint` section names rules by their id, and only lint rules can be changed.
    UnknownRule "unknown-rule" RuleKind::Fixed;
    /// A lock says what was released, and only `cargo xtask release` writes it: what says something else, was cut off
    /// or merged wrongly cannot be trusted. A code that says which release brought it is in the lock.
    BadLock "bad-lock" RuleKind::Fixed;
    /// A released code is still sent by servers and known by clients. Deprecate it, and retire it when nobody
    /// needs it any more.
    RemovedCode "removed-code" RuleKind::Promise;
    /// A code that was retired has its tombstone for ever: it holds the name, and tells clients what took its
    /// place.
    TombstoneRemoved "tombstone-removed" RuleKind::Promise;
    /// A code that is retired at once leaves its clients no time: deprecate it in a release before.
    RetiredUndeprecated "retired-undeprecated" RuleKind::Promise;
    /// A released code has one name on the wire and one in Rust. To give it another is to remove it and to add
    /// another code.
    RenamedCode "renamed-code" RuleKind::Promise;
    /// Clients tell errors apart by their status; a released code keeps its own.
    StatusChanged "status-changed" RuleKind::Promise;
    /// Clients tell errors apart by their type; a released code keeps its own.
    TypeChanged "type-changed" RuleKind::Promise;
    /// A released type is known by clients that fall back on it for codes that they do not know.
    RemovedType "removed-type" RuleKind::Promise;
    /// Whether a client sends the same request again is decided by what was released: it may send twice what must
    /// not be, or give up what would have gone through.
    RetryChanged "retry-changed" RuleKind::Promise;
    /// A header that every response of a released code carries is waited for, `Retry-After` too.
    HeaderDropped "header-dropped" RuleKind::Promise;
    /// The value of a released header may be compared by clients.
    HeaderChanged "header-changed" RuleKind::Promise;
    /// A released argument is read from bodies, and filled in by servers.
    ArgumentRemoved "argument-removed" RuleKind::Promise;
    /// A released argument keeps its kind, and whether it may be absent or is secret.
    ArgumentRetyped "argument-retyped" RuleKind::Promise;
    /// A further argument of a released code has to be filled in wherever a server makes the error.
    ArgumentAdded "argument-added" RuleKind::Promise;
    /// The form of a body is what all clients read first.
    EnvelopeChanged "envelope-changed" RuleKind::Promise;
    /// Links to a released page stand in logs, tickets and bodies; an alias keeps them alive.
    AnchorLost "anchor-lost" RuleKind::Promise;
    /// The request field that a code names is what clients mark for their users.
    ParamChanged "param-changed" RuleKind::Promise;
    /// What a code is called in other worlds is compared there.
    IdChanged "id-changed" RuleKind::Promise;
    /// What is answered in place of a bare status is an error like any other.
    FrameworkChanged "framework-changed" RuleKind::Promise;
    /// A released operation keeps its request, its name in Rust and its errors.
    OperationChanged "operation-changed" RuleKind::Promise;
    /// A crate of another name is another crate: nobody who depends on the old one gets the new one.
    RenamedCrate "renamed-crate" RuleKind::Promise;
    /// No operation can fail with the code: either an operation forgets it, or the API does not send
    /// it. Asked only of catalogs that have operations.
    UnreturnedCode "unreturned-code" RuleKind::Lint(Level::Warn);
    /// Every code says what it means, in one line.
    MissingMeaning "missing-meaning" RuleKind::Lint(Level::Error);
    /// Every code says what its reader can do about it, in one line.
    MissingFix "missing-fix" RuleKind::Lint(Level::Error);
    /// A text that is part of a table, a list or a heading has one line: a meaning, a fix, a cause, a
    /// note, a reason, a summary, a title, the text of a link.
    MultiLineText "multi-line-text" RuleKind::Lint(Level::Warn);
    /// A text that an output shows and that begins with the word "todo" in capitals is still to be
    /// written: `cargo xtask new` writes such texts where only the author knows what to say.
    TodoLeft "todo-left" RuleKind::Lint(Level::Warn);
    /// A fix tells its reader to do something: a part of it begins with a verb such as `Check`, or says
    /// what must be. Only texts in ASCII letters are judged; `lint: verbs:` adds verbs.
    MissingFixVerb "missing-fix-verb" RuleKind::Lint(Level::Warn);
    /// A fix is read alone, beside the one error that happened: "Same" and "See above" point to what
    /// is not there.
    FixByReference "fix-by-reference" RuleKind::Lint(Level::Warn);
    /// A message has at most 200 characters, or as many as `lint: max_message:` says: it stands in
    /// logs, notices and lists.
    MessageTooLong "message-too-long" RuleKind::Lint(Level::Warn);
    /// A message tells clients nothing of the inside of the server: no paths of files, SQL, places in
    /// code, exceptions, addresses of the network, or values that were missing.
    MessageLeaks "message-leaks" RuleKind::Lint(Level::Warn);
    /// A message shows no argument that is sensitive, of which clients read `[redacted]`, and none
    /// whose name says that it should be.
    SensitiveInMessage "sensitive-in-message" RuleKind::Lint(Level::Warn);
    /// Where four of five meanings, fixes or messages begin with a capital, or end with a full stop,
    /// the others do too; and where they do not, none does.
    Style "style" RuleKind::Lint(Level::Warn);
    /// Two codes that mean the same are one code, or one of them does not say what it is. A code may
    /// be `like` the other.
    DuplicateMeaning "duplicate-meaning" RuleKind::Lint(Level::Warn);
    /// The same request fails again where its status says that it is at fault. That a code is retryable
    /// in spite of it needs a reason, which an allowance has; 408, 421, 425, 429, and 413 with
    /// `retry: after` need none.
    RetryClientError "retry-4xx-without-reason" RuleKind::Lint(Level::Warn);
    /// A text that speaks of `Retry-After` promises a header, which a response has only with
    /// `retry: after`.
    UnpromisedRetryAfter "retry-after-without-header" RuleKind::Lint(Level::Warn);
    /// The status 429 says that the request can succeed later, so clients should know when to try
    /// again.
    TooManyWithoutRetry "429-without-retry" RuleKind::Lint(Level::Warn);
    /// A link below `docs_url` leads to the page of a code, and an address stands once in a list.
    SeeBroken "see-broken" RuleKind::Lint(Level::Warn);
    /// A rule of the house, as `lint: house:` has it, is broken.
    HouseRule "house-rule" RuleKind::Lint(Level::Warn);
    /// The day until which something was allowed has passed.
    ExpiredAllow "expired-allow" RuleKind::Lint(Level::Error);
    /// An allowance that allows nothing hides the next real finding.
    UnneededAllow "unneeded-allow" RuleKind::Lint(Level::Warn);
}

impl Rule {
    /// The rule with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }

    /// The weight of the rule where no catalog changes it.
    #[must_use]
    pub const fn default_severity(self) -> Severity {
        match self.kind() {
            RuleKind::Fixed | RuleKind::Promise | RuleKind::Lint(Level::Error) => Severity::Error,
            RuleKind::Lint(Level::Warn | Level::Off) => Severity::Warning,
        }
    }
}
