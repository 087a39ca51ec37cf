// Taking attendance: on the grid by keyboard, by two people at once, cut off from the server, and
// on the list that needs no JavaScript.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { withJavaScript, withoutJavaScript } from '../support/browser.mjs';
import { axe } from '../support/checks.mjs';
import { arrive, follow, goesWell, unique } from '../support/forms.mjs';
import {
  addMeeting,
  assignFacilitator,
  enrolMany,
  openEnrolment,
  planEdition,
} from '../support/planning.mjs';

/** An edition with two sessions yesterday, so many people, and the facilitator. */
async function edition(page, people) {
  await signIn(page, accounts.coordinator);
  const id = await planEdition(page, {
    title: unique('Toma de asistencia'),
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala de la lista',
    seats: people,
  });
  await addMeeting(page, id, { title: 'Mañana', start: '09:00', end: '10:00' });
  await addMeeting(page, id, { title: 'Tarde', start: '15:00', end: '16:00' });
  await assignFacilitator(page, id);
  await openEnrolment(page, id);
  await enrolMany(page, id, people);
  return id;
}

/** Opens the grid and waits until it is alive. */
async function openGrid(page, id) {
  await page.goto(`/editions/${id}/attendance`);
  await page.locator('table[role="grid"]').waitFor();
}

/** The cell of a row and a column, both from 1. */
function cell(page, row, column) {
  return page.locator(`tbody tr:nth-child(${row}) td:nth-child(${column + 1})`);
}

/** Waits until a cell shows a status and the server has it. */
async function isSaved(page, row, column, status) {
  const found = cell(page, row, column);
  await found.locator(`.mark-${status}`).waitFor();
  await found.and(page.locator('.is-saved')).waitFor();
}

/** Waits until the line above the table says that all is saved. */
async function allSaved(page) {
  await page.locator('.grid-saved', { hasText: 'Todo está guardado.' }).waitFor();
}

/** How the cells of a column stand after loading the page anew. */
async function reloaded(page, id, column) {
  await openGrid(page, id);
  const chips = page.locator(`tbody tr td:nth-child(${column + 1}) .mark-chip`);
  return chips.evaluateAll((all) => all.map((chip) => chip.className.split('mark-').at(-1)));
}

async function focusIsAt(page, row, column) {
  const own = cell(page, row, column);
  assert.ok(await own.evaluate((element) => element === document.activeElement), `${row}, ${column}`);
}

withJavaScript('the grid is marked by keyboard', async ({ page, someone }) => {
  const id = await edition(await someone(), 6);
  await signIn(page, accounts.facilitator);
  await openGrid(page, id);
  assert.equal(await page.locator('tbody tr').count(), 6);

  await cell(page, 1, 1).focus();
  const keys = page.keyboard;
  for (const key of ['p', 'ArrowDown', 't', 'Enter', 'a', 'ArrowRight', 'j']) await keys.press(key);
  await focusIsAt(page, 3, 2);
  await isSaved(page, 1, 1, 'present');
  await isSaved(page, 2, 1, 'late');
  await isSaved(page, 3, 1, 'absent');
  await isSaved(page, 3, 2, 'excused');
  await allSaved(page);

  await keys.press('Home');
  await focusIsAt(page, 3, 1);
  await keys.press('Control+Home');
  await focusIsAt(page, 1, 1);
  await keys.press('End');
  await focusIsAt(page, 1, 2);

  // Partial attendance asks for its minutes.
  await keys.press('m');
  await keys.type('25');
  await keys.press('Enter');
  await isSaved(page, 1, 2, 'partial');
  assert.ok((await cell(page, 1, 2).innerText()).includes('25 min'));
  await focusIsAt(page, 1, 2);

  // Taking back, twice: the minutes, then what was marked before them.
  await keys.press('Control+z');
  await isSaved(page, 1, 2, 'none');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await isSaved(page, 3, 2, 'none');

  // Everybody who has no mark: the three marks of the morning stay.
  await page.locator('thead th:nth-child(2) button').click();
  await isSaved(page, 6, 1, 'present');
  await allSaved(page);
  assert.ok((await page.locator('tfoot td').first().innerText()).startsWith('5/6'));
  await axe(page);

  assert.deepEqual(await reloaded(page, id, 1), [
    'present', 'late', 'absent', 'present', 'present', 'present',
  ]);
});

