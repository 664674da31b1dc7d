//! The oldest compilers that the tool and the generated crate promise.

use crate::source::files;

/// `rust-version` is a promise: no dependency asks for a newer compiler, neither of the tool, its
/// tests included, nor of the generated crate.
#[test]
fn the_stated_rust_version_is_enough_for_every_dependency() {
    // What other platforms need was never downloaded.
    let rustc = std::process::Command::new("rustc")
        .arg("-vV")
        .output()
        .unwrap();
    let version = String::from_utf8(rustc.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--format-version", "1"])
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let version = |package: &serde_json::Value| {
        let text = package["rust_version"].as_str()?;
        let mut parts = text.split('.').map(|part| part.parse::<u32>().unwrap());
        Some([(); 3].map(|()| parts.next().unwrap_or(0)))
    };
    let named = |name: &str| {
        let mut packages = packages.iter();
        version(packages.find(|package| package["name"] == name)?)
    };
    let (tool, generated) = (
        named("error-catalog-codegen").unwrap(),
        named("gateway-errors").unwrap(),
    );
    assert_eq!(named("error-catalog"), Some(tool));
    for package in packages {
        let needs = version(package).unwrap_or_default();
        assert!(needs <= tool, "{} needs {needs:?}", package["name"]);
    }
    // The dependencies of the generated crate.
    for name in [
        "serde",
        "serde_core",
        "serde_json",
        "itoa",
        "memchr",
        "zmij",
    ] {
        let needs =
            named(name).unwrap_or_else(|| panic!("{name} is not a dependency with a version"));
        assert!(needs <= generated, "{name} needs {needs:?}");
    }
}

/// The generated crate promises an older compiler than the tool needs: chains of `let` came later.
#[test]
fn runtime_files_keep_to_the_compiler_that_the_crate_promises() {
    fn has_chain(tokens: proc_macro2::TokenStream) -> bool {
        // The tokens of a condition, up to its block.
        let mut condition: Option<Vec<String>> = None;
        for token in tokens {
            match &token {
                proc_macro2::TokenTree::Group(group) => {
                    if group.delimiter() == proc_macro2::Delimiter::Brace {
                        condition = None;
                    }
                    if has_chain(group.stream()) {
                        return true;
                    }
                }
                _ if ["if", "while"].contains(&token.to_string().as_str()) => {
                    condition = Some(Vec::new());
                }
                _ => condition
                    .iter_mut()
                    .for_each(|all| all.push(token.to_string())),
            }
            let tokens = condition.as_deref().unwrap_or_default();
            let has_and = tokens.windows(2).any(|two| two == ["&", "&"]);
            if has_and && tokens.iter().any(|token| token == "let") {
                return true;
            }
        }
        false
    }
    let chain = "fn f() { if let Some(x) = y && x { } }".parse().unwrap();
    assert!(has_chain(chain), "the test sees what it looks for");
    for file in files("runtime/src") {
        assert!(
            !has_chain(file.text.parse().unwrap()),
            "{}",
            file.path.display()
        );
    }
}
