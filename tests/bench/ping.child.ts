import express from 'express';
import type { AddressInfo } from 'node:net';
import { answerJobs } from './child.ts';

/** Express with nothing before its only route. */
const open = (): Promise<string> =>
  new Promise((resolve) => {
    const app = express();
    app.get('/ping', (_req, res) => void res.json({ pong: true }));
    const server = app.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });

answerJobs({ open });
