//! What an input is, told by its content.

use super::cloudformation;
use super::tree::Node;

/// The kinds of inputs that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
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
    /// Something else.
    Other,
}

impl Format {
    /// Tells whether a document of this kind belongs to an architecture by itself.
    pub(super) fn is_input(self) -> bool {
        matches!(
            self,
            Self::CloudFormation | Self::CdkManifest | Self::TerraformPlan | Self::TerraformState
        )
    }
}

/// Tells what a document is that we do not read, where people might think that we do.
pub(super) fn foreign(node: &Node) -> Option<&'static str> {
    let has = |key: &str| node.get(key).is_some();
    let text = |key: &str| node.get(key).and_then(Node::text);
    let schema = text("$schema");
    match () {
        () if schema.is_some_and(|schema| schema.contains("deploymentTemplate")) => {
            Some("an Azure Resource Manager template")
        }
        () if has("apiVersion") && has("kind") => Some("a Kubernetes manifest"),
        () if has("services")
            && (node.entries().len() < 2
                || has("version")
                || has("volumes")
                || has("networks")) =>
        {
            Some("a Compose file")
        }
        () if has("service") && has("provider") => Some("a Serverless Framework service"),
        () if has("runtime") && text("name").is_some() && has("resources") => {
            Some("a Pulumi program")
        }
        () => None,
    }
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
