//! Judges tables as a whole: every name resolves, nothing is there twice, every number has its
//! unit and every statement its source.
//!
//! Takes tables and the names of the kinds; gives the problems, each with its file and field. The
//! build script and `--catalog DIR` refuse the same things, so this file uses nothing of the crate.

use super::schema::{
    Comparison, Constraint, Datum, Fact, Integration, IntegrationList, Key, System, Tables,
};
use super::spelling::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Why a table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The file, as it is called below `data/`.
    pub file: String,
    /// The row and the field, `S-SQS-009.source`.
    pub field: String,
    /// The text that is wrong, as it stands in the file.
    pub value: String,
    /// What is wrong with it.
    pub message: String,
    /// What could have stood there, for a suggestion.
    pub known: Known,
}

/// What a name should have been one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// Services, features and ends outside.
    Systems,
    /// Kinds of edges.
    Kinds,
    /// Sources.
    Sources,
    /// Keys of facts.
    Keys,
    /// Units.
    Units,
    /// Categories.
    Categories,
    /// Integration lists.
    Lists,
    /// Facts.
    Facts,
    /// Anything else.
    Nothing,
}

/// Lists all problems of a set of tables; walks them once.
pub(super) fn verify(tables: &Tables, kinds: &[&str]) -> Vec<Problem> {
    let mut judge = Judge::new(tables, kinds);
    judge.plain_tables();
    for service in &tables.services {
        judge.file = format!("services/{}.toml", service.id);
        judge.service(service);
    }
    judge.file = "externals.toml".to_owned();
    for external in &tables.externals {
        judge.system(external);
    }
    judge.file = "lists.toml".to_owned();
    tables.lists.iter().for_each(|list| judge.list(list));
    judge.file = "constraints.toml".to_owned();
    tables
        .constraints
        .iter()
        .for_each(|row| judge.constraint(row));
    judge.file = "comparisons.toml".to_owned();
    tables
        .comparisons
        .iter()
        .for_each(|row| judge.comparison(row));
    judge.file = "criteria.toml".to_owned();
    for row in &tables.criteria {
        judge.resolve(&format!("{}.key", row.number), &row.key, Known::Keys);
    }
    judge.names();
    judge.problems
}

/// Every system of a set of tables, owners before their features.
pub(super) fn systems(tables: &Tables) -> impl Iterator<Item = &System> {
    let owners = tables.services.iter().chain(&tables.externals);
    owners.flat_map(|owner| std::iter::once(owner).chain(&owner.features))
}

struct Judge<'a> {
    tables: &'a Tables,
    known: BTreeMap<Known, BTreeSet<&'a str>>,
    keys: BTreeMap<&'a str, &'a Key>,
    dimensions: BTreeMap<&'a str, &'a str>,
    file: String,
    problems: Vec<Problem>,
}

