// What a phone keeps of lists and marks. Nothing of it can be read without this browser's own key
// and the PIN: the data key is wrapped by both. Marks hold numbers, never names.
const ROUNDS = 600000;
const TRIES = 5;
const subtle = crypto.subtle;
const bytes = (length) => crypto.getRandomValues(new Uint8Array(length));
const text = new TextEncoder();

const request = (asked) => new Promise((done, failed) => {
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => failed(asked.error);
});

const opened = request(Object.assign(indexedDB.open('capacita-offline', 1), {
  onupgradeneeded: ({ target: { result } }) => {
    result.createObjectStore('rosters', { keyPath: 'id' });
    result.createObjectStore('lists', { keyPath: 'id' });
    result.createObjectStore('marks', { keyPath: 'uuid' }).createIndex('order', ['roster', 'seq']);
  },
}));

/** Does something in one transaction, which is on the disk when this returns. */
const write = async (work) => {
  const tx = (await opened).transaction(['rosters', 'lists', 'marks'], 'readwrite', { durability: 'strict' });
  const ended = new Promise((done, failed) => {
    tx.oncomplete = done;
    tx.onabort = tx.onerror = () => failed(tx.error);
  });
  const result = await work((name) => tx.objectStore(name));
  await ended;
  return result;
};
const read = async (name, key) => request((await opened).transaction(name).objectStore(name).get(key));
const all = async (name) => request((await opened).transaction(name).objectStore(name).getAll());
const order = (roster) => IDBKeyRange.bound([roster, 0], [roster, Infinity]);

const encrypt = async (key, plain, about) => {
  const iv = bytes(12);
  return { iv, data: await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text.encode(about) }, key, plain) };
};
const decrypt = (key, { iv, data }, about) =>
  subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text.encode(about) }, key, data);
const seal = (key, value, about) => encrypt(key, text.encode(JSON.stringify(value)), about);
const unseal = async (key, sealed, about) => JSON.parse(new TextDecoder().decode(await decrypt(key, sealed, about)));

const pinKey = async (pin, salt) => {
  const base = await subtle.importKey('raw', text.encode(pin), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS };
  return subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
};
const dataKey = (raw) => subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

export const rosters = () => all('rosters');
export const marksOf = async (roster) =>
  request((await opened).transaction('marks').objectStore('marks').index('order').getAll(order(roster)));
const keptOf = async (roster) => (await marksOf(roster)).filter((mark) => mark.state === 'kept');
export const hasKept = async (roster) => (await keptOf(roster)).length > 0;

/** Keeps a list that was just taken. */
export const keep = async (taken, pin) => {
  const half = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const [raw, salt, id] = [bytes(32), bytes(16), taken.roster];
  const key = await dataKey(raw);
  const inner = await encrypt(await pinKey(pin, salt), raw, `pin ${id}`);
  raw.fill(0);
  const joined = new Uint8Array([...inner.iv, ...new Uint8Array(inner.data)]);
  const { token, people, title, ...rest } = taken;
  const record = {
    id,
    ...rest,
    skew: Date.now() - taken.server_now,
    half,
    salt,
    wrapped: await encrypt(half, joined, `half ${id}`),
    token: await seal(key, token, `token ${id}`),
    tries: 0,
  };
  const list = { id, ...(await seal(key, { people, title }, `list ${id}`)) };
  await write((store) => {
    store('rosters').put(record);
    store('lists').put(list);
  });
};

/** By the server's clock. A clock that was set back behind the taking is no reason to keep a list. */
export const isExpired = (roster) => {
  const now = Date.now() - roster.skew;
  return now >= roster.expires_at || now < roster.server_now - 60000;
};

/** Erases a list. What was not handed in stays, and the key to it. */
export const erase = async (id) => {
  const kept = await hasKept(id);
  await write(async (store) => {
    store('lists').delete(id);
    if (!kept) store('rosters').delete(id);
    const marks = await request(store('marks').index('order').getAll(order(id)));
    for (const mark of marks) if (mark.state !== 'kept') store('marks').delete(mark.uuid);
  });
};

/** Erases what has expired, and what is left over. Gives whether a list went. */
export const tidy = async () => {
  const lists = new Set((await all('lists')).map(({ id }) => id));
  let went = false;
  for (const roster of await rosters()) {
    if (lists.has(roster.id) ? isExpired(roster) : !(await hasKept(roster.id))) {
      went ||= lists.has(roster.id);
      await erase(roster.id);
    }
  }
  return went;
};

/** Opens a list: { key, people, title }, or { left } tries; 0: it is erased. */
export const unlock = async (id, pin) => {
  const roster = await write(async (store) => {
    const found = await request(store('rosters').get(id));
    if (found) store('rosters').put({ ...found, tries: found.tries + 1 });
    return found;
  });
  const listed = await read('lists', id);
  try {
    const joined = new Uint8Array(await decrypt(roster.half, roster.wrapped, `half ${id}`));
    const inner = { iv: joined.slice(0, 12), data: joined.slice(12) };
    const key = await dataKey(await decrypt(await pinKey(pin, roster.salt), inner, `pin ${id}`));
    await write(async (store) => {
      store('rosters').put({ ...(await request(store('rosters').get(id))), tries: 0 });
    });
    const list = listed ? await unseal(key, listed, `list ${id}`) : { people: [], title: '' };
    return { roster, key, erased: !listed, ...list };
  } catch {
    const left = Math.max(0, TRIES - roster.tries - 1);
    if (left === 0) await erase(id);
    return { left };
  }
};

/** Keeps a mark; it is on the disk when this returns. */
export const add = async ({ roster, key }, said) => {
  const uuid = crypto.randomUUID();
  const sealed = await seal(key, { ...said, marked_at: Date.now() }, uuid);
  await write(async (store) => {
    const last = await request(store('marks').index('order').openCursor(order(roster.id), 'prev'));
    const seq = (last?.value.seq ?? 0) + 1;
    store('marks').put({ uuid, roster: roster.id, seq, state: 'kept', ...sealed });
  });
};

/** What was said, in its order. */
export const said = async ({ roster, key }) =>
  Promise.all((await marksOf(roster.id)).map(async (mark) => ({ ...mark, ...(await unseal(key, mark, mark.uuid)) })));

/** Hands in what is kept. Gives what the server said last; throws without a connection. */
export const handIn = async (open, address, ended = false) => {
  const { roster, key } = open;
  const token = await unseal(key, roster.token, `token ${roster.id}`);
  const pending = ended ? [] : (await said(open)).filter((mark) => mark.state === 'kept');
  let answer;
  do {
    const marks = pending.splice(0, 500).map(({ uuid, seq, enrolment, code, status, minutes, marked_at }) =>
      ({ uuid, seq, session: roster.session, enrolment, code, status, minutes, marked_at }));
    const body = JSON.stringify({ token, device_now: Date.now(), ended, marks });
    const headers = { 'content-type': 'application/json' };
    const sent = await fetch(address, { method: 'POST', headers, body, credentials: 'omit' });
    if (sent.status === 401) return { unknown: true };
    if (!sent.ok) throw new Error(sent.status);
    answer = await sent.json();
    await write(async (store) => {
      for (const { uuid, status, outcome } of answer.marks) {
        const mark = status === 200 && (await request(store('marks').get(uuid)));
        if (mark) store('marks').put({ ...mark, state: outcome === 'refused' ? 'refused' : 'handed' });
      }
    });
  } while (pending.length);
  return answer;
};
