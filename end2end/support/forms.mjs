// Filling in and sending forms as a person does, and waiting for the page that follows.

import assert from 'node:assert/strict';

/** Does something that leads to another page, and waits until that page stands. */
export async function arrive(page, act) {
  const stands = page.waitForEvent('domcontentloaded');
  await act();
  await stands;
}

/** Clicks a link or button that leads to another page. */
export async function follow(page, locator) {
  await arrive(page, () => locator.click());
}

/** The first form on the page that posts to an action. */
export function formOf(page, action) {
  return page.locator(`form[action="/api/${action}"]`).first();
}

/** Fills in the form's fields by their names; `true` ticks, other values are typed or chosen. */
export async function fill(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    const tag = await field.evaluate((element) => element.tagName);
    if (value === true) await field.check();
    else if (tag === 'SELECT') await field.selectOption(String(value));
    else await field.fill(String(value));
  }
}

/** Presses the button that sends a form, and sees to it that all went well. */
export async function press(page, action) {
  const form = formOf(page, action);
  const button = form.locator('button[type="submit"], button:not([type])').first();
  await follow(page, button);
  await goesWell(page, action);
}

/** Fills in a form and sends it. */
export async function send(page, action, fields) {
  await fill(formOf(page, action), fields);
  await press(page, action);
}

/** Unfolds a question, fills in what it asks for, and confirms. */
export async function confirm(page, action, fields = {}) {
  const form = page.locator(`form[action="/api/${action}"]`);
  await page.locator('main details', { has: form }).first().locator('summary').click();
  await send(page, action, fields);
}

/** Fills in a form, sends it, and sees to it that it is refused; gives what is said about it. */
export async function refused(page, action, fields = {}) {
  const form = formOf(page, action);
  await fill(form, fields);
  await follow(page, form.locator('button[type="submit"], button:not([type])').first());
  const said = page.locator('.summary, .notice-harm, .notice-attention').first();
  await said.waitFor();
  return said.innerText();
}

/** Asserts that nothing on the page says that something went wrong. */
export async function goesWell(page, what) {
  const harm = page.locator('.notice-harm, .summary');
  if ((await harm.count()) > 0) assert.fail(`${what}: ${await harm.first().innerText()}`);
}

/** The day so many days from now, in Lima, as date fields want it. */
export function day(offset) {
  const at = new Date(Date.now() + offset * 86_400_000);
  return at.toLocaleDateString('en-CA', { timeZone: 'America/Lima' });
}

/** The number in the page's address: 7 of /editions/7/sessions. */
export function idIn(page) {
  return Number(new URL(page.url()).pathname.match(/\d+/)[0]);
}

/** A name that no other run has used. */
export function unique(name) {
  return `${name} ${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
}

/** The same for a surname: letters alone. */
export function uniqueSurname(name) {
  const letter = () => String.fromCharCode(97 + Math.floor(Math.random() * 26));
  return name + Array.from({ length: 10 }, letter).join('');
}
