//! Every way to name a code in Rust. `VARIANT` and `WIRE` are the names of a code of its own.

/// What the only place of a way does with the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Emit,
    Handle,
    Test,
    Nothing,
}

use Does::{Emit, Handle, Nothing, Test};

/// Ways that mean the same in every crate, each a module of its own.
pub(crate) const ANYWHERE: &[(Does, &str)] = &[
    (Emit, "fn f() { g(api_errors::ErrorCode::VARIANT); }"),
    (Emit, "fn f() { g(::api_errors::ErrorCode::VARIANT); }"),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode as C;\nfn f() { g(C::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::*;\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors as e;\nfn f() { g(e::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::{self as e, ApiError};\nfn f() { g(e::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode::VARIANT;\nfn f() { g(VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::{ErrorCode::{VARIANT as Wrong}};\nfn f() { g(Wrong); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode::*;\nfn f() { g(VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nuse ErrorCode::*;\nfn f() { g(VARIANT); }",
    ),
    (
        Emit,
        "use {api_errors::{args, {ErrorCode}}};\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use my_core::CoreCode;\nfn f() { g(CoreCode::VARIANT); }",
    ),
    (
        Emit,
        "use my_core::prelude::*;\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use my_core::prelude as p;\nfn f() { g(p::errors::ErrorCode::VARIANT); }",
    ),
    (Emit, "fn f() { g(gate::ErrorCode::VARIANT); }"),
    (
        Emit,
        "type C = api_errors::ErrorCode;\nfn f() { g(C::VARIANT); }",
    ),
    (
        Emit,
        "extern crate api_errors as ex;\nfn f() { g(ex::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "fn f() { use api_errors::ErrorCode as C; g(C::VARIANT); }",
    ),
    (
        Emit,
        "fn f() { g(C::VARIANT); use api_errors::ErrorCode as C; }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nmod inner { fn f() { g(super::ErrorCode::VARIANT); } }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nmod inner { use super::*; fn f() { g(ErrorCode::VARIANT); } }",
    ),
    (
        Emit,
        "mod a { pub use super::b::*; } mod b { pub use super::a::*; pub use api_errors::ErrorCode; }\nfn f() { g(a::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nimpl Own for ErrorCode { fn f() -> Self { Self::VARIANT } }",
    ),
    (
        Emit,
        "use api_errors::args;\nfn f() { g(args::VARIANT { limit: 1 }); }",
    ),
    (
        Emit,
        "fn f() { g(api_errors::args::VARIANT { limit: 1 }); }",
    ),
    (
        Emit,
        "use api_errors::args::VARIANT as A;\nfn f() { g(A { limit: 1 }); }",
    ),
    (
        Emit,
        "use api_errors::{Arguments, args};\nfn f() { g(args::VARIANT::CODE); }",
    ),
    (
        Emit,
        "use api_errors::operations::UploadError;\nfn f() { g(UploadError::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nconst C: ErrorCode = ErrorCode::VARIANT;\nfn f() { g(C); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nstatic ALL: [ErrorCode; 1] = [ErrorCode::VARIANT];\nfn f() { g(&ALL); }",
    ),
    (
        Emit,
        "mod c { pub const C: E = api_errors::ErrorCode::VARIANT; }\nuse c::C as D;\nfn f() { g(D); }",
    ),
    (
        Emit,
        "mod c { pub const C: E = api_errors::ErrorCode::VARIANT; }\nuse c::*;\nfn f() { g(C); }",
    ),
    (
        Emit,
        "const A: E = api_errors::ErrorCode::VARIANT;\nconst B: [E; 1] = [A];\nfn f() { g(B[0]); }",
    ),
    (
        Emit,
        "fn f() { const C: E = api_errors::ErrorCode::VARIANT; g(C); }",
    ),
    (
        Emit,
        "struct S;\nimpl S { const C: E = api_errors::ErrorCode::VARIANT; }",
    ),
    (
        Emit,
        "static L: Lazy = LazyLock::new(|| vec![api_errors::ErrorCode::VARIANT]);\nfn f() { g(&L); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f() -> R { bail!(ErrorCode::VARIANT) }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f() -> R { bail!(ErrorCode::VARIANT, \"at {}\", 1) }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f() -> V { json!({ \"code\": ErrorCode::VARIANT.as_str() }) }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f() { select! { a = b() => { g(ErrorCode::VARIANT) } } }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f() { choose! { if 1 then ErrorCode::VARIANT; } }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nmacro_rules! fail { ($n:ident) => { g(ErrorCode::$n) } }\nfn f() { fail!(VARIANT); }",
    ),
    (
        Emit,
        "macro_rules! fail { () => { g(api_errors::ErrorCode::VARIANT) } }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nfn f(x: O) -> R { x.ok_or(ErrorCode::VARIANT)?; x.ok_or_else(|| 1) }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nimpl From<X> for ErrorCode { fn from(x: X) -> Self { match x { X::A => Self::VARIANT } } }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\n#[derive(E)] enum X { #[code(ErrorCode::VARIANT)] A }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\n#[cfg(not(test))] fn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "use api_errors::ErrorCode;\nasync fn f() -> R { async move { Err(ErrorCode::VARIANT.into()) }.await }",
    ),
    (
        Emit,
        "cfg_if! { if #[cfg(unix)] { use api_errors::ErrorCode as C; } else { } }\nfn f() { g(C::VARIANT); }",
    ),
    (
        Emit,
        "fn f() { g(api_errors::ErrorCode::from_wire(\"WIRE\")); }",
    ),
    (
        Emit,
        "fn f() { g(\"WIRE\".parse::<api_errors::ErrorCode>()); }",
    ),
    (
        Emit,
        "fn f() -> V { json!({ \"error\": { \"code\": \"WIRE\" } }) }",
    ),
    (Emit, "fn f() -> B { B { code: r\"WIRE\" } }"),
    (
        Emit,
        "const C: &str = \"WIRE\";\nfn f() -> S { format!(\"{{{C}}}\") }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: E) { match c { ErrorCode::VARIANT => 1, _ => 2 } }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode::*;\nfn f(c: E) { match c { VARIANT => 1, _ => 2 } }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: O) { if let Some(ErrorCode::VARIANT) = c { } }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: O) { let Some(ErrorCode::VARIANT) = c else { return }; }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: O) -> bool { matches!(c, Some(ErrorCode::VARIANT) if g()) }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: O) -> bool { c == Some(ErrorCode::VARIANT) }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: O) -> bool { [ErrorCode::VARIANT].contains(&c) }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f(c: O) { debug_assert_ne!(c, ErrorCode::VARIANT); }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nconst C: ErrorCode = ErrorCode::VARIANT;\nfn f(c: E) -> bool { c != C }",
    ),
    (
        Handle,
        "use api_errors::args;\nfn f(limits: &args::VARIANT) { g(limits); }",
    ),
    (
        Handle,
        "use api_errors::ErrorCode;\nfn f() { choose! { ErrorCode::VARIANT => 1; other } }",
    ),
    (
        Handle,
        "fn f(c: &str) { match c { \"WIRE\" => 1, _ => 2 } }",
    ),
    (Handle, "fn f(c: &str) -> bool { c == \"WIRE\" }"),
    (Nothing, "// api_errors::ErrorCode::VARIANT and \"WIRE\""),
    (
        Nothing,
        "/// `api_errors::ErrorCode::VARIANT`, \"WIRE\"\nfn f() {}",
    ),
    (Nothing, "use api_errors::ErrorCode::VARIANT;"),
    (Nothing, "pub const C: E = api_errors::ErrorCode::VARIANT;"),
    (
        Nothing,
        "enum ErrorCode { VARIANT }\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Nothing,
        "use other::ErrorCode;\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Nothing,
        "use api_errors::*;\nfn f() { enum ErrorCode { VARIANT } g(ErrorCode::VARIANT); }",
    ),
    (Nothing, "fn f() { g(ErrorCode::VARIANT); }"),
    (Nothing, "fn f() { log(\"WIRE happened\"); }"),
    (
        Nothing,
        "macro_rules! name { ($n:ident) => { stringify!($n) } }\nfn f() { name!(VARIANT); }",
    ),
];

/// Ways that need a place in the library `server`.
pub(crate) const LIBRARY: &[(Does, &str)] = &[
    (Emit, "fn f() { g(crate::errors::ErrorCode::VARIANT); }"),
    (
        Emit,
        "use crate::errors::Code;\nfn f() { g(Code::VARIANT); }",
    ),
    (
        Emit,
        "use crate::errors::all::*;\nfn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "fn f() { g(crate::errors::api::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "macro_rules! fail { () => { g($crate::errors::Code::VARIANT) } }",
    ),
    (
        Test,
        "use api_errors::ErrorCode;\n#[cfg(test)] fn f() { g(ErrorCode::VARIANT); }",
    ),
    (
        Test,
        "use api_errors::ErrorCode;\n#[cfg(all(test, unix))] mod tests { use super::*; fn f() { g(ErrorCode::VARIANT); } }",
    ),
    (
        Test,
        "#[tokio::test] async fn t() { assert_error!(r, api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Test,
        "#[cfg(test)] mod t { #[test] fn t() { assert_eq!(body[\"code\"], \"WIRE\"); } }",
    ),
    (
        Test,
        "proptest! { #[test] fn t(x in 1..9) { prop_assert_eq!(x, api_errors::ErrorCode::VARIANT); } }",
    ),
    (
        Test,
        "#[rstest] #[case(api_errors::ErrorCode::VARIANT)] fn t(#[case] c: E) {}",
    ),
];
