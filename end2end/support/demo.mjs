// Where things are in the demo: found by the pages themselves, because the demo's numbers may
// change when it grows.

import assert from 'node:assert/strict';
import { accounts, signIn } from './accounts.mjs';
import { baseURL, launch } from './browser.mjs';

/** The demo's program that runs now. */
export const PROGRAM = 4;

/** The other one, whose funder wants to know police first. */
export const VETTED = 5;

/** Of what kind each of its editions is, by the title of its course. */
const TITLES = {
  today: 'Cadena de custodia en delitos de minería ilegal',
  requests: 'Curso intensivo de litigación en delitos ambientales',
  unmarked: 'Identificación de especies en puestos de control fluvial',
  due: 'Litigación oral en delitos contra los bosques',
  selfPaced: 'Delitos ambientales: lo esencial',
  bare: 'Conferencia: justicia de paz y bosques',
  full: 'Drones y GPS para guardianes del bosque',
  draft: 'Extinción de dominio en minería ilegal',
  online: 'Lavado de activos y delitos ambientales',
};

/** The addresses that links of the page lead to, those that fit. */
async function links(page, address, pattern) {
  await page.goto(address);
  const hrefs = await page.locator('main a[href]').evaluateAll((all) =>
    all.map((link) => [link.getAttribute('href'), link.textContent]),
  );
  const found = hrefs.filter(([href]) => pattern.test(href));
  assert.ok(found.length > 0, `${address} links to ${pattern}`);
  return found;
}

/** The numbers in the first such link of a page. */
async function numbers(page, address, pattern) {
  const [[href]] = await links(page, address, pattern);
  return href.match(/\d+/g).map(Number);
}

/** Finds examples of everything that has a page of its own, as a coordinator. */
export async function examples() {
  const context = await (await launch()).newContext({ baseURL, locale: 'es-PE' });
  const page = await context.newPage();
  await signIn(page, accounts.coordinator);
  const found = await examplesFrom(page);
  await context.close();
  return found;
}

async function examplesFrom(page) {
  const editions = {};
  const listed = await links(page, `/programs/${PROGRAM}`, /^\/editions\/\d+$/);
  for (const [name, title] of Object.entries(TITLES)) {
    const [href] = listed.find(([, text]) => text.includes(title)) ?? [];
    assert.ok(href, `the program lists ${title}`);
    editions[name] = Number(href.match(/\d+/)[0]);
  }
  const [[vetted]] = await links(page, `/programs/${VETTED}`, /^\/editions\/\d+$/);
  editions.vetted = Number(vetted.match(/\d+/)[0]);
  const [[closed]] = await links(page, '/programs/1', /^\/editions\/\d+$/);
  editions.closed = Number(closed.match(/\d+/)[0]);
  const [course] = await numbers(page, `/editions/${editions.today}`, /^\/courses\/\d+$/);
  const [session] = await numbers(
    page,
    `/editions/${editions.today}/sessions`,
    /^\/sessions\/\d+\/edit$/,
  );
  const units = await links(
    page,
    `/editions/${editions.selfPaced}/sessions`,
    /^\/sessions\/\d+\/steps$/,
  );
  const [begun, unit] = units.map(([href]) => Number(href.match(/\d+/)[0]));
  const steps = await links(page, `/sessions/${unit}/steps`, /^\/steps\/\d+\/edit$/);
  const step = steps.map(([href]) => Number(href.match(/\d+/)[0]));
  const [enrolment] = await numbers(
    page,
    `/editions/${editions.today}/enrolments`,
    /^\/enrolments\/\d+$/,
  );
  const [institution] = await numbers(page, '/institutions', /^\/institutions\/\d+$/);
  const [[verification]] = await links(
    page,
    `/editions/${editions.closed}/certificates`,
    /^\/verify\//,
  );
  return {
    ...{ editions, course, session, begun, unit, step, enrolment, institution },
    code: verification.split('/').at(-1),
  };
}
