import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request and what was answered. Times and the run's id are masked. */
export interface Exchange {
  readonly request: string;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

/** A server that answers as it is told, and keeps what it was asked. */
export interface RecordedServer {
  readonly uri: string;
  readonly seen: Exchange[];
  close(): Promise<void>;
}

const TIMES = /("(?:timestamp|start_time|end_time|creation_time|last_update_time)":) ?\d+/g;

/**
 * Answers the recorded exchanges in order; with `forwardTo`, asks a real server instead, so that its answers can be
 * recorded.
 */
export async function recordedServer(recorded: readonly Exchange[], forwardTo?: string): Promise<RecordedServer> {
  const seen: Exchange[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const next = forwardTo ? await ask(forwardTo, request, body) : recorded[seen.length];
    const { status, answer: text } = next ?? { status: 500, answer: 'not recorded' };
    seen.push({ request: `${request.method} ${request.url}`, body: masked(body), status, answer: masked(text) });
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
  };
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function ask(uri: string, request: IncomingMessage, body: string): Promise<{ status: number; answer: string }> {
  const response = await fetch(uri + request.url, {
    method: request.method ?? 'GET',
    headers: { 'Content-Type': 'application/json' },
    ...(body ? { body } : {}),
  });
  return { status: response.status, answer: await response.text() };
}

function masked(text: string): string {
  return text.replace(TIMES, '$1 0');
}
