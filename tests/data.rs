//! Judges every table of the catalog: nothing is lost, nothing is there twice, every name
//! resolves, every fact has its source, and a broken table is refused with a place and a hint.

#![allow(clippy::expect_used, reason = "a test may fail")]

#[path = "data/expected.rs"]
mod expected;

use archq::catalog::Catalog;
use archq::catalog::Meaning;
use archq::catalog::System;
use archq::catalog::Tables;
use archq::catalog::schema::Datum;
use archq::catalog::schema::Fact;
use archq::catalog::schema::Integration;
use archq::catalog::schema::Standing;
use archq::model::Direction;
use archq::model::Graph;
use archq::model::GraphView;
use archq::model::KindFilter;
use archq::model::Kinds;
use archq::model::NodeId;
use archq::model::Value;
use expected::{BROKEN, KOREAN, LISTS, NAMES, SYSTEMS};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Facts without a page to cite; the number may only fall.
const GENERAL_FACTS: usize = 45;

fn tables() -> &'static Tables {
    Catalog::built_in().tables()
}

fn facts() -> Vec<&'static Fact> {
    let systems = Catalog::built_in().systems();
    systems.flat_map(|system| &system.facts).collect()
}

fn integrations() -> Vec<(&'static System, &'static Integration)> {
    let systems = Catalog::built_in().systems();
    systems
        .flat_map(|system| system.integrations.iter().map(move |row| (system, row)))
        .collect()
}

/// Reads all files of the catalog as `--catalog data` does, with names below the folder.
fn files() -> Vec<(String, String)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut files = Vec::new();
    for folder in [data.clone(), data.join("services")] {
        for entry in fs::read_dir(folder).expect("a folder of tables") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path.strip_prefix(&data).expect("below data");
                let text = fs::read_to_string(&path).expect("a table");
                files.push((name.to_string_lossy().into_owned(), text));
            }
        }
    }
    files.sort();
    files
}

fn read(files: &[(String, String)]) -> Result<Catalog, String> {
    let texts: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Catalog::from_files(&texts).map_err(|problems| {
        let shown = problems.iter().map(|problem| problem.render(None));
        shown.collect::<String>()
    })
}

fn sorted<'a>(what: &str, names: impl Iterator<Item = &'a str>) {
    let names: Vec<&str> = names.collect();
    for pair in names.windows(2) {
        assert!(
            pair[0] < pair[1],
            "{what}: {} stands before {}",
            pair[0],
            pair[1]
        );
    }
}

#[test]
fn nothing_of_the_first_material_is_lost() {
    for (id, code, count) in SYSTEMS {
        let system = Catalog::built_in().get(id);
        let system = system.unwrap_or_else(|| panic!("no system `{id}`"));
        for number in 1..=*count {
            let fact = format!("{code}-{number:03}");
            assert!(
                system.facts.iter().any(|f| f.id == fact),
                "`{id}` has lost `{fact}`"
            );
        }
    }
    assert_eq!(SYSTEMS.len(), 138);
    assert_eq!(
        SYSTEMS.iter().map(|(_, _, count)| count).sum::<usize>(),
        690
    );
}

#[test]
fn every_edge_guide_and_question_is_there_once() {
    let rows = integrations();
    let mut edges: Vec<&str> = rows
        .iter()
        .flat_map(|(_, row)| row.ids.iter().map(String::as_str))
        .collect();
    edges.sort_unstable();
    let wanted: Vec<String> = (1..=180).map(|number| format!("E-{number:03}")).collect();
    assert_eq!(edges, wanted);

    let constraints: Vec<&str> = tables().constraints.iter().map(|c| c.id.as_str()).collect();
    let wanted = (1..=60).filter(|number| ![28, 29].contains(number));
    assert_eq!(
        constraints,
        wanted.map(|n| format!("C-{n:03}")).collect::<Vec<_>>()
    );

    let comparisons: Vec<&str> = tables().comparisons.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(
        comparisons,
        (1..=35).map(|n| format!("X-{n:02}")).collect::<Vec<_>>()
    );

    let numbers: Vec<u32> = tables().criteria.iter().map(|c| c.number).collect();
    assert_eq!(numbers, (1..=19).collect::<Vec<_>>());
}

