import { z } from 'zod';
import { streaming, type Route } from '../http/routes.ts';
import { CalibrationQuery, PreviewQuery } from './specimens.schema.ts';
import { sendCalibration, sendPreview } from './specimens.service.ts';

export const specimenRoutes: Route[] = [
  streaming('get', '/letters/preview', {
    summary: 'An organisation’s letter as it is printed now, to nobody and with its password blanked',
    permission: 'letter.preview',
    query: PreviewQuery,
    response: z.string(),
    handle: (visit, { query }, out) => sendPreview(visit, query, out),
  }),
  streaming('get', '/letters/calibration', {
    summary: 'A sheet to try an organisation’s paper, printer, envelopes and scanner with',
    permission: 'letter.preview',
    query: CalibrationQuery,
    response: z.string(),
    handle: (visit, { query }, out) => sendCalibration(visit, query, out),
  }),
];
