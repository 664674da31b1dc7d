//! What the reader makes of real recordings.
//!
//! The recordings were made with the tools of the names, with Chromium 156, Node 20 and Python 3.11, of a server that
//! answers the errors of a catalog: a doubled header, a body that is not UTF-8, gzip, no body, a redirect, a stream that
//! ends and one that is cut, a body that is too short, and a connection that is reset.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod damaged;
mod inputs;
mod lines;
mod recorders;
mod render;
