// Files for Mermaid, read and drawn by Mermaid itself as a document would have it.
import { createRequire } from 'node:module';
import assert from 'node:assert/strict';

const library = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');
let page;

const ready = async (browser) => {
  if (page) return page;
  page = await browser.newPage();
  await page.setContent('<!DOCTYPE html><body></body>');
  await page.addScriptTag({ path: library });
  await page.evaluate(() => {
    window.alerts = 0;
    window.alert = () => { window.alerts += 1; };
    mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' });
  });
  return page;
};

export const checkMermaid = async (browser, text) => {
  const page = await ready(browser);
  assert.ok(text.length <= 50_000, `${text.length} characters`);
  const drawn = await page.evaluate(async (text) => {
    const read = await mermaid.parse(text);
    const { svg } = await mermaid.render('chart', text);
    document.body.innerHTML = svg;
    const count = (what) => document.body.querySelectorAll(what).length;
    const found = { kind: read.diagramType, nodes: count('g.node'), edges: count('path.flowchart-link'), scripts: count('script,img,a'), alerts: window.alerts };
    document.body.replaceChildren();
    return found;
  }, text);
  const nodes = new Set([...text.matchAll(/^\s+(n\d+)\W.*:::/gm)].map((hit) => hit[1]));
  const edges = [...text.matchAll(/^ {2}n\d+ -[-.]+>/gm)].length;
  assert.ok(drawn.kind.startsWith('flowchart'), drawn.kind);
  assert.equal(drawn.nodes, nodes.size, 'nodes');
  assert.equal(drawn.edges, edges, 'edges');
  assert.ok(edges <= 500, 'more edges than Mermaid draws');
  assert.equal(drawn.alerts + drawn.scripts, 0, 'something of a name came to life');
};
