//! The tree of a core query; every node has its span in the text.
//!
//! `syntax` builds it, `check` judges it, `verbs` makes it from one-line questions, `plan` lowers
//! it, and it prints itself back as text that parses to the same tree. It knows nothing of graphs.

use crate::diag::Span;
use std::sync::Arc;

/// A name in a query: a variable, a label, a kind, a key or a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name without back-quotes.
    pub text: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// A statement: one query, or several joined by UNION.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The first query.
    pub first: SingleQuery,
    /// Each further query, and whether UNION keeps equal rows (`UNION ALL`).
    pub unions: Vec<Union>,
}

/// `UNION [ALL] query`.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// Keeps equal rows.
    pub all: bool,
    /// Where the word UNION stands.
    pub span: Span,
    /// The query behind it.
    pub query: SingleQuery,
}

/// Clauses in the order written.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleQuery {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// From the first clause to the last.
    pub span: Span,
}

/// One clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What it does.
    pub kind: ClauseKind,
    /// Where it stands.
    pub span: Span,
}

/// What a clause does.
#[derive(Clone, Debug, PartialEq)]
pub enum ClauseKind {
    /// `[OPTIONAL] MATCH patterns [WHERE condition]`.
    Match(Match),
    /// `UNWIND list AS name`.
    Unwind {
        /// The list.
        list: Expr,
        /// The name of each item.
        name: Name,
    },
    /// `WITH items [ORDER BY] [SKIP] [LIMIT] [WHERE]`.
    With(Projection),
    /// `RETURN items [ORDER BY] [SKIP] [LIMIT]`; its `filter` is empty.
    Return(Projection),
    /// `CREATE patterns`.
    Create(Vec<Pattern>),
    /// `MERGE pattern [ON CREATE SET …] [ON MATCH SET …]`.
    Merge {
        /// The one pattern.
        pattern: Pattern,
        /// What is set when it was made.
        on_create: Vec<SetItem>,
        /// What is set when it was there.
        on_match: Vec<SetItem>,
    },
    /// `SET items`.
    Set(Vec<SetItem>),
    /// `REMOVE items`.
    Remove(Vec<RemoveItem>),
    /// `[DETACH] DELETE expressions`.
    Delete {
        /// Removes the edges of nodes as well.
        detach: bool,
        /// What is removed.
        targets: Vec<Expr>,
    },
    /// `CALL name(arguments) [YIELD …]`.
    Call(ProcedureCall),
    /// `CALL { statement }`, with the variables it imports by a leading WITH or `CALL (a, b) {}`.
    Subquery {
        /// Variables named in `CALL (a, b) { … }`; `None` for the form without parentheses.
        imports: Option<Vec<Name>>,
        /// The statement inside.
        body: Box<Statement>,
    },
    /// `FOREACH (name IN list | updating clauses)`.
    Foreach {
        /// The name of each item.
        name: Name,
        /// The list.
        list: Expr,
        /// Updating clauses.
        body: Vec<Clause>,
    },
}

/// `[OPTIONAL] MATCH`.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Gives a row of nulls where nothing matches.
    pub optional: bool,
    /// The patterns, separated by commas.
    pub patterns: Vec<Pattern>,
    /// The condition of WHERE.
    pub filter: Option<Expr>,
}

/// The body of WITH or RETURN.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Drops equal rows.
    pub distinct: bool,
    /// `*`: all variables in scope, before the items.
    pub star: bool,
    /// The items.
    pub items: Vec<ProjectionItem>,
    /// ORDER BY.
    pub order: Vec<SortItem>,
    /// SKIP.
    pub skip: Option<Expr>,
    /// LIMIT.
    pub limit: Option<Expr>,
    /// WHERE (only after WITH).
    pub filter: Option<Expr>,
}

/// `expression [AS name]`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionItem {
    /// The expression.
    pub expr: Expr,
    /// The name behind AS.
    pub alias: Option<Name>,
    /// The expression's own text, letter for letter; the column's name where there is no alias.
    pub text: Arc<str>,
}

/// `expression [ASC|DESC]`.
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    /// What rows are ordered by.
    pub expr: Expr,
    /// Largest first.
    pub descending: bool,
}

/// One item of SET.
#[derive(Clone, Debug, PartialEq)]
pub enum SetItem {
    /// `expression.key = value`.
    Property {
        /// The node or relationship.
        target: Expr,
        /// The key.
        key: Name,
        /// The new value.
        value: Expr,
    },
    /// `variable = map` (replace all) or `variable += map` (add).
    Properties {
        /// The node or relationship.
        target: Name,
        /// Keeps what the map does not name.
        add: bool,
        /// A map, a node or a relationship.
        value: Expr,
    },
    /// `variable:Label:Label`.
    Labels {
        /// The node.
        target: Name,
        /// The labels.
        labels: Vec<Name>,
    },
}

