// Looks at the page of the demo in a real browser, as a visitor would.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'deadyet-browser-'));
let demo, browser, url;

// address waits for the line in which the demo says where its page is.
function address(child) {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
        if (found) resolve(found[0]);
      });
    }
  });
}

before(async () => {
  const program = join(folder, 'deadyet');
  execFileSync('go', ['build', '-o', program, './cmd/deadyet'], { cwd: root, stdio: 'inherit' });
  demo = spawn(program, ['demo', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  url = await address(demo);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  demo?.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

// visit opens the front page and collects what a visitor must never see.
async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (m) => { if (m.type() === 'error') wrong.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => wrong.push(`script: ${e.message}`));
  page.on('request', (r) => { if (!r.url().startsWith(url)) wrong.push(`third party: ${r.url()}`); });
  page.on('response', (r) => { if (r.status() >= 400) wrong.push(`${r.status()}: ${r.url()}`); });
  await page.goto(url);
  return { context, page, wrong };
}

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

for (const [name, options] of Object.entries({
  'on a narrow telephone': { viewport: { width: 320, height: 640 } },
  'on a wide screen': { viewport: { width: 1920, height: 1080 } },
  'in the dark': { colorScheme: 'dark' },
})) {
  test(`nothing runs out of the page ${name}`, async () => {
    const { context, page, wrong } = await visit(options);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `the page is ${over} pixels too wide`);
    assert.deepEqual(wrong, []);
    await context.close();
  });
}

test('every answer is a mark and a word, without script and without style', async () => {
  const { context, page } = await visit({ javaScriptEnabled: false });
  const cells = await page.locator('table td a').all();
  assert.ok(cells.length > 50, `the tables have ${cells.length} answers`);
  for (const cell of cells) {
    const text = await cell.textContent();
    assert.match(text, /(✔\s*yes|✘\s*no|…\s*silent|\?\s*unclear|–\s*unasked)/, `cell says "${text}"`);
  }
  await context.close();
});

test('a cell leads to its evidence', async () => {
  const { context, page, wrong } = await visit();
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  const cell = page.locator('table td a').first();
  const href = await cell.getAttribute('href');
  await page.goto(new URL(href, url).href);
  assert.match(await page.locator('body').innerText(), /SIMULATED/);
  const anchor = new URL(page.url()).hash.slice(1);
  if (anchor) assert.equal(await page.locator(`[id="${anchor}"]`).count(), 1);
  assert.deepEqual(wrong, []);
  await context.close();
});
