//! A small estate, the same each time: queues, functions, tables and buses of many stacks, as a graph
//! in JSON Lines and as a template.

use std::fmt::Write as _;

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % bound
    }
}

/// Labels of the nodes, in turn.
const LABELS: [&str; 4] = ["Function", "Queue", "Table", "EventBus"];

/// Writes a graph of so many nodes, each with four edges to others, most of them near by.
pub(crate) fn graph(nodes: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::new();
    for at in 0..nodes {
        let label = LABELS[at % LABELS.len()];
        let _ = writeln!(
            text,
            r#"{{"kind":"node","id":"n{at}","labels":["Resource","{label}"],"properties":{{"timeout":{},"stack":"s{}"}}}}"#,
            dice.below(900),
            at / 40,
        );
    }
    for at in 0..nodes {
        for kind in ["TRIGGERS", "WRITES_TO", "ROUTES_TO", "USES_ROLE"] {
            let far = if dice.below(8) == 0 {
                dice.below(nodes)
            } else {
                (at + 1 + dice.below(40)) % nodes
            };
            let _ = writeln!(
                text,
                r#"{{"kind":"relationship","start":"n{at}","end":"n{far}","type":"{kind}","properties":{{"via":"v{}"}}}}"#,
                dice.below(5),
            );
        }
    }
    text
}

/// Writes a CloudFormation template in which queues call functions that write to tables.
pub(crate) fn template(groups: usize) -> String {
    let mut text = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n".to_owned();
    for at in 0..groups {
        let _ = write!(
            text,
            "  Queue{at}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: {}
  Table{at}:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
  Work{at}:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Environment:
        Variables:
          TABLE: !Ref Table{at}
  Mapping{at}:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Queue{at}.Arn
      FunctionName: !Ref Work{at}
",
            30 + at % 300,
        );
    }
    text
}
