//! Inputs that nobody would write, and inputs that belong together: each is answered, none breaks
//! the others.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::diag::{Diagnostic, Severity};
use archq::import::{Files, Given, Imported, Options, Source, Stop, edges, import};
use std::collections::BTreeMap;
use std::io;

/// Files that exist only in the test.
#[derive(Default)]
struct Memory(BTreeMap<String, String>);

impl Files for Memory {
    fn read(&self, _: &str, relative: &str) -> io::Result<Vec<u8>> {
        let text = self.0.get(relative.trim_start_matches("./"));
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such file");
        text.map(|text| text.clone().into_bytes())
            .ok_or_else(missing)
    }
}

fn read_with(sources: &[(&str, &[u8])], files: &Memory, options: &Options) -> Imported {
    let sources: Vec<Source> = sources
        .iter()
        .map(|(name, bytes)| Source {
            name: (*name).to_owned(),
            bytes: bytes.to_vec(),
        })
        .collect();
    import(&sources, files, options)
}

fn read(name: &str, text: &str) -> Imported {
    read_with(
        &[(name, text.as_bytes())],
        &Memory::default(),
        &Options::default(),
    )
}

fn pairs(imported: &Imported) -> Vec<String> {
    let mut pairs: Vec<String> = edges(&imported.graph)
        .map(|edge| format!("{} {} {}", edge.from.id, edge.kind, edge.to.id))
        .collect();
    pairs.sort();
    pairs.dedup();
    pairs
}

fn errors(imported: &Imported) -> Vec<&Diagnostic> {
    let is_error = |d: &&Diagnostic| d.severity == Severity::Error;
    imported.diagnostics.iter().filter(is_error).collect()
}

fn codes(imported: &Imported) -> Vec<&str> {
    imported.diagnostics.iter().map(|d| d.code.id).collect()
}

const QUEUE_AND_FUNCTION: &str = "\
Resources:
  Work:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Work: { Type: SQS, Properties: { Queue: !GetAtt Work.Arn } }
";

#[test]
fn a_broken_input_is_named_with_its_place_and_the_others_load() {
    let broken = "Resources:\n  A:\n    Type: [AWS::SQS::Queue\n  B: }\n";
    let imported = read_with(
        &[
            ("broken.yaml", broken.as_bytes()),
            ("good.yaml", QUEUE_AND_FUNCTION.as_bytes()),
        ],
        &Memory::default(),
        &Options::default(),
    );
    assert_eq!(pairs(&imported), ["Work triggers Worker"]);
    let errors = errors(&imported);
    assert_eq!(errors.len(), 1);
    let place = errors[0].place.as_ref().expect("a place");
    assert_eq!(&*place.file, "broken.yaml");
    assert!(place.line >= 3, "{place:?}");
}

#[test]
fn line_ends_marks_and_encodings_do_not_matter() {
    let crlf = QUEUE_AND_FUNCTION.replace('\n', "\r\n");
    let marked = format!("\u{FEFF}{QUEUE_AND_FUNCTION}");
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [crlf.into_bytes(), marked.into_bytes(), wide] {
        let imported = read_with(
            &[("t.yaml", &bytes)],
            &Memory::default(),
            &Options::default(),
        );
        assert_eq!(pairs(&imported), ["Work triggers Worker"]);
    }
}

#[test]
fn the_last_of_two_equal_keys_counts_and_is_a_finding() {
    let text = "\
Resources:
  Late: { Type: AWS::SQS::Queue }
  Q:
    Type: AWS::SQS::Queue
    Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Q.Arn }, RedrivePolicy: { deadLetterTargetArn: !GetAtt Late.Arn } }
";
    let imported = read("t.yaml", text);
    assert_eq!(pairs(&imported), ["Q dead_letters_to Late"]);
    assert_eq!(codes(&imported), ["F0802"]);
}

#[test]
fn what_is_too_large_is_refused_at_once() {
    let bomb: String = (1..30)
        .map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}, *a{0}, *a{0}, *a{0}]\n", i - 1))
        .collect();
    let bomb = format!("a0: &a0 [x]\n{bomb}Resources: {{}}\n");
    let deep_yaml = format!("Resources: {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let deep_json = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    for text in [bomb, deep_yaml, deep_json] {
        let imported = read("t.yaml", &text);
        assert_eq!(errors(&imported).len(), 1, "{:?}", imported.diagnostics);
    }
}

#[test]
fn what_is_no_template_is_said_to_be_none() {
    for bytes in [
        &b"\x7fELF\x00\x00\x01"[..],
        b"services:\n  web: { image: nginx }\n",
        b"",
        b"\xff\xfe\x00\xd8\x00\x00",
        b"just words",
    ] {
        let imported = read_with(&[("x", bytes)], &Memory::default(), &Options::default());
        assert_eq!(errors(&imported).len(), 1, "{bytes:?}");
    }
}

