import { action, listing, type Route } from '../http/routes.ts';
import { Alert, AlertFilter, SeeAlert } from './alerts.schema.ts';
import { listAlerts, seeAlert } from './alerts.service.ts';
import { alertFields } from './alerts.store.ts';

export const alertRoutes: Route[] = [
  listing('/alerts', {
    summary:
      'What a supervisor must hear of: budgets spent, secrets guessed at, members who say it was not them',
    permission: 'alert.list',
    filter: AlertFilter,
    sortable: alertFields,
    response: Alert,
    handle: listAlerts,
  }),
  action('post', '/alerts/:id/seen', {
    summary: 'Take note of an alert; the same thing again raises a new one',
    permission: 'alert.see',
    body: SeeAlert,
    response: Alert,
    handle: (ctx, { id, body }) => seeAlert(ctx, id, body),
  }),
];
