//! The API, and the prose on request ids.

use super::dsl::{ABOUT, Field, NONE, Shape, about, always, field, text, value, when};
use crate::catalog::ChangeLevel::{Breaking, Risky};
use crate::compat::context;
use crate::compat::version::Version::{Major, Minor};
use crate::record::Kind;

pub(super) const API: &[Field] = &[
    field(Kind::Api, "title", Shape::Text, [ABOUT, NONE, NONE]),
    value(
        Kind::Api,
        "crate",
        &[always("renamed-crate", Breaking, Major)],
    ),
    value(
        Kind::Api,
        "docs_url",
        &[
            when(
                "bodies have the addresses of pages",
                context::has_problems,
                always("anchor-lost", Breaking, Major),
            ),
            always("anchor-lost", Risky, Minor),
        ],
    ),
    about("license"),
    about("contact"),
    field(Kind::Api, "servers", Shape::Text, [ABOUT, NONE, NONE]),
];

pub(super) const ERROR_IDS: &[Field] =
    &[text(Kind::ErrorIds, "notes"), text(Kind::ErrorIds, "see")];