#[test]
fn every_row_of_every_integration_list_is_there() {
    let rows = integrations();
    let ids: Vec<&str> = tables().lists.iter().map(|list| list.id.as_str()).collect();
    assert_eq!(ids, LISTS.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    for (list, (id, count)) in tables().lists.iter().zip(LISTS) {
        let edges = rows
            .iter()
            .filter(|(_, row)| row.lists.iter().any(|l| l == id))
            .count();
        assert_eq!(edges + list.variants.len(), *count, "rows of `{id}`");
    }
    assert_eq!(LISTS.iter().map(|(_, count)| count).sum::<usize>(), 373);
}

#[test]
fn what_starts_a_function_is_what_the_lists_name() {
    let graph = Catalog::built_in().to_graph();
    let lambda = node(&graph, "Service", "lambda");
    let part_of = [graph.symbol("PART_OF").expect("parts")];
    let parts = graph
        .hops(lambda, Direction::In, KindFilter::Only(&part_of))
        .map(|hop| hop.node);
    let starts = Kinds::built_in().kinds.iter().filter(|kind| kind.starts);
    let starts: Vec<_> = starts.filter_map(|kind| graph.symbol(&kind.name)).collect();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    for to in std::iter::once(lambda).chain(parts) {
        for hop in graph.hops(to, Direction::In, KindFilter::Only(&starts)) {
            let lists = graph.get_edge(hop.edge, "lists");
            let lists = lists.as_list().unwrap_or(&[]);
            let named = lists.iter().filter_map(Value::as_str);
            assert!(
                named
                    .into_iter()
                    .any(|list| list.starts_with("lambda-invokers")),
                "an edge from {:?} is in no list",
                graph.get(hop.node, "id")
            );
            let mechanism = graph.get_edge(hop.edge, "mechanism");
            assert!(seen.insert(format!("{:?} {mechanism:?}", hop.node)));
            assert_ne!(graph.get_edge(hop.edge, "mode"), Value::Null);
            count += 1;
        }
    }
    assert_eq!(count, 29 + 36);
}

#[test]
fn the_files_are_the_catalog_that_was_built_in() {
    let files = files();
    let read = read(&files).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read.tables(), tables());
    for (name, text) in &files {
        if let Some(id) = name.strip_prefix("services/") {
            let id = id.strip_suffix(".toml").unwrap_or(id);
            assert!(
                text.starts_with(&format!("id = \"{id}\"\n")),
                "{name} holds another service"
            );
        }
    }
}

#[test]
fn tables_are_sorted() {
    let tables = tables();
    sorted("services", tables.services.iter().map(|s| s.id.as_str()));
    sorted("externals", tables.externals.iter().map(|s| s.id.as_str()));
    sorted("sources", tables.sources.iter().map(|s| s.key.as_str()));
    sorted("keys", tables.keys.iter().map(|k| k.name.as_str()));
    sorted("units", tables.units.iter().map(|u| u.name.as_str()));
    sorted(
        "categories",
        tables.categories.iter().map(|c| c.id.as_str()),
    );
    sorted(
        "ambiguous",
        tables.ambiguous.iter().map(|a| a.name.as_str()),
    );
    for service in &tables.services {
        sorted(&service.id, service.features.iter().map(|f| f.id.as_str()));
    }
    for system in Catalog::built_in().systems() {
        let rows: Vec<_> = system
            .integrations
            .iter()
            .map(|r| (&r.to, &r.kind, &r.mechanism))
            .collect();
        assert!(rows.is_sorted(), "integrations of `{}`", system.id);
    }
}

/// One name for what AWS calls one service in several consoles; logs alone keep a name beside it.
#[test]
fn a_service_of_cloudwatch_is_printed_as_cloudwatch() {
    for service in &tables().services {
        if service.name.starts_with("Amazon CloudWatch ") {
            assert_eq!(
                service.contract.as_deref(),
                Some("cloudwatch"),
                "{}",
                service.id
            );
        }
    }
}

#[test]
fn every_table_is_used() {
    let used: BTreeSet<&str> = facts().iter().map(|fact| fact.key.as_str()).collect();
    let asked: BTreeSet<&str> = tables().criteria.iter().map(|c| c.key.as_str()).collect();
    for key in &tables().keys {
        let name = key.name.as_str();
        assert!(
            used.contains(name) || asked.contains(name),
            "nothing tells `{name}`"
        );
        assert!(
            key.name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        );
    }
    let units: BTreeSet<&str> = facts()
        .iter()
        .filter_map(|fact| fact.unit.as_deref())
        .collect();
    for unit in &tables().units {
        assert!(
            units.contains(unit.name.as_str()),
            "nothing is counted in `{}`",
            unit.name
        );
    }
    for ambiguous in &tables().ambiguous {
        assert!(
            ambiguous.means.len() > 1,
            "`{}` is not ambiguous",
            ambiguous.name
        );
    }
}

