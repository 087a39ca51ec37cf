// What a coordinator does before anybody can learn: courses, editions, sessions, enrolment.
// Each step is taken on the page where a person takes it, signed in as a coordinator.

import assert from 'node:assert/strict';
import { arrive, day, follow, idIn, press, send } from './forms.mjs';

/** The demo's program that runs now. */
const PROGRAM = 4;

/** The demo's facilitator, as the search finds them. */
const FACILITATOR = 'Fermín Vela Isuiza';

/** Plans a course of one academic hour and its edition; gives the edition's id. */
export async function planEdition(page, { title, kind, program = PROGRAM, ...edition }) {
  await page.goto(`/programs/${program}/courses/new`);
  await send(page, 'courses/create_course', { title, kind, planned_hours: 1 });
  const course = idIn(page);
  await follow(page, page.locator(`a[href="/courses/${course}/editions/new"]`).first());
  await send(page, 'courses/create_edition', {
    starts_on: day(-1),
    ends_on: day(1),
    enrol_from: day(-1),
    enrol_until: day(1),
    ...edition,
  });
  return idIn(page);
}

/** Adds a session; without a date it took place yesterday. */
export async function addMeeting(page, edition, { title, date = day(-1), start, end }) {
  await page.goto(`/editions/${edition}/sessions`);
  await follow(page, page.locator('a[href*="add=meeting"]'));
  await send(page, 'sessions/create_meeting', { title, date, start, end });
}

/** Adds a session to which people check in now: it begins with the next hour. Gives its id. */
export async function addMeetingNow(page, edition, title) {
  const soon = new Date(Date.now() + 3_600_000);
  const inLima = (format) => soon.toLocaleString('en-GB', { timeZone: 'America/Lima', ...format });
  const hour = inLima({ hour: '2-digit', hourCycle: 'h23' });
  const [date, start] = [day(1 / 24), `${hour}:00`];
  await addMeeting(page, edition, { title, date, start, end: `${hour}:59` });
  const link = page.locator('main a[href^="/sessions/"][href$="/edit"]').last();
  return Number((await link.getAttribute('href')).match(/\d+/)[0]);
}

/** Adds a session that is studied at one's own pace; gives its id. */
export async function addUnit(page, edition, title) {
  await page.goto(`/editions/${edition}/sessions?add=unit`);
  await send(page, 'sessions/create_unit', {
    title,
    opens_on: day(-1),
    closes_on: day(1),
    planned_minutes: 60,
  });
  const steps = page.locator('a[href^="/sessions/"][href$="/steps"]').first();
  return Number((await steps.getAttribute('href')).match(/\d+/)[0]);
}

/** Finds the facilitator and gives them the edition. */
export async function assignFacilitator(page, edition) {
  await page.goto(`/editions/${edition}/sessions`);
  const search = page.locator('input[name="who"]');
  await search.fill(FACILITATOR);
  await arrive(page, () => search.press('Enter'));
  await press(page, 'courses/assign_facilitator');
}

/** Announces a draft and opens its enrolment. */
export async function openEnrolment(page, edition) {
  await page.goto(`/editions/${edition}`);
  await press(page, 'courses/announce');
  await press(page, 'courses/open_enrolment');
}

/** Looks for somebody from the list of enrolments and enrols them. */
export async function enrolOther(page, edition, name) {
  await page.goto(`/editions/${edition}/enrolments`);
  await page.locator('#enrol input[name="person"]').fill(name);
  await arrive(page, () => page.locator('#enrol input[name="person"]').press('Enter'));
  await press(page, 'enrolment/enrol_other');
  return idIn(page);
}

/** Enrols so many people of the register, in one request each: what matters comes after. */
export async function enrolMany(page, edition, count) {
  for (let person = 101; person < 101 + count; person += 1) {
    const answer = await page.request.post('/api/enrolment/enrol_other', {
      form: { edition: String(edition), person: String(person) },
      headers: { accept: 'text/html' },
      maxRedirects: 0,
    });
    const to = answer.headers().location ?? '';
    assert.match(to, /\/enrolments\/\d+/, `person ${person} is enrolled: ${answer.status()} ${to}`);
  }
}