#[test]
fn what_another_tool_reads_is_called_by_its_name() {
    for (text, name) in [
        ("apiVersion: v1\nkind: Pod\n", "Kubernetes"),
        ("services:\n  web: { image: nginx }\n", "Compose"),
        (
            "{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\" }",
            "Azure",
        ),
    ] {
        let imported = read("x", text);
        let [error] = errors(&imported)[..] else {
            panic!("{:?}", imported.diagnostics);
        };
        assert!(error.message.contains(name), "{}", error.message);
        assert!(error.place.is_some());
    }
}

#[test]
fn reading_that_is_stopped_gives_nothing() {
    let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let mut options = Options::default();
    options.bounds.stop = Stop::new(flag);
    for text in [QUEUE_AND_FUNCTION, "{ \"Resources\": {} }"] {
        let sources = [("t", text.as_bytes())];
        let imported = read_with(&sources, &Memory::default(), &options);
        assert_eq!(codes(&imported), ["Q0402"]);
        assert_eq!(imported.graph.counts().nodes, 0);
    }
}

#[test]
fn an_unknown_type_is_a_node_with_its_references() {
    let text = "\
Resources:
  New: { Type: AWS::Future::Thing, Properties: { Queue: !Ref Work } }
  Work: { Type: AWS::SQS::Queue }
";
    let imported = read("t.yaml", text);
    assert_eq!(codes(&imported), ["F0801"]);
    assert_eq!(imported.counts.resources, 2);
    assert_eq!(imported.graph.counts().edges, 3);
}

#[test]
fn stacks_that_are_loaded_together_are_joined_by_their_exports() {
    let owner = "\
Resources:
  Work: { Type: AWS::SQS::Queue }
Outputs:
  Arn: { Value: !GetAtt Work.Arn, Export: { Name: work-arn } }
";
    let user = "\
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Work: { Type: SQS, Properties: { Queue: !ImportValue work-arn } }
";
    let imported = read_with(
        &[
            ("user.yaml", user.as_bytes()),
            ("owner.yaml", owner.as_bytes()),
        ],
        &Memory::default(),
        &Options::default(),
    );
    assert_eq!(pairs(&imported), ["Work triggers Worker"]);
}

#[test]
fn a_nested_stack_gets_its_parameters_and_gives_its_outputs() {
    let outer = "\
Resources:
  Work: { Type: AWS::SQS::Queue }
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: ./inner.yaml, Parameters: { From: !GetAtt Work.Arn } }
  Told:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !GetAtt Inner.Outputs.Topic, Protocol: sqs, Endpoint: !GetAtt Work.Arn }
";
    let inner = "\
Parameters:
  From: { Type: String }
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Work: { Type: SQS, Properties: { Queue: !Ref From } }
  News: { Type: AWS::SNS::Topic }
Outputs:
  Topic: { Value: !Ref News }
";
    let files = Memory([("inner.yaml".to_owned(), inner.to_owned())].into());
    let imported = read_with(
        &[("outer.yaml", outer.as_bytes())],
        &files,
        &Options::default(),
    );
    assert_eq!(
        pairs(&imported),
        ["News delivers_to Work", "Work triggers Worker"]
    );
}

#[test]
fn rings_of_stacks_conditions_and_files_end() {
    let text = "\
Conditions:
  A: !Not [!Condition B]
  B: !Not [!Condition A]
Resources:
  Again: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./t.yaml } }
  Work: { Type: AWS::SQS::Queue, Condition: A }
";
    let files = Memory([("t.yaml".to_owned(), text.to_owned())].into());
    let imported = read_with(&[("t.yaml", text.as_bytes())], &files, &Options::default());
    assert!(errors(&imported).is_empty());
    assert_eq!(imported.counts.resources, 2);
}

#[test]
fn a_parameter_decides_a_condition() {
    let text = "\
Parameters:
  Stage: { Type: String }
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Near: { Type: AWS::SQS::Queue }
  Far: { Type: AWS::SQS::Queue }
  News: { Type: AWS::SNS::Topic }
  Told:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !If [Prod, !GetAtt Far.Arn, !GetAtt Near.Arn] }
";
    let both = read("t.yaml", text);
    assert_eq!(
        pairs(&both),
        ["News delivers_to Far", "News delivers_to Near"]
    );
    let options = Options {
        parameters: vec![Given::new("Stage", "prod")],
        ..Options::default()
    };
    let sources = [("t.yaml", text.as_bytes())];
    let prod = read_with(&sources, &Memory::default(), &options);
    assert_eq!(pairs(&prod), ["News delivers_to Far"]);
}

