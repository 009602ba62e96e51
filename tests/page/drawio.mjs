// Files for draw.io: the rules that its reader has for cells, and mxGraph, which draw.io is made of,
// reading them.
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const library = createRequire(import.meta.url).resolve('mxgraph/javascript/mxClient.min.js');
let page;

const ready = async (browser) => {
  if (page) return page;
  page = await browser.newPage();
  await page.setContent('<!DOCTYPE html><body><div id="graph"></div></body>');
  await page.evaluate(() => Object.assign(window, { mxLoadResources: false, mxLoadStylesheets: false, mxBasePath: '' }));
  await page.addScriptTag({ path: library });
  return page;
};

// Runs in the browser: reads the file, checks every cell, lets mxGraph decode the model.
const judge = (text) => {
  const faults = [];
  const say = (right, fault) => { if (!right) faults.push(fault); };
  const document = new DOMParser().parseFromString(text, 'text/xml');
  const broken = document.querySelector('parsererror');
  if (broken) return { faults: [broken.textContent], cells: 0, decoded: 0 };
  const way = ['mxfile', 'diagram', 'mxGraphModel', 'root'];
  let at = document.documentElement;
  way.forEach((name, step) => {
    say(at && at.tagName === name, `expected <${name}>`);
    if (step < way.length - 1) at = at && at.firstElementChild;
  });
  const cells = new Map();
  for (const el of at.children) {
    const cell = el.tagName === 'mxCell' ? el : el.querySelector(':scope > mxCell');
    const id = el.getAttribute('id');
    say(['mxCell', 'UserObject', 'object'].includes(el.tagName) && cell, `<${el.tagName}> is no cell`);
    say(id && !cells.has(id), `the id ${id} is missing or there twice`);
    if (cell) cells.set(id, cell);
  }
  say(cells.has('0') && !cells.get('0').hasAttribute('parent'), 'no root');
  say(cells.get('1')?.getAttribute('parent') === '0', 'no layer');
  const number = (el, name) => /^-?\d+(\.\d+)?$/.test(el.getAttribute(name) || '');
  for (const [id, cell] of cells) {
    if (id === '0') continue;
    say(cells.has(cell.getAttribute('parent')), `${id}: no parent`);
    if (id === '1') continue;
    const vertex = cell.getAttribute('vertex') === '1', edge = cell.getAttribute('edge') === '1';
    say(vertex !== edge, `${id}: neither vertex nor edge`);
    const geometry = [...cell.children].filter((el) => el.tagName === 'mxGeometry');
    say(geometry.length === 1 && geometry[0].getAttribute('as') === 'geometry', `${id}: no geometry`);
    if (vertex) for (const name of ['x', 'y', 'width', 'height']) say(number(geometry[0], name), `${id}: no ${name}`);
    if (edge) for (const end of ['source', 'target']) say(cells.get(cell.getAttribute(end))?.getAttribute('vertex') === '1', `${id}: no ${end}`);
    for (const point of cell.querySelectorAll('mxPoint')) say(number(point, 'x') && number(point, 'y'), `${id}: a point without a place`);
    for (const pair of cell.getAttribute('style').split(';').filter(Boolean)) say(/^[\w.]+(=[#\w. ,()-]*)?$/.test(pair), `${id}: style ${pair}`);
    say(/(^|;)html=0(;|$)/.test(cell.getAttribute('style')), `${id}: text is markup`);
  }
  const graph = new mxGraph(window.document.getElementById('graph'));
  const model = document.querySelector('mxGraphModel');
  new mxCodec(document).decode(model, graph.getModel());
  const all = Object.values(graph.getModel().cells);
  for (const cell of all.filter((cell) => cell.isEdge())) say(cell.source && cell.target, `${cell.id}: mxGraph finds no end`);
  for (const cell of all.filter((cell) => cell.isVertex())) say(graph.getView().getState(cell), `${cell.id}: mxGraph does not draw it`);
  const decoded = all.length;
  graph.destroy();
  return { faults, cells: cells.size, decoded };
};

export const checkDrawio = async (browser, text) => {
  const page = await ready(browser);
  const { faults, cells, decoded } = await page.evaluate(judge, text);
  assert.deepEqual(faults, []);
  assert.equal(decoded, cells, 'cells that mxGraph knows');
};