withJavaScript('the grid shows a menu, its history, and finds a surname', async ({ page, someone }) => {
  const id = await edition(await someone(), 3);
  await signIn(page, accounts.facilitator);
  await openGrid(page, id);
  await cell(page, 1, 1).click();
  await axe(page);
  await page.locator('.grid-menu button', { hasText: 'Tard' }).first().click();
  await isSaved(page, 1, 1, 'late');
  await page.keyboard.press(' ');
  await page.keyboard.press('Escape');
  await focusIsAt(page, 1, 1);
  const name = await page.locator('tbody th').last().innerText();
  await page.locator('.grid-search input').fill(name.split(',')[0].toLowerCase());
  await page.locator('tbody tr:nth-child(1)').and(page.locator('[hidden]')).waitFor({ state: 'attached' });
  await cell(page, 3, 1).click();
  await page.locator('.grid-menu button', { hasText: 'Ausente' }).click();
  await isSaved(page, 3, 1, 'absent');
  await cell(page, 3, 1).click();
  await follow(page, page.locator('.grid-menu a'));
  assert.ok((await page.locator('main').innerText()).includes('Fermín Vela'), 'it says who marked');
});

withJavaScript('two who mark at once see each other and where they disagree', async ({ page, someone }) => {
  const id = await edition(page, 4);
  const other = await someone();
  await signIn(other, accounts.facilitator);
  await openGrid(page, id);
  await openGrid(other, id);

  await cell(other, 1, 1).focus();
  await other.keyboard.press('p');
  await isSaved(other, 1, 1, 'present');
  await cell(other, 2, 1).focus();
  await other.keyboard.press('t');
  await isSaved(other, 2, 1, 'late');

  // The first has not seen that: what they say of the same person is a disagreement.
  await cell(page, 1, 1).focus();
  await page.keyboard.press('a');
  await cell(page, 1, 1).and(page.locator('.is-conflict')).waitFor();
  await page.getByRole('button', { name: 'Actualizar' }).click();
  await cell(page, 2, 1).locator('.mark-late').waitFor();
  await other.getByRole('button', { name: 'Actualizar' }).click();
  await cell(other, 1, 1).and(other.locator('.is-conflict')).waitFor();
  await axe(other);

  // It is settled on the page of its history by whoever has seen both.
  await follow(other, cell(other, 1, 1).locator('a.mark-conflict'));
  await axe(other);
  await other.locator('input[name="status"][value="late"]').check();
  await follow(other, other.locator('form[action="/api/attendance/settle"] button[type="submit"]'));
  await goesWell(other, 'settling');
  await page.getByRole('button', { name: 'Actualizar' }).click();
  await cell(page, 1, 1).locator('.mark-late').waitFor();
  assert.equal(await page.locator('.is-conflict').count(), 0);
});

withJavaScript('taking back leaves alone what others have marked', async ({ page, someone }) => {
  const id = await edition(page, 4);
  const other = await someone();
  await signIn(other, accounts.facilitator);
  await openGrid(page, id);
  await openGrid(other, id);
  const leftAlone = page.locator('.field-error', { hasText: '1 marca queda como está' });
  const refresh = () => page.getByRole('button', { name: 'Actualizar' }).click();
  const takeBack = async (row) => {
    await cell(page, row, 1).focus();
    await page.keyboard.press('Control+z');
  };

  // The first marks, the other corrects that having seen it, and the first sees so.
  await cell(page, 1, 1).focus();
  await page.keyboard.press('p');
  await isSaved(page, 1, 1, 'present');
  await other.getByRole('button', { name: 'Actualizar' }).click();
  await cell(other, 1, 1).locator('.mark-present').waitFor();
  await cell(other, 1, 1).focus();
  await other.keyboard.press('t');
  await isSaved(other, 1, 1, 'late');
  await refresh();
  await cell(page, 1, 1).locator('.mark-late').waitFor();
  await takeBack(1);
  await leftAlone.waitFor();

  // The other marks the third person absent; the first, who does not know, marks all the rest.
  await cell(other, 3, 1).focus();
  await other.keyboard.press('a');
  await isSaved(other, 3, 1, 'absent');
  await page.locator('thead th:nth-child(2) button').click();
  await cell(page, 3, 1).locator('.mark-absent').waitFor();
  await isSaved(page, 2, 1, 'present');
  await takeBack(2);
  await isSaved(page, 2, 1, 'none');
  await isSaved(page, 4, 1, 'none');
  await leftAlone.waitFor();

  // What has not been heard of yet stands as well.
  await cell(page, 2, 1).focus();
  await page.keyboard.press('p');
  await isSaved(page, 2, 1, 'present');
  await other.getByRole('button', { name: 'Actualizar' }).click();
  await cell(other, 2, 1).locator('.mark-present').waitFor();
  await cell(other, 2, 1).focus();
  await other.keyboard.press('j');
  await isSaved(other, 2, 1, 'excused');
  await takeBack(2);
  await isSaved(page, 2, 1, 'excused');
  assert.deepEqual(await reloaded(page, id, 1), ['late', 'excused', 'absent', 'none']);
});

