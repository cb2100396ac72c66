import type { alerts as french } from '../fr/alerts.ts';

export const alerts: typeof french = {
  title: 'Alerts',
  member: 'See the page',
  ended: 'Ended by itself',
  see: { 'bulk-asked': 'Open “Incidents”', 'reviews-waiting': 'Open “To review”' },
  filter: { unseen: 'To be seen', seen: 'Seen' },
  seen: { button: 'Seen', of: 'Seen: %{message}', done: 'Alert marked as seen.' },
  resource: {
    name: 'Alert |||| Alerts',
    fields: {
      seen: 'Alerts',
      message: 'What happens',
      organisationId: 'Organisation',
      times: 'Times',
      firstAt: 'Since',
      lastAt: 'Last time',
      seenAt: 'Seen',
    },
  },
};
