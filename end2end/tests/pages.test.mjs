// Every page, as the roles that use it see it: it answers, has one h1 and a title, does not move
// while it loads, passes axe at a desk and on a phone, in light and in dark, fits a phone, and speaks
// English as well.
//
// `src/paths.rs` says which pages there are: a new address without a line here fails the first test.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { accounts, signIn } from '../support/accounts.mjs';
import { withJavaScript } from '../support/browser.mjs';
import { faultsOfLooks, fits, screens, shifts } from '../support/checks.mjs';
import { PROGRAM, VETTED, examples } from '../support/demo.mjs';

/** Addresses that are no pages: files, and where forms with files go. */
const NO_PAGES = [
  'upload_file',
  'update_file_step',
  'file',
  'my_data_json',
  'certificate_pdf',
  'totals_csv',
  'people_csv',
  'edition_enrolments_csv',
  'totals_xlsx',
  'nomination_template_xlsx',
  'nomination_template_csv',
  'upload_nomination',
  'sign_in_sheet',
  'upload_video_call',
  'upload_attachment',
  'attachment',
  'sync_offline',
  'service_worker',
  'closing_record',
  'badges',
  'edition_ics',
  'calendar_file',
];

/** Pages that the demonstration has none of: a journey looks at them (`lists.test.mjs`). */
const IN_JOURNEYS = ['nomination'];

/**
 * Who looks at which page: a name of `src/paths.rs`, an address of that shape, and what it answers
 * if that is not 200. One role's pages are in two parts so that no test takes long.
 */
