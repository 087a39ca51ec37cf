// Seats that come free: offered by link to whoever is next, kept for who is cleared by the funder,
// and given to whom an institution sends instead.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode } from '../support/browser.mjs';
import { axe, fits } from '../support/checks.mjs';
import {
  arrive, confirm, day, fill, follow, formOf, idIn, press, refused, send, unique, uniqueSurname,
} from '../support/forms.mjs';
import { enrolAt } from '../support/people.mjs';
import { addMeeting, enrolMany, enrolOther, openEnrolment, planEdition } from '../support/planning.mjs';

/** An edition with so many seats that enrols. */
async function plan(page, title, more) {
  const edition = await planEdition(page, {
    title: unique(title),
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala de las vacantes',
    ...more,
  });
  await addMeeting(page, edition, { title: 'La única sesión', start: '09:00', end: '10:00' });
  await openEnrolment(page, edition);
  return edition;
}

/** What the viewer's box on the edition says. */
async function box(page, edition) {
  await page.goto(`/editions/${edition}`);
  return page.locator('#enrol').innerText();
}

/** The link to the offer, which stands on the own page and on that of the edition. */
async function offer(page, edition) {
  await page.goto('/me');
  const own = await page.locator('main a[href^="/offers/"]').getAttribute('href');
  await page.goto(`/editions/${edition}`);
  const there = await page.locator('#enrol a[href^="/offers/"]').getAttribute('href');
  assert.equal(own, there);
  return own;
}

/** Presses one of the two buttons of an offer. */
async function answer(page, href, word) {
  await page.goto(href);
  await axe(page);
  await fits(page);
  const form = page.locator('form', { has: page.locator(`input[name="answer"][value="${word}"]`) });
  await follow(page, form.locator('button'));
}

eachMode('a freed seat is offered to one after another', async ({ page, someone }) => {
  await signIn(page, accounts.coordinator);
  const edition = await plan(page, 'Con ofertas', { seats: 1, waiting_list: true, offer_hours: 48 });
  await enrolMany(page, edition, 1);
  const [rosa, hugo] = [await someone(), await someone()];
  const names = { paternal_surname: uniqueSurname('Espera'), maternal_surname: 'Turno' };
  await enrolAt(rosa, edition, { given_names: 'Rosa', sex: 'f', ...names });
  await enrolAt(hugo, edition, { given_names: 'Hugo', sex: 'm', ...names });
  assert.match(await box(rosa, edition), /número 1 de la lista de espera/);
  assert.match(await box(hugo, edition), /número 2 de la lista de espera/);

  await page.goto(`/editions/${edition}/enrolments`);
  await follow(page, page.locator('main tbody a[href^="/enrolments/"]').first());
  await confirm(page, 'enrolment/withdraw_other', { reason: 'Lo destacaron a otra sede' });
  await page.goto(`/editions/${edition}/enrolments?state=waiting`);
  assert.equal(await page.getByText('Con oferta hasta el').count(), 1, 'one seat, one offer');
  await axe(page);
  await fits(page);
  assert.match(await box(hugo, edition), /número 2 de la lista de espera/, 'the other waits');

  const first = await offer(rosa, edition);
  await answer(rosa, first, 'decline');
  assert.match(await rosa.locator('main').innerText(), /Gracias por avisar/);
  assert.equal((await rosa.goto(first)).status(), 410, 'a link is good for one answer');

  // The link is enough: on a phone where nobody is signed in.
  const phone = await someone();
  await answer(phone, await offer(hugo, edition), 'accept');
  assert.match(await phone.locator('main').innerText(), /Su inscripción está confirmada/);
  assert.match(await box(hugo, edition), /Su vacante está confirmada/);
  await page.goto(`/editions/${edition}/enrolments?state=taking_part`);
  assert.equal(await page.locator('main tbody tr').count(), 1, 'nobody came in twice');
});

/** An administrator makes a program whose funder vets the police. */
async function vettedProgram(page) {
  await page.goto('/programs/new');
  await send(page, 'courses/create_program', {
    name: unique('Programa con verificación'),
    implementer: 'La entidad ejecutora',
    funder: 'El financiador',
    starts_on: day(-30),
    ends_on: day(300),
  });
  const program = idIn(page);
  await follow(page, page.locator(`main a[href="/programs/${program}/vetting"]`));
  await axe(page);
  await fits(page);
  await formOf(page, 'vetting/set_rules').locator('input[value="police"]').check();
  await press(page, 'vetting/set_rules');
  return program;
}

/** Surname and names of people of a sector, from the register. */
async function peopleOf(page, sector) {
  await page.goto(`/people?sector=${sector}`);
  const names = await page.locator('main tbody th a').allInnerTexts();
  assert.ok(names.length > 3, `there are people of ${sector}`);
  return names;
}

/** Opens the page where another takes somebody's place, finds that other, and fills in why. */
async function findSubstitute(page, enrolment, name) {
  await page.goto(`/enrolments/${enrolment}`);
  await follow(page, page.locator(`main a[href="/enrolments/${enrolment}/substitute"]`));
  const search = page.locator('main input[name="person"]');
  await search.fill(name);
  await arrive(page, () => search.press('Enter'));
  const form = formOf(page, 'enrolment/substitute');
  await form.locator('input[name="person"]').first().check();
  await fill(form, { reason: 'La institución envía a otra persona' });
}

eachMode('who is vetted has a seat once cleared, and may send another', async ({ page }) => {
  await signIn(page, accounts.admin);
  const program = await vettedProgram(page);
  const edition = await plan(page, 'Con verificación', { program, seats: 2 });
  const [officer, second] = await peopleOf(page, 'police');
  const [judge] = await peopleOf(page, 'judiciary');

  const enrolment = await enrolOther(page, edition, officer);
  const said = await refused(page, 'enrolment/decide');
  assert.match(said, /El financiador aún no la autoriza/);

  await page.goto(`/editions/${edition}/vetting`);
  await page.locator('#chosen input[type="checkbox"]').first().check();
  await send(page, 'vetting/record', { state: 'cleared', cleared_until: day(0) });
  assert.match(await page.locator('main').innerText(), /Vence antes de que termine la edición/);
  await axe(page);
  await fits(page);
  await page.locator('#chosen input[type="checkbox"]').first().check();
  await send(page, 'vetting/record', { state: 'cleared', cleared_until: day(90) });
  await page.goto(`/enrolments/${enrolment}`);
  await press(page, 'enrolment/decide');
  assert.ok(await page.getByText('1 persona quedó inscrita.').isVisible());

  await findSubstitute(page, enrolment, second);
  await axe(page);
  await fits(page);
  assert.match(await refused(page, 'enrolment/substitute'), /El financiador aún no la autoriza/);
  await findSubstitute(page, enrolment, judge);
  await press(page, 'enrolment/substitute');
  await page.goto(`/editions/${edition}/enrolments?state=taking_part`);
  assert.deepEqual(await page.locator('main tbody th a').allInnerTexts(), [judge]);
});
