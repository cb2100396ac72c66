import type { letters as french } from '../fr/letters.ts';

export const letters: typeof french = {
  title: 'Letters',
  lotAndSheet: '%{lot}, sheet %{sheet}',
  none: 'No letter here.',
  test: 'test letter',
  view: {
    title: 'Show',
    waiting: 'Waiting',
    open: 'Not yet posted',
    posted: 'Posted',
    unused: 'Expired unused',
    returned: 'Returned',
    all: 'All',
  },
  promise: { kept: 'keeps the promise', missed: 'breaks the promise' },
  cancel: { button: 'Cancel', of: 'Cancel letter %{reference}' },
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