const views = {
  stranger: (of) => [
    ['home', '/'],
    ['courses', '/courses'],
    ['courses', '/courses?q=nada-asi'],
    ['course', `/courses/${of.course}`],
    ['edition', `/editions/${of.editions.online}`],
    ['edition', `/editions/${of.editions.full}`],
    ['sign_in', '/sign-in'],
    ['register', '/register'],
    ['registration_sent', '/register/sent'],
    ['finish_registration', '/register/finish?token=no-es-valido', 410],
    ['forgotten_password', '/forgotten-password'],
    ['offer', '/offers/1-00000000000000000000000000000000', 410],
    ['set_password', '/set-password?token=no-es-valido', 410],
    ['walk_in', `/walk-in/${of.session}/CDFHJKMNPRTV`, 410],
    ['walk_in_done', '/walk-in/done'],
    ['offline', '/offline'],
    ['verify', '/verify'],
    ['verify_code', `/verify/${of.code}`],
    ['verify_code', `/verify/${'0'.repeat(26)}`, 404],
    ['help', '/help'],
    ['privacy', '/privacy'],
  ],
  participant: (of) => [
    ['home', '/'],
    ['me', '/me'],
    ['courses', '/courses'],
    ['edition', `/editions/${of.editions.full}`],
    ['edition', `/editions/${of.editions.online}`],
    ['my_certificates', '/me/certificates'],
    ['my_data', '/me/data'],
    ['my_account', '/me/account'],
    ['my_calendar', '/me/calendar'],
    ['my_code', '/me/code'],
    ['check_in', '/check-in'],
    ['check_in_session', `/check-in/${of.session}/CDFHJKMNPRTV`, 410],
    ['learn', `/learn/${of.begun}`],
    ['learn', `/learn/${of.unit}`],
    ['learn_step', `/learn/${of.unit}/${of.step[0]}`],
  ],
  facilitator: (of) => [
    ['home', '/'],
    ['me', '/me'],
    ['calendar', '/calendar'],
    ['edition', `/editions/${of.editions.today}`],
    ['edition_sessions', `/editions/${of.editions.today}/sessions`],
    ['edition_attendance', `/editions/${of.editions.today}/attendance`],
    ['session_attendance', `/sessions/${of.session}/attendance`],
    ['mark_history', `/enrolments/${of.enrolment}/sessions/${of.session}`],
    ['room_code', `/sessions/${of.session}/room-code`],
    ['scan', `/sessions/${of.session}/scan`],
    ['walk_ins', `/sessions/${of.session}/walk-ins`],
    ['video_call', `/sessions/${of.session}/video-call`],
    ['paper', `/sessions/${of.session}/paper`],
    ['session_offline', `/sessions/${of.session}/offline`],
    ['check_in_person', '/check-in/person/5-0000000000000000', 404],
    ['edition_results', `/editions/${of.editions.today}/results`],
    ['session_progress', `/sessions/${of.unit}/progress`],
    ['learn_step', `/learn/${of.unit}/${of.step[0]}`],
  ],
  'coordinator, who plans': (of) => [
    ['home', '/'],
    ['programs', '/programs'],
    ['program', `/programs/${PROGRAM}`],
    ['course', `/courses/${of.course}`],
    ['course_new', `/programs/${PROGRAM}/courses/new`],
    ['course_edit', `/courses/${of.course}/edit`],
    ['edition_new', `/courses/${of.course}/editions/new`],
    ['edition', `/editions/${of.editions.draft}`],
    ['edition', `/editions/${of.editions.today}`],
    ['edition_edit', `/editions/${of.editions.today}/edit`],
    ['edition_cancel', `/editions/${of.editions.online}/cancel`],
    ['edition_clone', `/editions/${of.editions.today}/clone`],
    ['edition_sessions', `/editions/${of.editions.online}/sessions`],
    ['edition_sessions', `/editions/${of.editions.online}/sessions?add=meeting`],
    ['edition_sessions', `/editions/${of.editions.selfPaced}/sessions`],
    ['session_edit', `/sessions/${of.session}/edit`],
    ['session_edit', `/sessions/${of.unit}/edit`],
    ['session_steps', `/sessions/${of.unit}/steps`],
    ['step_new', `/sessions/${of.unit}/steps/new?kind=file`],
    ['step_new', `/sessions/${of.unit}/steps/new?kind=question`],
    ['step_edit', `/steps/${of.step[3]}/edit`],
    ['session_progress', `/sessions/${of.unit}/progress`],
  ],
  'coordinator, who looks after people': (of) => [
    ['edition_enrolments', `/editions/${of.editions.requests}/enrolments`],
    ['edition_enrolments', `/editions/${of.editions.full}/enrolments?state=waiting&person=quispe`],
    ['enrolment', `/enrolments/${of.enrolment}`],
    ['edition_nominations', `/editions/${of.editions.requests}/nominations`],
    ['edition_vetting', `/editions/${of.editions.vetted}/vetting`],
    ['program_vetting', `/programs/${VETTED}/vetting`],
    ['substitute', `/enrolments/${of.enrolment}/substitute?person=quispe`],
    ['edition_quotas', `/editions/${of.editions.requests}/quotas`],
    ['edition_notices', `/editions/${of.editions.requests}/notices`],
    ['edition_offline_marks', `/editions/${of.editions.today}/offline-marks`],
    ['letters', '/letters'],
    ['edition_attendance', `/editions/${of.editions.bare}/attendance`],
    ['edition_attendance', `/editions/${of.editions.closed}/attendance`],
    ['edition_results', `/editions/${of.editions.closed}/results`],
    ['edition_certificates', `/editions/${of.editions.due}/certificates`],
    ['edition_certificates', `/editions/${of.editions.closed}/certificates`],
    ['edition_closing', `/editions/${of.editions.due}/closing`],
    ['edition_closing', `/editions/${of.editions.closed}/closing`],
    ['calendar', '/calendar'],
    ['people', '/people?q=quispe'],
    ['duplicates', '/people/duplicates'],
    ['person', `/people/5`],
    ['person_new', '/people/new'],
    ['person_edit', '/people/5/edit'],
    ['person_affiliation', '/people/5/affiliation'],
  ],
  manager: () => [
    ['home', '/'],
    ['totals', '/reports/totals'],
    ['totals', '/reports/totals?period=fy2022&by=sector&by=sex'],
    ['totals', '/reports/totals?period=cy2022&by=institution&by=sex&small=withheld'],
  ],
  admin: (of) => [
    ['home', '/'],
    ['program_new', '/programs/new'],
    ['program_edit', `/programs/${PROGRAM}/edit`],
    ['institutions', '/institutions'],
    ['institution', `/institutions/${of.institution}`],
    ['institution_new', '/institutions/new'],
    ['audit', '/audit'],
    ['audit', '/audit?action=closing_record_create'],
    ['admin', '/admin'],
    ['merge_people', '/people/12/merge/13'],
    ['accounts', '/admin/accounts'],
    ['account', '/admin/accounts/3'],
    ['outbox', '/admin/outbox'],
  ],
};