/// One item of REMOVE.
#[derive(Clone, Debug, PartialEq)]
pub enum RemoveItem {
    /// `expression.key`.
    Property {
        /// The node or relationship.
        target: Expr,
        /// The key.
        key: Name,
    },
    /// `variable:Label:Label`.
    Labels {
        /// The node.
        target: Name,
        /// The labels.
        labels: Vec<Name>,
    },
}

/// `CALL a.b.c(arguments) [YIELD items [WHERE condition]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProcedureCall {
    /// The dotted name.
    pub name: Name,
    /// The arguments; `None` where the parentheses were left out.
    pub arguments: Option<Vec<Expr>>,
    /// What is yielded; `None` without YIELD.
    pub yields: Option<Yield>,
    /// True where the call is the whole statement (it then yields all).
    pub standalone: bool,
}

/// `YIELD field [AS name], …` or `YIELD *`.
#[derive(Clone, Debug, PartialEq)]
pub struct Yield {
    /// `*`.
    pub star: bool,
    /// The output field and the variable it becomes.
    pub items: Vec<(Name, Option<Name>)>,
    /// WHERE behind it.
    pub filter: Option<Expr>,
}

/// A pattern: `[name =] [selector] [mode] node (relationship node)*`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The path variable.
    pub name: Option<Name>,
    /// Which of the matching paths are wanted.
    pub selector: Selector,
    /// What a path may repeat.
    pub mode: PathMode,
    /// Alternating parts; begins and ends with a node (or a group).
    pub parts: Vec<PatternPart>,
    /// Where it stands.
    pub span: Span,
}

/// Which of the matching paths are wanted, per pair of ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Selector {
    /// All of them.
    All,
    /// `shortestPath(…)` or `ANY SHORTEST`.
    AnyShortest,
    /// `allShortestPaths(…)` or `ALL SHORTEST`.
    AllShortest,
    /// `SHORTEST k`.
    Shortest(u64),
    /// `SHORTEST k GROUPS`.
    ShortestGroups(u64),
    /// `ANY`, `ANY k`.
    Any(u64),
}

/// What a path may repeat (ISO GQL); openCypher's own rule is `Trail` over the whole MATCH.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathMode {
    /// No relationship twice in one MATCH; the default.
    #[default]
    Default,
    /// No relationship twice in this path.
    Trail,
    /// No node twice.
    Acyclic,
    /// No node twice, but the first may be the last.
    Simple,
    /// Anything; needs a bound.
    Walk,
}

/// A node, a relationship or a quantified group.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternPart {
    /// `(name:Label {key: value} WHERE …)`.
    Node(NodePattern),
    /// `-[name:KIND*1..3 {key: value} WHERE …]->`.
    Edge(EdgePattern),
    /// `((a)-[r]->(b) WHERE …){1,5}`.
    Group(Group),
}

/// A node in a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct NodePattern {
    /// The variable.
    pub name: Option<Name>,
    /// Which labels it must carry.
    pub labels: Option<LabelExpr>,
    /// `{key: value}` or a parameter.
    pub properties: Option<Expr>,
    /// WHERE inside the parentheses (GQL).
    pub filter: Option<Box<Expr>>,
    /// Where it stands.
    pub span: Span,
}

/// A relationship in a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct EdgePattern {
    /// The variable.
    pub name: Option<Name>,
    /// Which kinds it may have.
    pub kinds: Option<LabelExpr>,
    /// `{key: value}` or a parameter.
    pub properties: Option<Expr>,
    /// WHERE inside the brackets (GQL).
    pub filter: Option<Box<Expr>>,
    /// Which way it points.
    pub arrow: Arrow,
    /// `*1..3`, `{1,3}`, `+`; `None` for exactly one.
    pub length: Option<Length>,
    /// Where it stands.
    pub span: Span,
}

/// Which way a relationship pattern points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrow {
    /// `-->`.
    Right,
    /// `<--`.
    Left,
    /// `--` or `<-->`: either way.
    Either,
}

/// How often a relationship or group is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// At least; 1 where nothing was written in `*`.
    pub min: Option<u64>,
    /// At most; `None` is without bound.
    pub max: Option<u64>,
    /// Where it stands.
    pub span: Span,
    /// Written as a GQL quantifier (`{1,3}`, `+`) and not as `*1..3`.
    pub quantifier: bool,
}

/// A quantified parenthesised pattern (GQL); its variables become lists outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The pattern inside.
    pub pattern: Box<Pattern>,
    /// WHERE inside.
    pub filter: Option<Box<Expr>>,
    /// How often; `None` for a parenthesised pattern that is walked once.
    pub length: Option<Length>,
    /// Where it stands.
    pub span: Span,
}

