import { once } from 'node:events';
import type { Response } from 'express';
import type { Outgoing } from './routes.ts';

/** Writes to a reader at its own pace: waits when the socket is full, throws once the reader has gone. */
export const outgoing = (res: Response): Outgoing => ({
  begin: (contentType, fileName) => {
    res.status(200).set({
      'Content-Type': contentType,
      'Content-Disposition': `inline; filename="${fileName}"`,
      'Cache-Control': 'no-store',
    });
    res.flushHeaders();
  },
  write: async (bytes) => {
    if (res.destroyed || res.writableEnded) throw new Error('The reader has gone.');
    if (res.write(bytes)) return;
    const gone = new AbortController();
    await Promise.race([
      once(res, 'drain', { signal: gone.signal }),
      once(res, 'close', { signal: gone.signal }).then(() => {
        throw new Error('The reader has gone.');
      }),
    ]).finally(() => gone.abort());
  },
  end: async () => {
    res.end();
    if (!res.writableFinished) await Promise.race([once(res, 'finish'), once(res, 'close')]);
    if (!res.writableFinished) throw new Error('The reader has gone.');
  },
});
