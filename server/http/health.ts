import { Router, type Request } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { House } from '../core/ctx.ts';
import { catchUp } from '../core/perform.ts';
import { sameDigest, type Secret } from '../core/secret.ts';
import { pendingMigrations } from '../db/migrate.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** METRICS_TOKEN: what a collector on another machine shows; null: figures for this machine alone. */
    metricsToken: Secret | null;
    /** What the rooms tell of themselves beside the process's own figures. */
    figures: () => Promise<Figure[]>;
  }
}

/** A gauge with all its values as they are now. */
export type Figure = {
  name: string;
  help: string;
  labelNames: string[];
  values: { labels: Record<string, string>; value: number }[];
};

/**
 * `healthz`: the process answers. `readyz`: database, migrations and keys are there and the audit's second sink
 * keeps up. `metrics`: Prometheus text, for whoever runs the server alone: figures of CPU or of routes tell what
 * was done after an answer that is the same for everybody.
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
  router.get('/metrics', async (req, res, next) => {
    if (!maySeeFigures(house, req)) return next();
    await showFigures(house, metrics);
    res.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
};

// Figures that cannot be had now are left out: a collector sees that they are missing, and keeps the others.
const showFigures = async (house: House, metrics: Registry): Promise<void> => {
  const figures = await house.figures().catch((error: unknown) => {
    house.log.error({ name: (error as Error).name }, 'the figures cannot be read');
    return [];
  });
  for (const { name, help, labelNames, values } of figures) {
    metrics.removeSingleMetric(name);
    const gauge = new Gauge({ name, help, labelNames, registers: [metrics] });
    for (const { labels, value } of values) gauge.set(labels, value);
  }
};

// From this machine and through no proxy, or with the token; for everybody else there is no such page.
const maySeeFigures = ({ metricsToken }: House, req: Request): boolean => {
  const shown = /^bearer\s+(\S+)$/i.exec(req.get('authorization') ?? '')?.[1];
  if (metricsToken && shown) return sameDigest(shown, metricsToken.expose());
  const isProxied = req.get('x-forwarded-for') !== undefined || req.get('forwarded') !== undefined;
  return !isProxied && /^(::ffff:)?127\.|^::1$/.test(req.socket.remoteAddress ?? '');
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
