import { action, listing, type Route } from '../http/routes.ts';
import { ChangeSite, ListedSite, NewSite } from './sites.schema.ts';
import { changeSite, makeSite, pageOfSites } from './sites.service.ts';

export const siteRoutes: Route[] = [
  listing('/sites', {
    summary: 'Where agents work, and what holds there',
    permission: 'site.list',
    filter: {},
    sortable: ['name'],
    response: ListedSite,
    handle: pageOfSites,
  }),
  action('post', '/sites', {
    summary: 'Add a site',
    permission: 'site.manage',
    body: NewSite,
    response: ListedSite,
    status: 201,
    handle: (ctx, { body }) => makeSite(ctx, body),
  }),
  action('patch', '/sites/:id', {
    summary: 'Change a site: hours, networks, caps, what may be shown there',
    permission: 'site.manage',
    body: ChangeSite,
    response: ListedSite,
    handle: (ctx, { id, body }) => changeSite(ctx, id, body),
  }),
];
