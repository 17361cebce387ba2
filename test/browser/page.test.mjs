// Looks at the page in a real browser, as a visitor would: that of the demo, and
// the one that serve shows without asking anybody, whose news is the record's.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, open, unfold } from './harness.mjs';

let site, browser, url, recordURL;

before(async () => {
  site = await open(['demo'], ['serve']);
  [url, recordURL] = site.urls;
  browser = site.browser;
});

after(() => site?.close());

const visit = ({ at = url, ...options } = {}) => site.visit(at, options);

test('the first screen holds the question, the answer and the reason', async () => {
  const { context, page, wrong } = await visit();
  const question = page.locator('h1');
  assert.match(await question.innerText(), /dead yet\?/);
  assert.ok((await question.boundingBox()).y < 800);
  const body = await page.locator('body').innerText();
  assert.match(body, /SIMULATED/);
  assert.match(await page.title(), /SIMULATED/);
  assert.deepEqual(wrong, []);
  assert.deepEqual(await context.cookies(), []);
  await context.close();
});

for (const [name, path] of [['', '/'], [', in German', '/de/']]) test(`without a network, the first screen holds what people come for${name}`, async () => {
  const { context, page, wrong } = await visit({ at: recordURL + path });
  // As it is when the networks would be asked, and the line is down.
  await page.evaluate(() => {
    const down = document.createElement('p');
    down.className = 'notice down';
    down.textContent = 'It is us, not them: our own line has been down since 25 November 2026, 09:48 UTC. What stands below was known before that.';
    document.querySelector('.top').append(down);
  });
  const body = page.locator('#main');
  for (const what of ['h1', '.answer', '.reason', '.provenance', '#clients h2', '#clients table', '#lives svg', '#lives .demo a']) {
    const box = await body.locator(what).first().boundingBox();
    assert.ok(box && box.y >= 0 && box.y + box.height <= 800, `${what} ends at ${box && box.y + box.height}, want at most 800`);
  }
  if (path === '/') assert.match(await page.locator('#lives svg title').first().textContent(), /took each version/);
  await page.locator('#lives .demo a').click();
  assert.match(await page.locator('#demo').innerText(), /deadyet demo/);
  assert.deepEqual(wrong, []);
  await context.close();
});

// old takes away what Internet Explorer 6 does not know: rules in media
// queries, and every declaration of the years after it.
const later = /^(display:\s*(flex|grid)|border-radius|background:.*gradient|background-image|background-size|columns|overflow-wrap|fill|stroke|font-weight:800|content-visibility)/;
function old(css) {
  const plain = css.slice(0, css.indexOf('@media'));
  return plain.replace(/\{([^}]*)\}/g, (_, body) => `{${body.split(';').filter((d) => !later.test(d.trim()) && !d.includes('gradient')).join(';')}}`);
}

test('the layout stands in a browser of the age of the clients', async () => {
  for (const path of ['/', '/network/microsoft', '/network/microsoft/bay', '/version/MSNP21', '/server/microsoft/64.4.45.62', '/rule', '/method', '/news/2017-05-19-microsoft-gone', '/clients', '/client/msn-7.5']) {
    const context = await browser.newContext({ viewport: { width: 800, height: 600 }, javaScriptEnabled: true });
    const page = await context.newPage();
    await page.route('**/*.css', async (route) => {
      const r = await route.fetch();
      await route.fulfill({ response: r, body: old(await r.text()) });
    });
    const answer = await page.goto(recordURL + path);
    assert.equal(answer.status(), 200, path);
    await unfold(page);
    const overlapping = await page.evaluate(() => {
      const blocks = [...document.querySelectorAll('h1, h2, h3, h4, p, li, table, pre')]
        .filter((e) => !e.closest('.away, .skip, table table') && (e.tagName === 'TABLE' || !e.closest('table')) && !e.querySelector('p, li, table'));
      const boxes = blocks.map((e) => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width && b.height && b.right > 0);
      const found = [];
      boxes.sort(([, a], [, b]) => a.top - b.top);
      for (let i = 0; i < boxes.length; i++) {
        for (let k = i + 1; k < boxes.length && boxes[k][1].top < boxes[i][1].bottom - 2; k++) {
          const [a, b] = [boxes[i][1], boxes[k][1]];
          if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
            && !boxes[i][0].contains(boxes[k][0]) && !boxes[k][0].contains(boxes[i][0])) {
            found.push(`${boxes[i][0].outerHTML.slice(0, 60)} and ${boxes[k][0].outerHTML.slice(0, 60)}`);
          }
        }
      }
      return found.slice(0, 5);
    });
    assert.deepEqual(overlapping, [], path);
    assert.ok(!(await page.locator('.picture').first().isVisible().catch(() => false)), `${path} shows letters of pictures`);
    await context.close();
  }
});

