import type { organisations as french } from '../fr/organisations.ts';

export const organisations: typeof french = {
  title: 'Organisations',
  one: 'Organisation',
  back: 'All organisations',
  report: 'Policy report',
  letters: 'Sends letters',
  noLetters: 'Sends no letters',
  usual: 'usual',
  procedure: 'Procedure',
  spaceTypes: 'Spaces',
  help: 'Where the member finds help',
  helpName: 'Service',
  helpEmail: 'E-mail',
  reasons: {
    unblock: 'Reasons to unblock',
    letter: 'Reasons for a letter',
    reveal: 'Reasons to show the NIR',
    correct: 'Reasons to correct contacts',
  },
  resource: {
    name: 'Organisation |||| Organisations',
    fields: {
      name: 'Name',
      sendsLetters: 'Letters',
      products: 'Postal products',
      cutoff: 'Cut-off',
      collectionAt: 'Collection',
      maxFailures: 'Failures before lock',
      help: { phone: 'Help line' },
    },
  },
};
