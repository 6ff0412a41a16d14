/**
 * Keeps the page on the machine: offline after the first visit, and with the headers that threads need where the host
 * cannot send them. A classic script without imports; the build fills in the list of files.
 */

/** Filled in by the build: every file of it, and a name for all of them together. */
declare const PRECACHE: { readonly version: string; readonly files: readonly string[] };

/** What of a service worker's scope is used here: the DOM's types have none. */
interface ServiceWorkerScope extends EventTarget {
  readonly location: Location;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
}
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const PREFIX = 'cnn-demo-page-';
const CACHE = PREFIX + PRECACHE.version;
const ISOLATION: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const scope: unknown = globalThis;

function start(worker: ServiceWorkerScope): void {
  const address = (file: string): string => new URL(file, worker.registration.scope).href;
  const kept = new Set(PRECACHE.files.map(address));

  worker.addEventListener('install', (event) => {
    const requests = PRECACHE.files.map((file) => new Request(address(file), { cache: 'reload' }));
    (event as ExtendableEvent).waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
  });

  // A new version waits until all tabs of the old one are closed: a page never gets files of another build.
  worker.addEventListener('activate', (event) => {
    (event as ExtendableEvent).waitUntil(
      dropOthers().then(() => worker.clients.claim()), // the first visit is offline-ready without a reload
    );
  });

  worker.addEventListener('fetch', (event) => {
    const { request } = event as FetchEvent;
    if (request.method !== 'GET' || new URL(request.url).origin !== worker.location.origin) return;
    (event as FetchEvent).respondWith(answer(request));
  });

  async function answer(request: Request): Promise<Response> {
    const wanted = request.mode === 'navigate' ? address('index.html') : request.url.replace(/[?#].*$/, '');
    const cached = kept.has(wanted) ? await caches.match(wanted, { cacheName: CACHE }) : undefined;
    return isolated(cached ?? (await fetch(request)));
  }
}

async function dropOthers(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** The response with the headers that a cross-origin isolated page and its Workers need. */
function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(ISOLATION)) headers.set(name, value);
  const { status, statusText } = response;
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  return new Response(hasBody ? response.body : null, { status, statusText, headers });
}

start(scope as ServiceWorkerScope);

export type {};
