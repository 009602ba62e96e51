//! A pocket calculator: works out an expression by operators and functions alone, while reading it.
//!
//! It is a second, simple way to the same answer, so that functions are judged without grammar,
//! plan and execution. It knows literals, variables, calls and operators.

use archq::diag::Diagnostic;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query::ast::BinaryOp;
use archq::query::ast::UnaryOp;
use archq::query::functions;
use archq::query::functions::Context;
use archq::query::ops;
use std::collections::HashMap;

type Outcome = Result<Value, Diagnostic>;

pub(crate) struct Calculator<'a> {
    pub(crate) context: Context<'a>,
    pub(crate) variables: &'a HashMap<String, Value>,
    rest: &'a str,
}

/// Binary operators by level, loosest first; a longer spelling stands before its beginning.
const LEVELS: &[&[(&str, BinaryOp)]] = &[
    &[("OR", BinaryOp::Or)],
    &[("XOR", BinaryOp::Xor)],
    &[("AND", BinaryOp::And)],
    &[],
    &[
        ("<>", BinaryOp::NotEqual),
        ("<=", BinaryOp::LessEqual),
        (">=", BinaryOp::GreaterEqual),
        ("=~", BinaryOp::Matches),
        ("=", BinaryOp::Equal),
        ("<", BinaryOp::Less),
        (">", BinaryOp::Greater),
    ],
    &[
        ("STARTS WITH", BinaryOp::StartsWith),
        ("ENDS WITH", BinaryOp::EndsWith),
        ("CONTAINS", BinaryOp::Contains),
        ("IN", BinaryOp::In),
    ],
    &[("+", BinaryOp::Add), ("-", BinaryOp::Subtract)],
    &[
        ("*", BinaryOp::Multiply),
        ("/", BinaryOp::Divide),
        ("%", BinaryOp::Modulo),
    ],
    &[("^", BinaryOp::Power)],
];
const NOT_LEVEL: usize = 3;
const COMPARISON_LEVEL: usize = 4;

impl<'a> Calculator<'a> {
    pub(crate) fn work_out(
        context: Context<'a>,
        variables: &'a HashMap<String, Value>,
        text: &'a str,
    ) -> Outcome {
        let mut calculator = Self {
            context,
            variables,
            rest: text,
        };
        let value = calculator.level(0)?;
        assert_eq!(calculator.rest.trim(), "", "left over from `{text}`");
        Ok(value)
    }

    fn sign(&mut self, sign: &str) -> bool {
        let text = self.rest.trim_start();
        let found = text
            .get(..sign.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(sign));
        let word = sign.ends_with(|c: char| c.is_alphabetic());
        let longer = text
            .get(sign.len()..)
            .is_some_and(|t| t.starts_with(is_word));
        if found && !(word && longer) {
            self.rest = &text[sign.len()..];
            return true;
        }
        false
    }

    fn must(&mut self, sign: &str) {
        assert!(self.sign(sign), "expected `{sign}` before `{}`", self.rest);
    }

    fn operator(&mut self, level: usize) -> Option<BinaryOp> {
        let range = level == 6 && self.rest.trim_start().starts_with("..");
        let mut operators = LEVELS[level].iter();
        let found = operators.find(|(sign, _)| !range && self.sign(sign));
        found.map(|(_, op)| *op)
    }

    fn level(&mut self, level: usize) -> Outcome {
        if level == LEVELS.len() {
            return self.signed();
        }
        if level == NOT_LEVEL && self.sign("NOT") {
            let value = self.level(level)?;
            return ops::unary(UnaryOp::Not, &value);
        }
        let mut left = self.level(level + 1)?;
        let mut chain: Option<Value> = None;
        while let Some(op) = self.operator(level) {
            let right = self.level(level + 1)?;
            let value = ops::binary(op, &left, &right)?;
            if level != COMPARISON_LEVEL {
                left = value;
                continue;
            }
            chain = Some(match chain {
                Some(before) => ops::and(&before, &value)?,
                None => value,
            });
            left = right;
        }
        let value = chain.unwrap_or(left);
        if level == COMPARISON_LEVEL + 1 && self.sign("IS") {
            let not = self.sign("NOT");
            self.must("NULL");
            return Ok(Value::Bool(value.is_null() != not));
        }
        Ok(value)
    }

