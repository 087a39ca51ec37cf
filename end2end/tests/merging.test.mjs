// Two records of one person: found, put together, and taken apart again.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe, fits } from '../support/checks.mjs';
import {
  confirm, fill, follow, formOf, idIn, press, refused, send, unique, uniqueSurname,
} from '../support/forms.mjs';
import { mark, onlySession } from '../support/marking.mjs';
import { addMeeting, openEnrolment, planEdition } from '../support/planning.mjs';

/** How often the list of pairs is asked for: the records are compared within some seconds. */
const LOOKS = 60;

/** An edition under way with a session yesterday. */
async function plan(page) {
  const edition = await planEdition(page, {
    title: unique('Con dos registros'),
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala de la unión',
    seats: 5,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await openEnrolment(page, edition);
  return edition;
}

/** Registers somebody; a second record of the same names must say that it is meant. */
async function register(page, surname, more, isSecond = false) {
  await page.goto('/people/new');
  const fields = {
    given_names: 'Marisol',
    paternal_surname: surname,
    maternal_surname: 'Dosveces',
    sex: 'f',
    ...more,
  };
  if (isSecond) {
    assert.match(await refused(page, 'people/create_person', fields), /ya esté registrada/);
    await fill(formOf(page, 'people/create_person'), { not_duplicate: true });
    await press(page, 'people/create_person');
  } else {
    await send(page, 'people/create_person', fields);
  }
  return idIn(page);
}

/** Enrols somebody from the list of enrolments; gives the enrolment. */
async function enrol(page, edition, surname, person) {
  await page.goto(`/editions/${edition}/enrolments?person=${surname}`);
  const form = page.locator('form[action="/api/enrolment/enrol_other"]', {
    has: page.locator(`input[name="person"][value="${person}"]`),
  });
  await follow(page, form.locator('button'));
  return idIn(page);
}

/** The row of the pair, once the records are compared. */
async function pairOf(page, surname) {
  for (let look = 0; look < LOOKS; look += 1) {
    await page.goto('/people/duplicates');
    const row = page.locator('main tbody tr', { hasText: surname });
    if ((await row.count()) > 0) return row;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return assert.fail(`${surname} is compared`);
}

/** Asserts that the certificate verifies, with the name that was printed. */
async function verifies(page, code, surname) {
  assert.equal((await page.goto(code)).status(), 200);
  const said = await page.locator('main').innerText();
  assert.match(said, /válido/i);
  assert.ok(said.includes(surname), 'as it was printed');
}

eachMode('two records are put together and taken apart', async ({ page, someone }) => {
  await signIn(page, accounts.coordinator);
  const edition = await plan(page);
  const surname = uniqueSurname('Registro');
  const digits = () => String(Math.floor(10_000_000 + Math.random() * 89_999_999));
  const phone = `+51 9${digits()}`;
  const first = await register(page, surname, {
    phone,
    document_kind: 'none',
    no_document_reason: 'En trámite',
  });
  const enrolment = await enrol(page, edition, surname, first);
  await mark(page, await onlySession(page, edition), { 0: 'present' });
  await page.goto(`/editions/${edition}/certificates`);
  await press(page, 'certificates/issue_due');
  const code = await page.locator('main a[href^="/verify/"]').first().getAttribute('href');
  const card = { phone, document_kind: 'dni', document_number: digits() };
  const second = await register(page, surname, card, true);

  const row = await pairOf(page, surname);
  assert.match(await row.innerText(), /mismo teléfono/);
  await axe(page);
  await fits(page);
  await follow(page, row.getByRole('link', { name: 'Comparar' }));
  if (idIn(page) !== second) await follow(page, page.getByRole('link', { name: 'Que quede el otro' }));
  assert.equal(idIn(page), second);
  assert.ok(await page.getByText('1 certificado, con el mismo código').isVisible());
  await axe(page);
  await fits(page);
  await press(page, 'merging/merge');

  assert.equal(new URL(page.url()).pathname, `/people/${second}`);
  await axe(page);
  await fits(page);
  assert.equal(await page.locator(`main a[href="/enrolments/${enrolment}"]`).count(), 1);
  await page.goto(`/people/${first}`);
  assert.ok(await page.locator(`main a[href="/people/${second}"]`).first().isVisible());
  await axe(page);
  const stranger = await someone();
  await verifies(stranger, code, surname);

  await page.goto(`/people/${second}`);
  await confirm(page, 'merging/undo');
  assert.equal(await page.locator(`main a[href="/enrolments/${enrolment}"]`).count(), 0);
  await page.goto(`/people/${first}`);
  assert.equal(await page.locator(`main a[href="/enrolments/${enrolment}"]`).count(), 1);
  await verifies(stranger, code, surname);
});
