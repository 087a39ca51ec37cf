// The main job, end to end: a coordinator schedules, a participant enrols, a facilitator marks, a
// coordinator issues, the participant downloads, a stranger verifies, a manager exports.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe } from '../support/checks.mjs';

const run = promisify(execFile);

/** Presses the button of the form that posts to an action. */
async function press(page, action) {
  const form = page.locator(`form[action="/api/${action}"]`).first();
  await form.locator('button[type="submit"], button:not([type])').first().click();
  await page.waitForLoadState();
}

/** The day so many days from now, in Lima, as date fields want it. */
function day(offset) {
  const at = new Date(Date.now() + offset * 86_400_000);
  return at.toLocaleDateString('en-CA', { timeZone: 'America/Lima' });
}

/** The number in an address: 7 of /editions/7/sessions. */
function idIn(page) {
  return Number(new URL(page.url()).pathname.match(/\d+/)[0]);
}

/** Nothing on the page says that something went wrong. */
async function goesWell(page, what) {
  const harm = page.locator('.notice-harm, [role="alert"]');
  if ((await harm.count()) > 0) assert.fail(`${what}: ${await harm.first().innerText()}`);
}

async function schedule(page, title) {
  await signIn(page, accounts.coordinator);
  await page.goto('/programs/4/courses/new');
  await page.fill('[name="title"]', title);
  await page.selectOption('[name="kind"]', 'workshop');
  await page.fill('[name="planned_hours"]', '1');
  await press(page, 'courses/create_course');
  await goesWell(page, 'creating the course');
  await page.goto(`/courses/${idIn(page)}/editions/new`);
  await page.selectOption('[name="modality"]', 'in_person');
  await page.fill('[name="starts_on"]', day(-1));
  await page.fill('[name="ends_on"]', day(1));
  await page.fill('[name="venue"]', 'Sala del recorrido');
  await page.fill('[name="seats"]', '5');
  await page.fill('[name="enrol_from"]', day(-1));
  await page.fill('[name="enrol_until"]', day(1));
  await axe(page);
  await press(page, 'courses/create_edition');
  await goesWell(page, 'creating the edition');
  const edition = idIn(page);

  await page.goto(`/editions/${edition}/sessions`);
  const form = page.locator('form[action="/api/sessions/create_meeting"]');
  // The form may be folded away under its heading.
  if (!(await form.locator('[name="date"]').isVisible())) {
    await page.locator('summary', { hasText: 'Agregar una sesión' }).click();
  }
  await form.locator('[name="title"]').fill('La única sesión');
  await form.locator('[name="date"]').fill(day(-1));
  await form.locator('[name="start"]').fill('09:00');
  await form.locator('[name="end"]').fill('10:00');
  await form.locator('button[type="submit"]').first().click();
  await page.waitForLoadState();
  await goesWell(page, 'adding the session');
  await page.goto(`/editions/${edition}/sessions?who=Vela+Isuiza`);
  await press(page, 'courses/assign_facilitator');
  await goesWell(page, 'assigning the facilitator');
  await page.goto(`/editions/${edition}`);
  await press(page, 'courses/announce');
  await goesWell(page, 'announcing');
  await press(page, 'courses/open_enrolment');
  await goesWell(page, 'opening enrolment');
  return edition;
}

/** Decodes the QR code of a certificate's sheet. */
async function qrOf(pdf) {
  const folder = await mkdtemp(join(tmpdir(), 'capacita-'));
  try {
    const file = join(folder, 'sheet.pdf');
    await writeFile(file, pdf);
    await run('qpdf', ['--check', file]);
    await run('pdftoppm', ['-r', '150', '-png', '-singlefile', file, join(folder, 'sheet')]);
    const { stdout } = await run('zbarimg', ['--raw', '-q', join(folder, 'sheet.png')]);
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true });
  }
}

eachMode('from the schedule to the verified certificate', async ({ page, someone, javaScript }) => {
  const title = `Recorrido completo ${javaScript ? 'con' : 'sin'} JavaScript ${Date.now()}`;
  const edition = await schedule(page, title);

  const participant = await someone();
  await signIn(participant, accounts.participant);
  await participant.goto(`/editions/${edition}`);
  await axe(participant);
  await press(participant, 'enrolment/request');
  await goesWell(participant, 'enrolling');
  await participant.goto('/me');
  assert.ok(await participant.getByText(title).first().isVisible(), 'the course is on the own page');

  const facilitator = await someone();
  await signIn(facilitator, accounts.facilitator);
  await facilitator.goto(`/editions/${edition}/attendance`);
  await axe(facilitator);
  const session = await facilitator.locator('a[href^="/sessions/"]').first().getAttribute('href');
  await facilitator.goto(session);
  await axe(facilitator);
  await facilitator.locator('button[name="then"][value="rest_present"]').click();
  await facilitator.waitForLoadState();
  await goesWell(facilitator, 'marking');

  await page.goto(`/editions/${edition}/certificates`);
  await axe(page);
  await press(page, 'certificates/issue_due');
  await goesWell(page, 'issuing');

  await participant.goto('/me/certificates');
  await axe(participant);
  const sheet = participant.locator('a[href$=".pdf"]').first();
  const answer = await participant.request.get(await sheet.getAttribute('href'));
  assert.equal(answer.status(), 200);
  const address = new URL(await qrOf(await answer.body()));
  assert.match(address.pathname, /^\/verify\/[0-9A-Z]{26}$/);

  const stranger = await someone();
  const verified = await stranger.goto(address.pathname);
  assert.equal(verified.status(), 200);
  await axe(stranger);
  const text = await stranger.locator('main').innerText();
  assert.ok(text.includes(title), 'it says what was certified');
  assert.ok(text.includes('Rosa Quispe Mamani'), 'it says to whom');
  assert.ok(!text.includes(accounts.participant), 'it says nothing else about the person');
  assert.equal((await stranger.request.get(await sheet.getAttribute('href'))).status(), 404);

  const manager = await someone();
  await signIn(manager, accounts.manager);
  await manager.goto(`/reports/totals?by=edition&edition=${edition}`);
  await axe(manager);
  const csv = await manager.request.get(`/reports/totals.csv?by=edition&edition=${edition}`);
  const [, row] = (await csv.text()).trim().split('\n');
  assert.ok(row.startsWith(`${title} (1),1,1,1,1,`), row);
});

eachMode('an unknown certificate and a malformed code are answered alike', async ({ page }) => {
  const texts = [];
  for (const code of ['0'.repeat(26), 'no-es-un-codigo']) {
    const answer = await page.goto(`/verify/${code}`);
    texts.push([answer.status(), await page.locator('main').innerText()]);
    await axe(page);
  }
  assert.deepEqual(texts[0], texts[1]);
});
