//! `Fn::ForEach`: loops over a list, unrolled in the document before anything else is looked at.

use super::template::Templates;
use crate::diag::Code;
use crate::import::tree::{Entry, Node, Tree};
use std::sync::Arc;

/// Tells whether what stands under a key is a loop.
pub(super) fn is_loop(key: &str) -> bool {
    key.starts_with("Fn::ForEach")
}

/// Unrolls all loops of a document.
pub(super) fn expand(templates: &Templates, template: usize, node: &mut Node) {
    let mut loops = Loops {
        templates,
        template,
        left: templates.bounds.loop_items,
    };
    loops.expand(node);
}

struct Loops<'a> {
    templates: &'a Templates,
    template: usize,
    left: usize,
}

impl Loops<'_> {
    fn expand(&mut self, node: &mut Node) {
        match &mut node.data {
            Tree::List(items) => items.iter_mut().for_each(|item| self.expand(item)),
            Tree::Map(entries) => {
                if entries.iter().any(|entry| is_loop(&entry.key)) {
                    *entries = self.unrolled(std::mem::take(entries).into_vec()).into();
                }
                entries
                    .iter_mut()
                    .for_each(|entry| self.expand(&mut entry.value));
            }
            _ => {}
        }
    }

    fn unrolled(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let mut out = Vec::with_capacity(entries.len());
        for entry in entries {
            match is_loop(&entry.key) {
                true => self.unroll(&entry, &mut out),
                false => out.push(entry),
            }
        }
        out
    }

    fn unroll(&mut self, entry: &Entry, out: &mut Vec<Entry>) {
        let [name, collection, body] = entry.value.items() else {
            let message = format!("`{}` is no loop: name, list and body are needed", entry.key);
            self.templates.note(&Code::ODD_SHAPE, entry.at, message);
            return;
        };
        let Some(name) = name.text() else {
            return;
        };
        let values = self.templates.eval(self.template, collection, 0);
        let items: Vec<Arc<str>> = values
            .items()
            .iter()
            .filter_map(|v| v.plain_text())
            .collect();
        if items.is_empty() {
            let message = format!("what `{}` runs over is not known", entry.key);
            self.templates
                .note(&Code::UNRESOLVED_VALUE, entry.at, message);
        }
        for item in items {
            if self.left == 0 {
                let message = format!("`{}` makes too much (`--max-loop-items`)", entry.key);
                self.templates.note(&Code::CUT_AT_BOUND, entry.at, message);
                return;
            }
            self.left -= 1;
            let made = body
                .entries()
                .iter()
                .map(|entry| filled_entry(entry, name, &item));
            let made: Vec<Entry> = made.collect();
            out.extend(self.unrolled(made));
        }
    }
}

fn filled_entry(entry: &Entry, name: &str, item: &Arc<str>) -> Entry {
    Entry {
        key: filled_text(&entry.key, name, item),
        at: entry.at,
        value: filled(&entry.value, name, item),
    }
}

fn filled(node: &Node, name: &str, item: &Arc<str>) -> Node {
    if let Some(("Ref", argument)) = node.call()
        && argument.text().is_some_and(|text| &**text == name)
    {
        return Node {
            at: node.at,
            data: Tree::Text(item.clone()),
        };
    }
    let data = match &node.data {
        Tree::Text(text) => Tree::Text(filled_text(text, name, item)),
        Tree::List(items) => Tree::List(items.iter().map(|n| filled(n, name, item)).collect()),
        Tree::Map(entries) => Tree::Map(
            entries
                .iter()
                .map(|e| filled_entry(e, name, item))
                .collect(),
        ),
        data => data.clone(),
    };
    Node { at: node.at, data }
}

fn filled_text(text: &Arc<str>, name: &str, item: &str) -> Arc<str> {
    if !text.contains(name) {
        return text.clone();
    }
    let plain = text.replace(&format!("${{{name}}}"), item);
    let bare: String = item.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.replace(&format!("&{{{name}}}"), &bare).into()
}
