import type { letters as french } from '../fr/letters.ts';

export const letters: typeof french = {
  title: 'Letters',
  lotAndSheet: '%{lot}, sheet %{sheet}',
  timeliness: { 'on-time': 'on time', 'at-risk': 'date at risk', late: 'late' },
  resource: {
    name: 'Letter |||| Letters',
    fields: {
      latestPostingAt: 'Post before',
      timeliness: 'Timing',
      state: 'State',
      reference: 'Reference',
      organisationId: 'Organisation',
      postcode: 'Postcode',
      askedAt: 'Asked for',
      announcedOn: 'Announced for',
      lotNumber: 'Lot',
      sheet: 'Sheet',
      problem: 'Problem',
    },
  },
};
