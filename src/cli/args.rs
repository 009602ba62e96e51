//! Arguments, each declared once; help, completions and man pages come from here.

use super::inputs::Inputs;
use super::paint::When;
use super::picture::Picture;
use super::show;
use super::show::Looks;
use crate::diag::Diagnostic;
use crate::session::CatalogSource;
use crate::session::Limits;
use crate::session::Opening;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use std::path::PathBuf;
use std::time::Duration;

/// What was typed.
#[derive(Debug, Parser)]
#[command(
    name = "archq",
    version,
    about = "Ask your AWS architecture: what services can do together, what yours does, and a drawing of the answer",
    after_help = EXAMPLES,
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    /// Templates, folders with templates or Terraform, graphs (.jsonl, .archq), `-`, `example:NAME`
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

const EXAMPLES: &str = "\
Examples:
  archq                                            ask the catalog at a prompt
  archq template.yaml                              ask your architecture
  archq ask 'which services can trigger a Lambda?'
  archq ask 'paths from Api to OrdersTable' template.yaml
  archq ask -P min=30 'MATCH (f:Lambda) WHERE f.config.Timeout > $min RETURN f.id' infra/
  archq draw template.yaml -o architecture.dot
  archq edges template.yaml --format json | jq .kind

Exit status: 0 answered, 1 findings, 2 wrong question or usage, 3 an input could not be read,
4 no answer within the bounds, 130 interrupted.";

/// What to do; without a command, the prompt.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answers one question, or the statements of a file
    Ask(Ask),
    /// Lists the integration edges of templates
    Edges(Edges),
    /// Draws the architecture that templates describe
    Draw(Draw),
    /// Answers questions of a script: one JSON object a line, in and out
    Batch(Batch),
    /// Writes the loaded graph to a file
    Save(Save),
    /// Prints a completion script for a shell, or the manual page
    Completions(Completions),
}

/// `archq ask`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  archq ask 'triggers of Lambda'
  archq ask 'what breaks if OrdersTable fails' template.yaml --format markdown
  archq ask -f questions.cypher infra/ --format jsonl
  archq ask --exit-status 'MATCH (q:SQS) WHERE NOT (q)-[:DEAD_LETTERS_TO]->() RETURN q.id' t.yaml")]
pub(crate) struct Ask {
    /// The question: one line in plain words, or openCypher; with -f this is a PATH
    #[arg(value_name = "QUESTION", required_unless_present = "file")]
    pub(crate) question: Option<String>,
    /// What to load beside the catalog
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Reads statements from a file, or from standard input if it is `-`
    #[arg(short, long, value_name = "FILE")]
    pub(crate) file: Option<String>,
    /// Binds `$name`; a value that reads as JSON is that value, else it is text
    #[arg(short = 'P', long = "param", value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) parameters: Vec<(String, String)>,
    /// Exits with 1 where the answer has no rows
    #[arg(long)]
    pub(crate) exit_status: bool,
    #[command(flatten)]
    pub(crate) picture: Picture,
}

/// `archq edges`.
#[derive(Args, Debug)]
#[command(after_help = "\
Each PATH is an architecture of its own.

Examples:
  archq edges template.yaml
  archq edges --format json infra/ | jq -r '[.from.id, .kind, .to.id] | @tsv'")]
pub(crate) struct Edges {
    /// Templates, or folders with templates or a Terraform root module
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
}

/// `archq draw`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  archq draw template.yaml -o architecture.svg
  archq draw infra/ --group category --hide External -o overview.html
  archq draw infra/ --depth 1 --gather 3 --format mermaid       few nodes, for a pull request
  archq draw template.yaml --with-glue | dot -Tsvg > all.svg
  archq draw infra/ --group vpc --icons icons/ --theme dark -o wall.png
  archq draw infra/ --hide 'MATCH (f:Lambda) WHERE f.name STARTS WITH \"Log\" RETURN f' -o few.svg

The picture of an answer takes the same flags:
  archq ask 'paths from Api to OrdersTable as svg to \"way.svg\"' template.yaml --context

Glue that is not drawn is counted below the picture.")]
pub(crate) struct Draw {
    /// Templates, or folders with templates or a Terraform root module
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
    /// Writes to a file, in the format that its ending tells
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<String>,
    #[command(flatten)]
    pub(crate) picture: Picture,
}

/// `archq save`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  archq save --empty template.yaml -o graph.jsonl
  archq save infra/ -o infra.archq && archq infra.archq")]
pub(crate) struct Save {
    /// What to load beside the catalog
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// The file: one JSON object a line (.jsonl), a snapshot that opens at once (.archq), `-`
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: String,
}

/// `archq completions`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  archq completions bash > ~/.local/share/bash-completion/completions/archq
  archq completions zsh > ~/.zfunc/_archq
  archq completions man | man -l -")]