    fn signed(&mut self) -> Outcome {
        if self.sign("-") {
            if self.sign("9223372036854775808") {
                return Ok(Value::Int(i64::MIN));
            }
            let value = self.signed()?;
            return ops::unary(UnaryOp::Minus, &value);
        }
        if self.sign("+") {
            let value = self.signed()?;
            return ops::unary(UnaryOp::Plus, &value);
        }
        let mut value = self.atom()?;
        loop {
            let range = self.rest.starts_with("..");
            if !range && self.sign(".") {
                let key = self.word();
                value = ops::property(&value, &key, self.context.graph)?;
            } else if self.sign("[") {
                value = self.bracket(&value)?;
            } else {
                return Ok(value);
            }
        }
    }

    fn bracket(&mut self, value: &Value) -> Outcome {
        let from = match self.sign("..") {
            true => None,
            false => Some(self.level(0)?),
        };
        if from.is_some() && self.sign("]") {
            return ops::index(value, &from.unwrap_or_default(), self.context.graph);
        }
        if from.is_some() {
            self.must("..");
        }
        let to = match self.sign("]") {
            true => return ops::slice(value, from.as_ref(), None),
            false => self.level(0)?,
        };
        self.must("]");
        ops::slice(value, from.as_ref(), Some(&to))
    }

    fn atom(&mut self) -> Outcome {
        self.rest = self.rest.trim_start();
        if self.sign("(") {
            let value = self.level(0)?;
            self.must(")");
            return Ok(value);
        }
        if self.sign("[") {
            return Ok(Value::list(self.values("]")?));
        }
        if self.sign("{") {
            return self.map();
        }
        match self.rest.chars().next() {
            Some(quote @ ('\'' | '"')) => Ok(self.string(quote)),
            Some(c) if c.is_ascii_digit() || c == '.' => Ok(self.number()),
            _ => self.named(),
        }
    }

    fn values(&mut self, end: &str) -> Result<Vec<Value>, Diagnostic> {
        let mut values = Vec::new();
        while !self.sign(end) {
            values.push(self.level(0)?);
            self.sign(",");
        }
        Ok(values)
    }

    fn map(&mut self) -> Outcome {
        let mut map = ValueMap::new();
        while !self.sign("}") {
            self.rest = self.rest.trim_start();
            let key = self.word();
            self.must(":");
            map.insert(key.as_str().into(), self.level(0)?);
            self.sign(",");
        }
        Ok(Value::map(map))
    }

    fn string(&mut self, quote: char) -> Value {
        let body = &self.rest[1..];
        let end = body.find(quote).expect("a string ends");
        self.rest = &body[end + 1..];
        Value::text(&body[..end])
    }

    fn number(&mut self) -> Value {
        let text = self.rest;
        let mut end = 0;
        for (at, c) in text.char_indices() {
            let range = text[at..].starts_with("..");
            let exponent = (c == '-' || c == '+') && text[..at].ends_with(['e', 'E']);
            if range || !(c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E') || exponent) {
                break;
            }
            end = at + 1;
        }
        self.rest = &text[end..];
        let text = &text[..end];
        text.parse().map_or_else(
            |_| Value::Float(text.parse().expect("a number")),
            Value::Int,
        )
    }

    fn word(&mut self) -> String {
        let end = self
            .rest
            .find(|c: char| !is_word(c))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        assert!(!word.is_empty(), "a word before `{rest}`");
        self.rest = rest;
        word.to_owned()
    }

    fn named(&mut self) -> Outcome {
        let mut name = self.word();
        if let Some(value) = self.variables.get(&name) {
            return Ok(value.clone());
        }
        match name.to_lowercase().as_str() {
            "null" => return Ok(Value::Null),
            "true" => return Ok(Value::Bool(true)),
            "false" => return Ok(Value::Bool(false)),
            _ => {}
        }
        while self.sign(".") {
            name = format!("{name}.{}", self.word());
        }
        self.must("(");
        let arguments = self.values(")")?;
        let function = functions::find(&name).unwrap_or_else(|| panic!("no function `{name}`"));
        assert!(
            function.arguments().contains(&arguments.len()),
            "arguments of `{name}`"
        );
        function.call(&self.context, &arguments)
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
