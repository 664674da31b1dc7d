//! The faults of a received error. Inlined, so that only crates that read them compile it.

use serde_json::Value;

use crate::catalog::shapes::SHAPES;
use crate::runtime::shape::FaultList;
use crate::{Fault, Faults, ReceivedError};

impl ReceivedError {
    /// The faults in the place that the style of the body has for them.
    #[inline]
    pub(crate) fn faults_of_style(&self) -> Faults {
        let style = self.style.as_deref();
        let shape = SHAPES.iter().find(|shape| Some(shape.name) == style);
        let Some(list) = shape.and_then(|shape| shape.faults.as_ref()) else {
            return Faults::default();
        };
        let message = self.message.as_deref().unwrap_or_default();
        // The object of the message was not kept as an object.
        let inner = FaultList {
            path: list.path.get(1..).unwrap_or_default(),
            ..*list
        };
        let mut places = [list, &inner].into_iter();
        let listed = places.find_map(|list| list.find(&self.extra, message));
        let elements = listed.map_or(&[][..], |listed| listed.faults);
        let mut faults = Faults::default();
        for element in elements {
            let of_shape = list.fault(element);
            let fault = of_shape.or_else(|| Self::new(self.status).fault_in(element));
            if let Some(fault) = fault {
                faults.push(fault);
            }
        }
        faults
    }

    /// A fault in another form: its message, and what else is found.
    #[inline]
    fn fault_in(mut self, element: &Value) -> Option<Fault> {
        self.read_value(element.clone(), None);
        Some(Fault {
            message: self.message?,
            code: self.code.map(|code| code.as_str().to_owned()),
            param: self.param,
        })
    }

    /// The faults in the details: those of every argument that is a list of faults.
    #[inline]
    pub(crate) fn faults_of_details(&self) -> Faults {
        let details = self.details_of_body().and_then(Value::as_object);
        let mut faults = Faults::default();
        if let Some(arguments) = details {
            for list in arguments.values().filter_map(Faults::of_json) {
                list.into_iter().for_each(|fault| faults.push(fault));
            }
        }
        faults
    }
}
