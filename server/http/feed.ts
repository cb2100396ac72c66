import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Feed } from './routes.ts';

/** A reader who takes nothing any more while this much waits is cut off. */
const mostWaiting = 65_536;

/**
 * Server-sent events to one reader, each passed through the route's own shape. Named `over`, the last one says that
 * there is nothing more to come; without it the reader may ask again.
 */
export const feedTo = (req: Request, res: Response, shape: z.ZodType): Feed => {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const write = (text: string): void => {
    if (res.destroyed || res.writableEnded) return;
    if (res.writableLength > mostWaiting) return void res.destroy();
    res.write(text);
  };
  const seen = req.get('last-event-id') ?? '';
  return {
    after: /^\d{1,15}$/.test(seen) ? Number(seen) : null,
    gone: gone.signal,
    begin: () => {
      res.status(200).set({
        'Content-Type': 'text/event-stream',
        // Neither a proxy's buffer nor its compression may hold an event back.
        'Cache-Control': 'no-store, no-transform',
        'X-Accel-Buffering': 'no',
        // Once it has ended, a server that stops has no idle connection to wait for.
        Connection: 'close',
      });
      res.flushHeaders();
      write(': open\n\n');
    },
    send: (id, event) => write(`id: ${id}\ndata: ${JSON.stringify(shape.parse(event))}\n\n`),
    rest: () => write(': still here\n\n'),
    over: () => write('event: over\ndata: {}\n\n'),
    end: () => void res.end(),
  };
};
