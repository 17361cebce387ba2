// The program and the browser that the tests share: each file of tests starts
// its own, and ends them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const axe = createRequire(import.meta.url)('axe-core').source;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// address waits for the line in which a program says where its page is.
function address(child) {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${child.spawnargs[1]} ended with ${code}`)));
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        const found = line.match(/http:\/\/127\.0\.0\.1:\d+/);
        if (found) resolve(found[0]);
      });
    }
  });
}

export const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

// open builds the program, runs it once for each list of arguments, and starts
// a browser.
export async function open(...runs) {
  const folder = mkdtempSync(join(tmpdir(), 'deadyet-browser-'));
  const program = join(folder, 'deadyet');
  execFileSync('go', ['build', '-o', program, './cmd/deadyet'], { cwd: root, stdio: 'inherit' });
  const children = runs.map((args) => spawn(program, [...args, '--listen', '127.0.0.1:0'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }));
  let browser;
  const close = async () => {
    await browser?.close();
    await Promise.all(children.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const urls = await Promise.all(children.map(address));
    browser = await chromium.launch({ executablePath, args: flags });
    return { urls, browser, close, visit: (at, options) => visit(browser, at, options) };
  } catch (err) {
    await close(); // or what did start would run on
    throw err;
  }
}

// ended asks a program to end, and waits until it has.
async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

// visit opens a page and collects what a visitor must never see.
async function visit(browser, at, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (m) => { if (m.type() === 'error') wrong.push(`console: ${m.text()}`); });
  page.on('pageerror', (e) => wrong.push(`script: ${e.message}`));
  page.on('request', (r) => { if (!r.url().startsWith(new URL(at).origin)) wrong.push(`third party: ${r.url()}`); });
  page.on('response', (r) => { if (r.status() >= 400) wrong.push(`${r.status()}: ${r.url()}`); });
  await page.goto(at);
  assert.ok(await page.title(), `${at} has no title`);
  return { context, page, wrong };
}

export const unfold = (page, what = 'details') =>
  page.evaluate((w) => { for (const d of document.querySelectorAll(w)) d.open = true; }, what);