impl<'a> Judge<'a> {
    fn new(tables: &'a Tables, kinds: &[&'a str]) -> Self {
        let names = |known| {
            (
                known,
                known_names(known, tables, kinds).into_iter().collect(),
            )
        };
        let units = tables.units.iter();
        Self {
            tables,
            known: NAMED.iter().copied().map(names).collect(),
            keys: tables.keys.iter().map(|k| (k.name.as_str(), k)).collect(),
            dimensions: units
                .map(|u| (u.name.as_str(), u.dimension.as_str()))
                .collect(),
            file: String::new(),
            problems: Vec::new(),
        }
    }

    fn say(&mut self, field: &str, value: &str, message: impl Into<String>) {
        self.unknown(field, value, message.into(), Known::Nothing);
    }

    fn unknown(&mut self, field: &str, value: &str, message: String, known: Known) {
        self.problems.push(Problem {
            file: self.file.clone(),
            field: field.to_owned(),
            value: value.to_owned(),
            message,
            known,
        });
    }

    fn resolve(&mut self, field: &str, value: &str, known: Known) {
        let names = self.known.get(&known);
        if !names.is_some_and(|names| names.contains(value)) {
            let what = described(known);
            self.unknown(
                field,
                value,
                format!("no {what} is called `{value}`"),
                known,
            );
        }
    }

    fn date(&mut self, field: &str, value: &str) {
        if !is_date(value) {
            self.say(
                field,
                value,
                format!("`{value}` is no date like `2026-11-24`"),
            );
        }
    }

    /// Says of each name that is there twice.
    fn once(&mut self, file: &str, field: &str, names: impl Iterator<Item = &'a str>) {
        file.clone_into(&mut self.file);
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.say(field, name, format!("`{name}` is there twice"));
            }
        }
    }

    /// Ids, keys and labels are there once.
    fn plain_tables(&mut self) {
        let tables = self.tables;
        let all = || systems(tables);
        let facts = all().flat_map(|s| &s.facts);
        let rows = all().flat_map(|s| &s.integrations);
        self.once("services", "id", all().map(|s| &*s.id));
        self.once("services", "fact.id", facts.map(|f| &*f.id));
        self.once(
            "services",
            "integration.ids",
            rows.flat_map(|i| i.ids.iter().map(|id| &**id)),
        );
        self.once(
            "services",
            "label",
            all().filter_map(|s| s.label.as_deref()),
        );
        self.once(
            "services",
            "cloudformation",
            all().flat_map(|s| s.cloudformation.iter().map(|n| &**n)),
        );
        self.once(
            "sources.toml",
            "key",
            tables.sources.iter().map(|s| &*s.key),
        );
        self.once("keys.toml", "name", tables.keys.iter().map(|k| &*k.name));
        self.once("units.toml", "name", tables.units.iter().map(|u| &*u.name));
        self.once(
            "categories.toml",
            "id",
            tables.categories.iter().map(|c| &*c.id),
        );
        self.once("lists.toml", "id", tables.lists.iter().map(|l| &*l.id));
        self.once(
            "constraints.toml",
            "id",
            tables.constraints.iter().map(|c| &*c.id),
        );
        self.once(
            "comparisons.toml",
            "id",
            tables.comparisons.iter().map(|c| &*c.id),
        );
        self.once(
            "comparisons.toml",
            "name",
            tables.comparisons.iter().map(|c| &*c.name),
        );
    }

    fn service(&mut self, service: &'a System) {
        if service.category.is_none() {
            self.say("category", &service.id, "a service needs a category");
        }
        self.system(service);
        for feature in &service.features {
            if !feature.features.is_empty() {
                self.say(
                    "feature",
                    &feature.id,
                    "a feature has no features of its own",
                );
            }
            self.system(feature);
        }
    }

    fn system(&mut self, system: &'a System) {
        let field = |name: &str| format!("{}.{name}", system.id);
        if !is_id(&system.id) {
            self.say(
                "id",
                &system.id,
                "an id is lower-case words joined by hyphens",
            );
        }
        if let Some(category) = &system.category {
            self.resolve(&field("category"), category, Known::Categories);
        }
        if let Some(part_of) = &system.part_of {
            self.resolve(&field("part_of"), part_of, Known::Systems);
        }
        if let Some(status) = &system.status {
            self.date(&field("status.since"), &status.since);
            self.resolve(&field("status.source"), &status.source, Known::Sources);
        }
        system.facts.iter().for_each(|fact| self.fact(fact));
        let mut seen = BTreeSet::new();
        for row in &system.integrations {
            if !seen.insert((&row.to, &row.kind, &row.mechanism)) {
                self.say(
                    &field("integration"),
                    &row.mechanism,
                    "this integration is there twice",
                );
            }
            self.integration(system, row);
        }
    }

    fn fact(&mut self, fact: &'a Fact) {
        let field = |name: &str| format!("{}.{name}", fact.id);
        self.resolve(&field("key"), &fact.key, Known::Keys);
        self.sources(&fact.id, &fact.source, &fact.also);
        self.date(&field("checked"), &fact.checked);
        if !fact.statement.ends_with('.') {
            self.say(
                &field("statement"),
                &fact.statement,
                "a statement ends with a full stop",
            );
        }
        if fact.was.is_some() != fact.was_status.is_some() {
            self.say(
                &field("was"),
                &fact.id,
                "`was` and `was_status` belong together",
            );
        }
        match (&fact.unit, is_number(&fact.value)) {
            (None, true) => self.say(&field("unit"), &fact.id, "a number needs a unit"),
            (Some(unit), false) => self.say(&field("unit"), unit, "only a number has a unit"),
            (Some(unit), true) => self.dimension(fact, unit),
            (None, false) => {}
        }
    }

    /// Numbers under one key are of one dimension, so that they can be compared.
    fn dimension(&mut self, fact: &'a Fact, unit: &'a str) {
        let field = format!("{}.unit", fact.id);
        self.resolve(&field, unit, Known::Units);
        let wanted = self
            .keys
            .get(fact.key.as_str())
            .map(|key| key.dimension.as_deref());
        let own = self.dimensions.get(unit).copied();
        if let Some(wanted) = wanted
            && wanted != own
        {
            let wanted = wanted.unwrap_or("no");
            let message = format!("`{}` holds numbers of {wanted} dimension", fact.key);
            self.say(&field, unit, message);
        }
    }

    fn integration(&mut self, owner: &'a System, row: &'a Integration) {
        let place = format!("{} -> {}", owner.id, row.to);
        self.resolve(&format!("{place}.to"), &row.to, Known::Systems);
        self.resolve(&format!("{place}.kind"), &row.kind, Known::Kinds);
        if let Some(via) = &row.via {
            self.resolve(&format!("{place}.via"), via, Known::Systems);
        }
        for list in &row.lists {
            self.resolve(&format!("{place}.lists"), list, Known::Lists);
        }
        self.sources(&place, &row.source, &row.also);
        self.date(&format!("{place}.checked"), &row.checked);
    }

    fn sources(&mut self, place: &str, source: &'a str, also: &'a [String]) {
        self.resolve(&format!("{place}.source"), source, Known::Sources);
        for further in also {
            self.resolve(&format!("{place}.also"), further, Known::Sources);
        }
    }

    fn list(&mut self, list: &'a IntegrationList) {
        self.resolve(&format!("{}.of", list.id), &list.of, Known::Systems);
        for variant in &list.variants {
            let place = format!("{}.{}", list.id, variant.id);
            self.sources(&place, &variant.source, &variant.also);
            self.date(&format!("{place}.checked"), &variant.checked);
        }
    }

    fn constraint(&mut self, row: &'a Constraint) {
        for about in &row.about {
            self.resolve(&format!("{}.about", row.id), about, Known::Systems);
        }
        for fact in &row.facts {
            self.resolve(&format!("{}.facts", row.id), fact, Known::Facts);
        }
        self.sources(&row.id, &row.source, &[]);
        self.date(&format!("{}.checked", row.id), &row.checked);
        if row.outdated && row.today.is_none() {
            self.say(
                &format!("{}.today", row.id),
                &row.id,
                "an outdated constraint says what holds today",
            );
        }
    }

    fn comparison(&mut self, row: &'a Comparison) {
        self.sources(&row.id, &row.source, &[]);
        self.date(&format!("{}.checked", row.id), &row.checked);
        for line in &row.rows {
            for option in line
                .values
                .keys()
                .filter(|option| !row.options.contains(option))
            {
                let field = format!("{}.{}", row.id, line.attribute);
                self.say(
                    &field,
                    option,
                    format!("`{option}` is not among the options"),
                );
            }
        }
    }

    /// One name means one system, unless the table of ambiguous names says otherwise.
    fn names(&mut self) {
        let tables = self.tables;
        self.file = "ambiguous.toml".to_owned();
        for row in &tables.ambiguous {
            for means in &row.means {
                self.resolve(&format!("{}.means", row.name), means, Known::Systems);
            }
        }
        let allowed: BTreeSet<String> =
            tables.ambiguous.iter().map(|row| fold(&row.name)).collect();
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        self.file = "services".to_owned();
        for system in systems(tables) {
            for name in names_of(system) {
                let folded = fold(name);
                let owner = *owners.entry(folded.clone()).or_insert(&system.id);
                if owner != system.id && !allowed.contains(&folded) {
                    let message = format!("`{name}` is a name of `{owner}` and of `{}`", system.id);
                    self.say(&format!("{}.aliases", system.id), name, message);
                }
            }
        }
    }
}

