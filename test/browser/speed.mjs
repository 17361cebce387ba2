// Prints what Lighthouse says of the speed of two pages as on a telephone: the
// median of five looks, and each. Part of make bench; needs nobody's network.
import { open } from './harness.mjs';
import { audit } from './lighthouse.mjs';

const site = await open(['serve']);
let worst = 100;
try {
  for (const path of ['/', '/server/microsoft/64.4.45.62']) {
    const looks = [];
    for (let n = 0; n < 5; n++) looks.push(await audit(site.urls[0] + path, ['performance']));
    const scores = looks.map((l) => Math.round(l.categories.performance.score * 100)).sort((a, b) => a - b);
    const shown = looks.map((l) => l.audits['largest-contentful-paint'].numericValue).sort((a, b) => a - b);
    console.log(`lighthouse performance ${path}: median ${scores[2]} of ${scores.join(' ')}; largest contentful paint ${Math.round(shown[2])} ms, median`);
    worst = Math.min(worst, scores[2]);
  }
} finally {
  await site.close();
}
if (worst < 100) {
  console.error(`the slowest page has ${worst}, want 100`);
  process.exitCode = 1;
}
