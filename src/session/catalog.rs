//! The catalog: the one that was built in, or a folder of the same tables.

use super::CatalogCounts;
use super::Session;
use super::input;
use super::settings::CatalogSource;
use crate::catalog::Catalog;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::GraphView;
use std::path::Path;

impl Session {
    /// Puts the catalog into the graph.
    pub(super) fn load_catalog(&mut self) {
        let graph = match &self.opening.catalog {
            CatalogSource::None => return,
            CatalogSource::BuiltIn => Catalog::built_in_graph(),
            CatalogSource::Folder(folder) => match self.read_tables(folder) {
                Ok(catalog) => catalog.to_graph(),
                Err(problems) => return self.problems.extend(problems),
            },
        };
        self.catalog = Some(count(&graph));
        self.join(graph);
    }

    /// Reads the tables of a folder; what they do not hold comes from the built-in catalog.
    fn read_tables(&self, folder: &Path) -> Result<Catalog, Vec<Diagnostic>> {
        let is_table = |path: &Path| path.extension().is_some_and(|ending| ending == "toml");
        let (paths, mut problems) = input::walk(folder, &self.opening.bounds, is_table);
        let mut texts = Vec::new();
        for path in &paths {
            match input::read_file(path, &self.opening.bounds).and_then(|b| text(path, b)) {
                Ok(text) => texts.push((name(folder, path), text)),
                Err(problem) => problems.push(problem),
            }
        }
        if texts.is_empty() && problems.is_empty() {
            let message = format!("`{}` holds no table of a catalog", folder.display());
            problems.push(Diagnostic::error(&Code::NOTHING_FOUND, message));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let files: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (&**n, &**t)).collect();
        Catalog::from_files(&files)
    }
}

/// Gives the name of a table as the catalog knows it, `services/sqs.toml`.
fn name(folder: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let parts = inner.iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    String::from_utf8(bytes).map_err(|_| {
        let message = format!("`{}` is not UTF-8", path.display());
        Diagnostic::error(&Code::BAD_CATALOG, message)
    })
}

fn count(graph: &dyn GraphView) -> CatalogCounts {
    let labelled = |name| {
        let label = graph.symbol(name);
        label.map_or(0, |label| graph.label_count(label))
    };
    CatalogCounts {
        services: labelled("Service"),
        features: labelled("Feature"),
        facts: labelled("Fact"),
    }
}
