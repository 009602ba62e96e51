//! Patterns: nodes, relationships, groups, selectors and lengths.

use super::literals::whole_number;
use super::{Builder, Built, at, lost};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::query::ast::{
    Arrow, EdgePattern, Expr, ExprKind, Group, Length, NodePattern, PathMode, Pattern, PatternPart,
    Selector,
};
use crate::query::syntax::rules::Rule;
use crate::query::syntax::tree::Part;
use std::sync::Arc;

impl Builder<'_> {
    /// The patterns of a clause.
    pub(super) fn patterns(&self, pair: &Part<'_>) -> Built<Vec<Pattern>> {
        pair.all(Rule::pattern)
            .map(|pattern| self.pattern(&pattern))
            .collect()
    }

    pub(super) fn pattern(&self, pair: &Part<'_>) -> Built<Pattern> {
        let mut pattern = match pair.first(Rule::shortest_call) {
            Some(call) => self.shortest_call(&call)?,
            None => self.chain_of_parts(pair)?,
        };
        pattern.name = pair.first(Rule::name).map(|name| self.name_of(&name));
        pattern.span = self.span(pair);
        if let Some(selector) = pair.first(Rule::selector) {
            pattern.selector = self.selector(&selector)?;
        }
        if let Some(mode) = pair.first(Rule::path_mode) {
            pattern.mode = path_mode(mode.as_str());
        }
        Ok(pattern)
    }

    /// `shortestPath((a)-[*]->(b))`.
    pub(super) fn shortest_call(&self, pair: &Part<'_>) -> Built<Pattern> {
        let word = self.part(pair, Rule::shortest_word)?;
        let mut pattern = self.chain_of_parts(pair)?;
        pattern.selector = if word.as_str().eq_ignore_ascii_case("shortestPath") {
            Selector::AnyShortest
        } else {
            Selector::AllShortest
        };
        Ok(pattern)
    }

    /// Nodes, relationships and groups that stand directly in a part.
    pub(super) fn chain_of_parts(&self, pair: &Part<'_>) -> Built<Pattern> {
        let mut parts = Vec::new();
        for part in pair.parts() {
            match part.as_rule() {
                Rule::node => parts.push(PatternPart::Node(self.node(&part)?)),
                Rule::edge => parts.push(PatternPart::Edge(self.edge(&part)?)),
                Rule::group => parts.push(PatternPart::Group(self.group(&part)?)),
                _ => {}
            }
        }
        Ok(Pattern {
            name: None,
            selector: Selector::All,
            mode: PathMode::Default,
            parts,
            span: self.span(pair),
        })
    }

    fn node(&self, pair: &Part<'_>) -> Built<NodePattern> {
        let mut node = NodePattern {
            name: None,
            labels: None,
            properties: None,
            filter: None,
            span: self.span(pair),
        };
        for part in pair.parts() {
            match part.as_rule() {
                Rule::name => node.name = Some(self.name_of(&part)),
                Rule::labels => node.labels = Some(self.label_test(&part)?),
                Rule::properties => node.properties = self.properties(part)?,
                Rule::where_part => node.filter = Some(Box::new(self.inner_expression(&part)?)),
                _ => {}
            }
        }
        Ok(node)
    }

    fn edge(&self, pair: &Part<'_>) -> Built<EdgePattern> {
        let mut edge = EdgePattern {
            name: None,
            kinds: None,
            properties: None,
            filter: None,
            arrow: Arrow::Either,
            length: None,
            span: self.span(pair),
        };
        let (mut left, mut right, mut detail) = (false, false, None);
        for part in pair.parts() {
            match part.as_rule() {
                Rule::edge_left => left = true,
                Rule::edge_right => right = true,
                Rule::quantifier => edge.length = Some(self.quantifier(&part)?),
                Rule::edge_detail => detail = Some(part),
                _ => {}
            }
        }
        edge.arrow = match (left, right) {
            (true, false) => Arrow::Left,
            (false, true) => Arrow::Right,
            _ => Arrow::Either,
        };
        if let Some(detail) = detail {
            self.edge_detail(detail, &mut edge)?;
        }
        Ok(edge)
    }

    fn edge_detail(&self, pair: Part<'_>, edge: &mut EdgePattern) -> Built<()> {
        for part in pair.parts() {
            match part.as_rule() {
                Rule::name => edge.name = Some(self.name_of(&part)),
                Rule::labels => edge.kinds = Some(self.label_test(&part)?),
                Rule::wrong_length => return Err(self.wrong_length(&part)),
                Rule::length => self.length_inside(&part, edge)?,
                Rule::properties => edge.properties = self.properties(part)?,
                Rule::where_part => edge.filter = Some(Box::new(self.inner_expression(&part)?)),
                _ => {}
            }
        }
        Ok(())
    }

    /// A length in the brackets, where none stands behind them.
    fn length_inside(&self, pair: &Part<'_>, edge: &mut EdgePattern) -> Built<()> {
        let length = self.length(pair)?;
        if edge.length.replace(length).is_some() {
            let message = "a length inside the brackets and a quantifier behind them";
            return Err(pattern_error(message).at(length.span));
        }
        Ok(())
    }

    fn wrong_length(&self, pair: &Part<'_>) -> Diagnostic {
        let text = self.text_of(pair);
        let diagnostic = if text.contains('-') {
            pattern_error(format!("a length below zero: `{text}`")).expected("a length from 0 on")
        } else {
            pattern_error(format!("a length without a star: `{text}`"))
                .help(format!("write `*{text}`"))
        };
        diagnostic.at(self.span(pair))
    }

    fn properties(&self, pair: Part<'_>) -> Built<Option<Expr>> {
        let inner = pair.parts().next();
        inner.map(|inner| self.atom(&inner)).transpose()
    }

    /// `*1..3`.
    fn length(&self, pair: &Part<'_>) -> Built<Length> {
        let from = self.bound(pair, Rule::length_from)?;
        let to = self.bound(pair, Rule::length_to)?;
        let exact = !pair.has(Rule::dots);
        Ok(Length {
            min: from,
            max: if exact { from } else { to },
            span: self.span(pair),
            quantifier: false,
        })
    }

    /// `{1,3}`, `{2}`, `+`, `*`.
    fn quantifier(&self, pair: &Part<'_>) -> Built<Length> {
        let from = self.bound(pair, Rule::length_from)?;
        let to = self.bound(pair, Rule::length_to)?;
        let open = pair.has(Rule::comma) || pair.has(Rule::plus) || pair.has(Rule::star);
        let least = u64::from(pair.has(Rule::plus));
        Ok(Length {
            min: Some(from.unwrap_or(least)),
            max: if open { to } else { from },
            span: self.span(pair),
            quantifier: true,
        })
    }

    fn bound(&self, pair: &Part<'_>, rule: Rule) -> Built<Option<u64>> {
        pair.first(rule)
            .map(|token| whole_number(token.as_str(), self.span(&token)))
            .transpose()
    }

    fn group(&self, pair: &Part<'_>) -> Built<Group> {
        let length = pair.first(Rule::quantifier);
        Ok(Group {
            pattern: Box::new(self.pattern(&self.part(pair, Rule::pattern)?)?),
            filter: self.optional(pair, Rule::where_part)?.map(Box::new),
            length: length.map(|part| self.quantifier(&part)).transpose()?,
            span: self.span(pair),
        })
    }

    fn selector(&self, pair: &Part<'_>) -> Built<Selector> {
        let form = pair.parts().next();
        let form = form.ok_or_else(|| lost(self.span(pair)))?;
        let count = self.bound(&form, Rule::integer)?.unwrap_or(1);
        Ok(match form.as_rule() {
            Rule::all_shortest => Selector::AllShortest,
            Rule::any_shortest => Selector::AnyShortest,
            Rule::shortest_count if form.has(Rule::kw_groups) => Selector::ShortestGroups(count),
            Rule::shortest_count => Selector::Shortest(count),
            Rule::any_count => Selector::Any(count),
            _ => Selector::All,
        })
    }

    /// `$name`.
    pub(super) fn parameter(&self, pair: &Part<'_>) -> Expr {
        let text = pair.as_str().trim_start_matches('$');
        at(
            ExprKind::Parameter(Arc::clone(&super::unquoted(text))),
            self.span(pair),
        )
    }

    /// The text of a part without the blanks behind it.
    pub(super) fn text_of(&self, pair: &Part<'_>) -> &str {
        let span = self.span(pair);
        self.text.get(span.start..span.end).unwrap_or("")
    }
}

fn path_mode(text: &str) -> PathMode {
    let is = |word: &str| {
        text.get(..word.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(word))
    };
    if is("trail") {
        PathMode::Trail
    } else if is("acyclic") {
        PathMode::Acyclic
    } else if is("simple") {
        PathMode::Simple
    } else {
        PathMode::Walk
    }
}

fn pattern_error(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&Code::INVALID_RELATIONSHIP_PATTERN, message)
}
