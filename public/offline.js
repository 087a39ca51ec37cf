// Marks from a list that this phone holds, with or without a connection. Its words stand in the page.
import * as vault from './offline-vault.js';

/** Only who scans needs it. */
const camera = () => import('./camera.js');

const box = document.querySelector('[data-offline]');
const find = (what) => box.querySelector(what);
const word = (name, values = {}) =>
  find(`[data-word=${name}]`).textContent.replace(/\{(\w+)\}/g, (_, value) => values[value]);
const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, {
  timeZone: 'America/Lima', weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit',
});
const LOCK_AFTER = 10 * 60000;
const LOCK_HIDDEN = 2 * 60000;
const channel = new BroadcastChannel('capacita-offline');
let open;
let touched = Date.now();
let hidden = 0;
let sending = false;
/** Marks are kept one after another, so that a press is never counted before the one before it. */
let queue = Promise.resolve();

const tell = (name, values, good = true) => {
  const said = find('[data-said]');
  said.className = name ? `scanner-said ${good ? 'is-good' : 'is-bad'}` : 'scanner-said';
  said.textContent = name ? word(name, values) : '';
};
const show = (view) => {
  for (const part of box.querySelectorAll('[data-view]')) part.hidden = part.dataset.view !== view;
};
const label = ({ status, minutes }) => word(status, { n: minutes });

/** What this phone knows of everybody: what stood, and what was said here. */
const load = async () => {
  open.said = await vault.said(open);
  open.stands = new Map(open.people.map(({ enrolment, status, minutes }) => [enrolment, { status, minutes }]));
  open.before = new Map();
  for (const { enrolment, status, minutes } of open.said) {
    if (!enrolment) continue;
    open.before.set(enrolment, open.stands.get(enrolment));
    open.stands.set(enrolment, { status, minutes });
  }
};
const count = () => {
  for (const part of box.querySelectorAll('[data-count]')) {
    part.textContent = open.said.filter(({ state }) => state === part.dataset.count).length;
  }
};
const fill = (line, person) => {
  const stands = open.stands.get(person.enrolment);
  line.querySelector('[data-stands]').textContent = label(stands);
  for (const button of line.querySelectorAll('[data-status]')) {
    button.setAttribute('aria-pressed', button.dataset.status === stands.status);
  }
  line.querySelector('[data-undo]').disabled = !open.before.has(person.enrolment);
};
const draw = () => {
  find('[data-title]').textContent = open.title;
  find('[data-until]').textContent = open.erased ? word('rest') : word('until', { when: when(open.roster.expires_at) });
  for (const part of ['[data-codes]', '[data-search]', 'ul', '[data-go-on]']) {
    (part === '[data-go-on]' ? find(part).closest('label') : find(part)).hidden = Boolean(open.erased);
  }
  open.lines = new Map(open.people.map((person) => {
    const line = find('[data-line]').content.firstElementChild.cloneNode(true);
    line.querySelector('.roll-name').textContent = person.name;
    line.querySelector('[role=group]').setAttribute('aria-label', person.name);
    line.querySelector('[data-minutes]').textContent =
      line.querySelector('[data-minutes]').textContent.replace('{n}', open.roster.planned - 1);
    line.querySelector('input').max = open.roster.planned - 1;
    line.dataset.enrolment = person.enrolment;
    fill(line, person);
    return [person.enrolment, line];
  }));
  find('[data-people]').replaceChildren(...open.lines.values());
  count();
};

/** Erases the open list, here and in every other window that shows it. */
const wipe = async ({ roster }) => {
  await vault.erase(roster.id);
  channel.postMessage('erased');
};
const lock = async (name, values, good) => {
  open = undefined;
  find('[data-people]').replaceChildren();
  find('[data-title]').textContent = '';
  await choose();
  tell(name, values, good);
};
/** Shows which lists there are. */
const choose = async () => {
  if (await vault.tidy()) tell('expired', {}, false);
  const rosters = await vault.rosters();
  const lists = find('[data-lists]');
  for (const old of lists.querySelectorAll('label')) old.remove();
  for (const [at, roster] of rosters.entries()) {
    const choice = lists.appendChild(document.createElement('label'));
    const input = choice.appendChild(document.createElement('input'));
    Object.assign(input, { type: 'radio', name: 'roster', value: roster.id, checked: at === rosters.length - 1 });
    choice.className = 'check';
    choice.append(word('held', { when: when(roster.server_now) }));
  }
  lists.hidden = rosters.length < 2;
  find('[data-held]').textContent = rosters.length === 1 ? word('held', { when: when(rosters[0].server_now) }) : '';
  show(rosters.length ? 'locked' : 'none');
};
const unlock = async (event) => {
  event.preventDefault();
  const form = event.target;
  const { roster, pin } = Object.fromEntries(new FormData(form));
  form.pin.value = '';
  tell('opening');
  const found = await vault.unlock(Number(roster), pin);
  if (!found.key) {
    if (found.left > 0) return tell('wrong', { n: found.left }, false);
    await choose();
    return tell('erased_by_pins', {}, false);
  }
  open = found;
  touched = Date.now();
  await load();
  draw();
  show('open');
  tell(open.erased ? 'rest' : undefined);
};

const isAhead = (status) =>
  status !== 'not_taken' && Date.now() - open.roster.skew < open.roster.opens_at;
