import type { testLetters as french } from '../fr/testLetters.ts';

export const testLetters: typeof french = {
  title: 'Test letters',
  lead: 'Each organisation sends itself a letter in the first lot of the week. Whoever receives it types its password on the portal’s “test letter” page: the whole chain is proved, from the print to the letter box.',
  none: 'No test letter: they leave with the first lot of the week, for organisations that have given an address.',
  week: 'week %{number} of %{year}',
  late: 'not acknowledged, late',
  awaited: 'awaited',
  resource: {
    name: 'Test letter |||| Test letters',
    fields: {
      organisationId: 'Organisation',
      week: 'Week',
      reference: 'Reference',
      state: 'State',
      depositedAt: 'Posted',
      expectedOn: 'Expected on',
      acknowledgedAt: 'Received',
    },
  },
};
