import type { calls as french } from '../fr/calls.ts';

export const calls: typeof french = {
  title: 'Calls',
  running: 'Under way',
  member: 'See the page',
  filter: { open: 'Under way', ended: 'Ended' },
  endedBy: { agent: 'ended by the agent', 'next-call': 'by the next call', idle: 'without activity' },
  resource: {
    name: 'Call |||| Calls',
    fields: {
      open: 'Calls',
      openedAt: 'Opened',
      agentName: 'Agent',
      channel: 'Channel',
      caller: 'Who speaks',
      reason: 'Reason',
      reference: 'Reference',
      organisationId: 'Organisation',
      memberId: 'Member',
      endedAt: 'End',
    },
  },
};