/// All names of a system, its id first.
pub(super) fn names_of(system: &System) -> impl Iterator<Item = &str> {
    let more = system
        .aliases
        .iter()
        .chain(&system.korean)
        .chain(&system.misspelt);
    [&system.id, &system.name]
        .into_iter()
        .chain(more)
        .map(String::as_str)
}

/// What names are resolved against.
const NAMED: &[Known] = &[
    Known::Systems,
    Known::Kinds,
    Known::Sources,
    Known::Keys,
    Known::Units,
    Known::Categories,
    Known::Lists,
    Known::Facts,
];

/// Lists what a name can be; walks the table that it is in.
pub(super) fn known_names<'a>(known: Known, tables: &'a Tables, kinds: &[&'a str]) -> Vec<&'a str> {
    match known {
        Known::Systems => systems(tables).map(|s| &*s.id).collect(),
        Known::Kinds => kinds.to_vec(),
        Known::Sources => tables.sources.iter().map(|s| &*s.key).collect(),
        Known::Keys => tables.keys.iter().map(|k| &*k.name).collect(),
        Known::Units => tables.units.iter().map(|u| &*u.name).collect(),
        Known::Categories => tables.categories.iter().map(|c| &*c.id).collect(),
        Known::Lists => tables.lists.iter().map(|l| &*l.id).collect(),
        Known::Facts => systems(tables)
            .flat_map(|s| &s.facts)
            .map(|f| &*f.id)
            .collect(),
        Known::Nothing => Vec::new(),
    }
}

fn described(known: Known) -> &'static str {
    match known {
        Known::Systems => "service, feature or external",
        Known::Kinds => "kind of edge",
        Known::Sources => "source",
        Known::Keys => "key",
        Known::Units => "unit",
        Known::Categories => "category",
        Known::Lists => "integration list",
        Known::Facts => "fact",
        Known::Nothing => "thing",
    }
}

fn is_number(value: &Datum) -> bool {
    match value {
        Datum::Int(_) | Datum::Float(_) => true,
        Datum::List(items) => !items.is_empty() && items.iter().all(is_number),
        Datum::Bool(_) | Datum::Text(_) => false,
    }
}

fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(plain) && !id.starts_with('-') && !id.ends_with('-')
}

/// Tells whether a text is a calendar date, `2026-11-24`.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, length: usize| {
        let digits = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}
