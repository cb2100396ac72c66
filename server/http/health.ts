import { Router } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { House } from '../core/ctx.ts';
import { catchUp } from '../core/perform.ts';
import { pendingMigrations } from '../db/migrate.ts';

/**
 * `healthz`: the process answers. `readyz`: database, migrations and keys are there and the audit's second sink
 * keeps up. `metrics`: Prometheus text.
 */
export const healthRoutes = (house: House): Router => {
  const router = Router();
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const seconds = new Histogram({
    name: 'guichet_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [metrics],
  });

  router.use((req, res, next) => {
    const stop = seconds.startTimer();
    res.on('finish', () => {
      const route = (req.route as { path?: string } | undefined)?.path ?? '(none)';
      stop({ method: req.method, route, status: String(res.statusCode) });
    });
    next();
  });
  router.get('/healthz', (_req, res) => void res.json({ alive: true }));
  router.get('/readyz', async (_req, res) => {
    const problem = await whyNotReady(house);
    res.status(problem ? 503 : 200).json({ ready: !problem, ...(problem && { problem }) });
  });
  router.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
};

const whyNotReady = async (house: House): Promise<string | null> => {
  try {
    if ((await pendingMigrations(house.pool)).length > 0) return 'migrations are missing';
    house.keys.derive('audit-chain');
    return whyBehind(house);
  } catch {
    return 'the database does not answer';
  }
};

// Tried here too: a server that gets no requests because it is not ready would else stay behind for ever.
const whyBehind = (house: House): string | null => {
  try {
    catchUp(house);
    return null;
  } catch {
    return 'the second sink of the audit cannot be written';
  }
};
