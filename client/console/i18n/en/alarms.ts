import type { alarms as french } from '../fr/alarms.ts';

export const alarms: typeof french = {
  title: 'Alarms',
  lead: 'What was promised and has not been done. An alarm clears by itself once the thing is done; supervisors were told by e-mail.',
  none: 'No alarm.',
  stands: 'Standing',
  standing: '%{smart_count} alarm |||| %{smart_count} alarms',
  more: '%{smart_count} more alarm |||| %{smart_count} more alarms',
  filter: { standing: 'Standing', cleared: 'Cleared' },
  see: {
    lot: 'See the lot',
    letters: 'See the letters',
    testLetters: 'See the test letters',
    destructions: 'See the destructions',
  },
  resource: {
    name: 'Alarm |||| Alarms',
    fields: {
      open: 'State',
      message: 'What is late',
      organisationId: 'Organisation',
      count: 'Number',
      raisedAt: 'Since',
      toldAt: 'E-mail sent',
      clearedAt: 'State',
    },
  },
};
