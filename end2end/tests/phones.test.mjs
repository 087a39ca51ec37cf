// Checking in by phone: the code on the room's screen, the participant's own code at the door, and
// the form for who comes without being enrolled.

import assert from 'node:assert/strict';
import { accounts, signIn } from '../support/accounts.mjs';
import { eachMode, withJavaScript } from '../support/browser.mjs';
import { holdUp, lendCamera } from '../support/camera.mjs';
import { axe, fits } from '../support/checks.mjs';
import { confirm, formOf, press, refused, send, unique, uniqueSurname } from '../support/forms.mjs';
import { roll } from '../support/marking.mjs';
import { enrolAt } from '../support/people.mjs';
import {
  addMeetingNow,
  assignFacilitator,
  openEnrolment,
  planEdition,
} from '../support/planning.mjs';
import { readCode } from '../support/sheets.mjs';

/** Somebody's names. */
function names(given_names, sex) {
  return { given_names, paternal_surname: uniqueSurname('Llegada'), sex };
}

/** An edition with a session to which people check in now, and the facilitator. */
async function planNow(page) {
  await signIn(page, accounts.coordinator);
  const edition = await planEdition(page, {
    title: unique('Registro por teléfono'),
    kind: 'workshop',
    modality: 'in_person',
    venue: 'Sala de la pantalla',
    seats: 5,
  });
  const session = await addMeetingNow(page, edition, 'La sesión de ahora');
  await assignFacilitator(page, edition);
  await openEnrolment(page, edition);
  return { edition, session };
}

/** Shows the room's screen as it stands now: it would come again by itself with the next code. */
async function showRoom(page, session) {
  const address = `/sessions/${session}/room-code`;
  const still = async (route) => {
    const answer = await route.fetch();
    const { refresh, ...headers } = answer.headers();
    assert.match(refresh ?? '', /^([1-9]|[12]\d|30)$/, 'the next code comes by itself');
    await route.fulfill({ response: answer, headers });
  };
  await page.route(`**${address}`, still);
  await page.goto(address);
  await page.unroute(`**${address}`, still);
}

/** The letters on the room's screen, as people read them. */
async function typedCode(page) {
  return page.locator('.room-code [aria-hidden]').innerText();
}

eachMode('the code on the room’s screen checks in, once', async ({ page, someone }) => {
  const { edition, session } = await planNow(page);
  const rosa = await someone();
  await enrolAt(rosa, edition, names('Rosa', 'f'));
  const screen = await someone();
  await signIn(screen, accounts.facilitator);

  await rosa.goto('/check-in');
  await refused(rosa, 'check_in/type_code', { code: 'CCC CCC' });
  await axe(rosa);
  assert.deepEqual(await roll(screen, session), ['none'], 'a wrong code checks nobody in');

  await showRoom(screen, session);
  await axe(screen);
  await fits(screen);
  assert.ok(await screen.getByText('0 de 1 ya llegaron').isVisible());
  await send(rosa, 'check_in/type_code', { code: await typedCode(screen) });
  assert.match(await rosa.locator('main').innerText(), /quedó registrada a las .*: presente/i);

  await showRoom(screen, session);
  assert.ok(await screen.getByText('1 de 1 ya llegaron').isVisible());
  await send(rosa, 'check_in/type_code', { code: await typedCode(screen) });
  assert.match(await rosa.locator('main').innerText(), /ya estaba registrada a las .*: presente/i);
  assert.deepEqual(await roll(screen, session), ['present']);
});

eachMode('the picture on the room’s screen asks before it checks in', async ({ page, someone }) => {
  const { edition, session } = await planNow(page);
  const rosa = await someone();
  await enrolAt(rosa, edition, names('Rosa', 'f'));
  const screen = await someone();
  await signIn(screen, accounts.facilitator);
  await showRoom(screen, session);
  const address = await readCode(screen.locator('.room > .qr'));

  await rosa.goto(address.href);
  await axe(rosa);
  await fits(rosa);
  assert.deepEqual(await roll(screen, session), ['none'], 'looking checks nobody in');
  await rosa.goto(address.href);
  await press(rosa, 'check_in/check_in');
  assert.ok(await rosa.getByText('Su asistencia quedó registrada.').isVisible());
  await rosa.goto(address.href);
  assert.equal(await formOf(rosa, 'check_in/check_in').count(), 0, 'there is nothing left to do');
  assert.deepEqual(await roll(screen, session), ['present']);

  const stranger = await someone();
  await stranger.goto(address.href);
  assert.equal(new URL(stranger.url()).pathname, '/sign-in', 'nobody checks in unknown');
});

