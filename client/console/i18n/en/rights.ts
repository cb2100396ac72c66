import type { rights as french } from '../fr/rights.ts';

export const rights: typeof french = {
  title: 'Review of rights',
  lead: 'Every open account is read again at least once a year: are this role, these organisations and this site still the person’s? If not, change or close the account.',
  filter: { due: 'To review', done: 'Reviewed' },
  permissions: 'May do (%{smart_count})',
  due: 'To review',
  dueOn: 'before %{day}',
  never: 'never since it was created',
  reviewedBy: 'by %{name}',
  confirm: {
    button: 'Confirm',
    of: 'Confirm the rights of %{name}',
    title: 'Confirm the rights of %{name}',
    confirm: 'These rights are right',
    what: 'You say that this person still needs this role, for these organisations, at this site. Your name and the date stay in the review.',
    done: 'Rights confirmed.',
    reload: 'Read the review again',
  },
  export: {
    button: 'Export as CSV',
    title: 'Export the review',
    what: 'Every open account of your organisations with its rights, in a file to sign and keep. The export is recorded in the audit.',
    confirm: 'Export',
    file: 'review-of-rights.csv',
  },
  print: 'Print',
  count: '%{smart_count} to review',
  resource: {
    name: 'Right |||| Rights',
    fields: {
      name: 'Person',
      role: 'Role',
      due: 'Review',
      organisations: 'Organisations',
      site: 'Site and team',
      permissions: 'Rights',
      lastSignedInAt: 'Last sign-in',
      reviewedAt: 'Reviewed',
    },
  },
};
