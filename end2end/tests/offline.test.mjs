// Attendance without a connection: a list is taken along, the network is cut, marks are made, the
// page is killed, and everything is handed in later.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { withJavaScript, withoutJavaScript } from '../support/browser.mjs';
import { holdUp, lendCamera } from '../support/camera.mjs';
import { axe, fits } from '../support/checks.mjs';
import { unique, uniqueSurname } from '../support/forms.mjs';
import { enrolAt } from '../support/people.mjs';
import { addMeeting, assignFacilitator, enrolMany, openEnrolment, planEdition } from '../support/planning.mjs';

const PIN = '481516';

/** An edition with a session yesterday and three people; gives its id and the session's. */
async function session(page) {
  await signIn(page, accounts.coordinator);
  const edition = await planEdition(page, {
    title: unique('Sin conexión'),
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala del río',
    seats: 5,
  });
  await addMeeting(page, edition, { title: 'En el campo', start: '09:00', end: '10:00' });
  await assignFacilitator(page, edition);
  await openEnrolment(page, edition);
  await enrolMany(page, edition, 3);
  await page.goto(`/editions/${edition}/attendance`);
  const link = page.locator('a[href^="/sessions/"][href$="/attendance"]').first();
  return { edition, id: Number((await link.getAttribute('href')).match(/\d+/)[0]) };
}

/** Takes the list along, and opens it. */
async function take(page, id, account = accounts.facilitator) {
  await signIn(page, account);
  await page.goto(`/sessions/${id}/attendance`);
  await page.locator('.roll-ways > summary').click();
  await page.locator(`a[href="/sessions/${id}/offline"]`).click();
  await page.locator('[data-take]').waitFor();
  await page.fill('input[name=phone]', 'Celular de campo');
  await page.fill('input[name=pin]', PIN);
  await page.fill('input[name=again]', PIN);
  await axe(page);
  await page.locator('[data-take] button').click();
  await page.waitForURL((url) => url.pathname === '/offline');
}

async function unlock(page, pin = PIN) {
  await page.locator('[data-unlock]').waitFor();
  await page.fill('input[name=pin]', pin);
  await page.locator('[data-unlock] button').click();
  await page.locator('[data-said]', { hasNotText: 'Abriendo…' }).waitFor({ state: 'attached' });
}

const line = (page, at) => page.locator(`[data-people] li:nth-child(${at})`);
const said = (page, words) => page.locator('[data-said]', { hasText: words }).waitFor();
const counted = (page, what, number) => page.locator(`[data-count=${what}]`, { hasText: `${number}` }).waitFor();

async function mark(page, at, status) {
  await line(page, at).locator(`[data-status=${status}]`).click();
  await line(page, at).locator(`[data-status=${status}][aria-pressed=true]`).waitFor();
  await said(page, 'Guardado en este teléfono.');
}

/** Everything that the browser keeps of lists, as text. */
const dump = (page) => page.evaluate(async () => {
  const opened = indexedDB.open('capacita-offline');
  const database = await new Promise((go) => { opened.onsuccess = () => go(opened.result); });
  let text = '';
  const read = (value) => {
    if (value instanceof CryptoKey) text += value.extractable ? 'extractable' : 'key';
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      text += new TextDecoder('latin1').decode(value) + new TextDecoder().decode(value);
    } else if (value && typeof value === 'object') Object.entries(value).forEach(([name, part]) => { text += name; read(part); });
    else text += ` ${value} `;
  };
  for (const name of database.objectStoreNames) {
    const asked = database.transaction(name).objectStore(name).getAll();
    read(await new Promise((go) => { asked.onsuccess = () => go(asked.result); }));
  }
  database.close();
  return text;
});

/** What the server's list shows: how many of each. */
async function atServer(page, id) {
  await page.goto(`/sessions/${id}/attendance`);
  const chosen = (status) => page.locator(`.roll input[value=${status}]:checked`).count();
  return { present: await chosen('present'), late: await chosen('late'), absent: await chosen('absent') };
}