#[test]
fn a_loop_is_unrolled() {
    let text = "\
Transform: AWS::LanguageExtensions
Resources:
  News: { Type: AWS::SNS::Topic }
  Fn::ForEach::Queues:
    - Name
    - [Red, Blue]
    - Queue${Name}: { Type: AWS::SQS::Queue }
      Told${Name}:
        Type: AWS::SNS::Subscription
        Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt [!Sub 'Queue${Name}', Arn] }
";
    let imported = read("t.yaml", text);
    assert_eq!(
        pairs(&imported),
        ["News delivers_to QueueBlue", "News delivers_to QueueRed"]
    );
}

#[test]
fn names_join_what_no_reference_does() {
    let text = "\
Parameters:
  Photos: { Type: String }
Resources:
  In: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref Photos } }
  Out: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub '${Photos}-small' } }
  Shrink:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - S3ReadPolicy: { BucketName: !Ref Photos }
        - Statement:
            - { Effect: Allow, Action: 's3:PutObject', Resource: !Sub 'arn:aws:s3:::${Photos}-small/*' }
";
    let imported = read("t.yaml", text);
    assert_eq!(pairs(&imported), ["Shrink reads In", "Shrink writes Out"]);
}

#[test]
fn the_account_in_an_arn_is_not_what_it_names() {
    let text = "\
Resources:
  Vault: { Type: AWS::SSM::Parameter }
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Statement:
            - { Effect: Allow, Action: 'sqs:SendMessage', Resource: !Sub 'arn:aws:sqs:eu-west-1:${Vault.Value}:far' }
";
    let imported = read("t.yaml", text);
    assert_eq!(
        pairs(&imported),
        ["Worker writes arn:aws:sqs:eu-west-1:${Vault.Value}:far"]
    );
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// Pieces that mean something to a reader.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "  ",
    "!Ref ",
    "!Sub '${",
    "!GetAtt a.b",
    "&x ",
    "*x",
    "Fn::If",
    "\"",
    "'",
    "\0",
    "\u{FEFF}",
    "Fn::ForEach::L",
    "<<: *x",
    "Type: AWS::SQS::Queue",
    "|",
    "${AWS::Region}",
    "\u{E000}9\u{E001}",
];

