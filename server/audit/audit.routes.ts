import { look } from '../core/perform.ts';
import { listing, looking, type Route } from '../http/routes.ts';
import { AuditFilter, AuditRow, Verification } from './audit.schema.ts';
import { listAudit, verifyChain } from './audit.service.ts';
import { record } from './record.ts';

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
    summary: 'Whether the chain holds, and where not',
    permission: 'audit.verify',
    response: Verification,
    handle: async (visit) => {
      const verification = await verifyChain(visit.house, visit.house.pool);
      return look(visit, async (ctx) => {
        record(ctx, { type: 'audit.verified', data: { holds: verification.holds, rows: verification.rows } });
        return verification;
      });
    },
  }),
];
