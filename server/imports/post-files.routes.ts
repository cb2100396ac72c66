import { listing, steps, type Route } from '../http/routes.ts';
import { PostFile, PostFileKind } from './post-files.schema.ts';
import { listPostFiles } from './post-files.service.ts';
import { postFileFields } from './post-files.store.ts';
import { takeReportFile } from './report-files.service.ts';
import { takeReturnFile } from './return-files.service.ts';
import { receive } from './upload.ts';

export const postFileRoutes: Route[] = [
  steps('post', '/return-files', {
    summary:
      'Send La Poste’s file of returns; good lines are taken, the others listed, the same file only once',
    permission: 'letter.return',
    response: PostFile,
    status: 201,
    upload: true,
    handle: (visit) => receive(visit.web.upload, (source) => takeReturnFile(visit, source)),
  }),
  steps('post', '/mail-house-reports', {
    summary: 'Send a mail house’s production and deposit report; each lot is taken whole or not at all',
    permission: 'lot.count',
    response: PostFile,
    status: 201,
    upload: true,
    handle: (visit) => receive(visit.web.upload, (source) => takeReportFile(visit, source)),
  }),
  listing('/post-files', {
    summary: 'Files about letters that came back from outside, and what became of them',
    permission: 'letter.return',
    filter: { kind: PostFileKind.optional() },
    sortable: postFileFields,
    response: PostFile,
    handle: listPostFiles,
  }),
];
