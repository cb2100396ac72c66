import { z } from 'zod';
import { reading, streaming, type Route } from '../http/routes.ts';
import { ExportKey, NewAuditExport } from './audit-exports.schema.ts';
import { exportAudit, exportKey } from './audit-exports.service.ts';

export const auditExportRoutes: Route[] = [
  streaming('post', '/audit-exports', {
    summary:
      'What the filters select of the audit, at most 100,000 rows: CSV, or JSON Lines signed at their end',
    permission: 'audit.export',
    body: NewAuditExport,
    contentType: 'application/octet-stream',
    response: z.string(),
    handle: (visit, { body }, out) => exportAudit(visit, body, out),
  }),
  reading('/audit-exports/key', {
    summary: 'The key that checks the signature of a JSON export',
    permission: 'signed-in',
    response: ExportKey,
    handle: async ({ house }) => ({ publicKey: exportKey(house.keys) }),
  }),
];
