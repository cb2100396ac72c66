import { HttpError } from 'react-admin';
import type { Lot } from '../../../server/letters/lots.schema.ts';
import { getJson } from '../request.ts';
import { refusalOf, withSession } from '../requestFile.ts';

/** What became of an attempt: the whole document, nothing (the server's refusal), or waste. */
export type Printed = { outcome: 'ready'; pdf: Blob } | { outcome: 'refused' | 'waste'; error: unknown };

/**
 * Prints a lot: one document, streamed once, never asked for again by itself. What arrived of an attempt that did
 * not come to its end is waste.
 */
export const printLot = async (lotId: string, onBytes: (bytes: number) => void): Promise<Printed> => {
  let bytes = 0;
  try {
    const pdf = await receive(lotId, (more) => {
      bytes += more;
      onBytes(bytes);
    });
    await ended(lotId);
    return { outcome: 'ready', pdf };
  } catch (error) {
    const said = error instanceof HttpError ? error : new HttpError('printing.cut', 0);
    return { outcome: bytes > 0 ? 'waste' : 'refused', error: said };
  }
};

const receive = async (lotId: string, onBytes: (bytes: number) => void): Promise<Blob> => {
  const response = await withSession(() => ask(lotId));
  if (!response.ok || !response.body) throw await refusalOf(response);
  const parts: BlobPart[] = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts, { type: 'application/pdf' });
    parts.push(value);
    onBytes(value.byteLength);
  }
};

const ask = (lotId: string): Promise<Response> =>
  fetch(`/api/lots/${encodeURIComponent(lotId)}/print`, {
    method: 'POST',
    body: '{}',
    credentials: 'same-origin',
    cache: 'no-store',
    headers: {
      Accept: 'application/pdf, application/json',
      'Accept-Language': document.documentElement.lang || 'fr',
      'Content-Type': 'application/json',
    },
  });

/** The last byte is here; only the lot itself says whether the attempt was committed to its end. */
const ended = async (lotId: string): Promise<void> => {
  for (let tries = 0; tries < 60; tries += 1) {
    const { state } = await getJson<Lot>(`/lots/${encodeURIComponent(lotId)}`, { background: true });
    if (state === 'printed' || state === 'counted' || state === 'deposited') return;
    if (state === 'released') break;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new HttpError('printing.cut', 0);
};
