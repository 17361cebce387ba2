// Sugar on a page that is whole without it: it follows the present, shows times
// of the visitor's place, filters the servers, slides through time and listens
// to a few keys. Browsers that know no modules never load it. It asks nobody but
// its own site and keeps one thing at the visitor's: that keys are turned off.
const tag = document.querySelector('script[data-root]');
const root = tag.dataset.root;
const word = (name) => tag.dataset[name];
const all = (what, from = document) => [...from.querySelectorAll(what)];

function make(name, text, more) {
  const el = Object.assign(document.createElement(name), more);
  if (text) el.textContent = text;
  return el;
}

// Said to those who listen to the page instead of looking at it.
const status = make('div', '', { className: 'away' });
status.setAttribute('role', 'status');
document.body.append(status);

// Times: UTC as written, or those of the visitor's place. Pointing at one shows
// the other.
let local = false, form;

function clock(t) {
  if (!t.dateTime.includes('T')) return;
  form ??= new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
  t.dataset.utc ??= t.textContent;
  const here = form.format(new Date(t.dateTime)) + ' ' + word('here');
  t.title = local ? t.dataset.utc : here;
  t.textContent = local ? here : t.dataset.utc;
}

addEventListener('mouseover', ({ target }) => { if (target.matches?.('time:not([title])')) clock(target); });

function turn() {
  local = !local;
  all('time').forEach(clock);
  tools.clock.textContent = word(local ? 'utc' : 'local');
  tools.clock.setAttribute('aria-pressed', local);
}

// The filter hides the servers in which the words do not stand.
let wanted = '';

function sift() {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  let n = 0, of = 0;
  for (const body of all('#servers table.grid tbody, .page table.grid tbody')) {
    const text = (body.textContent + ' ' + (body.closest('details')?.querySelector('summary').textContent ?? '')).toLowerCase();
    const hit = words.every((w) => text.includes(w));
    body.hidden = !hit;
    of++;
    if (hit) n++;
  }
  for (const d of all('details')) {
    if (!d.querySelector('table.grid')) continue;
    const hit = d.querySelector('tbody:not([hidden])') !== null;
    d.hidden = !hit;
    if (words.length && hit) d.open = true;
  }
  const said = word('shown').replace('{n}', n).replace('{of}', of);
  for (const o of all('.sift output')) o.value = words.length ? said : '';
}

function filter() {
  const first = document.querySelector('#servers .legend, .page table.grid');
  if (!first || all('table.grid tbody').length < 4) return;
  const label = make('label', word('filter') + ' ');
  const input = make('input', '', { type: 'search', value: wanted, id: 'filter' });
  input.addEventListener('input', () => { wanted = input.value; sift(); });
  label.append(input, ' ', make('output'));
  const p = make('p', '', { className: 'sift' });
  p.append(label);
  (first.closest('.scroll, .region, details, .legend') ?? first).before(p);
  if (wanted) sift();
}

// The slider stops on each day on which something changed.
function slider() {
  const host = document.querySelector('.top .moment') ?? document.querySelector('#decline');
  if (!host || document.querySelector('.slide')) return;
  const p = make('p', '', { className: 'slide' });
  const start = make('button', word('slide'), { type: 'button' });
  start.addEventListener('click', () => slide(p));
  p.append(start);
  host.append(p);
}

async function slide(p) {
  const answer = await fetch(root + 'at/');
  if (!answer.ok) return;
  const calendar = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const base = new URL(answer.url);
  const days = all('dt > a', calendar).map((a) => [a.querySelector('time').dateTime, a.textContent, new URL(a.getAttribute('href'), base)]);
  days.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  if (!days.length) return;
  const now = document.querySelector('.moment time')?.dateTime ?? '9';
  let at = days.findLastIndex((d) => d[0] <= now.slice(0, 10));
  if (at < 0) at = 0;
  const input = make('input', '', { type: 'range', min: 0, max: days.length - 1, value: at });
  const out = make('output', days[at][1]);
  const go = make('a', word('go'), { href: days[at][2] });
  input.setAttribute('aria-label', word('slide'));
  input.addEventListener('input', () => {
    const [, text, href] = days[input.value];
    out.value = text;
    go.href = href;
    input.setAttribute('aria-valuetext', text);
  });
  p.replaceChildren(input, ' ', out, ' ', go);
  input.focus();
}

