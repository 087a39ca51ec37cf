// A list of people that an institution sends: loaded, reviewed, enrolled, taken back, told.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe, fits } from '../support/checks.mjs';
import { follow, formOf, goesWell, press, unique, uniqueSurname } from '../support/forms.mjs';
import { addMeeting, openEnrolment, planEdition } from '../support/planning.mjs';

/** A text file as Excel in Peru saves it; the surname makes its people new. */
function list(surname) {
  const lines = [
    'OFICINA DE CAPACITACIÓN',
    'N°;DNI;Apellido paterno;Apellido materno;Nombres;Sexo',
    `1;;${surname};Uno;Irma;F`,
    `2;;${surname};Dos;Iván;M`,
    `3;12;${surname};Tres;Ana;F`,
  ];
  return { name: 'relación.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n'), 'latin1') };
}

async function load(page, edition, surname) {
  await page.goto(`/editions/${edition}/nominations`);
  const form = formOf(page, 'nomination/upload');
  await form.locator('[name="file"]').setInputFiles(list(surname));
  await press(page, 'nomination/upload');
}

eachMode('a list is reviewed, enrolled, taken back, enrolled again and told', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  const edition = await planEdition(page, {
    title: unique('Con lista'),
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala de listas',
    seats: 5,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await openEnrolment(page, edition);
  const surname = uniqueSurname('Lista');
  await load(page, edition, surname);
  assert.match(page.url(), /\/nominations\/\d+$/);
  const main = page.locator('main');
  await axe(page);
  await fits(page);
  assert.ok(await main.getByText('«12»').isVisible(), 'what is wrong is named with what stands there');

  await page.locator('main summary', { hasText: 'Inscribir a 2 personas' }).click();
  await press(page, 'nomination/apply');
  await goesWell(page, 'the list is enrolled');
  await axe(page);
  await page.locator('main summary', { hasText: 'Deshacer la lista' }).click();
  await press(page, 'nomination/undo');
  await goesWell(page, 'the list is taken back');

  await load(page, edition, surname);
  await page.locator('main summary', { hasText: 'Inscribir a 2 personas' }).click();
  await press(page, 'nomination/apply');
  await goesWell(page, 'the list is enrolled again');
  await press(page, 'nomination/tell');
  await page.goto(`/editions/${edition}/enrolments`);
  assert.equal(await main.locator('tbody th a', { hasText: surname }).count(), 2);
  await follow(page, main.getByRole('link', { name: /Cárguela/ }));
  await axe(page);
});

eachMode('the register is put in another order and taken along as a file', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  await page.goto('/people');
  const main = page.locator('main');
  const head = main.getByRole('columnheader', { name: 'Registro' });
  for (const order of ['descending', 'ascending']) {
    await follow(page, head.getByRole('link'));
    assert.equal(await head.getAttribute('aria-sort'), order);
  }
  await page.setViewportSize({ width: 360, height: 780 });
  assert.ok(await head.getByRole('link').isVisible(), 'a phone can order the list too');
  await axe(page);
  await fits(page);

  const waits = page.waitForEvent('download');
  await main.getByRole('link', { name: 'Descargar CSV' }).click();
  const file = await waits;
  assert.equal(file.suggestedFilename(), 'personas.csv');
  const rows = (await readFile(await file.path(), 'utf8')).split('\n');
  const listed = await main.locator('tbody th').allTextContents();
  assert.equal(listed.length, 50);
  listed.forEach((name, line) => assert.ok(rows[line + 1].startsWith(`"${name}"`), rows[line + 1]));
});