withJavaScript('A facilitator marks without a connection, and hands in later', async ({ page, someone }) => {
  const { id } = await session(page);
  let phone = await someone();
  const context = phone.context();
  await phone.setViewportSize({ width: 360, height: 740 });
  await take(phone, id);
  await context.setOffline(true);
  await unlock(phone);
  assert.equal(await phone.locator('[data-people] li').count(), 3);
  await mark(phone, 1, 'present');
  await mark(phone, 2, 'absent');
  await axe(phone);
  await fits(phone);
  const names = await phone.locator('.roll-name').allTextContents();

  // Killed in the middle, and opened again by what answers without a connection.
  await phone.close();
  phone = await context.newPage();
  await phone.goto('/');
  await unlock(phone);
  await counted(phone, 'kept', 2);
  assert.equal(await line(phone, 2).locator('[aria-pressed=true]').textContent(), 'Ausente');
  await line(phone, 2).locator('[data-undo]').click();
  await counted(phone, 'kept', 3);
  await mark(phone, 2, 'late');
  await counted(phone, 'kept', 4);
  const kept = await dump(phone);
  for (const name of names) {
    for (const part of name.split(/[\s,]+/)) assert.ok(!kept.includes(part), `${part} is kept in clear`);
  }
  assert.ok(!kept.includes('extractable') && !kept.includes('En el campo') && !kept.includes(PIN));
  await phone.locator('[data-send]').click();
  await said(phone, 'Sin conexión');

  // Handed in by itself once the connection is back; then the rest, twice.
  await phone.locator('[data-go-on]').check();
  await context.setOffline(false);
  await said(phone, 'Marcas registradas: 4; en revisión: 0.');
  assert.deepEqual(await atServer(page, id), { present: 1, late: 1, absent: 0 });
  await mark(phone, 3, 'present');
  await phone.locator('[data-code] input').evaluate((input) => { input.closest('details').open = true; });
  await phone.fill('[data-code] input', '5-K7Q2-M9XD-4TFA-3C5E');
  await phone.locator('[data-code] button').click();
  await said(phone, 'Ese código no es de esta lista');
  await phone.locator('[data-go-on]').uncheck();
  await phone.locator('[data-send]').click();
  await said(phone, 'Marcas registradas: 5; en revisión: 1. La lista se borró');
  assert.deepEqual(await atServer(page, id), { present: 2, late: 1, absent: 0 });
  assert.equal((await dump(phone)).trim(), '');
});

withJavaScript('Two phones hand in late, out of order and twice', async ({ page, someone }) => {
  const { edition, id } = await session(page);
  let early = await someone();
  const late = await someone();
  await take(early, id);
  await take(late, id, accounts.coordinator);
  for (const phone of [early, late]) {
    await phone.context().setOffline(true);
    await unlock(phone);
  }
  await mark(early, 1, 'present');
  await mark(early, 2, 'present');
  await mark(late, 2, 'absent');
  await mark(late, 3, 'late');

  // The later phone is heard first. The answer is lost on the way, so that it hands in again.
  let heard = 0;
  await late.route('**/api/offline/sync', async (route) => {
    heard += (await route.fetch()).ok();
    await (heard === 1 ? route.abort() : route.continue());
  });
  await late.context().setOffline(false);
  await said(late, 'Sin conexión');
  await counted(late, 'kept', 2);
  assert.equal(heard, 1);
  await late.locator('[data-send]').click();
  await said(late, 'Marcas registradas: 2; en revisión: 0. La lista se borró');
  assert.deepEqual(await atServer(page, id), { present: 0, late: 1, absent: 1 });

  // The earlier one was killed in between.
  const context = early.context();
  await early.close();
  early = await context.newPage();
  await early.goto('/offline');
  await unlock(early);
  await counted(early, 'kept', 2);
  await context.setOffline(false);
  await said(early, 'Marcas registradas: 2; en revisión: 0. La lista se borró');

  // What both said of the second person waits for somebody; nothing was counted twice.
  await page.goto(`/editions/${edition}/attendance`);
  assert.equal(await page.locator('.is-conflict').count(), 1);
  assert.deepEqual(await atServer(page, id), { present: 1, late: 1, absent: 1 });
});

withJavaScript('A refused mark waits for the coordinator', async ({ page, someone }) => {
  const { edition, id } = await session(page);
  const phone = await someone();
  await take(phone, id);
  await unlock(phone);
  await phone.locator('[data-code] input').evaluate((input) => { input.closest('details').open = true; });
  await phone.fill('[data-code] input', '5-K7Q2-M9XD-4TFA-3C5E');
  await phone.locator('[data-code] button').click();
  await counted(phone, 'kept', 1);
  await phone.locator('[data-send]').click();
  await said(phone, 'Marcas registradas: 0; en revisión: 1');
  await page.goto(`/editions/${edition}/offline-marks`);
  await page.getByText('El código escaneado no es de nadie, o ya fue renovado.').waitFor();
  await axe(page);
});

withJavaScript('Five wrong PINs erase the list, and not what was marked', async ({ page, someone }) => {
  const { id } = await session(page);
  const phone = await someone();
  await take(phone, id);
  await unlock(phone);
  await mark(phone, 1, 'present');
  await phone.locator('[data-lock]').click();
  await said(phone, 'La lista está bloqueada');
  for (const left of [4, 3, 2, 1]) {
    await unlock(phone, '000000');
    await said(phone, `antes de que la lista se borre: ${left}.`);
  }
  await unlock(phone, '000000');
  await said(phone, 'La lista se borró por cinco PIN incorrectos');
  await unlock(phone);
  await counted(phone, 'kept', 1);
  assert.equal(await phone.locator('[data-people] li').count(), 0);
  await phone.locator('[data-send]').click();
  await said(phone, 'Marcas registradas: 1');
  assert.deepEqual(await atServer(page, id), { present: 1, late: 0, absent: 0 });
});

