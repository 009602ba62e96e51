//! What a template may say about the holes of a question.
//!
//! | facet | of | gives |
//! |---|---|---|
//! | `X` | a name | its id as a string |
//! | `X.node` | a name | `:Label {id: '…'}`, to stand in a node pattern |
//! | `X.text`, `X.column` | a name | what it is called: as a string, as a name of a column |
//! | `X.said`, `X.plain` | a name, words | for people, in backticks and without |
//! | `X.own`, `X.service`, `X.feature` | a name | for sections: what it is |
//! | `X.own` | names | for sections: that none of them is of the catalog |
//! | `X.guide` | names | for sections: the comparison that was written for them, as `T` |
//! | `X.facts` | names | for sections: that their facts are wanted and not that comparison |
//! | `T.options` | a guide | for sections: each of its options, as `O` |
//! | `O`, `O.column` | an option | itself as a string, what it is called as a name of a column |
//! | `V.kind` | a place | the kind's name; for sections: that it is one |
//! | `C`, `C.text` | categories | a list of strings; the word that was said for them |
//! | `W` | words | a list of strings, each a word by which facts speak |
//! | `W.spoken` | | the words as they were said, where facts have others |
//! | `T` | a noun | the end of types as a string |
//! | `N`, `N.less` | a number | itself, one less |
//! | `G` | a flag | for sections: that it was said |
//! | `E`, `E.matches`, `E.variables`, `E.columns`, `E.own` | a condition | see `condition` |
//! | `kinds.flow`, … | | kinds that have a property, as `A\|B\|C` |
//! | `rows` | | how many rows the answer may have: what `limit N` says, else what the verb does |
//! | `architecture` | | for sections: that something was loaded beside the catalog |

use super::bound::Binding;
use super::bound::Bound;
use super::bound::Named;
use super::condition::Condition;
use super::draft::Draft;
use super::draft::back_quote;
use super::draft::quote;
use super::guides;
use super::kinds;
use super::table::Table;
use super::words::root;
use super::words::stem;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::names::Names;
use crate::query::names::Resolution;

/// The holes that were filled, and the graph they speak of.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub(super) bindings: Vec<Binding>,
    /// How many rows the answer may have.
    pub(super) rows: Option<usize>,
    pub(super) table: &'static Table,
    pub(super) graph: &'a dyn GraphView,
    pub(super) names: &'a Names<'a>,
}

impl<'a> Scope<'a> {
    fn binding(&self, hole: &str) -> Option<&Binding> {
        self.bindings.iter().find(|binding| binding.hole == hole)
    }

