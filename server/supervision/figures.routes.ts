import { z } from 'zod';
import { reading, streaming, type Route } from '../http/routes.ts';
import { sendMonthReport } from './figures-report.service.ts';
import { Figures, FiguresQuery, ReportQuery } from './figures.schema.ts';
import { readFigures } from './figures.service.ts';

export const figureRoutes: Route[] = [
  reading('/figures', {
    summary: 'What the desk did, by day, week or month, of organisations, sites and teams; of no agent',
    permission: 'figures.view',
    query: FiguresQuery,
    response: Figures,
    handle: (ctx, { query }) => readFigures(ctx, query),
  }),
  streaming('get', '/figures/report', {
    summary: 'The figures of a month, to be printed',
    permission: 'figures.view',
    query: ReportQuery,
    response: z.string(),
    handle: (visit, { query }, out) => sendMonthReport(visit, query, out),
  }),
];