let of;

before(async () => {
  of = await examples();
});

test('every page is looked at', async () => {
  const source = await readFile(new URL('../../src/paths.rs', import.meta.url), 'utf8');
  const declared = [...source.matchAll(/^ {4}(\w+)\(.*\) => "/gm)].map(([, name]) => name);
  assert.ok(declared.length > 50, 'the addresses are found');
  const seen = Object.values(views).flatMap((list) => list(of).map(([name]) => name));
  const known = [...seen, ...NO_PAGES, ...IN_JOURNEYS];
  const missing = declared.filter((name) => !known.includes(name));
  assert.deepEqual(missing, []);
});

/** What any page has, whatever it shows. */
async function bones(page, [, address, status = 200], lang) {
  const answer = await page.goto(address);
  const faults = [];
  const expect = (sound, fault) => sound || faults.push(`${address}: ${fault}`);
  expect(answer.status() === status, `answers ${answer.status()}`);
  expect((await page.locator('html').getAttribute('lang')) === lang, `is not in ${lang}`);
  expect((await page.locator('h1').count()) === 1, 'does not have one h1');
  expect((await page.title()).endsWith('· Capacita'), 'has no title');
  // A page that holds a grid is looked at when that is awake.
  if ((await page.locator('leptos-island table').count()) > 0) {
    await page.locator('table[role="grid"]').waitFor();
  }
  faults.push(...(await shifts(page)).map((fault) => `${address}: ${fault}`));
  return faults;
}

withJavaScript('a page that moves by itself is found out', async ({ page }) => {
  await page.goto('/help');
  assert.deepEqual(await shifts(page), []);
  await page.locator('main').evaluate((main) => {
    main.insertAdjacentHTML('afterbegin', '<p>1</p><p>2</p><p>3</p><p>4</p><p>5</p><p>6</p>');
  });
  assert.notDeepEqual(await shifts(page), []);
});

withJavaScript('the lists that a coordinator works with fit on a tablet', async ({ page }) => {
  await signIn(page, accounts.coordinator);
  await page.setViewportSize({ width: 768, height: 1024 });
  for (const address of ['/people', `/editions/${of.editions.today}/enrolments`, `/programs/${PROGRAM}`]) {
    await page.goto(address);
    const tables = page.locator('.table-scroll');
    assert.ok((await tables.count()) > 0, `${address}: no table`);
    const hidden = await tables.evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
    assert.deepEqual(hidden.filter((width) => width > 0), [], address);
  }
});

for (const [who, list] of Object.entries(views)) {
  const [role] = who.split(',');

  withJavaScript(`every page as ${who}`, async ({ page }) => {
    if (accounts[role]) await signIn(page, accounts[role]);
    const faults = [];
    for (const view of list(of)) {
      const [name, address] = view;
      faults.push(...(await bones(page, view, 'es')));
      faults.push(...(await faultsOfLooks(page)).map((fault) => `${address}, ${fault}`));
      await screens(page, `${role}-${name}`);
    }
    assert.deepEqual(faults, []);
  });

  withJavaScript(`every page as ${who}, in English`, async ({ page }) => {
    if (accounts[role]) await signIn(page, accounts[role]);
    await page.goto('/help?lang=en');
    const faults = [];
    for (const view of list(of)) {
      faults.push(...(await bones(page, view, 'en')));
      await fits(page, [360]);
    }
    assert.deepEqual(faults, []);
  }, { locale: 'en-US' });
}