test('from right to left everything changes sides, and nothing runs out of the page', async () => {
  for (const width of [360, 1280]) {
    for (const path of ['/', '/network/microsoft', '/version/MSNP21', '/server/microsoft/64.4.45.62', '/rule', '/news/2017-05-19-microsoft-gone']) {
      const { context, page, wrong } = await visit({ at: recordURL + path, viewport: { width, height: 800 } });
      const left = await sides(page);
      await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
      await unfold(page);
      const right = await sides(page);
      const over = await page.evaluate(() => {
        const { scrollingElement: e } = document;
        e.scrollLeft = -9999; // that is where what is too wide would be
        return [e.scrollWidth - window.innerWidth, e.scrollLeft];
      });
      assert.deepEqual(over, [Math.min(over[0], 0), 0], `${path} at ${width}`);
      for (const [what, x] of Object.entries(left)) {
        assert.ok(Math.abs(width - right[what] - x) < 3, `${path} at ${width}: ${what} begins ${x} pixels from the left, and ${width - right[what]} from the right`);
      }
      assert.deepEqual(wrong, []);
      await context.close();
    }
  }
});

// sides tells how far from the side where reading begins a few things stand.
function sides(page) {
  return page.evaluate(() => {
    const rtl = document.documentElement.dir === 'rtl';
    const found = {};
    for (const what of ['.tag', '.says', '.left', '.side h2', '.side .body', '.item h3', '.crumbs', '.about th', '.legend dt', '.legend dd', '#main h1']) {
      const e = document.querySelector(what);
      if (!e || !e.getClientRects().length) continue;
      const b = e.getBoundingClientRect();
      found[what] = rtl ? b.right : b.left;
    }
    return found;
  });
}

// ofThePast are the pages about other days than today.
const ofThePast = ['at/', 'at/2015-03-05', 'diff/2015-02-25/2015-02-27', 'changes'];
const ofClients = ['clients', 'client/msn-7.5', 'de/client/msn-7.5', 'at/2015-01-10/client/pidgin-2.7.6-2.10.1'];

for (const [name, options] of Object.entries({
  'on a narrow telephone': { viewport: { width: 320, height: 640 } },
  'on a telephone': { viewport: { width: 360, height: 800 } },
  'on a wide screen': { viewport: { width: 1920, height: 1080 } },
  'in the dark': { colorScheme: 'dark' },
})) {
  test(`nothing runs out of the page ${name}`, async () => {
    for (const at of [url, recordURL, ...['network/microsoft', 'version/MSNP21', 'server/microsoft/64.4.45.62', ...ofThePast, ...ofClients].map((p) => `${recordURL}/${p}`)]) {
      const { context, page, wrong } = await visit({ at, ...options });
      await unfold(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `the page is ${over} pixels too wide`);
      assert.deepEqual(wrong, []);
      await context.close();
    }
  });
}

test('every answer is a mark and a word, without script and without style', async () => {
  const { context, page } = await visit({ javaScriptEnabled: false });
  const cells = await page.locator('table td a').allTextContents();
  assert.ok(cells.length > 50, `the tables have ${cells.length} answers`);
  for (const text of cells) {
    assert.match(text, /(✔\s*yes|✘\s*no|…\s*silent|\?\s*unclear|–\s*unasked)/, `cell says "${text}"`);
  }
  await context.close();
});

