//! Every rule the tool can report: what it finds, where, and how it is shown.

mod catalogs;
#[path = "../damage/mod.rs"]
mod damage;
mod documentation;
mod fixtures;
mod hostile;
mod lint;
mod mistakes;
mod reading;
mod report;
