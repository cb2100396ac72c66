import type { sites as french } from '../fr/sites.ts';

export const sites: typeof french = {
  title: 'Sites',
  lead: 'What bounds a site holds for every account that works there, from its next action on.',
  make: { button: 'Add a site', title: 'Add a site', confirm: 'Add', done: 'Site added.' },
  change: {
    button: 'Change',
    of: 'Change: %{name}',
    title: 'Change the site',
    confirm: 'Save',
    done: 'Site changed.',
  },
  anywhere: 'anywhere',
  always: 'unknown: any hour counts',
  noCaps: 'no limit',
  masked: 'Nothing masked is shown whole',
  unmasked: 'Shown whole for a reason',
  form: {
    name: 'Name',
    hours: 'Hours (Paris time)',
    addHours: 'Add a line',
    removeHours: 'Take this line away',
    opens: 'from',
    closes: 'to',
    networks: 'Networks allowed',
    networksHelp:
      'One a line, such as 192.0.2.0/24 or 2001:db8::/32. Without any, an account of the site signs in from anywhere.',
    caps: 'At most, for each person',
    noUnmasking: 'Show no NIR whole at this site',
  },
  caps: {
    looksPerHour: 'Searches and pages an hour',
    looksPerDay: 'Searches and pages a day',
    waysInPerHour: 'Ways in an hour',
    waysInPerDay: 'Ways in a day',
  },
  capsLine: {
    looksPerHour: '%{most} pages/hour',
    looksPerDay: '%{most} pages/day',
    waysInPerHour: '%{most} ways in/hour',
    waysInPerDay: '%{most} ways in/day',
  },
  day: {
    monday: 'Mon',
    tuesday: 'Tue',
    wednesday: 'Wed',
    thursday: 'Thu',
    friday: 'Fri',
    saturday: 'Sat',
    sunday: 'Sun',
  },
  resource: {
    name: 'Site |||| Sites',
    fields: {
      name: 'Site',
      agents: 'Accounts',
      hours: 'Hours',
      networks: 'Networks',
      caps: 'Limits',
      noUnmasking: 'NIR shown',
    },
  },
};
