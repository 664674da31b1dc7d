//! Every way to name a code in a file of its own, in Rust and in other languages. `VARIANT` and `WIRE` are the names of a
//! code of its own.

use crate::ways::Does::{self, Emit, Handle, Nothing, Test};

/// Files that are not modules of the library, with the package or folder that they are in.
pub(crate) const FILES: &[(Does, &str, &str)] = &[
    (
        Emit,
        "server/src/bin/worker.rs",
        "fn main() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "server/src/deep/mod.rs",
        "pub mod deeper;\nfn f() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "server/src/deep/deeper.rs",
        "use super::super::errors::Code;\nfn f() { g(Code::VARIANT); }",
    ),
    (
        Emit,
        "server/src/elsewhere/unusual.rs",
        "fn f() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Emit,
        "server/src/included.rs",
        "fn included() { g(crate::errors::Code::VARIANT); }",
    ),
    (
        Emit,
        "server/src/branch.rs",
        "fn f() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Test,
        "server/src/unit.rs",
        "#[test] fn t() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Test,
        "server/tests/common/mod.rs",
        "pub fn f() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Test,
        "server/tests/ui/fails.rs",
        "fn main() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Nothing,
        "server/examples/show.rs",
        "fn main() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Nothing,
        "server/benches/speed.rs",
        "fn main() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Nothing,
        "server/build.rs",
        "fn main() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (
        Nothing,
        "server/src/dead.rs",
        "fn f() { g(api_errors::ErrorCode::VARIANT); }",
    ),
    (Nothing, "ignored/a.py", "fail('WIRE')"),
    (Emit, "py/files.py", "raise ApiError(\"WIRE\")"),
    (
        Handle,
        "py/client.py",
        "if error.code in (\"x\", \"WIRE\"):\n    pass",
    ),
    (Test, "py/test_files.py", "assert error.code == 'WIRE'"),
    (Nothing, "py/notes.py", "# 'WIRE'\nlog('WIRE failed')"),
    (Emit, "web/api.ts", "throw new ApiError(`WIRE`)"),
    (
        Handle,
        "web/retry.tsx",
        "switch (code) { case 'WIRE': retry() }",
    ),
    (
        Handle,
        "web/texts.ts",
        "export const texts = { \"WIRE\": \"Too large\" }",
    ),
    (Test, "web/__tests__/list.js", "expect(code).toBe('WIRE')"),
    (Test, "web/list.spec.ts", "expect(code).toBe(\"WIRE\")"),
    (Emit, "go/files.go", "return apiError(`WIRE`)"),
    (
        Test,
        "go/files_test.go",
        "if err.Code != \"WIRE\" { t.Fatal() }",
    ),
    (
        Emit,
        "java/src/main/java/Files.java",
        "throw new ApiException(\"WIRE\");",
    ),
    (
        Test,
        "java/src/test/java/Files.java",
        "assertEquals(\"WIRE\", code);",
    ),
    (Emit, "rb/files.rb", "raise Api::Error.new(:WIRE)"),
    (Test, "rb/files_spec.rb", "expect(code).to eq('WIRE')"),
    (Emit, "cs/Files.cs", "throw new ApiException(\"WIRE\");"),
    (
        Test,
        "hurl/files.hurl",
        "jsonpath \"$.error.code\" == \"WIRE\"",
    ),
    (Test, "tests/replies.json", "{ \"code\": \"WIRE\" }"),
    (Nothing, "docs/replies.json", "{ \"code\": \"WIRE\" }"),
    (Nothing, "docs/guide.md", "`\"WIRE\"`"),
];
