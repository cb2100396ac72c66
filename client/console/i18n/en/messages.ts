import type { messages as french } from '../fr/messages.ts';

export const messages: typeof french = {
  title: 'Messages',
  resource: {
    name: 'Message |||| Messages',
    fields: {
      askedAt: 'Asked for',
      organisationId: 'Organisation',
      channel: 'Channel',
      what: 'Content',
      masked: 'To',
      state: 'State',
      stateAt: 'Since',
      problem: 'Problem',
    },
  },
};