pub(crate) struct Completions {
    /// bash, zsh, fish, elvish, powershell, or man
    #[arg(value_name = "SHELL", value_enum, hide_possible_values = true)]
    pub(crate) shell: Shell,
}

/// For whom completions are printed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Elvish,
    Fish,
    Man,
    Powershell,
    Zsh,
}

/// `archq batch`.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  echo '{\"id\":1,\"query\":\"MATCH (s:Service) RETURN count(*)\"}' | archq batch")]
pub(crate) struct Batch {
    /// What to load before the first request
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,
}

/// What every command takes.
#[derive(Args, Debug)]
pub(crate) struct Shared {
    /// Leaves the catalog out
    #[arg(long, global = true)]
    pub(crate) empty: bool,
    /// Reads the catalog from a folder of tables instead of the built-in one
    #[arg(long, value_name = "DIR", global = true, conflicts_with = "empty")]
    pub(crate) catalog: Option<PathBuf>,
    /// How the answer is written; unset: a table on a terminal, tab-separated text elsewhere
    #[arg(long, value_name = "FORMAT", global = true)]
    pub(crate) format: Option<String>,
    /// When output is coloured
    #[arg(
        long,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        global = true,
        hide_possible_values = true
    )]
    pub(crate) color: When,
    /// Reads snapshots as a whole first, to find out whether they are as they were written
    #[arg(long, global = true)]
    pub(crate) verify: bool,
    #[command(flatten)]
    pub(crate) given: Given,
    #[command(flatten)]
    pub(crate) bounds: Bounds,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
}

/// Values for parameters; `:load` takes the same flags.
#[derive(Args, Debug, Default)]
pub(crate) struct Given {
    /// Gives a parameter or variable of a template a value
    #[arg(long = "parameter", visible_alias = "var", value_name = "NAME=VALUE", value_parser = pair, global = true)]
    pub(crate) template_parameters: Vec<(String, String)>,
    /// Gives many, from a parameter file of the AWS CLI, samconfig.toml or a .tfvars file
    #[arg(
        long = "parameters",
        visible_alias = "var-file",
        value_name = "FILE",
        global = true
    )]
    pub(crate) parameter_files: Vec<String>,
}

/// Bounds; each has a default that ordinary work never meets.
#[derive(Args, Debug)]
#[command(next_help_heading = "Bounds")]
pub(crate) struct Bounds {
    /// Longest time of a question (default 60)
    #[arg(long, value_name = "SECONDS", value_parser = seconds, global = true)]
    pub(crate) timeout: Option<Duration>,
    /// Most rows of an answer (default 5000000)
    #[arg(long, value_name = "ROWS", global = true)]
    pub(crate) limit: Option<usize>,
    /// Most paths walked for an answer (default 50000000)
    #[arg(long, value_name = "PATHS", global = true)]
    pub(crate) max_paths: Option<usize>,
    /// Most memory an answer may take (default 2048)
    #[arg(long, value_name = "MIB", global = true)]
    pub(crate) max_memory: Option<usize>,
    /// Deepest nesting of a question (default 1000)
    #[arg(long, value_name = "LEVELS", global = true)]
    pub(crate) max_depth: Option<usize>,
    /// Most threads that share a scan (default: as many as the machine runs at once)
    #[arg(long, value_name = "THREADS", global = true)]
    pub(crate) max_threads: Option<usize>,
}

impl Shared {
    /// Gives what a session over these paths starts from.
    pub(crate) fn opening(&self, paths: &[String]) -> Opening {
        Opening {
            catalog: match &self.catalog {
                _ if self.empty => CatalogSource::None,
                Some(folder) => CatalogSource::Folder(folder.clone()),
                None => CatalogSource::BuiltIn,
            },
            paths: paths.to_vec(),
            template_parameters: self.given.template_parameters.clone(),
            parameter_files: self.given.parameter_files.clone(),
            bounds: self.inputs.bounds(),
            verify: self.verify,
            ..Opening::default()
        }
    }
}

impl Shared {
    /// Gives how answers are shown.
    pub(crate) fn looks(&self) -> Result<Looks, Diagnostic> {
        let format = self.format.as_deref().map(show::format).transpose()?;
        Ok(Looks::new(format))
    }
}

impl Bounds {
    /// Sets the bounds of a question.
    pub(crate) fn apply(&self, limits: &mut Limits) {
        limits.time = self.timeout.or(limits.time);
        limits.rows = self.limit.unwrap_or(limits.rows);
        limits.paths = self.max_paths.unwrap_or(limits.paths);
        limits.depth = self.max_depth.unwrap_or(limits.depth);
        limits.threads = self.max_threads.or(limits.threads);
        if let Some(mib) = self.max_memory {
            limits.memory = mib.saturating_mul(1 << 20);
        }
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "expected a number of seconds")?;
    Duration::try_from_secs_f64(number).map_err(|_| "expected a number of seconds".to_owned())
}
