import type { alerts as french } from '../fr/alerts.ts';

export const alerts: typeof french = {
  title: 'Alerts',
  member: 'See the page',
  story: 'Read its story',
  none: 'No alert is waiting.',
  noneLikeIt: 'No alert matches these filters.',
  ended: 'Ended by itself',
  see: {
    'bulk-asked': 'Open “Incidents”',
    'unblock-asked': 'Open “Locks”',
    'locks-rising': 'Open “Locks”',
    'reviews-waiting': 'Open “To review”',
  },
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
