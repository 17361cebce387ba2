// What the script adds: each in a real browser, with the page of the demo, which
// changes all the time, and with that of the record.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { open } from './harness.mjs';

let site, demo, record;

before(async () => {
  site = await open(['demo'], ['serve']);
  [demo, record] = site.urls;
});

after(() => site?.close());

test('a page follows the present, and keeps what its visitor opened', async () => {
  const { context, page, wrong } = await site.visit(demo);
  await page.locator('#servers details > summary').first().click();
  const before = await page.locator('.foot time').first().innerText();
  await page.locator('.foot time', { hasNotText: before }).first().waitFor();
  assert.equal(await page.locator('#servers details').first().getAttribute('open'), '');
  assert.equal(await page.locator('.tools').count(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'SUMMARY');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('the filter leaves the servers in which all words stand', async () => {
  const { context, page, wrong } = await site.visit(demo);
  const shown = () => page.locator('#servers table.grid tbody:visible').count();
  await page.keyboard.press('/');
  await page.keyboard.type('main bay');
  await page.locator('.sift output', { hasText: / of / }).waitFor();
  const [n, of] = (await page.locator('.sift output').innerText()).match(/\d+/g).map(Number);
  assert.ok(n > 0 && n < of, `${n} of ${of}`);
  assert.equal(await shown(), n);
  for (const text of await page.locator('#servers table.grid tbody:visible').allInnerTexts()) assert.match(text, /main/);
  await page.locator('#filter').fill('no such server');
  assert.equal(await shown(), 0);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('times can be those of the visitor', async () => {
  const { context, page, wrong } = await site.visit(record, { timezoneId: 'Asia/Tokyo' });
  const time = page.locator('.foot time').first();
  const [utc, machine] = [await time.innerText(), await time.getAttribute('datetime')];
  assert.match(utc, /UTC/);
  await page.keyboard.press('t');
  const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', timeZone: 'Asia/Tokyo' }).format(new Date(machine));
  assert.ok((await time.innerText()).includes(hour), `${await time.innerText()} has no ${hour}`);
  assert.equal(await time.getAttribute('title'), utc);
  await page.locator('.tools button').first().click();
  assert.equal(await time.innerText(), utc);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('a slider stops at each day of change, and leads there', async () => {
  const { context, page, wrong } = await site.visit(record);
  await page.locator('.slide button').click();
  const slider = page.locator('.slide input');
  await slider.waitFor();
  const last = Number(await slider.getAttribute('max'));
  assert.ok(last > 20, `the slider has ${last} stops`);
  await page.keyboard.press('Home');
  const day = await page.locator('.slide output').innerText();
  await page.locator('.slide a').click();
  await page.locator('.moment', { hasText: day }).waitFor();
  await page.keyboard.press(']');
  await page.waitForURL((u) => !u.pathname.includes('1999-07-22'));
  assert.match(page.url(), /\/at\/\d{4}-\d\d-\d\d\/$/);
  assert.deepEqual(wrong, []);
  await context.close();
});

test('keys walk through the news, and can be turned off', async () => {
  const { context, page, wrong } = await site.visit(record);
  const at = () => page.evaluate(() => document.activeElement.closest('.item')?.id);
  await page.keyboard.press('j');
  const first = await at();
  await page.keyboard.press('j');
  assert.ok(first && await at() !== first, `j went from ${first} to ${await at()}`);
  await page.keyboard.press('k');
  assert.equal(await at(), first);
  await page.locator('.tools button').last().click();
  await page.keyboard.press('j');
  assert.equal(await at(), undefined);
  await page.reload();
  await page.keyboard.press('j');
  assert.equal(await at(), undefined, 'the keys came back by themselves');
  assert.deepEqual(wrong, []);
  await context.close();
});