withJavaScript('marks made without a connection are saved when it is back', async ({ page, context, someone }) => {
  const id = await edition(await someone(), 3);
  await signIn(page, accounts.facilitator);
  await openGrid(page, id);
  await context.setOffline(true);
  await cell(page, 1, 1).focus();
  for (const key of ['p', 'Enter', 't', 'Enter', 'a']) await page.keyboard.press(key);
  await page.locator('.grid-saved.is-cut-off', { hasText: '3 marcas por guardar' }).waitFor();
  await context.setOffline(false);
  await allSaved(page);
  assert.deepEqual(await reloaded(page, id, 1), ['present', 'late', 'absent']);
});

withJavaScript('40 people are marked in under a minute', async ({ page, someone, t }) => {
  const id = await edition(await someone(), 40);
  await signIn(page, accounts.facilitator);
  await openGrid(page, id);
  let requests = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/attendance/mark')) requests += 1;
  });
  let presses = 0;
  const press = async (key) => {
    presses += 1;
    await page.keyboard.press(key);
  };
  const start = Date.now();
  await cell(page, 1, 2).focus();
  const letters = ['p', 'p', 'p', 't', 'a'];
  for (let row = 0; row < 40; row += 1) {
    await press(letters[row % letters.length]);
    await press('Enter');
  }
  const typed = Date.now() - start;
  await allSaved(page);
  const saved = Date.now() - start;
  t.diagnostic(`40 people by keyboard: typed in ${typed} ms, saved after ${saved} ms`);
  // What is ours of that minute: a hand needs two keys a person and nothing else, so that even at
  // one key and a half a second there is time left; and each mark travels once.
  assert.equal(presses, 80);
  assert.equal(requests, 40);
  assert.ok(saved < 60_000, `saved after ${saved} ms`);
  const marks = await reloaded(page, id, 2);
  const words = { p: 'present', t: 'late', a: 'absent' };
  assert.deepEqual(marks, marks.map((_, row) => words[letters[row % letters.length]]));
});

withoutJavaScript('the list of a session is marked by hand', async ({ page, someone }) => {
  const id = await edition(await someone(), 14);
  await signIn(page, accounts.facilitator);
  await page.goto(`/editions/${id}/attendance`);
  assert.equal(await page.locator('.grid-tools').isVisible(), false, 'tools need their client');
  await follow(page, page.locator('table.grid thead a').first());
  const lines = page.locator('ul.roll > li');
  assert.equal(await lines.count(), 14);
  const choose = (row, status) => lines.nth(row).locator(`input[value="${status}"]`).check({ force: true });
  await choose(0, 'absent');
  await choose(1, 'late');
  await lines.nth(2).locator('summary').click();
  await choose(2, 'partial');
  await lines.nth(2).locator('input[type="number"]').fill('600');
  const form = page.locator('form[action="/api/attendance/mark_session"]');
  await form.evaluate((element) => element.setAttribute('novalidate', ''));
  await follow(page, form.locator('.roll-actions button').first());
  await page.locator('.summary').waitFor();
  assert.ok(await lines.nth(1).locator('input[value="late"]').isChecked(), 'what was chosen stays');

  await lines.nth(2).locator('input[type="number"]').fill('30');
  await follow(page, page.locator('button[name="then"][value="rest_present"]'));
  await goesWell(page, 'marking the rest');
  for (const [row, status] of ['absent', 'late', 'partial', 'present'].entries()) {
    const stands = lines.nth(row).locator(`input[value="${status}"]`);
    assert.ok(await stands.isChecked(), `line ${row} is ${status}`);
  }
  assert.equal(await page.locator('li.is-saved').count(), 14);

  const surname = (await lines.nth(13).locator('.roll-name').innerText()).split(',')[0];
  await page.locator('.roll-search input').fill(surname);
  await follow(page, page.locator('button[name="then"][value="find"]'));
  assert.ok((await lines.count()) < 14, 'only who was looked for is shown');
  await arrive(page, () => page.locator('button[name="then"][value="all"]').click());
  assert.equal(await lines.count(), 14);
});
