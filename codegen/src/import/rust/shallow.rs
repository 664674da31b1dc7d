//! Refuses source code that nests so deep, or has so long an expression, that a recursive parser would exhaust the stack.

use proc_macro2::{TokenStream, TokenTree};

/// Brackets within brackets.
const MAX_DEPTH: usize = 100;
/// Tokens of an expression or a type outside of its brackets.
const MAX_RUN: usize = 2_000;
/// Branches of all conditions: each nests in the one before it.
const MAX_BRANCHES: usize = 2_000;

/// Whether a parser can read the code.
pub(super) fn is_shallow(tokens: &TokenStream) -> bool {
    let mut branches = 0;
    is_shallow_in(tokens.clone(), 0, &mut branches)
}

fn is_shallow_in(tokens: TokenStream, depth: usize, branches: &mut usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let mut run = 0;
    for token in tokens {
        run += 1;
        match token {
            TokenTree::Group(group) => {
                if !is_shallow_in(group.stream(), depth + 1, branches) {
                    return false;
                }
                if group.delimiter() == proc_macro2::Delimiter::Brace {
                    run = 0;
                }
            }
            TokenTree::Punct(sign) if matches!(sign.as_char(), ';' | ',') => run = 0,
            TokenTree::Ident(word) if word == "else" => *branches += 1,
            _ => {}
        }
        if run > MAX_RUN || *branches > MAX_BRANCHES {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_that_is_deep_or_long_is_refused() {
        let deep = format!("const A: u8 = {}1{};", "(".repeat(500), ")".repeat(500));
        let long = format!("const A: u8 = {}1;", "-".repeat(5_000));
        let chain = format!("fn f() {{ if a {{}} {} }}", "else if a {}".repeat(5_000));
        for code in [deep, long, chain] {
            let tokens: TokenStream = code.parse().unwrap();
            assert!(!is_shallow(&tokens));
        }
        let plain: TokenStream = "enum A { B((u8, u8)), C }".parse().unwrap();
        assert!(is_shallow(&plain));
    }
}
