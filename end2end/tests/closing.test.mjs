// Closing an edition over its checklist, the record of it, and what is different after it was
// opened again.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe, fits } from '../support/checks.mjs';
import { confirm, press, refused, send, unique } from '../support/forms.mjs';
import { mark, onlySession } from '../support/marking.mjs';
import { addMeeting, enrolMany, openEnrolment, planEdition } from '../support/planning.mjs';
import { readText } from '../support/sheets.mjs';

/** An edition under way with a session yesterday and three people. */
async function underWay(page, title) {
  await signIn(page, accounts.coordinator);
  const edition = await planEdition(page, {
    title,
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala del acta',
    seats: 3,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await openEnrolment(page, edition);
  await enrolMany(page, edition, 3);
  await page.goto(`/editions/${edition}`);
  await press(page, 'courses/start_edition');
  return edition;
}

/** Gives the first person of the list a grade. */
async function grade(page, edition, value) {
  await page.goto(`/editions/${edition}/results`);
  await page.locator('input[name^="grade-"]').first().fill(value);
  await press(page, 'attendance/record_results');
}

/** The number of the record that stands, and what its sheet says. */
async function record(page) {
  const title = await page.locator('h2', { hasText: 'Acta de cierre' }).first().innerText();
  const [number] = title.match(/\d{4}-\d+|\d+-\d{4}/) ?? [];
  assert.ok(number, `${title} has a number`);
  const sheet = page.locator('main a[href*="/closing-record.pdf"]').first();
  const answer = await page.request.get(await sheet.getAttribute('href'));
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  return { number, text: await readText(await answer.body()) };
}

/** The rows of the table of differences, a list of cells each. */
async function differences(page) {
  const table = page.locator('section', { hasText: 'Cambios respecto del acta' }).locator('tbody tr');
  return table.evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())),
  );
}

eachMode('an edition is closed, opened again, and closed anew', async ({ page }) => {
  const title = unique('Con acta');
  const edition = await underWay(page, title);
  const session = await onlySession(page, edition);
  await mark(page, session, { 0: 'present', 1: 'absent' });
  await grade(page, edition, '16.5');

  const closing = `/editions/${edition}/closing`;
  await page.goto(closing);
  const list = await page.locator('main').innerText();
  assert.ok(list.includes('La única sesión: 1 persona sin marca'), 'it says what is missing');
  await axe(page);
  await fits(page);
  const said = await refused(page, 'closing/close');
  assert.match(said, /Asistencia completa/, 'what is missing is explained or mended');
  const explanation = 'Se retiró antes de la toma de asistencia.';
  await send(page, 'closing/close', { explain_marks: explanation });
  assert.match(await page.locator('main').innerText(), /Completaron: 1\. No completaron: 0\. No asistieron: 2\./);
  await axe(page);
  await fits(page);
  const first = await record(page);
  for (const word of [first.number, title, explanation, '16.5']) {
    assert.ok(first.text.replaceAll(/\s+/g, ' ').includes(word), `the sheet says ${word}`);
  }

  await confirm(page, 'closing/reopen', { reason: 'Apareció la hoja firmada' });
  assert.ok((await page.locator('main').innerText()).includes('Apareció la hoja firmada'));
  assert.deepEqual(await differences(page), []);
  await mark(page, session, { 1: 'late' });
  await page.goto(closing);
  const [changed] = await differences(page);
  assert.deepEqual(changed.slice(1), ['La única sesión', 'Ausente', 'Tardanza']);
  await axe(page);
  await fits(page);

  await send(page, 'closing/close', {
    explain_marks: explanation,
    explain_results: 'Llegó tarde y no rindió la prueba.',
  });
  const second = await record(page);
  assert.notEqual(second.number, first.number, 'each record has its number');
  assert.ok(second.text.includes(first.number), 'it names the one it replaces');
  const [, outcome] = await differences(page);
  assert.equal(outcome[1], 'Resultado');
  await axe(page);
  await fits(page);
});
