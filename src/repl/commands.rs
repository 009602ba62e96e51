//! Commands of the prompt: what is about the session and not about the graph.
//!
//! One row a command; help, completion and "did you mean" come from it. `.` and `\` do for `:`.

use super::Next;
use super::Repl;
use super::help;
use super::schema;
use super::vocabulary::Vocabulary;
use crate::cli;
use crate::cli::counted;
use crate::cli::given;
use crate::cli::paint::Tone;
use crate::cli::progress::Progress;
use crate::cli::settings;
use crate::cli::show;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Value;
use crate::query::verbs;
use crate::render::FORMATS;
use std::io;
use std::io::Write;

/// What a command takes, for completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    Nothing,
    /// Something to load.
    Input,
    /// A file to write.
    File,
    Format,
    /// `on` or `off`.
    Switch,
    /// A bound, or a choice of pictures.
    Setting,
    /// A verb, a clause, a function, a kind, a command.
    Topic,
    /// A label or a kind.
    Label,
}

/// A row of the table.
pub(super) struct Command {
    pub(super) name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) usage: &'static str,
    pub(super) help: &'static str,
    argument: Argument,
    run: fn(&mut Repl, &str) -> io::Result<Next>,
}

/// All commands, by name.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "findings",
        aliases: &[],
        usage: ":findings",
        help: "lists what was not understood in the inputs",
        argument: Argument::Nothing,
        run: Repl::findings,
    },
    Command {
        name: "format",
        aliases: &["mode"],
        usage: ":format [FORMAT]",
        help: "sets how answers are written; alone, lists the formats",
        argument: Argument::Format,
        run: Repl::format,
    },
    Command {
        name: "help",
        aliases: &["h", "?"],
        usage: ":help [WORD]",
        help: "explains a verb, a clause, a function, a kind, a command; alone, all of it",
        argument: Argument::Topic,
        run: help::run,
    },
    Command {
        name: "history",
        aliases: &["s"],
        usage: ":history [TEXT]",
        help: "lists what was typed, or what of it holds a text",
        argument: Argument::Nothing,
        run: Repl::history,
    },
    Command {
        name: "load",
        aliases: &["open"],
        usage: ":load PATH [--parameter NAME=VALUE] [--parameters FILE]",
        help: "loads a template, a folder, a graph or `example:NAME` beside what is there",
        argument: Argument::Input,
        run: Repl::load,
    },
    Command {
        name: "output",
        aliases: &["o"],
        usage: ":output [FILE]",
        help: "writes answers to a file from now on; alone, to the screen again",
        argument: Argument::File,
        run: Repl::output,
    },
    Command {
        name: "param",
        aliases: &["parameter"],
        usage: ":param [NAME VALUE]",
        help: "sets `$NAME` to a value of the language; without value, forgets it; alone, lists all",
        argument: Argument::Nothing,
        run: Repl::param,
    },
    Command {
        name: "quit",
        aliases: &["exit", "q"],
        usage: ":quit",
        help: "leaves; Ctrl-D does, too",
        argument: Argument::Nothing,
        run: |_, _| Ok(Next::Leave),
    },
    Command {
        name: "reload",
        aliases: &[],
        usage: ":reload",
        help: "reads all inputs again and forgets what was written into the graph",
        argument: Argument::Nothing,
        run: Repl::reload,
    },
    Command {
        name: "schema",
        aliases: &["d"],
        usage: ":schema [LABEL|KIND]",
        help: "lists labels and kinds, or the properties of one",
        argument: Argument::Label,
        run: schema::run,
    },
    Command {
        name: "set",
        aliases: &[],
        usage: ":set [NAME VALUE]",
        help: "sets a bound of questions or how pictures are drawn; alone, lists them",
        argument: Argument::Setting,
        run: Repl::set,
    },
    Command {
        name: "timer",
        aliases: &["timing"],
        usage: ":timer [on|off]",
        help: "says how long an answer took",
        argument: Argument::Switch,
        run: Repl::timer,
    },
];

/// Lists the names of all commands.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|command| command.name)
}

