//! Templates beside the edges they become: every folder of `tests/import` is a case.
//!
//! `template.yaml` (or `.json`, `.tf`) is read; where there is a folder `input`, the whole of it is, as
//! `archq edges` would. `edges.txt` holds what must come out, sorted, one edge a line. To write a new
//! one, add the template and an empty `edges.txt` and run with `UPDATE=1`.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::diag::Diagnostic;
use archq::import::{EdgeRow, EndRow, Files, Imported, Options, Source, edges, import};
use archq::session::{self, CatalogSource, Opening, Session};
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
fn listing(edges: &[EdgeRow], remarks: &[Diagnostic]) -> String {
    let end = |end: &EndRow| match end.type_name.is_empty() {
        true => format!("({} {})", end.service, end.id),
        false => end.id.clone(),
    };
    let line = |edge: &EdgeRow| {
        let file = edge.file.rsplit('/').next().unwrap_or_default();
        let (from, to) = (end(&edge.from), end(&edge.to));
        let (kind, mechanism, line) = (&edge.kind, &edge.mechanism, edge.line);
        format!("{from} {kind} {to}  [{mechanism}] {file}:{line}\n")
    };
    let mut lines: Vec<String> = edges.iter().map(line).collect();
    lines.sort();
    let remark = |remark: &Diagnostic| format!("! {} {}\n", remark.code.id, remark.message);
    lines.extend(remarks.iter().map(remark));
    lines.concat()
}

/// Reads a case and lists what became of it.
fn read(case: &Path) -> String {
    let folder = case.join("input");
    if folder.is_dir() {
        let listed = session::edges(&folder.display().to_string(), &Opening::default());
        return listing(&listed.rows, &listed.remarks);
    }
    let imported = load(&templates(case));
    let edges: Vec<EdgeRow> = edges(&imported.graph).collect();
    listing(&edges, &imported.diagnostics)
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
        let got = read(&case);
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

/// Gives the texts that answer a question to what a folder holds.
fn texts(folder: &str, question: &str) -> Vec<String> {
    let mut session = Session::open(Opening {
        catalog: CatalogSource::None,
        paths: vec![format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"))],
        ..Opening::default()
    });
    let reply = session.ask(question).expect("an answer");
    let cells = reply.answer.rows.iter().flatten();
    cells.map(|v| v.as_str().unwrap_or("").to_owned()).collect()
}

#[test]
fn resources_of_a_cdk_app_know_their_constructs() {
    let question =
        "MATCH (r) WHERE r.construct IS NOT NULL RETURN r.construct ORDER BY r.construct";
    let found = texts("tests/import/cdk/input", question);
    assert_eq!(
        found,
        [
            "Live/Api/Ask/Resource",
            "Parcels/Inbox/Resource",
            "Parcels/Mail/Letters/Resource",
            "Parcels/Sort/Resource",
            "Parcels/Weigh/Resource"
        ]
    );
}

#[test]
fn resources_of_a_cdk_app_know_the_classes_of_their_constructs() {
    let question = "\
        MATCH (r:Resource) WHERE r.role = 'node' \
        RETURN r.construct + ' ' + r.construct_class AS found ORDER BY found";
    let found = texts("tests/import/cdk-constructs/input", question);
    assert_eq!(
        found,
        [
            "Prod/Orders/Intake/Accept/Resource aws-cdk-lib.aws_lambda.Function",
            "Prod/Orders/Intake/Api/Resource aws-cdk-lib.aws_apigatewayv2.HttpApi",
            "Prod/Orders/Intake/Failed/Resource aws-cdk-lib.aws_sqs.Queue",
            "Prod/Orders/Intake/Inbox/Resource aws-cdk-lib.aws_sqs.Queue",
            "Prod/Orders/Work/Handle/Resource aws-cdk-lib.aws_lambda.Function",
            "Prod/Orders/Work/Orders/Resource aws-cdk-lib.aws_dynamodb.TableV2",
            "Prod/Orders/Work/Plain aws-cdk-lib.aws_sns.CfnTopic",
        ]
    );
}