withJavaScript('Signing out, the end of its time, and the coordinator erase a list', async ({ page, someone }) => {
  const { id } = await session(page);
  let phone = await someone();
  await take(phone, id);
  await unlock(phone);
  await phone.goto('/me/account');
  await phone.locator('form[action="/api/access/sign_out"] button').last().click();
  await phone.waitForURL((url) => url.pathname !== '/me/account');
  await phone.goto('/offline');
  await phone.locator('[data-view=none]').waitFor();

  phone = await someone();
  await take(phone, id);
  await unlock(phone);
  await phone.clock.setFixedTime(Date.now() + 73 * 3600_000);
  await said(phone, 'La lista venció');
  await phone.locator('[data-view=none]').waitFor();

  phone = await someone();
  await take(phone, id);
  await unlock(phone);
  await mark(phone, 1, 'present');
  await page.goto(`/sessions/${id}/offline`);
  await page.getByRole('button', { name: /Anular la lista/ }).first().click();
  await page.locator('.chip', { hasText: 'Anulada' }).first().waitFor();
  await phone.locator('[data-send]').click();
  await said(phone, 'La lista fue anulada y se borró');
  assert.equal((await dump(phone)).trim(), '');
});

/** The names of what is put aside for want of a connection. */
const aside = (page) => page.evaluate(async () => {
  const kept = await (await caches.open('capacita-offline')).keys();
  return kept.map(({ url }) => new URL(url).pathname.split('/').pop());
});

withJavaScript('The camera reads a code without a connection', async ({ page, someone }) => {
  const { edition, id } = await session(page);
  const rosa = await someone();
  await enrolAt(rosa, edition, { given_names: 'Rosa', paternal_surname: uniqueSurname('Lejana'), sex: 'f' });
  await rosa.goto('/me/code');
  const picture = await rosa.locator('.own-code > .qr').screenshot();

  const phone = await someone();
  await lendCamera(phone);
  await take(phone, id);
  const names = await aside(phone);
  assert.ok(names.includes('scanner.js') && names.includes('scanner_bg.wasm'), 'our own reader is taken along');
  await phone.context().setOffline(true);
  await phone.reload();
  await unlock(phone);
  await phone.locator('[data-codes] > summary').click();
  await phone.locator('[data-scan]').click();
  await phone.locator('[data-codes] video').waitFor();
  await axe(phone);
  await holdUp(phone, picture);
  await said(phone, /Rosa.*Guardado en este teléfono/s);
  await counted(phone, 'kept', 1);
  await phone.locator('[data-lock]').click();
  await said(phone, 'La lista está bloqueada');
  await phone.locator('[data-codes] video').waitFor({ state: 'hidden' });
  await phone.waitForFunction(() => document.querySelector('video').srcObject === null);

  await phone.context().setOffline(false);
  await unlock(phone);
  await phone.locator('[data-send]').click();
  await said(phone, 'Marcas registradas: 1; en revisión: 0');
  const { present, late } = await atServer(page, id);
  assert.equal(present + late, 1);
});

withJavaScript('A browser that reads codes by itself does not fetch our reader', async ({ page, someone }) => {
  const { id } = await session(page);
  const phone = await someone();
  await phone.addInitScript(() => {
    window.BarcodeDetector = class {
      static getSupportedFormats = async () => ['qr_code'];
      detect = async () => [];
    };
  });
  const fetched = [];
  phone.context().on('request', (request) => fetched.push(request.url()));
  await take(phone, id);
  const names = await aside(phone);
  assert.ok(names.includes('camera.js') && names.includes('offline-vault.js'));
  assert.ok(![...names, ...fetched].some((name) => name.includes('scanner')), 'it costs data');
});

withJavaScript('A list that is left alone or out of sight locks by itself', async ({ page, someone }) => {
  const { id } = await session(page);
  const phone = await someone();
  await take(phone, id);
  const minutes = 60_000;
  let now = Date.now();
  const pass = async (time) => phone.clock.setFixedTime((now += time));
  /** The page is hidden, or seen again: it looks at the clock both times. */
  const hide = (hidden) => phone.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  const isOpen = () => phone.locator('[data-view=open]').isVisible();
  const locked = async () => {
    await said(phone, 'La lista está bloqueada');
    assert.equal(await isOpen(), false);
    assert.equal((await phone.locator('[data-people]').innerHTML()).trim(), '', 'no name is left in the page');
  };
  await pass(0);

  await unlock(phone);
  await pass(10 * minutes - 1000);
  await hide(false);
  assert.equal(await isOpen(), true, 'not before ten minutes are over');
  await mark(phone, 1, 'present');
  await pass(10 * minutes - 1000);
  await hide(false);
  assert.equal(await isOpen(), true, 'a touch begins them anew');
  await pass(2000);
  await locked();

  await unlock(phone);
  await counted(phone, 'kept', 1);
  await hide(true);
  await pass(2 * minutes - 1000);
  await hide(false);
  assert.equal(await isOpen(), true, 'not before two minutes out of sight are over');
  await hide(true);
  await pass(2 * minutes + 1000);
  await hide(false);
  await locked();
});

withoutJavaScript('Without JavaScript the page leads to the printed sheet', async ({ page }) => {
  const { id } = await session(page);
  await page.goto(`/sessions/${id}/offline`);
  await page.locator(`a[href="/sessions/${id}/sign-in-sheet.pdf"]`).first().waitFor();
  assert.equal(await page.locator('[data-take]').isVisible(), false);
});