/// Finds a command by its name, an alias, or the beginning of one name only.
pub(super) fn find(word: &str) -> Option<&'static Command> {
    let word = word.trim_start_matches([':', '.', '\\']);
    let named = |command: &&Command| command.name == word || command.aliases.contains(&word);
    COMMANDS.iter().find(named).or_else(|| {
        let mut begun = COMMANDS.iter().filter(|c| c.name.starts_with(word));
        let first = begun.next().filter(|_| !word.is_empty());
        first.filter(|_| begun.next().is_none())
    })
}

/// Tells what a command takes.
pub(super) fn argument(word: &str) -> Argument {
    find(word).map_or(Argument::Nothing, |command| command.argument)
}

impl Argument {
    /// Lists what can stand here, as far as it can be listed.
    pub(super) fn choices(self, words: &Vocabulary) -> Vec<String> {
        let own = |list: &mut dyn Iterator<Item = &str>| list.map(str::to_owned).collect();
        match self {
            Self::Nothing | Self::File => Vec::new(),
            Self::Input => crate::session::examples()
                .map(|name| format!("example:{name}"))
                .collect(),
            Self::Format => own(&mut FORMATS.iter().map(|format| format.name)),
            Self::Switch => own(&mut ["on", "off"].into_iter()),
            Self::Setting => settings::names(),
            Self::Topic => help::topics(words),
            Self::Label => [&words.labels[..], &words.kinds[..]].concat(),
        }
    }
}

impl Repl {
    /// Runs a line that starts with `:`, `.` or `\`.
    pub(super) fn command(&mut self, line: &str) -> io::Result<Next> {
        let line = line.trim().trim_end_matches(';');
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match find(word) {
            Some(command) => (command.run)(self, rest.trim()),
            None => {
                self.fail(&unknown(word), None);
                Ok(Next::On)
            }
        }
    }

    fn load(&mut self, path: &str) -> io::Result<Next> {
        if path.is_empty() {
            return self.misused("load");
        }
        let taken = given::take(path, &mut self.desk.borrow_mut());
        let path = match taken {
            Ok(path) => path,
            Err(error) => {
                self.fail(&error, None);
                return Ok(Next::On);
            }
        };
        let before = self.desk.borrow().findings().len();
        let loaded = {
            let _progress = Progress::start("loading", self.console.wants_progress());
            let load = || self.desk.borrow_mut().load(unquoted(path));
            self.interrupt.during(load)
        };
        match loaded {
            Ok(loaded) => {
                self.console.say(&cli::loaded(&loaded));
                self.tell_findings(before);
            }
            Err(problems) => problems.iter().for_each(|problem| self.fail(problem, None)),
        }
        Ok(Next::On)
    }

    fn tell_findings(&self, before: usize) {
        let count = self.desk.borrow().findings().len() - before;
        if count > 0 {
            let findings = counted(count, "finding");
            self.console
                .say(&format!("{findings}: `:findings` lists them"));
        }
    }

    fn reload(&mut self, _: &str) -> io::Result<Next> {
        let reload = || self.desk.borrow_mut().reload();
        if let Err(error) = self.interrupt.during(reload) {
            self.fail(&error, None);
            return Ok(Next::On);
        }
        let session = self.desk.borrow();
        for problem in session.problems() {
            self.console.show(problem, None);
        }
        self.console.say(&super::welcome::summary(&session));
        Ok(Next::On)
    }

    fn findings(&mut self, _: &str) -> io::Result<Next> {
        let answer = self.desk.borrow().list_findings();
        self.tell(&answer)
    }

    fn history(&mut self, text: &str) -> io::Result<Next> {
        let mut out = io::stdout().lock();
        let typed = self.typed.iter().enumerate();
        for (number, entry) in typed.filter(|(_, entry)| entry.contains(text)) {
            writeln!(
                out,
                "{:>5}  {}",
                number + 1,
                entry.replace('\n', "\n       ")
            )?;
        }
        Ok(Next::On)
    }

    fn format(&mut self, name: &str) -> io::Result<Next> {
        if name.is_empty() {
            let answer = show::formats(self.looks.format);
            return self.tell(&answer);
        }
        match show::format(name) {
            Ok(format) => self.looks.format = Some(format),
            Err(error) => self.fail(&error, None),
        }
        Ok(Next::On)
    }