eachMode('a participant’s own code is scanned and typed at the door', async ({ page, someone }) => {
  const { edition, session } = await planNow(page);
  const [rosa, hugo] = [await someone(), await someone()];
  await enrolAt(rosa, edition, names('Rosa', 'f'));
  await enrolAt(hugo, edition, names('Hugo', 'm'));
  const door = await someone();
  await signIn(door, accounts.facilitator);

  await rosa.goto('/me/code');
  await axe(rosa);
  const address = await readCode(rosa.locator('.own-code > .qr'));
  assert.equal((await hugo.goto(address.href)).status(), 404, 'others learn nothing by it');
  await door.goto(address.href);
  assert.ok((await door.locator('h1').innerText()).includes('Rosa'));
  await axe(door);
  await fits(door);
  await press(door, 'check_in/check_in_person');

  await hugo.goto('/me/code');
  const code = await hugo.locator('.own-code code').innerText();
  await door.goto(`/sessions/${session}/scan`);
  await axe(door);
  await fits(door);
  await send(door, 'check_in/check_in_person', { token: code.toLowerCase() });
  assert.equal(new URL(door.url()).pathname, `/sessions/${session}/scan`, 'ready for the next');
  assert.ok((await door.locator('main').innerText()).includes('Hugo'));

  await hugo.goto('/me/code');
  await confirm(hugo, 'check_in/renew_code');
  await refused(door, 'check_in/check_in_person', { token: code });
  assert.deepEqual(await roll(door, session), ['present', 'present']);
});

withJavaScript('the camera reads one code after another', async ({ page, someone }) => {
  const { edition, session } = await planNow(page);
  const [rosa, hugo] = [await someone(), await someone()];
  await enrolAt(rosa, edition, names('Rosa', 'f'));
  await enrolAt(hugo, edition, names('Hugo', 'm'));
  const pictures = [];
  for (const person of [rosa, hugo]) {
    await person.goto('/me/code');
    pictures.push(await person.locator('.own-code > .qr').screenshot());
  }
  const door = await someone();
  await signIn(door, accounts.facilitator);
  await lendCamera(door);
  await door.goto(`/sessions/${session}/scan`);
  await door.locator('.scanner button').click();
  await door.locator('.scanner video').waitFor();
  await axe(door);
  const said = door.locator('.scanner-said');
  for (const [picture, name] of [
    [pictures[0], 'Rosa'],
    [pictures[1], 'Hugo'],
  ]) {
    await holdUp(door, picture);
    await said.filter({ hasText: name }).waitFor();
    assert.match(await said.getAttribute('class'), /is-good/);
  }
  assert.deepEqual(await roll(door, session), ['present', 'present']);
});

eachMode('who comes without being enrolled is taken in', async ({ page, someone }) => {
  const { session } = await planNow(page);
  const screen = await someone();
  await signIn(screen, accounts.facilitator);
  await showRoom(screen, session);
  const address = await readCode(screen.locator('.room-walk-in .qr'));

  const stranger = await someone();
  await stranger.goto(address.href);
  await axe(stranger);
  await fits(stranger);
  const surname = uniqueSurname('Sinlista');
  await send(stranger, 'check_in/write_own_walk_in', {
    given_names: 'Abel',
    paternal_surname: surname,
    sex: 'm',
    document_kind: 'none',
    position: 'Guardaparque',
  });
  assert.equal(new URL(stranger.url()).pathname, '/walk-in/done');
  await axe(stranger);

  const queue = `/sessions/${session}/walk-ins`;
  await screen.goto(queue);
  const seen = await screen.locator('main').innerText();
  assert.ok(seen.includes('1 por decidir'), 'the facilitator hears that there is somebody');
  assert.ok(!seen.includes(surname), 'and not who');

  await page.goto(queue);
  assert.ok((await page.locator('main').innerText()).includes(surname));
  await axe(page);
  await fits(page);
  await press(page, 'check_in/accept_walk_in');
  assert.deepEqual(await roll(page, session), ['present']);
  assert.ok(await page.locator('main').getByText(surname).first().isVisible());
});
