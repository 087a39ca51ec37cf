// The participant report of a video call: sent, looked at, and attendance marked from it.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe, fits } from '../support/checks.mjs';
import { day, formOf, press, unique } from '../support/forms.mjs';
import { onlySession, roll } from '../support/marking.mjs';
import { addMeeting, enrolMany, openEnrolment, planEdition } from '../support/planning.mjs';

/** An online session yesterday from nine to ten, and three people. */
async function plan(page) {
  const edition = await planEdition(page, {
    title: unique('Por videollamada'),
    kind: 'virtual',
    modality: 'live_online',
    seats: 3,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await openEnrolment(page, edition);
  await enrolMany(page, edition, 3);
  return edition;
}

/** What Zoom writes: one all the time on two devices, one half of it, and a stranger. */
function report([first, second]) {
  const line = (name, from, to) =>
    `${name},,${day(-1)} ${from}:00,${day(-1)} ${to}:00,0`;
  const lines = [
    'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)',
    line(first, '08:55', '09:40'),
    line(first, '09:30', '10:05'),
    line(second, '09:00', '09:30'),
    line('iPhone de Iván', '09:00', '10:00'),
  ];
  return { name: 'participants.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) };
}

/** The names of who takes part as they appear in a call: given names first. */
async function names(page, edition) {
  await page.goto(`/editions/${edition}/enrolments`);
  const listed = await page.locator('main tbody th a').allInnerTexts();
  return listed.map((name) => name.split(', ').reverse().join(' '));
}

eachMode('a report of a video call becomes attendance', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  const edition = await plan(page);
  const session = await onlySession(page, edition);
  const people = await names(page, edition);
  await page.goto(`/sessions/${session}/video-call`);
  await axe(page);
  await fits(page);
  const form = formOf(page, 'video_calls/upload');
  await form.locator('[name="file"]').setInputFiles(report(people));
  await press(page, 'video_calls/upload');

  const stands = async (name) => page.locator('main tbody tr', { hasText: name }).innerText();
  assert.match(await stands(people[0]), /1 h[^]*Presente/, 'two devices count once');
  assert.match(await stands(people[1]), /30 min[^]*Parcial/);
  assert.match(await stands('iPhone de Iván'), /No está en la edición/);
  await axe(page);
  await fits(page);
  assert.deepEqual(await roll(page, session), ['none', 'none', 'none'], 'looking marks nobody');

  await page.goto(`/sessions/${session}/video-call`);
  await press(page, 'video_calls/apply');
  assert.deepEqual(await roll(page, session), ['present', 'partial', 'none']);
});
