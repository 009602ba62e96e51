//! What an input is, told by its content.

use super::cloudformation;
use super::tree::Node;

/// The kinds of inputs that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A CloudFormation or SAM template, also one that a CDK app made.
    CloudFormation,
    /// The manifest of a CDK app's output.
    CdkManifest,
    /// An OpenAPI document.
    OpenApi,
    /// A state machine's definition.
    StateMachine,
    /// `terraform show -json` of a plan.
    TerraformPlan,
    /// `terraform show -json` of a state, or a raw state file.
    TerraformState,
    /// A Terraform or OpenTofu configuration.
    Terraform,
    /// A graph, one node or edge a line.
    Graph,
    /// Something else.
    Other,
}

/// Tells what a document is.
pub(crate) fn format_of(node: &Node) -> Format {
    let has = |key: &str| node.get(key).is_some();
    if cloudformation::is_template(node) {
        return Format::CloudFormation;
    }
    match () {
        () if has("artifacts") && has("version") => Format::CdkManifest,
        () if has("openapi") || has("swagger") => Format::OpenApi,
        () if has("States") && has("StartAt") => Format::StateMachine,
        () if has("planned_values") || has("resource_changes") => Format::TerraformPlan,
        () if has("terraform_version") => Format::TerraformState,
        () => Format::Other,
    }
}
