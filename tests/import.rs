//! Templates beside the edges they become: every folder of `tests/import` is a case.
//!
//! `template.yaml` (or `.json`) is read, `edges.txt` holds what must come out, sorted, one edge a line.
//! To write a new one, add the template and an empty `edges.txt` and run with `UPDATE=1`.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::import::{Files, Imported, Options, Source, edges, import};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Reads files beside a template from the disk.
struct Disk;

impl Files for Disk {
    fn read(&self, base: &str, relative: &str) -> io::Result<Vec<u8>> {
        let folder = Path::new(base).parent().unwrap_or(Path::new(""));
        fs::read(folder.join(relative))
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(folder)?.flatten();
        Ok(entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect())
    }
}

fn load(paths: &[PathBuf]) -> Imported {
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| Source {
            name: path.display().to_string(),
            bytes: fs::read(path).expect("a template"),
        })
        .collect();
    import(&sources, &Disk, &Options::default())
}

/// Gives the templates of a case: all files of the folder that are named so.
fn templates(case: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(case).expect("a folder");
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with("template"))
        })
        .collect();
    found.sort();
    found
}

/// Writes the edges as people read them.
fn listing(imported: &Imported) -> String {
    let mut lines: Vec<String> = edges(&imported.graph)
        .map(|edge| {
            let file = edge.file.rsplit('/').next().unwrap_or_default();
            let outside = |end: &archq::import::EndRow| match end.type_name.is_empty() {
                true => format!("({} {})", end.service, end.id),
                false => end.id.clone(),
            };
            format!(
                "{} {} {}  [{}] {file}:{}\n",
                outside(&edge.from),
                edge.kind,
                outside(&edge.to),
                edge.mechanism,
                edge.line
            )
        })
        .collect();
    lines.sort();
    let findings = imported
        .diagnostics
        .iter()
        .map(|d| format!("! {} {}\n", d.code.id, d.message));
    lines.extend(findings);
    lines.concat()
}

#[test]
fn every_template_becomes_its_edges() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut cases: Vec<PathBuf> = fs::read_dir(root)
        .expect("tests/import")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    let mut wrong = String::new();
    for case in cases {
        let got = listing(&load(&templates(&case)));
        let expected = case.join("edges.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &got).expect("edges.txt");
        }
        let want = fs::read_to_string(&expected).unwrap_or_default();
        if got != want {
            wrong += &format!("{}\nwant:\n{want}got:\n{got}\n", case.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
