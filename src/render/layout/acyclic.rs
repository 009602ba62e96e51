//! Opens cycles: turns the links around that run against the flow.
//!
//! Walks depth first from nodes into which nothing comes, in the order of the diagram; a link back
//! to a node that is still open is turned.

use super::Diagram;

/// A link as the columns see it: from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    /// Place of the link in the diagram.
    pub(super) link: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Gives the links whose ends are there and differ, turned where they would close a cycle.
pub(super) fn open_cycles(diagram: &Diagram) -> Vec<Arc> {
    let count = diagram.nodes.len();
    let mut arcs: Vec<Arc> = diagram
        .links
        .iter()
        .enumerate()
        .filter(|(_, wire)| wire.from != wire.to && wire.from < count && wire.to < count)
        .map(|(link, wire)| Arc {
            link,
            from: wire.from,
            to: wire.to,
        })
        .collect();
    let mut out = vec![Vec::new(); count];
    let mut entered = vec![false; count];
    for (at, arc) in arcs.iter().enumerate() {
        out[arc.from].push(at);
        entered[arc.to] = true;
    }
    for at in backward(&arcs, &out, &entered) {
        let arc = &mut arcs[at];
        std::mem::swap(&mut arc.from, &mut arc.to);
    }
    arcs
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

fn backward(arcs: &[Arc], out: &[Vec<usize>], entered: &[bool]) -> Vec<usize> {
    let mut state = vec![State::New; out.len()];
    let mut found = Vec::new();
    let mut roots: Vec<usize> = (0..out.len()).collect();
    roots.sort_by_key(|node| entered[*node]);
    for root in roots {
        if state[root] != State::New {
            continue;
        }
        state[root] = State::Open;
        let mut open = vec![(root, 0)];
        while let Some((node, next)) = open.pop() {
            let Some(&at) = out[node].get(next) else {
                state[node] = State::Done;
                continue;
            };
            open.push((node, next + 1));
            let to = arcs[at].to;
            match state[to] {
                State::Open => found.push(at),
                State::Done => {}
                State::New => {
                    state[to] = State::Open;
                    open.push((to, 0));
                }
            }
        }
    }
    found
}