#[test]
fn every_statement_has_a_source() {
    for source in &tables().sources {
        match &source.address {
            Some(address) => assert!(address.starts_with("https://"), "{address}"),
            None => assert_eq!(
                source.key, "general",
                "only general knowledge has no address"
            ),
        }
    }
    let general = facts()
        .iter()
        .filter(|fact| fact.source == "general")
        .count();
    assert!(
        general <= GENERAL_FACTS,
        "{general} facts have no page to cite"
    );
    for fact in facts() {
        assert!(
            fact.statement.starts_with(|c: char| !c.is_lowercase()),
            "{}: {}",
            fact.id,
            fact.statement
        );
        assert!(
            !fact.statement.contains("the notes") && !fact.statement.contains("The notes"),
            "{}",
            fact.id
        );
        assert!(
            fact.also.iter().all(|also| *also != fact.source),
            "{} names a source twice",
            fact.id
        );
        assert_ne!(
            Some(&fact.value),
            fact.was.as_ref(),
            "{} has not changed",
            fact.id
        );
    }
}

#[test]
fn what_has_ended_or_closed_says_since_when() {
    let standing = |id: &str| {
        let system = Catalog::built_in().get(id).expect("a system");
        system
            .status
            .as_ref()
            .map(|status| (status.is, status.since.as_str()))
    };
    assert_eq!(standing("qldb"), Some((Standing::Ended, "2025-07-31")));
    assert_eq!(
        standing("app-runner"),
        Some((Standing::ClosedToNew, "2026-04-30"))
    );
    assert_eq!(
        standing("timestream"),
        Some((Standing::ClosedToNew, "2025-06-20"))
    );
    assert_eq!(
        standing("s3-object-lambda"),
        Some((Standing::ClosedToNew, "2025-11-07"))
    );
    assert!(standing("s3-select").is_some());
    assert_eq!(standing("sqs"), None);
    let outdated = tables()
        .constraints
        .iter()
        .filter(|row| row.outdated)
        .count();
    assert_eq!(outdated, 9);
}

#[test]
fn names_resolve_as_people_write_them() {
    for (written, id) in NAMES {
        assert_eq!(
            Catalog::built_in().find(written),
            Meaning::One(id),
            "`{written}`"
        );
    }
    assert_eq!(Catalog::built_in().find("no such thing"), Meaning::Nothing);
    let Meaning::Several(fifo) = Catalog::built_in().find("fifo") else {
        panic!("`fifo` is ambiguous");
    };
    assert_eq!(fifo, ["sqs-fifo-queue", "sns-fifo-topic"]);
    assert!(Catalog::built_in().near("lambdaa").contains(&"lambda"));
}

#[test]
fn main_services_have_korean_names() {
    for id in KOREAN {
        let system = Catalog::built_in().get(id).expect("a system");
        let hangul = |name: &String| name.chars().any(|c| ('가'..='힣').contains(&c));
        assert!(
            system.korean.iter().any(hangul),
            "`{id}` has no Korean name"
        );
        assert!(
            !system.aliases.iter().any(hangul),
            "Korean names of `{id}` belong under `korean`"
        );
    }
}

#[test]
fn quantities_can_be_compared() {
    let value = |id: &str, key: &str| {
        let system = Catalog::built_in().get(id).expect("a system");
        let fact = system.facts.iter().find(|fact| fact.key == key);
        let fact = fact.unwrap_or_else(|| panic!("`{id}` does not tell `{key}`"));
        (fact.value.clone(), fact.unit.as_deref().unwrap_or(""))
    };
    let mib = 1024 * 1024;
    for (id, bytes) in [
        ("sqs", mib),
        ("sns", mib),
        ("kinesis-data-streams", 10 * mib),
        ("eventbridge", mib),
        ("step-functions", mib / 4),
        ("data-firehose", 1000 * 1024),
    ] {
        assert_eq!(
            value(id, "message_size_max"),
            (Datum::Int(bytes), "bytes"),
            "{id}"
        );
    }
    assert_eq!(
        value("sqs", "retention_max"),
        (Datum::Int(14 * 86_400), "seconds")
    );
    assert_eq!(
        value("kinesis-data-streams", "retention_max"),
        (Datum::Int(365 * 86_400), "seconds")
    );
    assert_eq!(value("lambda", "timeout_max"), (Datum::Int(900), "seconds"));
    assert_eq!(
        value("lambda", "memory_max"),
        (Datum::Int(10 * 1024 * mib), "bytes")
    );
    assert_eq!(
        value("api-gateway", "timeout_max"),
        (Datum::Int(29), "seconds")
    );
    assert_eq!(
        value("dynamodb", "item_size_max"),
        (Datum::Int(400 * 1024), "bytes")
    );
}