const mark = (about, said, person) => {
  queue = queue.then(async () => {
    if (!open || open.erased) return;
    if (vault.isExpired(open.roster)) return lock('expired', {}, false);
    if (isAhead(said.status)) return tell('ahead', { when: when(open.roster.opens_at) }, false);
    await vault.add(open, { ...about, ...said });
    await load();
    count();
    if (!person) return tell('not_listed', {}, false);
    fill(open.lines.get(person.enrolment), person);
    tell('marked', { name: person.name, status: label(said) });
  }).catch(() => tell('storage', {}, false));
  return queue;
};
const press = (event) => {
  const button = event.target.closest('button');
  const line = button?.closest('[data-enrolment]');
  if (!line) return;
  const enrolment = Number(line.dataset.enrolment);
  const person = open.people.find((other) => other.enrolment === enrolment);
  if ('undo' in button.dataset) return mark({ enrolment }, open.before.get(enrolment), person);
  const { status } = button.dataset;
  if (status !== 'partial') return mark({ enrolment }, { status }, person);
  const minutes = Number(line.querySelector('input').value);
  const most = open.roster.planned - 1;
  if (!(Number.isInteger(minutes) && minutes >= 1 && minutes <= most)) return tell('bad_minutes', { n: most }, false);
  mark({ enrolment }, { status, minutes }, person);
};

/** A code as the server reads it: letters and digits, none taken for another. */
const plain = (typed) => {
  const letters = typed.trim().split('/').pop().toUpperCase().replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0').replace(/[IL]/g, '1').slice(0, 60);
  return /^[1-9]\d*$/.test(letters.slice(0, -16)) ? `${letters.slice(0, -16)}-${letters.slice(-16)}` : undefined;
};
const scanned = async (typed) => {
  const token = plain(typed);
  if (!token) return tell('no_code', {}, false);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  if (!open) return;
  const code = [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const person = open.people.find((other) => other.code === code);
  const status = Date.now() - open.roster.skew > open.roster.late_after ? 'late' : 'present';
  if (!person) return mark({ code: token }, { status });
  const stands = open.stands.get(person.enrolment);
  if (['present', 'late', 'partial'].includes(stands.status)) {
    return tell('already', { name: person.name, status: label(stands) });
  }
  return mark({ enrolment: person.enrolment }, { status }, person);
};
const look = async ({ target: button }) => {
  const held = open;
  button.disabled = true;
  try {
    const { scan } = await camera();
    await scan(find('video'), async (code) => {
      touched = Date.now();
      await scanned(code);
      navigator.vibrate?.(80);
      return true;
    }, () => open === held);
  } catch {
    tell('no_camera', {}, false);
  } finally {
    button.disabled = false;
  }
};

const send = async () => {
  if (!open || sending) return;
  sending = true;
  tell('sending');
  try {
    await queue;
    const held = open;
    const answer = await vault.handIn(held, box.dataset.sync);
    if (answer.unknown) return tell('unknown', {}, false);
    if (open !== held) return;
    await load();
    count();
    const of = (state) => open.said.filter((mark) => mark.state === state).length;
    const values = { n: of('handed'), m: of('refused') };
    if (answer.revoked) {
      await wipe(held);
      return lock('revoked', {}, false);
    }
    if (of('kept')) return tell();
    if (!held.erased && find('[data-go-on]').checked) return tell('sent', values);
    await vault.handIn(held, box.dataset.sync, true).catch(() => {});
    await wipe(held);
    await lock('done', values);
  } catch {
    tell('no_connection', {}, false);
  } finally {
    sending = false;
  }
};

const watch = () => {
  const now = Date.now();
  if (!open) return;
  if (vault.isExpired(open.roster) && !open.erased) return lock('expired', {}, false);
  if (now - touched > LOCK_AFTER || (hidden && now - hidden > LOCK_HIDDEN)) lock('locked');
};
const start = async () => {
  document.querySelector('[data-without]').hidden = true;
  box.hidden = false;
  find('[data-unlock]').addEventListener('submit', unlock);
  find('[data-people]').addEventListener('click', press);
  find('[data-send]').addEventListener('click', send);
  find('[data-lock]').addEventListener('click', () => lock('locked'));
  find('[data-erase]').addEventListener('click', async () => {
    await wipe(open);
    await lock('erased');
  });
  find('[data-code]').addEventListener('submit', (event) => {
    event.preventDefault();
    scanned(event.target.code.value);
    event.target.reset();
  });
  find('[type=search]').addEventListener('input', ({ target }) => {
    const folded = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (const person of open.people) {
      open.lines.get(person.enrolment).hidden = !folded(person.name).includes(folded(target.value));
    }
  });
  find('[data-scan]').hidden = !navigator.mediaDevices;
  find('[data-scan]').addEventListener('click', look);
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, () => { touched = Date.now(); });
  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => {
    watch();
    hidden = document.hidden ? Date.now() : 0;
  });
  setInterval(watch, 5000);
  channel.onmessage = () => open && lock('erased');
  // A page that comes back out of the browser's memory begins anew.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  await choose();
  const worker = await navigator.serviceWorker?.register(box.dataset.worker).then(() => navigator.serviceWorker.ready);
  if (!navigator.onLine) return;
  const { needsReader } = await camera();
  worker?.active.postMessage({ lang: document.documentElement.lang, reader: await needsReader() });
};
start();
