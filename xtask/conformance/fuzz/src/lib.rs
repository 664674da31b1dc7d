//! Fuzz targets, one module each: what an input is made of, and the laws that its result is checked against.
//!
//! Inputs are bytes. [`arbitrary`] turns them into models, such as a catalog that is valid by construction, so
//! that almost every mutation of the bytes reaches the stages after the parser.

pub mod catalog;
mod damage;
pub mod draft;
mod json;
pub mod locked;
mod model;
pub mod reading;
pub mod recording;
mod target;
mod text;
mod yaml;
