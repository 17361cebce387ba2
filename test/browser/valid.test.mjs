// Lets validators that others wrote look at what the program serves: every type
// of page, the feeds, the sitemap, the pictures and the description of the API.
// They run offline; xmllint is of Debian's libxml2-utils.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { HtmlValidate } from 'html-validate';
import { open } from './harness.mjs';

let site, urls;

before(async () => {
  site = await open(['demo'], ['serve']);
  urls = site.urls;
});

after(() => site?.close());

const get = async (url, status = 200) => {
  const r = await fetch(url, { headers: { accept: 'text/html' } });
  const body = await r.text();
  assert.equal(r.status, status, url);
  return { body, type: r.headers.get('content-type') };
};

// What is no mistake on this site, and why.
const html = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // HTML allows whatever holds no space. Items of news are named by their day,
    // and the links to them are older than this rule.
    'valid-id': ['error', { relaxed: true }],
    'long-title': 'off', // of an item of news it is its headline
    // Internet Explorer 6 knows no <main>, <nav> or <section>, and gives them no style.
    'prefer-native-element': 'off',
    'prefer-tbody': 'off', // every browser since 1997 puts it there by itself
  },
});

function checkHTML(url, body) {
  const report = html.validateStringSync(body);
  const found = report.results.flatMap((r) => r.messages);
  return [...new Set(found.map((m) => `${url}: ${m.ruleId}: ${m.message} at ${m.line}:${m.column}`))].slice(0, 10);
}

// One of each type of page, and all whose form depends on what happened.
const kinds = ['', 'network/microsoft', 'network/microsoft/bay', 'version/MSNP18', 'rule', 'method'];
const past = ['at', 'at/2015-03-01/', 'at/2015-03-01/network/microsoft', 'diff/2014-11-20/2015-03-12'];

test('pages are valid HTML', async () => {
  const wrong = [];
  for (const url of urls) {
    const { body: map } = await get(`${url}/sitemap.xml`);
    const all = [...map.matchAll(/<loc>([^<]+)/g)].map((m) => m[1]);
    const one = (what) => all.filter((u) => u.includes(what));
    const named = url === urls[1] ? [...kinds, ...past] : kinds; // the demo begins with no past
    const pages = [...named.map((k) => `${url}/${k}`), ...one('/news/').slice(0, 12), ...one('/server/').slice(0, 3), ...one('/network/').slice(0, 3)];
    for (const page of new Set(pages)) {
      const { body, type } = await get(page);
      assert.match(type, /^text\/html/, page);
      wrong.push(...checkHTML(page, body));
    }
    const { body } = await get(`${url}/no/such/page`, 404);
    wrong.push(...checkHTML('the page that says that there is none', body));
  }
  assert.deepEqual(wrong, []);
});

// xmllint reads a document from its standard input, and says what is wrong.
function xmllint(name, body, ...args) {
  try {
    execFileSync('xmllint', ['--noout', '--nonet', ...args, '-'], { input: body, stdio: ['pipe', 'pipe', 'pipe'] });
  } catch (e) {
    assert.fail(`${name}: ${e.stderr}`);
  }
}

const schema = join(dirname(fileURLToPath(import.meta.url)), 'atom.rng');

test('feeds are Atom', async () => {
  for (const url of urls) {
    for (const path of ['feed.atom', 'network/microsoft/feed.atom', 'version/MSNP18/feed.atom']) {
      const { body, type } = await get(`${url}/${path}`);
      assert.match(type, /^application\/atom\+xml/);
      xmllint(`${url}/${path}`, body, '--relaxng', schema);
      // What a schema can't say.
      const ids = [...body.matchAll(/<id>([^<]+)/g)].map((m) => m[1]);
      assert.equal(new Set(ids).size, ids.length, 'an id stands twice');
      const [feed, ...entries] = [...body.matchAll(/<updated>([^<]+)/g)].map((m) => Date.parse(m[1]));
      for (const e of entries) assert.ok(e <= feed, 'an entry is newer than its feed');
      // Without an address of the world's the program only knows its own paths.
      for (const [, href] of body.matchAll(/<link [^>]*href="([^"]*)"/g)) {
        assert.equal(new URL(href.replaceAll('&amp;', '&'), `${url}/${path}`).origin, url, href);
      }
    }
  }
});

test('a schema finds what is wrong with a feed', async () => {
  const { body } = await get(`${urls[1]}/feed.atom`);
  for (const [what, worse] of [
    ['no id', body.replace(/<id>[^<]*<\/id>/, '')],
    ['a time without zone', body.replace(/(<updated>[^<]*)Z/, '$1')],
    ['an element that is not in the standard', body.replace('<entry>', '<entry><guid>1</guid>')],
  ]) {
    assert.notEqual(worse, body, what);
    assert.throws(() => xmllint(what, worse, '--relaxng', schema), what);
  }
});

// pictures are the outermost ones of a page: some hold others.
function pictures(body) {
  const found = [];
  let depth = 0;
  let begin = 0;
  for (const tag of body.matchAll(/<(\/?)svg\b/g)) {
    if (!tag[1] && depth++ === 0) begin = tag.index;
    if (tag[1] && --depth === 0) found.push(body.slice(begin, tag.index) + '</svg>');
  }
  assert.ok(found.length > 0);
  return found;
}

test('the sitemap and the pictures are well-formed', async () => {
  for (const url of urls) {
    for (const path of ['sitemap.xml', 'badge/verdict.svg']) {
      const { body } = await get(`${url}/${path}`);
      xmllint(path, body);
    }
    // Those that stand in a page are valid with it; alone they must be as well.
    for (const path of ['', 'network/microsoft']) {
      const { body } = await get(`${url}/${path}`);
      for (const svg of pictures(body)) xmllint(`a picture of /${path}`, svg);
    }
  }
});

test('the description of the API is OpenAPI 3.1', async () => {
  for (const url of urls) {
    const document = JSON.parse((await get(`${url}/api/v1/openapi.json`)).body);
    const validator = new Validator();
    const { valid, errors } = await validator.validate(document);
    assert.ok(valid, JSON.stringify(errors, null, 1));
    assert.equal(validator.version, '3.1');
  }
});
