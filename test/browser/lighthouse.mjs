// How Lighthouse looks at a page: with the browser of the other tests, as on a
// telephone. Chromium has to be started anew for each look, because Lighthouse
// wants its debugging port; the browser chooses one that is free, and says so.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import lighthouse from 'lighthouse';
import { executablePath, flags } from './harness.mjs';

// debugged starts a browser and waits for the line in which it says its port.
async function debugged(folder) {
  const args = [...flags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'];
  const child = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${executablePath} ended with ${code}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      const found = line.match(/DevTools listening on ws:\/\/[^/]*:(\d+)\//);
      if (found) resolve(Number(found[1]));
    });
  });
  return { child, port };
}

export async function audit(url, onlyCategories) {
  const folder = mkdtempSync(join(tmpdir(), 'deadyet-lighthouse-'));
  const { child, port } = await debugged(folder);
  try {
    const { lhr } = await lighthouse(url, { port, onlyCategories, output: 'json', logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