test('a cell leads to its evidence', async () => {
  const { context, page, wrong } = await visit();
  await unfold(page);
  const cell = page.locator('table td a').first();
  const href = await cell.getAttribute('href');
  await page.goto(new URL(href, url).href);
  assert.match(await page.locator('body').innerText(), /SIMULATED/);
  const anchor = new URL(page.url()).hash.slice(1);
  if (anchor) assert.equal(await page.locator(`[id="${anchor}"]`).count(), 1);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('a link to folded news opens the fold', async () => {
  const { context, page, wrong } = await visit({ at: recordURL });
  const id = await page.locator('.older .item').last().getAttribute('id');
  assert.ok(!(await page.locator(`[id="${id}"]`).isVisible()), 'the oldest item is not folded');
  await page.goto(`${recordURL}/#${id}`);
  await page.locator(`[id="${id}"] h4`).waitFor({ state: 'visible' });
  const headline = page.locator(`[id="${id}"] h4 a`);
  assert.equal(await headline.getAttribute('href'), `news/${id}`);
  await headline.click();
  assert.match(await page.locator('h1').innerText(), /\w/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('every item says when and how it is known, and its servers have pages', async () => {
  const { context, page, wrong } = await visit({ at: recordURL });
  const items = await page.locator('.item').all();
  assert.ok(items.length > 20, `there are ${items.length} items`);
  for (const item of items) {
    assert.match(await item.locator('.meta').textContent(), /\b(1999|20\d\d)\b/);
    if (!(await item.getAttribute('class')).includes('kind-note')) {
      assert.match(await item.locator('.origin').textContent(), /not measured here|measured here/);
    }
  }
  await unfold(page);
  await page.locator('.concerned a').last().click();
  assert.match(await page.locator('body').innerText(), /In the news/);
  assert.deepEqual(wrong, []);
  await context.close();
});

for (const [name, options] of Object.entries({
  light: { colorScheme: 'light' }, dark: { colorScheme: 'dark' }, 'colours of their own': { forcedColors: 'active' },
})) {
  test(`everybody can use it (axe, ${name})`, async () => {
    for (const at of [url, recordURL, ...['server/microsoft/64.4.45.62', 'network/microsoft', 'version/MSNP21', 'news/2017-05-19-microsoft-gone', 'rule', 'method', ...ofThePast, ...ofClients].map((p) => `${recordURL}/${p}`)]) {
      const { context, page } = await visit({ at, ...options });
      await unfold(page, '#news details'); // the tables are all alike, and so are their servers
      const { violations } = await page.evaluate(`${axe}; axe.run({ exclude: [["tbody ~ tbody"]] }, { resultTypes: ["violations"] })`);
      assert.deepEqual(violations.map((v) => `${at}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html).join(' | ')}`), []);
      await context.close();
    }
  });
}

test('with colours of their own, people see every word and every part of a picture', async () => {
  for (const path of ['/', '/server/microsoft/64.4.45.62']) {
    const { context, page, wrong } = await visit({ at: recordURL + path, forcedColors: 'active' });
    await unfold(page);
    const hidden = await page.evaluate(() => {
      const paper = getComputedStyle(document.body).backgroundColor;
      const same = (e, what) => getComputedStyle(e)[what] === paper;
      return [
        ...[...document.querySelectorAll('.answer, .tag, .grid td, .legend dt')].filter((e) => same(e, 'color')),
        ...[...document.querySelectorAll('svg text, .picture [class^=is-]')].filter((e) => e.getClientRects().length && same(e, 'fill') && (e.tagName === 'text' || same(e, 'stroke') || getComputedStyle(e).stroke === 'none')),
      ].slice(0, 5).map((e) => e.outerHTML.slice(0, 80));
    });
    assert.deepEqual(hidden, [], path);
    assert.deepEqual(wrong, []);
    await context.close();
  }
});

test('a form leads to a day, and to what lies between two, without script', async () => {
  const { context, page, wrong } = await visit({ at: `${recordURL}/at/`, javaScriptEnabled: false });
  await page.locator('form:has([name=day]) [name=day]').fill('2015-03-05');
  await page.locator('form:has([name=day]) button').click();
  assert.match(page.url(), /\/at\/2015-03-05\/$/);
  assert.equal(await page.locator('.answer').innerText(), 'MOSTLY');
  await page.goto(`${recordURL}/at/`);
  await page.locator('form:has([name=from]) [name=from]').fill('2015-02-25');
  await page.locator('form:has([name=from]) [name=to]').fill('2015-02-27');
  await page.locator('form:has([name=from]) button').click();
  assert.match(page.url(), /\/diff\/2015-02-25\/2015-02-27$/);
  assert.match(await page.locator('#main').innerText(), /refuse MSNP18/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('on paper it is dark on white, whatever the screen is', async () => {
  const { context, page } = await visit({ at: recordURL, colorScheme: 'dark' });
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const pale = await page.evaluate(() => [...document.querySelectorAll('h1, h2, h3, p, td, svg text')]
    .filter((e) => e.getClientRects().length > 0)
    .map((e) => [e.outerHTML.slice(0, 80), getComputedStyle(e)[e.tagName === 'text' ? 'fill' : 'color'].match(/\d+/g).map(Number)])
    .filter(([, [r, g, b]]) => 0.2126 * r + 0.7152 * g + 0.0722 * b > 150));
  assert.deepEqual(pale.slice(0, 5), []);
  await context.close();
});