    fn output(&mut self, file: &str) -> io::Result<Next> {
        let file = Some(unquoted(file)).filter(|file| !file.is_empty());
        if let Err(error) = self.looks.write_to(file) {
            self.fail(&error, None);
        }
        Ok(Next::On)
    }

    fn timer(&mut self, word: &str) -> io::Result<Next> {
        match word {
            "on" => self.looks.timer = true,
            "off" => self.looks.timer = false,
            "" => self.looks.timer = !self.looks.timer,
            _ => return self.misused("timer"),
        }
        let state = if self.looks.timer { "on" } else { "off" };
        self.console.say(&format!("timer is {state}"));
        Ok(Next::On)
    }

    fn param(&mut self, text: &str) -> io::Result<Next> {
        if text.is_empty() {
            let answer = self.desk.borrow().list_parameters();
            return self.tell(&answer);
        }
        let end = text.find([' ', '=', ':']).unwrap_or(text.len());
        let (name, value) = text.split_at(end);
        let value = value.trim_start_matches([' ', '=', '>', ':']).trim();
        let name = name.trim_start_matches('$');
        let read = self.evaluate(value);
        match read {
            Ok(Value::Null) => {
                self.desk.borrow_mut().parameters_mut().remove(name);
            }
            Ok(value) => {
                let mut session = self.desk.borrow_mut();
                session.parameters_mut().insert(name.into(), value);
            }
            Err(error) => self.fail(&error, Some(value)),
        }
        Ok(Next::On)
    }

    /// Works out a value of the language; nothing at all is null.
    fn evaluate(&self, text: &str) -> Result<Value, Diagnostic> {
        if text.is_empty() {
            return Ok(Value::Null);
        }
        self.desk.borrow_mut().evaluate(text)
    }

    fn set(&mut self, text: &str) -> io::Result<Next> {
        if text.is_empty() {
            let answer = settings::list(self.desk.borrow().limits(), &self.looks.picture);
            return self.tell(&answer);
        }
        let (name, value) = text.split_once([' ', '=']).unwrap_or((text, ""));
        let done = settings::set(
            &mut self.desk.borrow_mut(),
            &mut self.looks.picture,
            name,
            value.trim(),
        );
        if let Err(error) = done {
            self.fail(&error, None);
        }
        Ok(Next::On)
    }

    /// Shows a list as an answer, in the format that is set.
    pub(super) fn tell(&self, answer: &crate::model::Answer) -> io::Result<Next> {
        let session = self.desk.borrow();
        self.looks.tell(&session, answer, &self.console)?;
        Ok(Next::On)
    }

    fn misused(&mut self, name: &str) -> io::Result<Next> {
        if let Some(command) = find(name) {
            let error =
                Diagnostic::error(&Code::BAD_USAGE, format!("`:{name}` is not used this way"))
                    .expected(format!("`{}`", command.usage));
            self.fail(&error, None);
        }
        Ok(Next::On)
    }

    /// Paints a piece of an answer.
    pub(super) fn tone(&self, tone: Tone, text: &str) -> String {
        self.console.out.tone(tone, text)
    }
}

fn unknown(word: &str) -> Diagnostic {
    let name = word.trim_start_matches([':', '.', '\\']);
    let near = nearest(name, names()).map(|name| format!(":{name}"));
    let error = Diagnostic::error(
        &Code::UNKNOWN_COMMAND,
        format!("there is no command `{word}`"),
    )
    .nearest(near.as_deref());
    match near {
        Some(_) => error,
        None => error.help(instead_of(name)),
    }
}

/// Tells where a word that is no command of the prompt has its place: a verb is asked, and what else
/// the program does is asked of the program.
fn instead_of(name: &str) -> String {
    let is_verb = verbs::verbs().iter().any(|verb| verb.name == name);
    match (is_verb, cli::is_subcommand(name)) {
        (true, _) => format!("`{name}` is a question and stands without the `:`"),
        (false, true) => {
            format!("`archq {name} --help` tells how it is done outside of the prompt")
        }
        (false, false) => "`:help` lists the commands".to_owned(),
    }
}

fn unquoted(text: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = text.strip_prefix(quote).and_then(|t| t.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner;
        }
    }
    text
}
