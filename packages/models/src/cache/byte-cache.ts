/** Keeps files by name: downloads, features. `read` gives undefined for what is not there. */
export interface ByteCache {
  /** The bytes kept under `key`, a name that may hold slashes; `undefined` where there are none. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Keeps `bytes` under `key`, in place of what was there. Rejects where there is no room. */
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/** The browser's cache of this origin: it outlives the tab, and the browser may empty it when space is short. */
export function browserByteCache(name = 'cnn-files'): ByteCache {
  const address = (key: string) => `https://files.invalid/${encodeURIComponent(key)}`;
  return {
    async read(key) {
      const response = await (await caches.open(name)).match(address(key));
      return response && new Uint8Array(await response.arrayBuffer());
    },
    async write(key, bytes) {
      await (await caches.open(name)).put(address(key), new Response(bytes.slice()));
    },
  };
}
