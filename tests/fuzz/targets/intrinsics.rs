//! Any JSON or flow of YAML is the value of a property, a condition and a mapping: functions are worked
//! out, whatever they are given.
#![no_main]

use archq::import::{Files, Options, Source, import};
use libfuzzer_sys::fuzz_target;
use std::io;

struct Nothing;

impl Files for Nothing {
    fn read(&self, _: &str, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

const BEFORE: &str = r#"
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: {Name: {Type: String, Default: orders}, Open: {Type: String}, Many: {Type: CommaDelimitedList, Default: "a,b"}}
Mappings: {M: {a: {b: c}}}
Conditions: {Yes: !Equals [!Ref Name, orders], No: !Not [!Condition Yes], Maybe: !Equals [!Ref Open, x]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !Ref Name}}
  Bucket: {Type: AWS::S3::Bucket, Condition: Maybe}
  Function: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}}}
"#;

fuzz_target!(|text: &str| {
    let value = text.replace(['\n', '\r'], " ");
    let template = format!(
        "{BEFORE}  Rule: {{Type: AWS::Events::Rule, Properties: {{EventPattern: {value}, Targets: [{{Id: a, Arn: {value}}}]}}}}\n"
    );
    let source = Source { name: "template.yaml".to_owned(), bytes: template.into_bytes() };
    let _ = import(&[source], &Nothing, &Options::default());
});
