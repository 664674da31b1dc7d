//! The faults in a report of the crate garde. Needs the feature `garde`.

use crate::{Fault, Faults};

/// One fault for each invalid field, with its path. The values of the request are in the messages only as
/// far as the rules of garde put them there.
impl From<&garde::Report> for Faults {
    fn from(report: &garde::Report) -> Self {
        let faults = report
            .iter()
            .map(|(path, error)| Fault::new(error.message()).with_param(path.to_string()));
        faults.collect()
    }
}
