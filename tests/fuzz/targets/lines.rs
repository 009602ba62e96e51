//! Any bytes are a graph as JSON Lines, or are refused; what loads can be asked. Goes through a file,
//! as everything that is loaded does.
#![no_main]

use archq::session::{CatalogSource, Opening, Session};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let name = format!("archq-fuzz-{}.jsonl", std::process::id());
    let path = std::env::temp_dir().join(name);
    if std::fs::write(&path, bytes).is_err() {
        return;
    }
    let opening = Opening {
        catalog: CatalogSource::None,
        paths: vec![path.to_string_lossy().into_owned()],
        ..Opening::default()
    };
    let mut session = Session::open(opening);
    let _ = session.ask("MATCH (a) OPTIONAL MATCH (a)-[r]->(b) RETURN a, r, b LIMIT 20");
});
