// A session on paper: who signed the printed sheet, how many were counted, and the difference.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe, fits } from '../support/checks.mjs';
import { formOf, press, send, unique } from '../support/forms.mjs';
import { onlySession, roll } from '../support/marking.mjs';
import {
  addMeeting,
  assignFacilitator,
  enrolMany,
  openEnrolment,
  planEdition,
} from '../support/planning.mjs';
import { readText } from '../support/sheets.mjs';

/** An edition with a session yesterday, three people, and the facilitator. */
async function plan(page) {
  await signIn(page, accounts.coordinator);
  const edition = await planEdition(page, {
    title: unique('En papel'),
    kind: 'rights_talk',
    modality: 'in_person',
    venue: 'Local comunal',
    seats: 3,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await assignFacilitator(page, edition);
  await openEnrolment(page, edition);
  await enrolMany(page, edition, 3);
  return onlySession(page, edition);
}

eachMode('a signed sheet and a headcount come in from paper', async ({ page, someone }) => {
  const session = await plan(await someone());
  await signIn(page, accounts.facilitator);
  const sheet = await page.request.get(`/sessions/${session}/sign-in-sheet.pdf`);
  const printed = await readText(await sheet.body());

  const paper = `/sessions/${session}/paper`;
  await page.goto(paper);
  await axe(page);
  await fits(page);
  const boxes = formOf(page, 'paper/mark_signed').locator('input[type="checkbox"]');
  assert.equal(await boxes.count(), 3);
  const labels = page.locator('main .choice label > span:first-child');
  const names = await labels.evaluateAll((all) => all.map((one) => one.firstChild.textContent));
  const places = names.map((name) => printed.indexOf(name.replace(/^\d+\. /, '')));
  assert.ok(places.every((place, row) => place > (places[row - 1] ?? 0)), 'in the order printed');
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await press(page, 'paper/mark_signed');
  assert.ok(await boxes.nth(0).isDisabled(), 'a signature is not taken back here');
  assert.deepEqual(await roll(page, session), ['present', 'present', 'none']);

  await page.goto(paper);
  const explanation = 'Vinieron madres de la comunidad que no dieron su nombre.';
  await send(page, 'paper/count_heads', { women: 9, men: 1, unstated: 0, explanation });
  const total = page.locator('#headcount tbody tr').filter({ hasText: 'Total' }).first();
  const cells = await total.locator('td').allInnerTexts();
  assert.deepEqual(cells.map((cell) => cell.trim()), ['10', '2', '8']);
  assert.ok((await page.locator('#headcount').innerText()).includes(explanation));
  await axe(page);
  await fits(page);
});