#[test]
fn a_broken_table_is_refused_with_its_place() {
    for (old, new, place, words) in BROKEN {
        let mut files = files();
        let file = files
            .iter_mut()
            .find(|(name, _)| name == "services/sqs.toml")
            .expect("sqs");
        assert!(
            file.1.contains(old),
            "`{old}` is no part of the table any more"
        );
        file.1 = file.1.replacen(old, new, 1);
        let problems = read(&files)
            .err()
            .unwrap_or_else(|| panic!("`{new}` was taken"));
        assert!(problems.contains("I0705"), "{problems}");
        assert!(problems.contains(place), "{problems}");
        for word in *words {
            assert!(problems.contains(word), "no `{word}` in: {problems}");
        }
    }
}

#[test]
fn a_folder_may_hold_a_few_private_facts_only() {
    let own = "id = \"our-mainframe\"\nname = \"Our mainframe\"\ncategory = \"compute\"\naliases = [\"Big iron\"]\n\n\
        [[integration]]\nto = \"sqs\"\nkind = \"DELIVERS_TO\"\nmechanism = \"nightly batch\"\nsource = \"general\"\nchecked = \"2026-11-24\"\n";
    let catalog = read(&[("services/our-mainframe.toml".to_owned(), own.to_owned())]);
    let catalog = catalog.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(catalog.find("big iron"), Meaning::One("our-mainframe"));
    assert_eq!(catalog.find("sqs"), Meaning::One("sqs"));
    assert!(read(&[("notes.md".to_owned(), String::new())]).is_err());
}

#[test]
fn the_graph_holds_the_tables() {
    let graph = Catalog::built_in().to_graph();
    let count = |label: &str| {
        graph
            .symbol(label)
            .map_or(0, |label| graph.label_count(label))
    };
    assert_eq!(count("Service"), tables().services.len());
    assert_eq!(count("Fact"), facts().len());
    assert_eq!(count("External"), tables().externals.len());
    assert_eq!(count("Constraint"), 58);
    assert_eq!(count("Comparison"), 35);
    assert_eq!(count("Criterion"), 19);
    assert_eq!(count("IntegrationList"), 31);
    let structural = |name: &str| matches!(name, "HAS_FACT" | "ABOUT" | "PART_OF");
    let own = integrations()
        .iter()
        .filter(|(_, row)| !structural(&row.kind))
        .count();
    let drawn = graph
        .kinds()
        .into_iter()
        .filter(|(kind, _)| !structural(graph.name(*kind)));
    assert_eq!(drawn.map(|(_, count)| count).sum::<usize>(), own);
    for (kind, _) in graph.kinds() {
        assert!(Kinds::built_in().get(graph.name(kind)).is_some());
    }
}

#[test]
fn an_edge_from_the_graph_says_why_it_is_there() {
    let graph = Catalog::built_in().to_graph();
    let sqs = node(&graph, "Service", "sqs");
    let triggers = [graph.symbol("TRIGGERS").expect("triggers")];
    let lambda = node(&graph, "Service", "lambda");
    let hop = graph
        .hops(sqs, Direction::Out, KindFilter::Only(&triggers))
        .find(|hop| hop.node == lambda)
        .expect("a queue triggers a function");
    assert_eq!(graph.get_edge(hop.edge, "mode"), Value::text("poll"));
    assert_eq!(
        graph.get_edge(hop.edge, "mechanism"),
        Value::text("event source mapping")
    );
    let address = graph.get_edge(hop.edge, "address");
    assert!(
        address
            .as_str()
            .is_some_and(|address| address.starts_with("https://docs.aws.amazon.com/lambda/"))
    );
    assert!(matches!(
        graph.get_edge(hop.edge, "checked"),
        Value::Temporal(_)
    ));
    assert_eq!(graph.get(sqs, "group"), Value::text("integration"));
    let fifo = node(&graph, "Feature", "sqs-fifo-queue");
    assert_eq!(graph.get(fifo, "service"), Value::text("sqs"));
}

fn node(graph: &Graph, label: &str, id: &str) -> NodeId {
    let label = graph.symbol(label).expect("a label");
    let same = |node: &NodeId| graph.get(*node, "id") == Value::text(id);
    graph
        .nodes_with_label(label)
        .find(same)
        .unwrap_or_else(|| panic!("no node `{id}`"))
}

/// What is packed at build time is what the tables say.
#[test]
fn the_packed_catalog_is_the_graph_of_its_tables() {
    let written = |graph: &archq::model::Graph| {
        let mut out = Vec::new();
        archq::session::save_graph(graph, &mut out).expect("a vector takes all");
        let text = String::from_utf8(out).expect("JSON is UTF-8");
        // Properties of a graph at rest come in the order of its keys.
        let lines = text
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        lines.collect::<Vec<serde_json::Value>>()
    };
    let (packed, built) = (Catalog::built_in_graph(), Catalog::built_in().to_graph());
    assert!(packed.counts().nodes > 1000);
    assert_eq!(written(&packed), written(&built));
}
