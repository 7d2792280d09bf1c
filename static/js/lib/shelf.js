/**
 * A few named shelves in IndexedDB. What `change` has put there is on disk when its promise is
 * kept: the browser's default would only be "soon" (durability "relaxed").
 */
export class Shelf {
  #open;

  /** @param {string} name @param {Record<string, IDBObjectStoreParameters>} shelves */
  constructor(name, shelves) {
    this.#open = open(name, shelves);
  }

  /** @param {string} shelf @returns {Promise<any[]>} */
  async all(shelf) {
    return settle((await this.#open).transaction(shelf).objectStore(shelf).getAll());
  }

  /** @param {string} shelf @param {IDBValidKey} key @returns {Promise<any>} */
  async get(shelf, key) {
    return settle((await this.#open).transaction(shelf).objectStore(shelf).get(key));
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

/** @param {string} name @param {Record<string, IDBObjectStoreParameters>} shelves @returns {Promise<IDBDatabase>} */
function open(name, shelves) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const [shelf, form] of Object.entries(shelves))
      request.result.createObjectStore(shelf, form);
  };
  return settle(request);
}
