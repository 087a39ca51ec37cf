// The main job, end to end: a coordinator schedules, somebody registers and enrols, a facilitator
// marks, a coordinator issues, the participant downloads, a stranger verifies, a manager exports.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { readSheet } from '../support/sheets.mjs';
import { axe } from '../support/checks.mjs';
import { follow, formOf, goesWell, press, send, unique } from '../support/forms.mjs';
import { enrolAt } from '../support/people.mjs';
import {
  addMeeting,
  assignFacilitator,
  openEnrolment,
  planEdition,
} from '../support/planning.mjs';

/** A coordinator plans it all. */
async function schedule(page, title) {
  await signIn(page, accounts.coordinator);
  const edition = await planEdition(page, {
    title,
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala del recorrido',
    seats: 5,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await assignFacilitator(page, edition);
  await openEnrolment(page, edition);
  return edition;
}

/** Somebody finds the course in the catalogue, registers on the way, and enrols. */
async function enrol(page, title, edition) {
  await page.goto(`/courses?q=${encodeURIComponent(title)}`);
  await follow(page, page.getByRole('link', { name: title }).first());
  await follow(page, page.locator(`a[href="/editions/${edition}"]`).first());
  assert.equal(new URL(page.url()).pathname, `/editions/${edition}`);
  await enrolAt(page, edition, {
    given_names: 'Inés',
    paternal_surname: 'Recorrido',
    maternal_surname: 'Completo',
    sex: 'f',
  });
  await page.goto('/me');
  assert.ok(await page.getByText(title).first().isVisible(), 'the course is on the own page');
}

/** With JavaScript on the grid, without on the session's list. */
async function mark(page, edition, javaScript) {
  await signIn(page, accounts.facilitator);
  await page.goto(`/editions/${edition}/attendance`);
  if (javaScript) {
    await page.locator('table[role="grid"] td.mark-cell').first().focus();
    await page.keyboard.press('p');
    await page.locator('td.mark-cell.is-saved .mark-present').waitFor();
    return;
  }
  await follow(page, page.locator('table.grid a[href^="/sessions/"]').first());
  await follow(page, page.locator('button[name="then"][value="rest_present"]'));
  await goesWell(page, 'marking');
  await page.locator('li.is-saved input[value="present"]:checked').waitFor({ state: 'attached' });
}

/** The totals of the edition as the page, the text file and the workbook have them. */
async function totals(page, edition, title) {
  await signIn(page, accounts.manager);
  await page.goto(`/reports/totals?by=edition&edition=${edition}`);
  await axe(page);
  const file = async (kind) => {
    const link = page.locator(`main a[href*="/reports/totals.${kind}"]`).first();
    const answer = await page.request.get(await link.getAttribute('href'));
    assert.equal(answer.status(), 200);
    return answer;
  };
  const csv = await (await file('csv')).text();
  const [, row] = csv.trim().split('\n');
  assert.ok(row.startsWith(`${title} (1),1,1,1,1,`), row);
  const workbook = await file('xlsx');
  assert.match(workbook.headers()['content-type'], /spreadsheetml\.sheet/);
  const bytes = await workbook.body();
  assert.equal(bytes.subarray(0, 2).toString(), 'PK', 'a workbook is a zip file');
  assert.ok(bytes.includes('xl/worksheets/sheet1.xml'));
}

eachMode('from the schedule to the verified certificate', async ({ page, someone, javaScript }) => {
  const title = unique('Recorrido completo');
  const edition = await schedule(page, title);
  const participant = await someone();
  await enrol(participant, title, edition);
  await mark(await someone(), edition, javaScript);

  await page.goto(`/editions/${edition}/certificates`);
  await press(page, 'certificates/issue_due');

  await participant.goto('/me/certificates');
  const sheet = participant.locator('a[href$=".pdf"]').first();
  const href = await sheet.getAttribute('href');
  const [download] = await Promise.all([participant.waitForEvent('download'), sheet.click()]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
  const answer = await participant.request.get(href);
  const { text, address } = await readSheet(await answer.body());
  assert.ok(text.includes('Inés Recorrido Completo'), 'the sheet names the person');
  assert.match(address.pathname, /^\/verify\/[0-9A-Z]{26}$/);

  const stranger = await someone();
  const verified = await stranger.goto(address.href);
  assert.equal(verified.status(), 200);
  await axe(stranger);
  const said = await stranger.locator('main').innerText();
  assert.ok(said.includes(title), 'it says what was certified');
  assert.ok(said.includes('Inés Recorrido Completo'), 'it says to whom');
  assert.ok(!said.includes('@ejemplo.pe'), 'it says nothing else about the person');
  const asked = await stranger.request.get(href);
  assert.equal(new URL(asked.url()).pathname, '/sign-in', 'the sheet is the holder’s');

  await totals(await someone(), edition, title);
});

eachMode('a refused form keeps what was typed and says what to mend', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  await page.goto('/programs/4/courses/new');
  const form = formOf(page, 'courses/create_course');
  await form.evaluate((element) => element.setAttribute('novalidate', ''));
  await form.locator('[name="title"]').fill('Un curso sin horas');
  await follow(page, form.locator('button[type="submit"]').first());
  await page.locator('.summary a').first().waitFor();
  assert.equal(await page.locator('[name="title"]').inputValue(), 'Un curso sin horas');
  await axe(page);
});

eachMode('an unknown certificate and a malformed code are answered alike', async ({ page }) => {
  const texts = [];
  for (const code of ['0'.repeat(26), 'no-es-un-codigo']) {
    const answer = await page.goto(`/verify/${code}`);
    texts.push([answer.status(), await page.locator('main').innerText()]);
  }
  assert.deepEqual(texts[0], texts[1]);
});
