// Participants of the journeys' own: they register, enrol, or are put on the register by others.

import assert from 'node:assert/strict';
import { follow, press, send, unique } from './forms.mjs';

/** Somebody finds an edition, registers on the way, and is back at the edition. */
export async function registerAt(page, edition, names) {
  await page.goto(`/editions/${edition}`);
  await follow(page, page.locator('#enrol a[href^="/sign-in"]'));
  await follow(page, page.locator('main a[href^="/register"]'));
  const secret = unique('Una frase larga');
  const email = `${unique('alguien').replace(' ', '.')}@ejemplo.pe`;
  await send(page, 'access/register', {
    ...names,
    document_kind: 'none',
    no_document_reason: 'En trámite',
    email,
    password: secret,
    repeat_password: secret,
  });
  assert.equal(new URL(page.url()).pathname, `/editions/${edition}`, 'and is back at the edition');
  return { email, secret };
}

/** The same, and asks for a seat. */
export async function enrolAt(page, edition, names) {
  const account = await registerAt(page, edition, names);
  await press(page, 'enrolment/request');
  return account;
}
