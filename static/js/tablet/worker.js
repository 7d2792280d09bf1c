/**
 * The tablet's service worker: the app without a network. It keeps one release as a whole, each
 * file checked by its digest, and answers from that alone, so a page is never made of two. A release
 * that did not arrive completely never begins and the one before it goes on. A new one waits until
 * the page says that nobody is using it. What goes to the server's API is never touched.
 *
 * The server puts `self.release = {name, files, pages}` before these lines (kiosk/web/release.py).
 */
const me = /** @type {any} */ (self);
const kept = me.release;
const PREFIX = "hallway app ";
const CACHE = PREFIX + kept.name;
const AT_ONCE = 6; // downloads
const RELEASE_HEADER = "Hall-Release";

me.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(takeAll()));
me.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(begin()));
me.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data === "take over") me.skipWaiting();
});
me.addEventListener("fetch", (/** @type {any} */ event) => {
  const { pathname, origin } = new URL(event.request.url);
  const isOurs = origin === location.origin && event.request.method === "GET";
  if (isOurs && (pathname in kept.files || kept.pages.includes(pathname)))
    event.respondWith(answer(pathname, event.request));
});

/** @param {string} path @param {Request} request */
async function answer(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

/** All of the release, or this worker never runs; what did arrive need not come again. */
async function takeAll() {
  const cache = await caches.open(CACHE);
  const wanted = [...Object.keys(kept.files), ...kept.pages];
  const takeSome = async () => {
    for (let path = wanted.pop(); path; path = wanted.pop()) await cache.put(path, await take(path));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeSome));
}

/** @param {string} path @returns {Promise<Response>} */
function take(path) {
  return path in kept.files ? takeFile(path, kept.files[path]) : takePage(path);
}

/** From the release before, where it is the same; else from the server. @param {string} path @param {string} digest */
async function takeFile(path, digest) {
  const here = await caches.match(path, { ignoreVary: true });
  if (here && (await digestOf(here)) === digest) return here;
  const fresh = await fetch(path, { cache: "no-cache" });
  if (fresh.ok && (await digestOf(fresh)) === digest) return fresh;
  throw new Error(`${path} is not the one of release ${kept.name}`);
}

/** @param {string} path */
async function takePage(path) {
  const fresh = await fetch(path, { cache: "no-store" });
  if (fresh.ok && fresh.headers.get(RELEASE_HEADER) === kept.name) return fresh;
  throw new Error(`${path} is not of release ${kept.name}`);
}

/** Drops the releases before, unless one is arriving, and tells the pages which one is theirs now. */
async function begin() {
  const names = me.registration.installing ? [] : await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await me.clients.claim();
  for (const page of await me.clients.matchAll()) page.postMessage({ release: kept.name });
}

/** As the server writes it: the first 16 hex digits of the SHA-256. @param {Response} response */
async function digestOf(response) {
  const bytes = await response.clone().arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
