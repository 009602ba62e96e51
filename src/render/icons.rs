//! Icons of one's own, in place of our glyphs.
//!
//! Takes names and bytes (the door reads the folder), gives each node the icon whose name says most
//! about it: the type of the resource (`aws-lambda-function`), its service (`lambda`), its category
//! (`compute-serverless`, then `compute`). Case does not matter, and what is no letter or digit is
//! one dash. An icon is a stranger's file: SVG is taken apart and only its shapes are written anew,
//! so no script, link or text is left; PNG is decoded and encoded anew. Both are bounded.

#[cfg(feature = "png")]
mod wash;

use crate::diag::Code;
use crate::diag::Diagnostic;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Icons by the names that ask for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Icons {
    folder: Option<String>,
    by_name: BTreeMap<String, Arc<str>>,
    refused: Vec<Diagnostic>,
}

impl Icons {
    /// Largest file of an icon, in bytes.
    pub const BYTES: usize = 256 << 10;
    /// Most icons.
    pub const COUNT: usize = 2_000;

    /// Makes an empty set of icons that come from a folder.
    #[must_use]
    pub fn new(folder: &str) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            ..Self::default()
        }
    }

    /// Gives the folder that they come from.
    #[must_use]
    pub fn folder(&self) -> Option<&str> {
        self.folder.as_deref()
    }

    /// Adds an icon under a name, or remembers why it cannot be used; costs what decoding it costs.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        let washed = if bytes.len() > Self::BYTES {
            Err(format!("it is larger than {} KiB", Self::BYTES >> 10))
        } else if self.by_name.len() >= Self::COUNT {
            Err(format!("there are more than {} icons", Self::COUNT))
        } else {
            washed(bytes)
        };
        match washed {
            Ok(data) => drop(self.by_name.insert(key(name), data.into())),
            Err(why) => {
                let message = format!("the icon `{name}` cannot be used: {why}");
                let warning = Diagnostic::warning(&Code::BAD_ICON, message);
                self.refused.push(warning);
            }
        }
    }

    /// Lists what is wrong with icons that cannot be used.
    #[must_use]
    pub fn refused(&self) -> &[Diagnostic] {
        &self.refused
    }

    /// Tells whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// Finds the icon for the first of some names, as the address of its data.
    pub(super) fn first<'a>(&self, names: impl Iterator<Item = &'a str>) -> Option<Arc<str>> {
        if self.is_empty() {
            return None;
        }
        names
            .filter(|name| !name.is_empty())
            .find_map(|name| self.by_name.get(&key(name)).cloned())
    }
}

/// Writes a name as names are compared.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(feature = "png")]
fn washed(bytes: &[u8]) -> Result<String, String> {
    wash::data_uri(bytes)
}

#[cfg(not(feature = "png"))]
fn washed(_: &[u8]) -> Result<String, String> {
    Err("this archq was built without `png`".to_owned())
}