    /// Gives the scopes in which a section is written: none where its subject is not there, one for
    /// each name of a list, else this one.
    pub(super) fn each(&self, path: &str) -> Vec<Scope<'a>> {
        if let Some(Binding {
            bound: Bound::Names(names),
            ..
        }) = self.binding(path)
        {
            return names.iter().map(|named| self.with(path, named)).collect();
        }
        match split(path) {
            (hole, "guide") => self.guide(hole).into_iter().collect(),
            (hole, "options") => self.options(hole),
            _ if self.holds(path) => vec![self.clone()],
            _ => Vec::new(),
        }
    }

    fn with(&self, hole: &str, named: &Named) -> Scope<'a> {
        self.bound(hole, named.span, Bound::Name(named.clone()))
    }

    fn bound(&self, hole: &str, span: Span, bound: Bound) -> Scope<'a> {
        let mut scope = self.clone();
        scope.bindings.retain(|binding| binding.hole != hole);
        scope.bindings.push(Binding {
            hole: hole.to_owned(),
            span,
            bound,
        });
        scope
    }

    /// Gives a scope in which `T` is the comparison of the names in a hole, if one was written.
    fn guide(&self, hole: &str) -> Option<Scope<'a>> {
        let binding = self.binding(hole)?;
        let Bound::Names(names) = &binding.bound else {
            return None;
        };
        let guide = Named {
            nodes: vec![guides::find(names, self.graph)?],
            text: String::new(),
            span: binding.span,
        };
        Some(self.with("T", &guide))
    }

    /// Gives a scope for each option of a comparison, in which `O` is the option.
    fn options(&self, hole: &str) -> Vec<Scope<'a>> {
        let Some(Binding {
            bound: Bound::Name(guide),
            span,
            ..
        }) = self.binding(hole)
        else {
            return Vec::new();
        };
        let node = guide.nodes.first();
        let options = node.map_or(Value::Null, |node| self.graph.get(*node, "options"));
        let texts = options.as_list().unwrap_or(&[]).iter();
        texts
            .filter_map(Value::as_str)
            .map(|text| self.bound("O", *span, Bound::Option(text.to_owned())))
            .collect()
    }

    /// What an option of a comparison is called: the name of a system, else the option itself.
    fn option_name(&self, option: &str) -> String {
        match self.names.resolve(option) {
            Resolution::One(node) if self.names.id(node) == option => self.names.shown(node),
            _ => option.to_owned(),
        }
    }

    fn holds(&self, path: &str) -> bool {
        if let Some((one, rest)) = path.split_once('|') {
            return self.holds(one) || self.holds(rest);
        }
        if let Some((one, rest)) = path.split_once('&') {
            return self.holds(one) && self.holds(rest);
        }
        if path == "architecture" {
            return has_nodes(self.graph, "Resource");
        }
        let (hole, facet) = split(path);
        let Some(binding) = self.binding(hole) else {
            return false;
        };
        match (&binding.bound, facet) {
            (_, "") => true,
            (Bound::Names(names), "own") => !names.iter().any(|named| self.is_catalog(named)),
            // Side by side by their facts: where no guide was written, or a subject was named.
            (Bound::Names(_), "facts") => {
                !self.holds(&format!("{hole}.own"))
                    && (self.binding("W").is_some() || self.guide(hole).is_none())
            }
            (Bound::Kind(_), facet) => facet == "kind",
            (Bound::Words(words), "spoken") => self.topic(words) != self.spoken(words),
            (Bound::Name(named), "own") => !self.is_catalog(named),
            (Bound::Name(named), "service") => self.label(named) == "Service",
            (Bound::Name(named), "feature") => self.label(named) == "Feature",
            (Bound::Name(named), "name") => !named.nodes.is_empty(),
            _ => false,
        }
    }

    fn is_catalog(&self, named: &Named) -> bool {
        ["Service", "Feature"].contains(&self.label(named))
    }

    fn label(&self, named: &Named) -> &'static str {
        named
            .nodes
            .first()
            .map_or("Service", |node| self.names.label(*node))
    }

    /// Writes a facet into the draft; a facet that is not there writes nothing.
    pub(super) fn write(&self, path: &str, draft: &mut Draft) -> Result<(), Diagnostic> {
        let (hole, facet) = split(path);
        match (hole, self.rows) {
            ("kinds", _) => draft.push(&kinds::joined(facet)),
            ("rows", Some(rows)) => draft.push(&rows.to_string()),
            _ => return self.write_hole(hole, facet, draft),
        }
        Ok(())
    }

    fn write_hole(&self, hole: &str, facet: &str, draft: &mut Draft) -> Result<(), Diagnostic> {
        let Some(binding) = self.binding(hole) else {
            return Ok(());
        };
        if let Bound::Expr(text) = &binding.bound {
            return match facet {
                "own" => Condition::read_own(text, binding.span, self.graph)?.write("", draft),
                _ => Condition::read(text, binding.span, self.graph)?.write(facet, draft),
            };
        }
        draft.push_from(&self.text(&binding.bound, facet), binding.span);
        Ok(())
    }

    fn text(&self, bound: &Bound, facet: &str) -> String {
        match (bound, facet) {
            (Bound::Name(named), facet) => self.name_text(named, facet),
            (Bound::Names(names), _) => {
                let ids: Vec<String> = names.iter().map(|n| self.name_text(n, "")).collect();
                format!("[{}]", ids.join(", "))
            }
            (Bound::Categories(_, word), "text") => quote(word),
            (Bound::Categories(found, _), _) => listed(found),
            (Bound::Kind(kind), "kind") => kind.clone(),
            (Bound::Kind(kind), _) => quote(kind),
            (Bound::Words(words), "said") => format!("`{words}`"),
            (Bound::Words(words), "spoken") => listed(&self.spoken(words)),
            (Bound::Words(words), _) => listed(&self.topic(words)),
            (Bound::Noun(noun), _) => quote(noun),
            (Bound::Number(number), "less") => number.saturating_sub(1).to_string(),
            (Bound::Number(number), _) => number.to_string(),
            (Bound::Expr(text), _) => text.clone(),
            (Bound::Option(text), "column") => back_quote(&self.option_name(text)),
            (Bound::Option(text), _) => quote(text),
            (Bound::Flag, _) => String::new(),
        }
    }

    /// Gives the words by which facts speak of a topic.
    fn topic(&self, words: &str) -> Vec<String> {
        let told = self.telling(words).into_iter();
        told.map(|word| stem(self.table.topic(&word)).to_owned())
            .collect()
    }

    /// Gives the roots of the words of a topic as they were said.
    fn spoken(&self, words: &str) -> Vec<String> {
        let told = self.telling(words).into_iter();
        told.map(|word| root(&word).to_owned()).collect()
    }

    /// Gives the words of a text but for those that say nothing.
    fn telling(&self, words: &str) -> Vec<String> {
        let language = &self.table.language;
        let silent = |word: &&str| {
            let lists = [&language.bounds, &language.noise, &language.between];
            lists.into_iter().flatten().any(|known| known == word)
        };
        let lower = words.to_lowercase();
        let told = lower.split_whitespace().filter(|word| !silent(word));
        let told = told.flat_map(|word| self.table.pieces(word));
        told.map(str::to_owned).collect()
    }

    fn name_text(&self, named: &Named, facet: &str) -> String {
        let node = named.nodes.first().copied();
        let id = node.map_or_else(String::new, |node| self.names.id(node));
        match facet {
            "node" => format!(":{} {{id: {}}}", self.label(named), quote(&id)),
            "said" => format!("`{}`", self.shown(named)),
            "plain" => self.shown(named),
            "text" => quote(&self.shown(named)),
            "column" => back_quote(&self.shown(named)),
            _ => quote(&id),
        }
    }

    fn shown(&self, named: &Named) -> String {
        let node = named.nodes.first();
        node.map_or_else(|| named.text.clone(), |node| self.names.shown(*node))
    }
}

/// Writes texts as a list of the core language.
fn listed(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quote(text)).collect();
    format!("[{}]", quoted.join(", "))
}

fn split(path: &str) -> (&str, &str) {
    path.split_once('.').unwrap_or((path, ""))
}

fn has_nodes(graph: &dyn GraphView, label: &str) -> bool {
    graph
        .symbol(label)
        .is_some_and(|label| graph.label_count(label) > 0)
}

/// Gives the first binding whose name is unknown or stands for several nodes.
pub(super) fn unsettled(bindings: &[Binding]) -> Option<(&str, &[NodeId], Span)> {
    bindings.iter().find_map(|binding| match &binding.bound {
        Bound::Name(named) => open(named),
        Bound::Names(names) => names.iter().find_map(open),
        _ => None,
    })
}

fn open(named: &Named) -> Option<(&str, &[NodeId], Span)> {
    (named.nodes.len() != 1).then_some((&named.text, &named.nodes, named.span))
}
