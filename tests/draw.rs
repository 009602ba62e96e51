//! Pictures: what is drawn of a piece of graph, in every format; hostile names; Graphviz.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may fail and say so"
)]

#[path = "draw/sketch.rs"]
mod sketch;

use archq::model::Value;
use archq::render::{FORMATS, Format, Group, Options, StyleTable};
use sketch::Sketch;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draw");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/draw")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn sketch_of(case: &Path) -> Sketch {
    Sketch::read(&fs::read_to_string(case.join("sketch.txt")).expect("sketch.txt"))
}

#[test]
fn pictures_are_as_they_were() {
    let mut wrong = Vec::new();
    for case in cases() {
        let sketch = sketch_of(&case);
        // A page is mostly its own script; what is in it is looked at further down.
        let drawn = |format: &&Format| format.picture && !format.binary && format.name != "html";
        for format in FORMATS.iter().filter(drawn) {
            let path = case.join(format!("picture.{}", format.name));
            let drawn = sketch.draw(format.name);
            if std::env::var_os("ARCHQ_BLESS").is_some() {
                fs::write(&path, &drawn).expect("a picture can be written");
            } else if fs::read_to_string(&path).ok().as_deref() != Some(&drawn) {
                wrong.push(format!("{} differs from:\n{drawn}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn equal_input_gives_equal_bytes() {
    for case in cases() {
        for format in FORMATS
            .iter()
            .filter(|format| format.picture && !format.binary)
        {
            assert_eq!(
                sketch_of(&case).draw(format.name),
                sketch_of(&case).draw(format.name)
            );
        }
    }
}

/// Names that try to be more than a name.
const HOSTILE: &[&str] = &[
    "\"]; evil [label=\"x",
    "back\\slash\\N\\l\\\"",
    "<script>alert(1)</script>",
    "<B>bold</B><IMG SRC=\"/etc/passwd\"/>",
    "&lt;entity&gt; &#60; &quot;",
    "line\nbreak\r\ttab",
    "\u{1b}[31mred\u{1b}[0m\u{7}",
    "\u{202e}txet\u{2066}bidi\u{2069}",
    "nul\u{0}and\u{85}and\u{fffe}",
    "한국어 이름 — 람다",
    "`${process.exit()}` %%{init: {}}%% --> B; end",
    "]]> <!-- --> <?xml?> <![CDATA[",
    "'-javascript:alert(1)-'",
    " ",
    "{a|b}<port>",
    "a very long name that goes on and on until nobody wants to read it in a picture any more, really",
];

fn hostile() -> Sketch {
    let mut sketch = Sketch::default();
    for (at, name) in HOSTILE.iter().enumerate() {
        let text = |key: &str| (key.to_owned(), Value::text(*name));
        sketch.node(
            name,
            &["Resource", name],
            &[text("category"), text("file"), text("type")],
        );
        sketch.node(&format!("box {name}"), &["Stack"], &[]);
        sketch.edge(&format!("box {name}"), "CONTAINS", name, &[]);
        let before = HOSTILE.get(at.wrapping_sub(1)).unwrap_or(name);
        sketch.edge(before, name, name, &[text("mechanism")]);
    }
    sketch
}

#[test]
fn hostile_names_steer_no_terminal() {
    for format in FORMATS
        .iter()
        .filter(|format| format.picture && !format.binary)
    {
        let drawn = hostile().draw(format.name);
        let steering = drawn.chars().find(|c| {
            (c.is_control() && *c != '\n')
                || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(steering, None, "in {}", format.name);
    }
}

/// Runs Graphviz, if it is there.
fn graphviz(dot: &str, arguments: &[&str]) -> Option<String> {
    let child = Command::new("dot")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("left out: Graphviz is not installed");
        return None;
    };
    let mut input = child.stdin.take().expect("a pipe");
    let text = dot.to_owned();
    let feeder = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("dot ends");
    feeder.join().expect("the feeder ends").expect("dot reads");
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && complaints.is_empty(),
        "{complaints}\n{dot}"
    );
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn graphviz_draws_every_case_without_complaint() {
    for case in cases() {
        if graphviz(&sketch_of(&case).draw("dot"), &["-Tsvg"]).is_none() {
            return;
        }
    }
}

#[test]
fn graphviz_reads_hostile_names_as_names() {
    let sketch = hostile();
    let Some(plain) = graphviz(&sketch.draw("dot"), &["-Tplain"]) else {
        return;
    };
    let count = |word: &str| plain.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!(count("node "), HOSTILE.len());
    assert_eq!(count("edge "), HOSTILE.len());
    let svg = graphviz(&sketch.draw("dot"), &["-Tsvg"]).expect("it was there");
    assert!(!svg.contains("<script") && !svg.contains("<image"));
    assert!(svg.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn glue_is_hidden_and_counted() {
    let sketch = sketch_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draw/orders"));
    let dot = sketch.draw("dot");
    assert!(dot.contains("3 resources of glue looked through"), "{dot}");
    assert!(!dot.contains("ShipMap"));
    let mut options = sketch.options();
    options.picture.glue = true;
    let dot = sketch.draw_with("dot", &options);
    assert!(dot.contains("ShipMap") && !dot.contains("looked through"));
}

#[test]
fn what_is_named_is_hidden_or_shown() {
    let sketch = sketch_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draw/orders"));
    let mut options = sketch.options();
    options.picture.hide = vec!["sqs".to_owned(), "authorizes".to_owned()];
    options.picture.show = vec!["IAM".to_owned()];
    let tree = sketch.draw_with("tree", &options);
    assert!(
        !tree.contains("Queue") && !tree.contains("authorizes"),
        "{tree}"
    );
    assert!(tree.contains("assumes → OrderRole (IAM)"), "{tree}");
}

#[test]
fn alike_nodes_are_gathered_from_a_threshold_on() {
    let mut text = String::from("node Topic SNS\n");
    for at in 0..9 {
        text.push_str(&format!(
            "node Queue{at} SQS\nedge Topic DELIVERS_TO Queue{at}\n"
        ));
    }
    let sketch = Sketch::read(&text);
    let mut options = sketch.options();
    options.picture.gather = Some(5);
    let tree = sketch.draw_with("tree", &options);
    assert_eq!(
        tree,
        "Topic (SNS)\n└─ delivers to ×9 → Queue0 and 8 more (9 × SQS)\n"
    );
    options.picture.gather = Some(10);
    assert_eq!(sketch.draw_with("tree", &options).lines().count(), 10);
}

#[test]
fn boxes_below_a_depth_become_one_node() {
    let sketch = sketch_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draw/boxes"));
    let mut options = sketch.options();
    options.picture.depth = Some(1);
    let dot = sketch.draw_with("dot", &options);
    assert!(
        dot.contains("<B>web</B>") && dot.contains("4 resources"),
        "{dot}"
    );
    assert!(!dot.contains("Front"));
}

#[test]
fn what_the_answer_did_not_touch_is_pale() {
    let sketch = sketch_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draw/orders"));
    let mut answer = sketch.answer();
    answer.piece.edges.pop_last();
    answer.piece.nodes.retain(|node| {
        use archq::model::GraphView as _;
        sketch.graph.get(*node, "name").as_str() == Some("Api")
    });
    answer.piece.edges.clear();
    let mut options = sketch.options();
    options.picture.context = true;
    let dot = sketch::written(&answer, &sketch.graph, "dot", &options);
    let full = dot
        .lines()
        .filter(|line| line.contains("label=<<FONT COLOR=\"#1d212a\""))
        .count();
    assert_eq!(full, 1, "{dot}");
}

#[test]
fn groups_are_read_by_name() {
    for name in Group::NAMES {
        let name = if name == "tag:" { "tag:team" } else { name };
        assert!(Group::named(name).is_some(), "{name}");
    }
    assert_eq!(Group::named("tag:"), None);
    assert_eq!(Group::named("colour"), None);
}

#[test]
fn an_empty_piece_is_an_empty_picture() {
    let sketch = Sketch::default();
    for format in FORMATS
        .iter()
        .filter(|format| format.picture && !format.binary)
    {
        let _ = sketch.draw_with(format.name, &Options::default());
    }
}

#[test]
fn tags_make_boxes() {
    use archq::model::ValueMap;
    let mut sketch = Sketch::default();
    let tag: ValueMap = [
        ("Key".into(), Value::text("team")),
        ("Value".into(), Value::text("blue")),
    ]
    .into_iter()
    .collect();
    let config: ValueMap = [("Tags".into(), Value::list(vec![Value::map(tag)]))]
        .into_iter()
        .collect();
    sketch.node(
        "Fn",
        &["Resource", "Lambda"],
        &[("config".to_owned(), Value::map(config))],
    );
    sketch.group = Group::Tag("team".to_owned());
    assert!(sketch.draw("dot").contains("<B>blue</B>"));
}

/// Relative luminance as the web's accessibility rules reckon it.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
        let value = f64::from(value) / 255.0;
        if value <= 0.03928 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if a > b { a / b } else { b / a }
}

#[test]
fn the_table_of_looks_can_be_read_by_everybody() {
    let table = StyleTable::built_in();
    assert!(table.categories.len() > 20);
    for row in &table.categories {
        assert!(contrast(&row.fill, "#1d212a") >= 7.0, "{}: fill", row.id);
        assert!(contrast(&row.dark, "#f2f4f8") >= 7.0, "{}: dark", row.id);
        assert!(
            contrast(&row.fill, &row.stroke) >= 3.0,
            "{}: stroke",
            row.id
        );
        assert!(contrast(&row.dark, &row.light) >= 3.0, "{}: light", row.id);
        let plain = |c: char| c.is_ascii_alphanumeric() || " .-".contains(c);
        assert!(row.glyph.chars().all(plain), "{}: glyph", row.id);
    }
    let mut ids: Vec<&str> = table.categories.iter().map(|row| row.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), table.categories.len(), "an id is there twice");
}

#[test]
fn drawings_are_well_formed_xml_whatever_names_say() {
    let sketches = cases()
        .iter()
        .map(|case| sketch_of(case))
        .chain([hostile()])
        .collect::<Vec<_>>();
    for sketch in sketches {
        for format in ["svg", "drawio", "graphml"] {
            let drawn = sketch.draw(format);
            let read = roxmltree::Document::parse(&drawn).expect(format);
            for node in read.descendants().filter(roxmltree::Node::is_element) {
                let name = node.tag_name().name().to_lowercase();
                assert!(!FOREIGN.contains(&name.as_str()), "{format}: <{name}>");
                let acts = |name: &str| name.starts_with("on") || name == "href";
                assert!(!node.attributes().any(|own| acts(own.name())), "{format}");
            }
        }
    }
}

/// Elements that would come from a name, and never from us.
const FOREIGN: &[&str] = &[
    "script",
    "img",
    "image",
    "a",
    "b",
    "foreignobject",
    "iframe",
    "port",
];

#[test]
fn a_name_is_read_back_as_it_was() {
    let drawn = hostile().draw("svg");
    let read = roxmltree::Document::parse(&drawn).expect("XML");
    let texts: Vec<&str> = read.descendants().filter_map(|node| node.text()).collect();
    for name in [
        "<script>alert(1)</script>",
        "&lt;entity&gt; &#60; &quot;",
        "한국어 이름 — 람다",
    ] {
        assert!(texts.contains(&name), "{name}");
    }
}

#[cfg(feature = "png")]
#[test]
fn hostile_names_are_pixels_like_others() {
    let sketch = hostile();
    let format = Format::named("png").expect("a format");
    let mut options = sketch.options();
    options.picture.scale = Some(20);
    let mut out = Vec::new();
    archq::render::render(&sketch.answer(), &sketch.graph, format, &options, &mut out)
        .expect("a vector takes everything");
    assert!(out.starts_with(b"\x89PNG"));
}

#[test]
fn every_category_of_services_has_a_look() {
    use archq::catalog::Catalog;
    use archq::model::GraphView as _;
    let graph = Catalog::built_in().to_graph();
    let rows = &StyleTable::built_in().categories;
    let fits = |category: &str| {
        let begins = |id: &str| category == id || category.starts_with(&format!("{id}."));
        rows.iter()
            .any(|row| row.label.is_none() && begins(&row.id))
    };
    let mut without = Vec::new();
    for label in ["Service", "Feature"].map(|label| graph.symbol(label).expect("a label")) {
        for node in graph.nodes_with_label(label) {
            let category = graph.get(node, "category");
            // What is internal to AWS is in no picture of anybody's.
            if !category
                .as_str()
                .is_some_and(|own| fits(own) || own == "internal")
            {
                without.push(graph.get(node, "id"));
            }
        }
    }
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn a_page_runs_nothing_from_data() {
    let page = hostile().draw("html");
    assert_eq!(
        page.matches("<script").count(),
        2,
        "one block of data, one script of our own"
    );
    assert!(page.contains("default-src 'none'"));
    assert!(!page.contains("<IMG") && !page.contains("unsafe-"));
    let data = page
        .split("id=\"data\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next())
        .expect("a block of data");
    assert!(!data.contains('<'));
    let read: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(
        read[0]["nodes"].as_array().map(Vec::len),
        Some(HOSTILE.len())
    );
    for word in ["http://", "https://", "url(", "@import", "src="] {
        let own = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!own.contains(word), "the page asks for something: `{word}`");
    }
}

#[test]
fn mermaid_reads_names_as_names() {
    let chart = hostile().draw("mermaid");
    let body = chart.split("flowchart LR").nth(1).expect("a flowchart");
    for line in body.lines().filter(|line| line.contains('"')) {
        let inner: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let odd = |c: char| "<>{}[]()`%|&\"\\".contains(c);
        for text in inner {
            assert!(!text.replace("<br/>", "").contains(odd), "{line}");
        }
    }
}

#[test]
fn mermaid_stays_within_its_bounds_and_says_so() {
    let mut text = String::new();
    for stack in 0..40 {
        text.push_str(&format!("box s{stack} Stack\n"));
        for node in 0..30 {
            text.push_str(&format!(
                "node s{stack}n{node} Lambda in s{stack} category=compute\n"
            ));
            if node > 0 {
                text.push_str(&format!(
                    "edge s{stack}n{} CALLS s{stack}n{node}\n",
                    node - 1
                ));
            }
        }
        if stack > 0 {
            text.push_str(&format!("edge s{}n0 CALLS s{stack}n0\n", stack - 1));
        }
    }
    let chart = Sketch::read(&text).draw("mermaid");
    assert!(chart.chars().count() <= 50_000);
    assert!(chart.matches("-->").count() <= 500);
    assert!(chart.contains("boxes are one node each"), "{chart}");
    let flat: String = (0..900)
        .map(|at| format!("node x{at} L{at}\n"))
        .chain((1..900).map(|at| format!("edge x{} CALLS x{at}\n", at - 1)))
        .collect();
    let chart = Sketch::read(&flat).draw("mermaid");
    assert!(chart.chars().count() <= 50_000 && chart.contains("only a part is shown"));
}

/// Opens a page in a browser without a window, if there is one, and gives what it made of it.
fn browsed(page: &str, name: &str) -> Option<String> {
    let folder = std::env::temp_dir().join(format!("archq-page-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("page.html");
    fs::write(&file, page).expect("a page");
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .args([
            "--enable-logging=stderr",
            "--virtual-time-budget=2000",
            "--dump-dom",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("file://{}", file.display()))
        .output();
    let _ = fs::remove_dir_all(&folder);
    let Ok(output) = output else {
        eprintln!("left out: Chromium is not installed");
        return None;
    };
    let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!complaints.contains("CONSOLE"), "{complaints}");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_browser_runs_the_page_without_complaint() {
    let orders = sketch_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/draw/orders"));
    for (sketch, name) in [(orders, "orders"), (hostile(), "hostile")] {
        let Some(dom) = browsed(&sketch.draw("html"), name) else {
            return;
        };
        // Only the script makes buttons of nodes and boxes to tick for kinds.
        assert!(dom.contains("tabindex=\"0\" role=\"button\""), "{name}");
        assert!(dom.contains("type=\"checkbox\"> triggers") || name == "hostile");
        assert!(!dom.contains("<img") && !dom.contains("<b>bold"), "{name}");
    }
}
