//! Values for parameters and variables, given from outside the templates.
//!
//! Which template declares a name is not known here, nor in which files people keep such values
//! (`given_files`).

use crate::diag::{Code, Diagnostic, Place, nearest};
use std::sync::Arc;

/// A value for every parameter or variable of a name.
#[derive(Clone, Debug)]
pub struct Given {
    pub(super) name: Arc<str>,
    pub(super) value: GivenValue,
    place: Option<Place>,
}

/// A value as it was written.
#[derive(Clone, Debug)]
pub(super) enum GivenValue {
    /// A text, which may be a number or a list to who reads it.
    Text(Arc<str>),
    /// An expression of Terraform's.
    Expression(Arc<str>),
}

impl Given {
    /// Takes a name and a text, as from the command line.
    #[must_use]
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.into(),
            value: GivenValue::Text(text.into()),
            place: None,
        }
    }

    /// Takes what a variable file of Terraform's says.
    pub(super) fn written(name: &str, value: GivenValue, place: Place) -> Self {
        Self {
            name: name.into(),
            value,
            place: Some(place),
        }
    }

    /// Says that nothing declares the name.
    #[must_use]
    pub fn unknown<'a>(&self, declared: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        let message = format!("no template declares a parameter `{}`", self.name);
        let finding = Diagnostic::finding(&Code::UNKNOWN_PARAMETER, message);
        let finding = finding.nearest(nearest(&self.name, declared));
        match &self.place {
            Some(place) => finding.in_file(place.clone()),
            None => finding,
        }
    }

    /// Gives the name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
