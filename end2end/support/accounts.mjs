// The demo's accounts, and signing in as one of them.

import assert from 'node:assert/strict';

/** Email addresses by role. */
export const accounts = {
  admin: 'admin@demo.pe',
  manager: 'manager@demo.pe',
  coordinator: 'coordinator@demo.pe',
  facilitator: 'facilitator@demo.pe',
  participant: 'participant@demo.pe',
};

/** The password of all of them. */
export const password = 'capacita-demo';

/** Signs in through the form as a person would, and waits for the page that follows. */
export async function signIn(page, email, secret = password) {
  await page.goto('/sign-in');
  await page.fill('input[name="email"]', email);
  await page.fill('input[name="password"]', secret);
  const form = page.locator('form', { has: page.locator('input[name="password"]') });
  await form.locator('button:not([type="button"])').first().click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  assert.ok(!page.url().includes('__err'), `${email} is not let in: ${page.url()}`);
}
