// How Lighthouse looks at a page: with the browser of the other tests, as on a
// telephone. Chromium has to be started anew for each look, because Lighthouse
// wants its debugging port.
import { chromium } from 'playwright-core';
import lighthouse from 'lighthouse';
import { createServer } from 'node:net';
import { executablePath, flags } from './harness.mjs';

function freePort() {
  return new Promise((resolve) => {
    const s = createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });
}

export async function audit(url, onlyCategories) {
  const port = await freePort();
  const browser = await chromium.launch({ executablePath, args: [...flags, `--remote-debugging-port=${port}`] });
  try {
    const { lhr } = await lighthouse(url, { port, onlyCategories, output: 'json', logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    await browser.close();
  }
}
