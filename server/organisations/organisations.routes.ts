import { listing, type Route } from '../http/routes.ts';
import { Organisation } from './organisations.schema.ts';
import { listOrganisations } from './organisations.service.ts';

export const organisationRoutes: Route[] = [
  listing('/organisations', {
    summary: 'The organisations this agent works for',
    permission: 'organisation.list',
    filter: {},
    sortable: ['name'],
    response: Organisation,
    handle: async (ctx, query) => listOrganisations(ctx, query),
  }),
];