// What a visitor opened stays open, and what had the focus keeps it, when the
// page is replaced by a newer one.
const nameOf = (el) => (el.closest('[id]')?.id ?? '') + ' ' + (el.href ?? el.id) + ' ' + (el.querySelector('h3, h4')?.textContent ?? el.textContent.slice(0, 40));

function replace(next) {
  const main = document.querySelector('#main');
  const open = new Set(all('details[open] > summary', main).map(nameOf));
  const focus = main.contains(document.activeElement) ? nameOf(document.activeElement) : '';
  const mark = all('[id]', main).find((el) => el.getBoundingClientRect().top >= 0);
  const top = mark?.getBoundingClientRect().top;
  const told = (from) => all('.answer, .item:first-of-type h3', from).map((el) => el.textContent).join();
  const fresh = told(next) !== told(document);
  for (const part of ['.top', '#main', '.foot']) {
    const [was, is] = [document.querySelector(part), next.querySelector(part)];
    if (was && is) was.replaceWith(document.adoptNode(is));
  }
  document.title = next.title;
  for (const s of all('#main summary')) if (open.has(nameOf(s))) s.parentElement.open = true;
  dress();
  if (focus) all('#main a, #main summary, #main input').find((el) => nameOf(el) === focus)?.focus({ preventScroll: true });
  const again = mark && document.getElementById(mark.id);
  if (again) scrollBy(0, again.getBoundingClientRect().top - top);
  if (fresh) status.textContent = word('news') + ' ' + document.title;
}

// However many editions come while the visitor is busy, one look is due.
let due;

function soon(wait) {
  clearTimeout(due);
  due = setTimeout(refresh, wait);
}

async function refresh() {
  if (getSelection().toString() || document.activeElement?.matches('input')) return soon(5000);
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (answer.ok) replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  } catch { /* the site is away: the stream tries again by itself */ }
}

// Only a page that is looked at listens: a browser has few connections for a
// site. A wait of any length, in ms, lets not all visitors ask at once.
const spread = 3000;
let stream, known;

function live() {
  stream?.close();
  if (!tag.dataset.live || document.hidden) return;
  stream = new EventSource(tag.dataset.live);
  stream.addEventListener('edition', ({ data }) => {
    if (known !== undefined && known !== data) soon(Math.random() * spread);
    known = data;
  });
}

document.addEventListener('visibilitychange', live);

// Keys, which can be turned off: some programs that speak or listen use them.
const tools = {};
let keys = true;
try { keys = localStorage.getItem('keys') !== 'off'; } catch { /* storage is shut: keys stay on */ }

function step(by) {
  const items = all('.item[id]').filter((i) => i.offsetParent);
  const at = items.findIndex((i) => i.getBoundingClientRect().top > (by > 0 ? 20 : -20));
  const to = items[by > 0 ? at : (at < 0 ? items.length : at) - 1];
  if (!to) return;
  to.scrollIntoView();
  to.querySelector('a')?.focus({ preventScroll: true });
}

const does = {
  '/': () => document.querySelector('#filter')?.focus(),
  t: turn,
  j: () => step(1),
  k: () => step(-1),
  '[': () => document.querySelector('a[rel=prev]')?.click(),
  ']': () => document.querySelector('a[rel=next]')?.click(),
};

addEventListener('keydown', (e) => {
  const held = (e.ctrlKey || e.altKey) && !e.getModifierState('AltGraph'); // with which some keyboards write brackets
  if (!keys || held || e.metaKey || e.target.matches('input, textarea, select') || !does[e.key]) return;
  e.preventDefault();
  does[e.key]();
});

function switchKeys() {
  keys = !keys;
  try { localStorage.setItem('keys', keys ? 'on' : 'off'); } catch { /* it holds for this page */ }
  tools.keys.textContent = word(keys ? 'quiet' : 'listen');
}

// dress puts the sugar on a page that is new.
function dress() {
  if (local) all('time').forEach(clock);
  filter();
  slider();
  const p = make('p', '', { className: 'tools' });
  tools.clock = make('button', word(local ? 'utc' : 'local'), { type: 'button', onclick: turn });
  tools.clock.setAttribute('aria-pressed', local);
  tools.keys = make('button', word(keys ? 'quiet' : 'listen'), { type: 'button', onclick: switchKeys });
  p.append(tools.clock, ' ', make('span', word('keys')), ' ', tools.keys);
  document.querySelector('.foot')?.append(p);
}

dress();
live();