fn spoiled(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes.truncate(at),
            1 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            2 if at < bytes.len() => bytes[at] = dice.below(256) as u8,
            _ => {
                let end = (at + dice.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

#[test]
fn spoiled_templates_are_read_or_refused() {
    let seeds = [
        QUEUE_AND_FUNCTION,
        include_str!("import/fanout/template.yaml"),
        include_str!("import/nightly/template.yaml"),
        include_str!("import/userapi/template.yaml"),
    ];
    let mut dice = Dice(7);
    for round in 0..400 {
        let bytes = spoiled(seeds[round % seeds.len()], &mut dice);
        let imported = read_with(&[("t", &bytes)], &Memory::default(), &Options::default());
        // Whatever came out can be listed.
        assert!(edges(&imported.graph).count() <= imported.counts.edges);
    }
}

/// Repeats a line with a number and the one before it.
fn chain(links: usize, line: impl Fn(usize, usize) -> String) -> String {
    (1..=links).map(|at| line(at, at - 1)).collect()
}

#[test]
fn values_that_grow_without_end_are_cut() {
    let doubled = chain(40, |at, before| {
        format!("  a{at} = \"${{local.a{before}}}${{local.a{before}}}\"\n")
    });
    let listed = chain(40, |at, before| {
        format!("  a{at} = [local.a{before}, local.a{before}]\n")
    });
    let joined = chain(40, |at, before| {
        format!("  a{at} = concat(local.a{before}, local.a{before})\n")
    });
    let looped = "  a40 = [for i in range(9999) : [for j in range(9999) : local.a0]]\n".to_owned();
    let queue = "resource \"aws_sqs_queue\" \"q\" {\n  name = local.a40\n}\n";
    for (first, locals) in [
        ("\"0123456789\"", doubled),
        ("[1]", listed),
        ("[1]", joined),
        ("[1]", looped),
    ] {
        let text = format!("locals {{\n  a0 = {first}\n{locals}}}\n{queue}");
        let imported = read("main.tf", &text);
        assert_eq!(imported.counts.resources, 1);
        let codes = codes(&imported);
        assert!(
            !codes.is_empty() && codes.iter().all(|code| *code == "F0808"),
            "{codes:?}"
        );
    }
    let text = (0..60).fold("!Ref Part".to_owned(), |inner, _| {
        format!("!Sub [ '${{B}}${{B}}', {{ B: {inner} }} ]")
    });
    let template = format!(
        "Parameters: {{ Part: {{ Type: String, Default: '0123456789' }} }}\nResources:\n  \
         Q: {{ Type: AWS::SQS::Queue, Properties: {{ QueueName: {text} }} }}\n"
    );
    let imported = read("t.yaml", &template);
    assert_eq!(imported.counts.resources, 1);
}

#[test]
fn a_module_in_a_ring_and_one_that_is_broken_leave_the_others() {
    let sources: [(&str, &[u8]); 4] = [
        ("a/main.tf", b"module \"b\" { source = \"../b\" }\n"),
        (
            "b/main.tf",
            b"module \"a\" { source = \"../a\" }\nresource \"aws_sqs_queue\" \"q\" {}\n",
        ),
        ("c/main.tf", b"resource \"aws_sqs_queue\" \"q\" {\n"),
        ("c/more.tf", b"resource \"aws_sqs_queue\" \"more\" {}\n"),
    ];
    let imported = read_with(&sources, &Memory::default(), &Options::default());
    assert_eq!(errors(&imported).len(), 1);
    // Two queues, and the call that closes the ring.
    assert_eq!(imported.counts.resources, 3);
}

#[test]
fn an_include_beyond_the_bound_is_told_by_its_flag() {
    let include = "Fn::Transform: { Name: AWS::Include, Parameters: { Location: topic.yaml } }";
    let resource = |name| format!("  {name}:\n    {include}\n");
    let text = format!(
        "Resources:\n  Own: {{ Type: AWS::SQS::Queue }}\n{}{}",
        resource("A"),
        resource("B")
    );
    let files = Memory(BTreeMap::from([(
        "topic.yaml".to_owned(),
        "Type: AWS::SNS::Topic\n".to_owned(),
    )]));
    let mut options = Options::default();
    options.bounds.includes = 1;
    let imported = read_with(&[("t.yaml", text.as_bytes())], &files, &options);
    let cut = imported.diagnostics.iter().find(|d| d.code.id == "F0808");
    assert!(cut.is_some_and(|d| d.message.contains("--max-includes")));
}

#[test]
fn each_bound_of_a_configuration_is_told_by_its_flag() {
    let text = "\
resource \"aws_sqs_queue\" \"q\" {
  count = 3
}
resource \"aws_kms_key\" \"k\" {}
resource \"aws_sns_topic\" \"t\" {
  policy = md5(\"${aws_sqs_queue.q.arn}, ${aws_kms_key.k.arn}\")
  name = join(\"-\", [for part in [\"a\", \"b\", \"c\"] : part])
}
";
    let flags = |change: fn(&mut archq::import::Bounds)| {
        let mut options = Options::default();
        change(&mut options.bounds);
        let imported = read_with(
            &[("main.tf", text.as_bytes())],
            &Memory::default(),
            &options,
        );
        let messages = imported.diagnostics.iter().map(|d| d.message.as_str());
        messages.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(flags(|_| ()), "");
    assert!(flags(|bounds| bounds.instances = 2).contains("`--max-instances`"));
    assert!(flags(|bounds| bounds.loop_items = 2).contains("`--max-loop-items`"));
    assert!(flags(|bounds| bounds.expressions = 2).contains("`--max-expressions`"));
    assert!(flags(|bounds| bounds.reference_steps = 1).contains("`--max-reference-steps`"));
    assert!(flags(|bounds| bounds.references = 1).contains("`--max-references`"));
    assert!(flags(|bounds| bounds.values = 2).contains("`--max-values`"));
}

#[test]
fn a_construct_tree_that_is_missing_or_odd_leaves_the_app() {
    let manifest = r#"{ "version": "48.0.0", "artifacts": {
        "App": { "type": "aws:cloudformation:stack", "properties": { "templateFile": "t.json" } },
        "Tree": { "type": "cdk:tree", "properties": { "file": "tree.json" } } } }"#;
    let template = r#"{ "Resources": { "Q": { "Type": "AWS::SQS::Queue" } } }"#;
    let ring = r#"{ "version": "tree-0.1", "tree": { "id": "App", "path": "", "children": {
        "A": { "id": "A", "path": "A", "fileName": "tree.json" } } } }"#;
    for (tree, code) in [
        (None, Some("F0805")),
        (Some("{ \"tree\": "), Some("I0702")),
        (Some("[]"), Some("F0807")),
        (Some(ring), None),
    ] {
        let mut files = Memory::default();
        files.0.insert("t.json".into(), template.into());
        files
            .0
            .extend(tree.map(|tree| ("tree.json".into(), tree.into())));
        let sources = [("manifest.json", manifest.as_bytes())];
        let imported = read_with(&sources, &files, &Options::default());
        assert_eq!(
            codes(&imported),
            code.into_iter().collect::<Vec<_>>(),
            "{tree:?}"
        );
        assert!(errors(&imported).is_empty());
        assert_eq!(imported.counts.resources, 1);
    }
}
