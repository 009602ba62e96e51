//! Texts with `${…}` and `%{…}`: in quotes, as heredocs, in files.

use super::eval::{Bound, Evaluator, Frame};
use super::loops::entries;
use super::value::{Map, Val};
use hcl_edit::template::{Directive, Element, ForTemplateExpr, Template};

/// Renders the elements of a template; a single `${…}` keeps the type of its value.
pub(crate) fn render<'t>(
    evaluator: &Evaluator<'_>,
    module: usize,
    elements: impl Iterator<Item = &'t Element>,
    frame: Option<&Frame<'_>>,
) -> Val {
    let parts: Vec<Val> = elements
        .map(|element| render_element(evaluator, module, element, frame))
        .collect();
    match <[Val; 1]>::try_from(parts) {
        Ok([only]) => only,
        Err(parts) => evaluator.cost().joined(parts),
    }
}

/// Renders a template file with the variables it is given.
pub(crate) fn render_file(evaluator: &Evaluator<'_>, module: usize, text: &str, vars: &Val) -> Val {
    let Ok(template) = text.parse::<Template>() else {
        return Val::text(text);
    };
    let frame = match vars {
        Val::Map(map) => Some(Frame {
            bound: Bound::All(map),
            outer: None,
        }),
        _ => None,
    };
    render(evaluator, module, template.iter(), frame.as_ref())
}

/// The `rendered` text of a `template_file` data source.
pub(crate) fn data_source(
    evaluator: &Evaluator<'_>,
    module: usize,
    kind: &str,
    body: &Val,
) -> Option<Val> {
    if kind != "template_file" {
        return None;
    }
    let text = body.get("template")?.as_text()?.to_owned();
    let vars = body.get("vars").cloned().unwrap_or_default();
    let rendered = render_file(evaluator, module, &text, &vars);
    Some(Val::map(Map::from_iter([("rendered".into(), rendered)])))
}

fn render_element(
    evaluator: &Evaluator<'_>,
    module: usize,
    element: &Element,
    frame: Option<&Frame<'_>>,
) -> Val {
    match element {
        Element::Literal(text) => Val::text(text.value()),
        Element::Interpolation(hole) => evaluator.eval(module, &hole.expr, frame),
        Element::Directive(directive) => match &**directive {
            Directive::If(choice) => {
                let render =
                    |template: &Template| render(evaluator, module, template.iter(), frame);
                match evaluator.eval(module, &choice.if_expr.cond_expr, frame) {
                    Val::Bool(false) => choice
                        .else_expr
                        .as_ref()
                        .map_or_else(|| Val::text(""), |e| render(&e.template)),
                    _ => render(&choice.if_expr.template),
                }
            }
            Directive::For(each) => render_for(evaluator, module, &each.for_expr, frame),
        },
    }
}

fn render_for(
    evaluator: &Evaluator<'_>,
    module: usize,
    head: &ForTemplateExpr,
    frame: Option<&Frame<'_>>,
) -> Val {
    let collection = evaluator.eval(module, &head.collection_expr, frame);
    let Some(pairs) = entries(&collection) else {
        return evaluator.cost().open("for", [&collection]);
    };
    let mut parts = Vec::new();
    for (key, item) in evaluator.cost().items(pairs) {
        let outer = Frame::one(head.value_var.as_str(), &item, frame);
        let inner = head.key_var.as_ref();
        let inner = inner.map(|name| Frame::one(name.as_str(), &key, Some(&outer)));
        let frame = Some(inner.as_ref().unwrap_or(&outer));
        parts.push(render(evaluator, module, head.template.iter(), frame));
    }
    evaluator.cost().joined(parts)
}