/// Labels as an expression: `:A`, `:A:B`, `:A|B`, `:A&!B`, `:%`, `IS A`.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelExpr {
    /// One label or kind.
    Name(Name),
    /// Both.
    And(Box<LabelExpr>, Box<LabelExpr>),
    /// Either.
    Or(Box<LabelExpr>, Box<LabelExpr>),
    /// Not this.
    Not(Box<LabelExpr>),
    /// `%`: any label at all.
    Any,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A constant.
    Literal(Literal),
    /// A variable.
    Variable(Arc<str>),
    /// `$name`.
    Parameter(Arc<str>),
    /// `expression.key`.
    Property(Box<Expr>, Name),
    /// `expression[index]`.
    Index(Box<Expr>, Box<Expr>),
    /// `expression[from..to]`.
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `expression:Label` as a condition, also `IS Label`.
    HasLabels(Box<Expr>, LabelExpr),
    /// NOT, unary minus and plus.
    Unary(UnaryOp, Box<Expr>),
    /// Any operator with two sides.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a < b <= c`: a chain of comparisons, all of which must hold.
    Chain(Box<Expr>, Vec<(BinaryOp, Expr)>),
    /// `IS NULL` (true) or `IS NOT NULL` (false).
    IsNull(Box<Expr>, bool),
    /// `[a, b]`.
    List(Vec<Expr>),
    /// `{key: value}`.
    Map(Vec<(Name, Expr)>),
    /// `variable {.key, .*, key: value, variable}`.
    Projection(Box<Expr>, Vec<MapItem>),
    /// `[name IN list WHERE condition | value]`.
    Comprehension {
        /// The name of each item.
        name: Name,
        /// The list.
        list: Box<Expr>,
        /// WHERE.
        filter: Option<Box<Expr>>,
        /// What each item becomes; itself where left out.
        value: Option<Box<Expr>>,
    },
    /// `[[name =] pattern WHERE condition | value]`.
    PatternComprehension {
        /// The pattern.
        pattern: Box<Pattern>,
        /// WHERE.
        filter: Option<Box<Expr>>,
        /// What each match becomes.
        value: Box<Expr>,
    },
    /// `all|any|none|single(name IN list WHERE condition)`.
    Quantified {
        /// Which one.
        quantifier: Quantifier,
        /// The name of each item.
        name: Name,
        /// The list.
        list: Box<Expr>,
        /// WHERE.
        filter: Option<Box<Expr>>,
    },
    /// `reduce(total = start, name IN list | step)`.
    Reduce {
        /// The running value.
        total: Name,
        /// Its start.
        start: Box<Expr>,
        /// The name of each item.
        name: Name,
        /// The list.
        list: Box<Expr>,
        /// The next running value.
        step: Box<Expr>,
    },
    /// `CASE [subject] WHEN … THEN … [ELSE …] END`.
    Case {
        /// The subject of the simple form.
        subject: Option<Box<Expr>>,
        /// WHEN and THEN.
        branches: Vec<(Expr, Expr)>,
        /// ELSE.
        otherwise: Option<Box<Expr>>,
    },
    /// `name([DISTINCT] arguments)`; aggregates too.
    Call {
        /// The dotted name as written.
        name: Name,
        /// DISTINCT.
        distinct: bool,
        /// The arguments.
        arguments: Vec<Expr>,
    },
    /// `count(*)`.
    CountStar,
    /// A pattern as a condition: `(a)-->(b)`; also `shortestPath(…)` as a value.
    Pattern(Box<Pattern>),
    /// `EXISTS { … }`: a statement, or patterns with WHERE as a MATCH of its own.
    Exists(Box<Statement>),
    /// `COUNT { … }`.
    Count(Box<Statement>),
    /// `COLLECT { … }`.
    Collect(Box<Statement>),
}

/// A constant in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string, escapes resolved.
    Text(Arc<str>),
    /// A quantity with a unit (`1 MiB`, `14 days`, `50 ms`), turned into its base unit.
    Quantity {
        /// The number in the base unit.
        value: f64,
        /// The text as written, for printing.
        text: Arc<str>,
    },
}

/// An entry of a map projection.
#[derive(Clone, Debug, PartialEq)]
pub enum MapItem {
    /// `.key`.
    Property(Name),
    /// `.*`.
    All,
    /// `key: value`.
    Entry(Name, Expr),
    /// `variable`.
    Variable(Name),
}

/// Which quantifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// `all`.
    All,
    /// `any`.
    Any,
    /// `none`.
    None,
    /// `single`.
    Single,
}

/// An operator with one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `NOT`.
    Not,
    /// `-`.
    Minus,
    /// `+`.
    Plus,
}

/// An operator with two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `OR`.
    Or,
    /// `XOR`.
    Xor,
    /// `AND`.
    And,
    /// `=`.
    Equal,
    /// `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
    /// `STARTS WITH`.
    StartsWith,
    /// `ENDS WITH`.
    EndsWith,
    /// `CONTAINS`.
    Contains,
    /// `=~`.
    Matches,
    /// `IN`.
    In,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `%`.
    Modulo,
    /// `^`.
    Power,
}
