import { z } from 'zod';
import { listing, streaming, type Route } from '../http/routes.ts';
import { ChangeFile, ChangeFileFilter, TakeChangeFile } from './change-files.schema.ts';
import { downloadChangeFile, listChangeFiles } from './change-files.service.ts';
import { changeFileFields } from './change-files.store.ts';

export const changeFileRoutes: Route[] = [
  listing('/change-files', {
    summary: 'Daily files of changes for the management systems, with how much each carries',
    permission: 'change-file.read',
    filter: ChangeFileFilter,
    sortable: changeFileFields,
    response: ChangeFile,
    handle: listChangeFiles,
  }),
  streaming('post', '/change-files/:id/csv', {
    summary: 'The changes of one organisation and day, `<organisation>_<YYYY-MM-DD>`, as CSV',
    permission: 'change-file.read',
    body: TakeChangeFile,
    contentType: 'text/csv',
    response: z.string(),
    handle: (visit, { id, body }, out) => downloadChangeFile(visit, id, body, out),
  }),
];
