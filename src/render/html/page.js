'use strict';
// Everything from data gets into the page as text (textContent); nothing of it is run.
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($('data').textContent);
  const stage = $('stage'), panel = $('panel');
  const leaves = [...document.querySelectorAll('.leaf')].map((el, i) => {
    const svg = el.querySelector('svg');
    const parts = (name) => [...svg.querySelectorAll('g.' + name + '[id]')];
    const whole = svg.viewBox.baseVal;
    return { el, svg, data: data[i], nodes: parts('node'), links: parts('link'), boxes: parts('box'),
      whole: [whole.x, whole.y, whole.width, whole.height], view: null, shut: new Set() };
  });
  let leaf = leaves[0];
  let chosen = null;
  const offKinds = new Set();

  // ---- looking: the view is a rectangle of the drawing ----
  const show = () => leaf.svg.setAttribute('viewBox', leaf.view.join(' '));
  const fit = () => { leaf.view = [...leaf.whole]; show(); };
  const scale = () => {
    const box = stage.getBoundingClientRect();
    return Math.max(leaf.view[2] / box.width, leaf.view[3] / box.height);
  };
  const spot = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(leaf.svg.getScreenCTM().inverse());
    return [point.x, point.y];
  };
  const zoom = (factor, at) => {
    const [x, y, w, h] = leaf.view;
    const limit = Math.min(Math.max(w * factor, 80), leaf.whole[2] * 4) / w;
    const [cx, cy] = at || [x + w / 2, y + h / 2];
    leaf.view = [cx - (cx - x) * limit, cy - (cy - y) * limit, w * limit, h * limit];
    show();
  };
  const centre = (el) => {
    const box = el.getBoundingClientRect(), room = stage.getBoundingClientRect(), by = scale();
    leaf.view[0] += (box.x + box.width / 2 - room.x - room.width / 2) * by;
    leaf.view[1] += (box.y + box.height / 2 - room.y - room.height / 2) * by;
    show();
  };

  // ---- writing into the panel ----
  const make = (name, text, inside) => {
    const el = document.createElement(name);
    if (text !== undefined && text !== null) el.textContent = text;
    if (inside) el.append(...inside);
    return el;
  };
  const jump = (text, act) => {
    const button = make('button', text);
    button.addEventListener('click', act);
    return make('li', null, [button]);
  };
  const shown = (value) => typeof value === 'string' ? value : null;
  const facts = (pairs) => {
    const list = make('dl');
    for (const [name, value] of pairs) {
      const text = shown(value);
      list.append(make('dt', name), text === null
        ? make('dd', null, [make('pre', JSON.stringify(value, null, 2))])
        : make('dd', text));
    }
    return list;
  };
  const tellNode = (i) => {
    const node = leaf.data.nodes[i];
    panel.replaceChildren(make('h2', node.name), make('p', node.what));
    for (const pairs of node.all) panel.append(facts(pairs));
    const names = leaf.data.nodes;
    const list = (title, test, say) => {
      const rows = leaf.data.links.flatMap((link, at) => test(link) ? [jump(say(link), () => choose('link', at))] : []);
      if (rows.length) panel.append(make('h3', title), make('ul', null, rows));
    };
    list('goes to', (l) => l.from === i, (l) => l.phrase + ' ' + names[l.to].name);
    list('comes from', (l) => l.to === i, (l) => names[l.from].name + ' ' + l.phrase);
  };
  const tellLink = (i) => {
    const link = leaf.data.links[i], names = leaf.data.nodes;
    panel.replaceChildren(make('h2', link.phrase), make('p', link.kind),
      make('ul', null, [jump(names[link.from].name, () => choose('node', link.from)), jump('→ ' + names[link.to].name, () => choose('node', link.to))]),
      make('h3', 'because'), make('ul', null, link.reasons.map((reason) => make('li', reason))));
  };

  // ---- what is seen: kinds, collapsed boxes, the chosen one, the found ones ----
  const inside = (box) => {
    const way = new Set();
    for (let at = box; at !== null && at !== undefined; at = leaf.data.boxes[at].parent) way.add(at);
    return way;
  };
  const held = (box) => leaf.data.nodes.filter((node) => inside(node.box).has(box)).length;
  const isShut = (box) => [...inside(box)].some((at) => leaf.shut.has(at));
  const found = () => {
    const words = $('search').value.trim().toLowerCase();
    if (!words) return null;
    return new Set(leaf.data.nodes.flatMap((node, i) => (node.name + ' ' + node.what).toLowerCase().includes(words) ? [i] : []));
  };
  const near = () => {
    if (!chosen) return null;
    const links = leaf.data.links.flatMap((l, i) =>
      (chosen.what === 'link' ? i === chosen.i : l.from === chosen.i || l.to === chosen.i) ? [i] : []);
    const nodes = new Set(links.flatMap((i) => [leaf.data.links[i].from, leaf.data.links[i].to]));
    if (chosen.what === 'node') nodes.add(chosen.i);
    return { nodes, links: new Set(links) };
  };
  const update = () => {
    const hits = found(), around = near();
    leaf.nodes.forEach((el, i) => {
      el.classList.toggle('gone', isShut(leaf.data.nodes[i].box));
      el.classList.toggle('dim', Boolean(hits ? !hits.has(i) : around && !around.nodes.has(i)));
      el.classList.toggle('hit', Boolean(hits && hits.has(i)));
      el.classList.toggle('chosen', Boolean(chosen && chosen.what === 'node' && chosen.i === i));
    });
    leaf.links.forEach((el, i) => {
      const link = leaf.data.links[i];
      const ends = [link.from, link.to].map((at) => isShut(leaf.data.nodes[at].box));
      el.classList.toggle('gone', offKinds.has(link.kind) || (ends[0] && ends[1]));
      el.classList.toggle('dim', ends[0] || ends[1] || Boolean(hits ? !(hits.has(link.from) && hits.has(link.to)) : around && !around.links.has(i)));
      el.classList.toggle('chosen', Boolean(chosen && chosen.what === 'link' && chosen.i === i));
    });
    leaf.boxes.forEach((el, i) => {
      const box = leaf.data.boxes[i];
      el.classList.toggle('gone', box.parent !== null && isShut(box.parent));
      el.setAttribute('aria-expanded', String(!leaf.shut.has(i)));
      el.querySelector('text').textContent = leaf.shut.has(i) ? '▸ ' + box.title + ' · ' + held(i) + ' inside' : box.title;
    });
    leaf.el.classList.toggle('nobox', !$('boxes').checked);
  };
  const choose = (what, i) => {
    chosen = what ? { what, i } : null;
    if (!chosen) panel.replaceChildren();
    else if (what === 'node') tellNode(i);
    else tellLink(i);
    update();
  };
  const kinds = () => {
    const count = new Map(), says = new Map();
    for (const link of leaf.data.links) {
      count.set(link.kind, (count.get(link.kind) || 0) + 1);
      says.set(link.kind, link.says);
    }
    $('kinds').replaceChildren(...[...count].sort().map(([kind, number]) => {
      const box = make('input');
      box.type = 'checkbox';
      box.checked = !offKinds.has(kind);
      box.addEventListener('change', () => { offKinds[box.checked ? 'delete' : 'add'](kind); update(); });
      return make('label', null, [box, ' ' + says.get(kind) + ' (' + number + ')']);
    }));
  };

  // ---- hands: pointer, wheel, keys ----
  const indexOf = (el) => {
    for (const what of ['node', 'link', 'box']) {
      const part = el.closest('g.' + what + '[id]');
      if (part) return { what, i: leaf[what === 'box' ? 'boxes' : what + 's'].indexOf(part), part };
    }
    return null;
  };
  const act = (target) => {
    const hit = indexOf(target);
    if (!hit || hit.i < 0) return choose(null);
    if (hit.what !== 'box') return choose(hit.what, hit.i);
    if (target.tagName === 'rect') return choose(null);
    leaf.shut[leaf.shut.has(hit.i) ? 'delete' : 'add'](hit.i);
    update();
  };
  let grip = null;
  stage.addEventListener('pointerdown', (event) => {
    grip = { x: event.clientX, y: event.clientY, moved: false, target: event.target };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', (event) => {
    if (!grip) return;
    const dx = event.clientX - grip.x, dy = event.clientY - grip.y;
    if (!grip.moved && Math.hypot(dx, dy) < 4) return;
    grip.moved = true;
    stage.classList.add('drag');
    const by = scale();
    leaf.view[0] -= dx * by;
    leaf.view[1] -= dy * by;
    grip.x = event.clientX;
    grip.y = event.clientY;
    show();
  });
  stage.addEventListener('pointerup', () => {
    stage.classList.remove('drag');
    if (grip && !grip.moved) act(grip.target);
    grip = null;
  });
  stage.addEventListener('wheel', (event) => {
    event.preventDefault();
    zoom(Math.exp(Math.max(-50, Math.min(50, event.deltaY)) * 0.004), spot(event));
  }, { passive: false });
  let next = 0;
  $('search').addEventListener('input', () => { next = 0; update(); });
  $('search').addEventListener('keydown', (event) => {
    const hits = [...(found() || [])];
    if (event.key === 'Enter' && hits.length) {
      const i = hits[next++ % hits.length];
      centre(leaf.nodes[i]);
      choose('node', i);
    }
    if (event.key === 'Escape') { event.target.value = ''; event.target.blur(); update(); }
  });
  document.addEventListener('keydown', (event) => {
    if (event.target.matches('input')) return;
    const keys = { '+': () => zoom(0.8), '=': () => zoom(0.8), '-': () => zoom(1.25), '0': fit,
      '/': () => { event.preventDefault(); $('search').focus(); }, Escape: () => choose(null) };
    if (event.key === 'Enter' && event.target.matches('g.node,g.link,g.box')) {
      const hit = indexOf(event.target);
      act(hit.what === 'box' ? hit.part.querySelector('text') : event.target);
    } else if (keys[event.key]) keys[event.key]();
  });
  $('fit').addEventListener('click', fit);
  $('in').addEventListener('click', () => zoom(0.8));
  $('out').addEventListener('click', () => zoom(1.25));
  $('boxes').addEventListener('change', update);
  if ($('glue')) $('glue').addEventListener('change', () => {
    leaf = leaves[$('glue').checked ? 1 : 0];
    leaves.forEach((other) => { other.el.hidden = other !== leaf; });
    if (!leaf.view) fit();
    choose(null);
    kinds();
  });
  for (const one of leaves) for (const el of [...one.nodes, ...one.links, ...one.boxes]) {
    el.setAttribute('tabindex', '0');
    el.setAttribute('role', 'button');
  }
  fit();
  kinds();
  update();
})();
