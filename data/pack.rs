//! Packs the tables of `data/` into JSON for the program to embed.
//!
//! A table is read through the types of the room that owns it, so a misspelt field stops the build
//! and names the file and the field. The catalog is judged as a whole as well. Another room's table
//! is one more line in `pack`: `table` for a file, `folder` for a folder of files, `texts` for
//! files that are embedded as they are.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "cargo reads what a build script prints"
)]

#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the program uses the rest"
)]
#[path = "../src/diag/mod.rs"]
mod diag;
#[allow(dead_code, unreachable_pub, reason = "the program uses the rest")]
#[path = "../src/catalog/graph.rs"]
mod graph;
#[allow(dead_code, unreachable_pub, reason = "the program uses the rest")]
#[path = "../src/model/kind_table.rs"]
mod kind_table;
#[allow(dead_code, unreachable_pub, reason = "the program uses the rest")]
#[path = "../src/catalog/schema.rs"]
mod schema;
#[allow(unreachable_pub, reason = "the program uses it, too")]
#[path = "../src/catalog/spelling.rs"]
mod spelling;
#[allow(dead_code, unreachable_pub, reason = "the program uses the rest")]
#[path = "../src/catalog/verify.rs"]
mod verify;

#[path = "pack_model.rs"]
mod model;
#[path = "pack_types.rs"]
mod pack_types;

use kind_table::Kinds;
use schema::{
    Ambiguities, Categories, Comparisons, Constraints, Criteria, Externals, Keys, Lists, Sources,
    System, Tables, Units,
};
use serde::{Serialize, de::DeserializeOwned};
use std::path::{Path, PathBuf};
use std::{env, fs, process::ExitCode};

/// The folder of the tables, from the root of the package.
const DATA: &str = "data";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={DATA}");
    match pack() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={}", problem.trim().replace('\n', " "));
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Every packed table by the name of its JSON file.
fn pack() -> Result<(), String> {
    let kinds: Kinds = table("kinds.toml")?;
    write("kinds", &kinds)?;
    let tables = catalog(&kinds)?;
    write("catalog", &tables)?;
    write_graph("catalog", &graph::build(&tables))?;
    write("style", &table::<toml::Value>("style.toml")?)?;
    write("verbs", &table::<toml::Value>("verbs.toml")?)?;
    write("examples", &texts("examples", "yaml")?)?;
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    pack_types::pack(&Path::new(DATA).join("types"), Path::new(&out));
    Ok(())
}

/// Reads all tables of the catalog and refuses what does not hold together.
fn catalog(kinds: &Kinds) -> Result<Tables, String> {
    let tables = Tables {
        services: services()?,
        externals: table::<Externals>("externals.toml")?.externals,
        sources: table::<Sources>("sources.toml")?.sources,
        keys: table::<Keys>("keys.toml")?.keys,
        units: table::<Units>("units.toml")?.units,
        categories: table::<Categories>("categories.toml")?.categories,
        lists: table::<Lists>("lists.toml")?.lists,
        constraints: table::<Constraints>("constraints.toml")?.constraints,
        comparisons: table::<Comparisons>("comparisons.toml")?.comparisons,
        criteria: table::<Criteria>("criteria.toml")?.criteria,
        ambiguous: table::<Ambiguities>("ambiguous.toml")?.ambiguous,
    };
    let kinds: Vec<&str> = kinds.kinds.iter().map(|kind| kind.name.as_str()).collect();
    let problems = verify::verify(&tables, &kinds);
    let lines = problems
        .iter()
        .map(|p| format!("{DATA}/{}: {}: {}", p.file, p.field, p.message));
    match problems.is_empty() {
        true => Ok(tables),
        false => Err(lines.collect::<Vec<_>>().join("\n")),
    }
}

/// Reads one file a service; the file has the service's name.
fn services() -> Result<Vec<System>, String> {
    let mut services = Vec::new();
    for (path, service) in folder::<System>("services")? {
        if path != format!("services/{}.toml", service.id) {
            return Err(format!(
                "{DATA}/{path}: id: the file of `{}` is called so",
                service.id
            ));
        }
        services.push(service);
    }
    services.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(services)
}

/// Reads one file below `data/` through a type.
fn table<T: DeserializeOwned>(path: &str) -> Result<T, String> {
    let full = Path::new(DATA).join(path);
    let text = fs::read_to_string(&full).map_err(|e| format!("{DATA}/{path}: {e}"))?;
    toml::from_str(&text).map_err(|e| format!("{DATA}/{path}: {e}"))
}

/// Reads every TOML file of a folder below `data/` and of its folders, by path.
fn folder<T: DeserializeOwned>(path: &str) -> Result<Vec<(String, T)>, String> {
    let mut tables = Vec::new();
    for file in files(path, "toml")? {
        let table = table(&file)?;
        tables.push((file, table));
    }
    Ok(tables)
}

/// A file that is embedded as it is.
#[derive(Serialize)]
struct Text {
    /// The file's name without folder and ending.
    name: String,
    /// The path from the root of the package.
    file: String,
    text: String,
}

/// Reads every file of a folder below `data/` that ends in `.ending`, as it is.
fn texts(path: &str, ending: &str) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    for inner in files(path, ending)? {
        let file = format!("{DATA}/{inner}");
        let stem = Path::new(&file).file_stem().unwrap_or_default();
        texts.push(Text {
            name: stem.to_string_lossy().into_owned(),
            text: fs::read_to_string(&file).map_err(|e| format!("{file}: {e}"))?,
            file,
        });
    }
    Ok(texts)
}

/// Lists the files of a folder below `data/` and of its folders that end in `.ending`, sorted; a
/// folder that is not there is empty.
fn files(path: &str, ending: &str) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(DATA).join(path)];
    while let Some(folder) = open.pop() {
        if !folder.exists() {
            continue;
        }
        let entries = fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        let paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
        open.extend(folders);
        found.extend(
            files
                .into_iter()
                .filter(|path| path.extension().is_some_and(|e| e == ending)),
        );
    }
    let below = |path: PathBuf| {
        let inner = path.strip_prefix(DATA).unwrap_or(&path);
        inner.to_string_lossy().replace('\\', "/")
    };
    let mut found: Vec<String> = found.into_iter().map(below).collect();
    found.sort();
    Ok(found)
}

/// Writes one packed table.
fn write(name: &str, table: &impl Serialize) -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let packed = serde_json::to_string(table).map_err(|e| format!("{name}: {e}"))?;
    fs::write(Path::new(&out).join(format!("{name}.json")), packed)
        .map_err(|e| format!("{name}: {e}"))
}

/// Writes a graph as a snapshot, which the program opens without reading it.
fn write_graph(name: &str, graph: &model::Graph) -> Result<(), String> {
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let file = fs::File::create(Path::new(&out).join(format!("{name}.archq")));
    let written = file.and_then(|mut file| graph.write_snapshot(&mut file));
    written.map_err(|e| format!("{name}: {e}"))
}
