//! The API, and the prose on request ids.

use super::dsl::{ABOUT, Field, NONE, Shape, about, case, field, text, value};
use crate::catalog::ChangeLevel::{Breaking, Risky};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind::{Api, ErrorIds};

pub(super) const API: &[Field] = &[
    field(Api, "title", Shape::Text, [ABOUT, NONE, NONE]),
    value(Api, "crate", &[case("renamed-crate", Breaking, Major)]),
    value(
        Api,
        "docs_url",
        &[
            case("anchor-lost", Breaking, Major)
                .when("bodies contain page addresses", context::has_page_addresses),
            case("anchor-lost", Risky, Minor),
        ],
    ),
    about("license"),
    about("repository"),
    about("documentation"),
    about("publish"),
    about("contact"),
    field(Api, "servers", Shape::Text, [ABOUT, NONE, NONE]),
];

pub(super) const ERROR_IDS: &[Field] = &[text(ErrorIds, "notes"), text(ErrorIds, "see")];
