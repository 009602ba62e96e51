//! Any bytes are a document beside a template: a state machine, an API, a policy, a nested template.
#![no_main]

use archq::import::{Files, Options, Source, import};
use libfuzzer_sys::fuzz_target;
use std::io;

struct Beside<'a>(&'a [u8]);

impl Files for Beside<'_> {
    fn read(&self, _: &str, _: &str) -> io::Result<Vec<u8>> {
        Ok(self.0.to_vec())
    }
}

const TEMPLATE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Resources:
  Function: {Type: AWS::Lambda::Function, Properties: {FunctionName: worker, Role: !GetAtt Role.Arn}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Machine: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: body.json, DefinitionSubstitutions: {Function: !GetAtt Function.Arn, Table: !Ref Table}}}
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: live, DefinitionUri: body.json}}
  Http: {Type: AWS::ApiGatewayV2::Api, Properties: {Body: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: body.json}}}}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: p, PolicyDocument: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: body.json}}}}]}}
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: body.json, Parameters: {A: !Ref Table}}}
"#;

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "template.yaml".to_owned(), bytes: TEMPLATE.into() };
    let _ = import(&[source], &Beside(bytes), &Options::default());
    let text = String::from_utf8_lossy(bytes);
    let quoted = text.replace('\'', "''").replace(['\n', '\r'], " ");
    let inside = format!("Resources: {{M: {{Type: AWS::StepFunctions::StateMachine, Properties: {{DefinitionString: '{quoted}'}}}}, P: {{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: '{quoted}'}}}}}}");
    let source = Source { name: "inside.yaml".to_owned(), bytes: inside.into_bytes() };
    let _ = import(&[source], &Beside(bytes), &Options::default());
});
