/**
 * A few named shelves in IndexedDB. What `change` has put there is on disk when its promise is
 * kept: the browser's default would only be "soon" (durability "relaxed"). A new shelf comes with a
 * higher version: a database of an older one gets what it lacks and keeps what it has.
 *
 * @typedef {IDBObjectStoreParameters & { finders?: Record<string, string> }} Form `finders` names
 *   lists in a value by whose items it is found, too
 */
export class Shelf {
  #open;

  /** @param {string} name @param {number} version @param {Record<string, Form>} shelves */
  constructor(name, version, shelves) {
    this.#open = open(name, version, shelves);
  }

  /** @param {string} shelf @returns {Promise<any[]>} */
  async all(shelf) {
    return settle((await this.#open).transaction(shelf).objectStore(shelf).getAll());
  }

  /** @param {string} shelf @param {IDBValidKey} key @returns {Promise<any>} */
  async get(shelf, key) {
    return settle((await this.#open).transaction(shelf).objectStore(shelf).get(key));
  }

  /** All that have this item in the finder's list. @param {string} shelf @param {string} finder @param {IDBValidKey} item @returns {Promise<any[]>} */
  async found(shelf, finder, item) {
    const store = (await this.#open).transaction(shelf).objectStore(shelf);
    return settle(store.index(finder).getAll(item));
  }

  /** @param {string} shelf @returns {Promise<number>} */
  async count(shelf) {
    return settle((await this.#open).transaction(shelf).objectStore(shelf).count());
  }

  /**
   * One durable transaction. `work` gets the shelves and may only wait for their own requests.
   * @template T
   * @param {string[]} shelves
   * @param {(on: (shelf: string) => IDBObjectStore) => T | Promise<T>} work
   * @returns {Promise<T>}
   */
  async change(shelves, work) {
    const transaction = (await this.#open).transaction(shelves, "readwrite", {
      durability: "strict",
    });
    const done = finished(transaction);
    const answer = await work((shelf) => transaction.objectStore(shelf));
    await done;
    return answer;
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function settle(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

/** What is lacking after all is put there anew, under a higher version. @param {string} name @param {number} version @param {Record<string, Form>} shelves @returns {Promise<IDBDatabase>} */
async function open(name, version, shelves) {
  const names = Object.keys(shelves);
  const database = await opened(name, version, shelves).catch(() => opened(name, undefined, shelves));
  const isWhole = names.every((shelf) => database.objectStoreNames.contains(shelf));
  if (isWhole) return database;
  database.close();
  return opened(name, database.version + 1, shelves);
}

/** @param {string} name @param {number | undefined} version none: as it stands, which may be a higher one @param {Record<string, Form>} shelves @returns {Promise<IDBDatabase>} */
async function opened(name, version, shelves) {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    const { result: database } = request;
    for (const [shelf, { finders = {}, ...form }] of Object.entries(shelves)) {
      if (database.objectStoreNames.contains(shelf)) continue;
      const store = database.createObjectStore(shelf, form);
      for (const [finder, path] of Object.entries(finders))
        store.createIndex(finder, path, { multiEntry: true });
    }
  };
  const database = await settle(request);
  database.onversionchange = () => database.close(); // a newer page must not wait for this one
  return database;
}
