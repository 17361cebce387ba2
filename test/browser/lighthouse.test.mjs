// Lighthouse, as on a telephone, over the page of the whole record with its three
// networks. Its scores for accessibility, best practice and search engines must be
// perfect; that for speed is measured by speed.mjs, because it depends on how busy
// the machine is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './harness.mjs';
import { audit } from './lighthouse.mjs';

let site;

before(async () => { site = await open(['serve']); });

after(() => site?.close());

for (const path of ['/', '/server/microsoft/64.4.45.62']) {
  test(`lighthouse finds nothing to mend on ${path}`, async () => {
    const { categories, audits } = await audit(site.urls[0] + path, ['accessibility', 'best-practices', 'seo']);
    const wrong = Object.values(audits).filter((a) => a.score !== null && a.score < 1 && a.scoreDisplayMode !== 'informative')
      .map((a) => `${a.id}: ${a.title} ${JSON.stringify(a.details?.items?.slice(0, 3) ?? '')}`);
    for (const { id, score } of Object.values(categories)) assert.equal(score, 1, `${id}: ${score}\n${wrong.join('\n')}`);
  });
}
