// Answers with the page for lists when there is no connection, and erases lists at signing out.
// It puts aside that page as strangers see it, with its style and scripts, and nothing else ever.
// The reader of codes is among them only for browsers that have none: it is the largest by far.
const ASIDE = 'capacita-offline';
const SHELL = '/offline';
const WITH_SCRIPT = ['offline-vault.js', 'camera.js'];
const READER = ['pkg/scanner.js', 'pkg/scanner_bg.wasm'];
const SIGN_OUT = '/api/access/sign_out';

const putAside = async (lang, reader) => {
  const asked = new Request(`${SHELL}?lang=${lang}`, { credentials: 'omit', cache: 'no-store' });
  const shell = await fetch(asked);
  if (!shell.ok) throw new Error(shell.status);
  const html = await shell.clone().text();
  const names = new Set(html.match(/\/assets\/[0-9a-f]{16}\/(?:app\.css|offline\.js|icon\.svg)/g));
  const scripts = [...names].filter((name) => name.endsWith('/offline.js'));
  for (const script of scripts) {
    for (const name of [...WITH_SCRIPT, ...(reader ? READER : [])]) names.add(script.replace('offline.js', name));
  }
  const aside = await caches.open(ASIDE);
  const held = new Set((await aside.keys()).map(({ url }) => new URL(url).pathname));
  await aside.addAll([...names].filter((name) => !held.has(name)));
  await aside.put(SHELL, shell);
  for (const name of held) if (name !== SHELL && !names.has(name)) await aside.delete(name);
};

/** Lists go; marks that were not handed in stay, encrypted, and hold no names. */
const eraseLists = () => new Promise((done) => {
  const asked = indexedDB.open('capacita-offline');
  asked.onerror = done;
  asked.onupgradeneeded = () => asked.transaction.abort();
  asked.onsuccess = () => {
    const tx = asked.result.transaction('lists', 'readwrite');
    tx.objectStore('lists').clear();
    tx.oncomplete = tx.onabort = () => {
      asked.result.close();
      new BroadcastChannel('capacita-offline').postMessage('erased');
      done();
    };
  };
});

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  const answer = (done) => event.ports[0]?.postMessage(done);
  const { lang, reader } = event.data;
  event.waitUntil(putAside(lang === 'en' ? 'en' : 'es', reader).then(() => answer(true), () => answer(false)));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === 'POST') {
    if (pathname === SIGN_OUT) event.respondWith(eraseLists().then(() => fetch(request)));
  } else if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(async () => (await caches.match(SHELL)) ?? Response.error()));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(caches.match(request, { ignoreVary: true }).then((found) => found ?? fetch(request)));
  }
});
