//! Bounds on what is read, as flags.

use crate::session::InputBounds;
use clap::Args;

/// Bounds on inputs; each has a default that ordinary work never meets.
#[derive(Args, Debug)]
#[command(next_help_heading = "Bounds of inputs")]
pub(crate) struct Inputs {
    /// Largest file read as a whole (default 256)
    #[arg(long, value_name = "MIB", global = true)]
    max_file_size: Option<u64>,
    /// Most files read from one folder (default 20000)
    #[arg(long, value_name = "FILES", global = true)]
    max_files: Option<usize>,
    /// Largest sum of the files read from one folder (default 512)
    #[arg(long, value_name = "MIB", global = true)]
    max_folder_size: Option<u64>,
    /// Deepest folder that is looked into (default 32)
    #[arg(long, value_name = "LEVELS", global = true)]
    max_folder_depth: Option<usize>,
    /// Deepest nesting of a document (default 200)
    #[arg(long, value_name = "LEVELS", global = true)]
    max_nesting: Option<usize>,
    /// Most values of one document (default 4000000)
    #[arg(long, value_name = "VALUES", global = true)]
    max_values: Option<usize>,
    /// Most values that aliases add to a YAML document (default 200000)
    #[arg(long, value_name = "VALUES", global = true)]
    max_alias_values: Option<usize>,
    /// Most steps of working out the templates of one load (default 50000000)
    #[arg(long, value_name = "STEPS", global = true)]
    max_steps: Option<usize>,
    /// Most parameters, outputs and conditions that lead from one to the next (default 32)
    #[arg(long, value_name = "STEPS", global = true)]
    max_reference_steps: Option<usize>,
    /// Most stacks nested below one template (default 500)
    #[arg(long, value_name = "STACKS", global = true)]
    max_nested_stacks: Option<usize>,
    /// Most documents that one template includes (default 100)
    #[arg(long, value_name = "FILES", global = true)]
    max_includes: Option<usize>,
    /// Most items that the loops of one template make (default 20000)
    #[arg(long, value_name = "ITEMS", global = true)]
    max_loop_items: Option<usize>,
    /// Most local modules that a Terraform configuration calls (default 1024)
    #[arg(long, value_name = "MODULES", global = true)]
    max_modules: Option<usize>,
    /// Most instances of a Terraform block that are worked out (default 1000)
    #[arg(long, value_name = "INSTANCES", global = true)]
    max_instances: Option<usize>,
    /// Most expressions of a Terraform configuration that are worked out (default 2000000)
    #[arg(long, value_name = "EXPRESSIONS", global = true)]
    max_expressions: Option<usize>,
    /// Most things that a Terraform value which stays open refers to (default 256)
    #[arg(long, value_name = "REFERENCES", global = true)]
    max_references: Option<usize>,
    /// Most edges that one resource declares (default 10000)
    #[arg(long, value_name = "EDGES", global = true)]
    max_resource_edges: Option<usize>,
    /// Most findings that are kept (default 10000)
    #[arg(long, value_name = "FINDINGS", global = true)]
    max_findings: Option<usize>,
}

impl Inputs {
    /// Gives the bounds, the usual ones where nothing was said.
    pub(crate) fn bounds(&self) -> InputBounds {
        let mut bounds = InputBounds::default();
        let mib = |mib: u64| mib.saturating_mul(1 << 20);
        bounds.file_size = self.max_file_size.map_or(bounds.file_size, mib);
        bounds.folder_size = self.max_folder_size.map_or(bounds.folder_size, mib);
        let own = &mut bounds.templates;
        for (bound, said) in [
            (&mut bounds.files, self.max_files),
            (&mut bounds.folder_depth, self.max_folder_depth),
            (&mut own.nesting, self.max_nesting),
            (&mut own.values, self.max_values),
            (&mut own.alias_values, self.max_alias_values),
            (&mut own.steps, self.max_steps),
            (&mut own.reference_steps, self.max_reference_steps),
            (&mut own.nested_stacks, self.max_nested_stacks),
            (&mut own.includes, self.max_includes),
            (&mut own.loop_items, self.max_loop_items),
            (&mut own.modules, self.max_modules),
            (&mut own.instances, self.max_instances),
            (&mut own.expressions, self.max_expressions),
            (&mut own.references, self.max_references),
            (&mut own.edges_per_resource, self.max_resource_edges),
            (&mut own.findings, self.max_findings),
        ] {
            *bound = said.unwrap_or(*bound);
        }
        bounds
    }
}
