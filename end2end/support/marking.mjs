// Taking attendance on the list of a session, as a phone does and as it goes without JavaScript.

import { follow, goesWell } from './forms.mjs';

/** The number of an edition's one session. */
export async function onlySession(page, edition) {
  await page.goto(`/editions/${edition}/sessions`);
  const edit = page.locator('main a[href^="/sessions/"][href$="/edit"]').first();
  return Number((await edit.getAttribute('href')).match(/\d+/)[0]);
}

/** Marks people of a session: their places on the list, from 0, and what each is marked. */
export async function mark(page, session, marks) {
  await page.goto(`/sessions/${session}/attendance`);
  for (const [place, status] of Object.entries(marks)) {
    const choice = page.locator('label.mark', { has: page.locator(`input[value="${status}"]`) });
    await page.locator('.roll-line').nth(place).locator(choice).click();
  }
  await follow(page, page.getByRole('button', { name: 'Guardar', exact: true }).first());
  await goesWell(page, 'marking');
}

/** How each person of a session stands, in the order of the list. */
export async function roll(page, session) {
  await page.goto(`/sessions/${session}/attendance`);
  return page.locator('.roll-line').evaluateAll((all) =>
    all.map((person) => person.querySelector('input:checked')?.value ?? 'none'),
  );
}
