import { look } from '../core/perform.ts';
import { listing, looking, type Route } from '../http/routes.ts';
import { AuditFilter, AuditRow } from './audit.schema.ts';
import { listAudit } from './reading.service.ts';
import { record } from './record.ts';
import { Verification } from './verification.schema.ts';

export const auditRoutes: Route[] = [
  listing('/audit-events', {
    summary: 'What was done, looked at and refused, by whom',
    permission: 'audit.list',
    filter: AuditFilter,
    sortable: ['at'],
    response: AuditRow,
    kind: 'look',
    handle: listAudit,
  }),
  looking('get', '/audit-events/verification', {
    summary: 'Whether the chain holds, and where not; of a long one how far the reading is: ask again',
    permission: 'audit.verify',
    response: Verification,
    handle: async (visit) => {
      const verification = await visit.house.verifications();
      const { finished, holds, rows } = verification;
      return look(visit, async (ctx) => {
        record(ctx, { type: 'audit.verified', data: { holds: finished ? holds : null, rows } });
        return verification;
      });
    },
  }),
];
