import type { destructions as french } from '../fr/destructions.ts';

export const destructions: typeof french = {
  title: 'Destructions',
  lead: 'A spoiled, interrupted or returned sheet may still carry a legible password: it is destroyed (cross-cut) and a second person, who did not declare it, attests that within one working day.',
  none: 'Nothing to destroy.',
  done: 'Destroyed',
  overdue: 'overdue',
  reload: 'Reload the list',
  filter: { open: 'To attest', done: 'Attested' },
  sheets:
    'Lot no. %{lot}, attempt no. %{attempt}, sheet %{from} |||| Lot no. %{lot}, attempt no. %{attempt}, sheets %{from} to %{to}',
  letter: 'Letter %{reference}',
  witness: {
    button: 'I attest the destruction',
    title: 'I attest the destruction',
    confirm: 'I attest',
    done: 'Destruction attested.',
    what: 'You saw this sheet destroyed, declared by %{name}. Your name enters the record. |||| You saw these %{smart_count} sheets destroyed, declared by %{name}. Your name enters the record.',
  },
  record: {
    title: 'Record of a period',
    from: 'From',
    to: 'To',
    button: 'Record of destruction',
    file: 'record-of-destruction',
  },
  resource: {
    name: 'Destruction |||| Destructions',
    fields: {
      open: 'State',
      organisationId: 'Organisation',
      kind: 'Sheets',
      sheets: 'Number',
      declaredAt: 'Declared by',
      dueOn: 'By',
      witnessedAt: 'Attested by',
    },
  },
};
