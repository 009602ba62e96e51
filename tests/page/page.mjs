// The page in a browser, by the hands of somebody who explores it.
import assert from 'node:assert/strict';

const counts = (page) => page.evaluate(() => {
  const seen = (what) => [...document.querySelectorAll(`.leaf:not([hidden]) g.${what}[id]`)];
  const alive = (el) => !el.classList.contains('gone');
  return {
    nodes: seen('node').filter(alive).length,
    hits: seen('node').filter((el) => el.classList.contains('hit')).length,
    links: seen('link').filter(alive).length,
    boxes: seen('box').filter(alive).length,
    shut: seen('box').filter((el) => el.getAttribute('aria-expanded') === 'false').length,
    panel: document.querySelector('aside').textContent,
    view: document.querySelector('.leaf:not([hidden]) svg').getAttribute('viewBox'),
  };
});

const clickOn = async (page, what) => {
  const spot = await page.evaluate((what) => {
    const box = document.querySelector(`.leaf:not([hidden]) ${what}`).getBoundingClientRect();
    return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
  }, what);
  await page.mouse.click(...spot);
};

const explore = async (page, name) => {
  const start = await counts(page);
  assert.ok(start.nodes > 0, 'nothing is drawn');
  await clickOn(page, 'g.node[id] .name');
  assert.ok((await counts(page)).panel.includes(name), 'a click on a node tells its facts');
  await page.keyboard.press('Escape');
  assert.equal((await counts(page)).panel, '', 'escape closes the panel');

  await page.keyboard.press('/');
  await page.keyboard.type(name.slice(0, 12));
  assert.ok((await counts(page)).hits > 0, 'a search finds');
  await page.keyboard.press('Enter');
  assert.notEqual((await counts(page)).panel, '', 'enter goes to what was found');
  await page.keyboard.press('Escape');
  assert.equal((await counts(page)).hits, 0, 'escape ends a search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('0');

  if (start.links) {
    await page.evaluate(() => document.querySelector('#kinds input').click());
    assert.ok((await counts(page)).links < start.links, 'a kind can be hidden');
    await page.evaluate(() => document.querySelector('#kinds input').click());
    assert.equal((await counts(page)).links, start.links, 'and shown again');
  }
  if (start.boxes) {
    await clickOn(page, 'g.box[id] text');
    const shut = await counts(page);
    assert.ok(shut.shut === 1 && shut.nodes < start.nodes, 'a box folds');
    await clickOn(page, 'g.box[id] text');
    assert.equal((await counts(page)).nodes, start.nodes, 'and opens');
  }
  await page.mouse.move(500, 400);
  await page.mouse.wheel({ deltaY: -200 });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.notEqual((await counts(page)).view, start.view, 'the wheel zooms');
  if (await page.$('#glue')) {
    await page.evaluate(() => document.querySelector('#glue').click());
    assert.ok((await counts(page)).nodes > start.nodes, 'glue can be drawn');
  }
};

export const checkPage = async (browser, address) => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  const trouble = [], asked = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => { trouble.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(address);
  const name = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent)[0].nodes[0].name);
  await explore(page, name);
  assert.deepEqual(trouble, [], 'the console is empty');
  assert.deepEqual(asked.filter((url) => url !== address), [], 'the file asks nobody');
  await page.close();
};
