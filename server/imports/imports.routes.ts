import { listing, reading, steps, type Route } from '../http/routes.ts';
import { wakeImports } from './imports-apply.service.ts';
import { ApproveImport, Import, importStates, UploadQuery } from './imports.schema.ts';
import { approveImport, describeImport, listImports, takeFile } from './imports.service.ts';
import { importFields } from './imports.store.ts';
import { receive } from './upload.ts';
import { z } from 'zod';

export const importRoutes: Route[] = [
  steps('post', '/imports', {
    summary: 'Send a file of members, client companies or proofs; it is read whole before anything changes',
    permission: 'import.run',
    query: UploadQuery,
    response: Import,
    status: 201,
    upload: true,
    handle: (visit, { query }) =>
      receive(visit.web.upload, async (source) => {
        const { organisation, content, extent, lines } = query;
        const taken = await takeFile(visit, {
          organisationId: organisation,
          content,
          extent,
          expectedLines: lines,
          source,
        });
        wakeImports(visit.house);
        return taken;
      }),
  }),
  listing('/imports', {
    summary: 'Files that were sent, and what became of them',
    permission: 'import.list',
    filter: { organisationId: z.string().max(64).optional(), state: z.enum(importStates).optional() },
    sortable: importFields,
    response: Import,
    handle: listImports,
  }),
  reading('/imports/:id', {
    summary: 'One file: its report and its first rejections',
    permission: 'import.list',
    response: Import,
    background: true,
    handle: (ctx, { id }) => describeImport(ctx, id),
  }),
  steps('post', '/imports/:id/approve', {
    summary: 'Say yes to a file that closes or changes many members',
    permission: 'import.run',
    body: ApproveImport,
    response: Import,
    handle: async (visit, { id, body }) => {
      const approved = await approveImport(visit, id, body.version);
      wakeImports(visit.house);
      return approved;
    },
  }),
];
