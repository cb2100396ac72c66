import { z } from 'zod';
import { action, listing, looking, reading, steps, streaming, type Route } from '../http/routes.ts';
import {
  ApproveBulk,
  AskKill,
  AskTargets,
  AskUnblock,
  BulkKind,
  BulkRequest,
  BulkState,
  BulkTargets,
  BulkVersion,
  ToKill,
} from './bulk.schema.ts';
import {
  approveBulk,
  askKill,
  askUnblock,
  listBulk,
  proveApproval,
  refuseBulk,
  showBulk,
} from './bulk.service.ts';
import { bulkFields } from './bulk.store.ts';
import { viewTargets } from './bulk-targets.service.ts';
import { sendFigures, sendReport } from './incident-report.service.ts';
import {
  AskTouched,
  ChangeIncident,
  Criteria,
  ExportTouched,
  Incident,
  IncidentBanner,
  IncidentState,
  IncidentVersion,
  OpenIncident,
  ReportQuery,
  Touched,
} from './incidents.schema.ts';
import {
  changeIncident,
  closeIncident,
  listIncidents,
  openIncident,
  readBanners,
  showIncident,
} from './incidents.service.ts';
import { incidentFields } from './incidents.store.ts';
import { MassLocks, MassLocksQuery } from './mass-locks.schema.ts';
import { readMassLocks } from './mass-locks.service.ts';
import { previewKill } from './to-kill.service.ts';
import { exportTouched, viewTouched } from './touched-list.service.ts';

const id = z.string().max(64).optional();

const incidents: Route[] = [
  listing('/incidents', {
    summary: 'Incidents of the agent’s organisations',
    permission: 'incident.view',
    filter: { state: IncidentState.optional(), organisationId: id },
    sortable: incidentFields,
    response: Incident,
    handle: listIncidents,
  }),
  reading('/incidents/:id', {
    summary: 'One incident, with the 72 hours that run from when it was known',
    permission: 'incident.view',
    response: Incident,
    handle: (ctx, { id: incidentId }) => showIncident(ctx, incidentId),
  }),
  action('post', '/incidents', {
    summary: 'Open an incident, with a banner on the desks concerned if there is something to tell callers',
    permission: 'incident.manage',
    body: OpenIncident,
    response: Incident,
    status: 201,
    handle: (ctx, { body }) => openIncident(ctx, body),
  }),
  action('patch', '/incidents/:id', {
    summary: 'Change the moments, the banner, the criteria, or say that the authority was told',
    permission: 'incident.manage',
    body: ChangeIncident,
    response: Incident,
    handle: (ctx, { id: incidentId, body }) => changeIncident(ctx, incidentId, body),
  }),
  action('post', '/incidents/:id/close', {
    summary: 'Close an incident; its banner goes',
    permission: 'incident.manage',
    body: IncidentVersion,
    response: Incident,
    handle: (ctx, { id: incidentId, body }) => closeIncident(ctx, incidentId, body),
  }),
  reading('/incident-banner', {
    summary: 'What the desk shows on top of its screens now',
    permission: 'signed-in',
    response: z.array(IncidentBanner),
    background: true,
    handle: (ctx) => readBanners(ctx),
  }),
  looking('post', '/incidents/:id/touched', {
    summary: 'Everyone touched by an agent, a site, a lot or in a period: counted, with a page of them',
    permission: 'incident.view',
    body: AskTouched,
    response: Touched,
    handle: (visit, { id: incidentId, body }) => viewTouched(visit, incidentId, body),
  }),
  streaming('post', '/incidents/:id/touched/export', {
    summary: 'The list of names, as CSV; who asks proves again who they are',
    permission: 'incident.manage',
    body: ExportTouched,
    response: z.string(),
    contentType: 'text/csv',
    handle: (visit, { id: incidentId, body }, out) => exportTouched(visit, incidentId, body, out),
  }),
  streaming('get', '/incidents/:id/report', {
    summary: 'The figures for the authority’s 72 hours, to be printed: no names',
    permission: 'incident.view',
    query: ReportQuery,
    response: z.string(),
    handle: (visit, { id: incidentId, query }, out) => sendReport(visit, incidentId, query.language, out),
  }),
  streaming('get', '/incidents/:id/figures', {
    summary: 'The same figures as CSV',
    permission: 'incident.view',
    query: ReportQuery,
    response: z.string(),
    contentType: 'text/csv',
    handle: (visit, { id: incidentId, query }, out) => sendFigures(visit, incidentId, query.language, out),
  }),
];

const bulk: Route[] = [
  reading('/incidents/:id/to-kill', {
    summary: 'How many accounts, live secrets and letters not yet posted a kill by these criteria is about',
    permission: 'bulk.ask',
    query: Criteria,
    response: ToKill,
    handle: (ctx, { id: incidentId, query }) => previewKill(ctx, incidentId, query),
  }),
  steps('post', '/incidents/:id/kill-requests', {
    summary: 'Ask that the live secrets of everyone touched are killed; a second person approves',
    permission: 'bulk.ask',
    body: AskKill,
    response: BulkRequest,
    status: 201,
    handle: (visit, { id: incidentId, body }) => askKill(visit, incidentId, body),
  }),
  reading('/mass-locks', {
    summary: 'Locks of an organisation over time, by cause, and what stands out',
    permission: 'incident.view',
    query: MassLocksQuery,
    response: MassLocks,
    handle: (ctx, { query }) => readMassLocks(ctx, query),
  }),
  steps('post', '/mass-locks/unblock-requests', {
    summary: 'Ask that the accounts still locked by one cause are unblocked; a second person approves',
    permission: 'bulk.ask',
    body: AskUnblock,
    response: BulkRequest,
    status: 201,
    handle: (visit, { body }) => askUnblock(visit, body),
  }),
  listing('/bulk-requests', {
    summary: 'What was asked for many accounts at once, and how far it has come',
    permission: 'incident.view',
    filter: { state: BulkState.optional(), kind: BulkKind.optional(), incidentId: id },
    sortable: bulkFields,
    response: BulkRequest,
    handle: listBulk,
  }),
  reading('/bulk-requests/:id', {
    summary: 'One of them, with its progress',
    permission: 'incident.view',
    response: BulkRequest,
    handle: (ctx, { id: requestId }) => showBulk(ctx, requestId),
  }),
  looking('post', '/bulk-requests/:id/targets', {
    summary: 'Those it is about, a page at a time, for whoever decides: recorded with whom it showed',
    permission: 'incident.view',
    body: AskTargets,
    response: BulkTargets,
    handle: (visit, { id: requestId, body }) => viewTargets(visit, requestId, body),
  }),
  action('post', '/bulk-requests/:id/approve', {
    summary: 'Let it be done, as somebody else than who asked; they prove again who they are',
    permission: 'bulk.approve',
    body: ApproveBulk,
    response: BulkRequest,
    first: (visit, { body }) => proveApproval(visit, body),
    handle: (ctx, { id: requestId, body }) => approveBulk(ctx, requestId, body),
  }),
  action('post', '/bulk-requests/:id/refuse', {
    summary: 'Say no, or take back what one asked oneself',
    permission: 'bulk.ask',
    body: BulkVersion,
    response: BulkRequest,
    handle: (ctx, { id: requestId, body }) => refuseBulk(ctx, requestId, body),
  }),
];

export const incidentRoutes: Route[] = [...incidents, ...bulk];
