import type { promises as french } from '../fr/promises.ts';

export const promises: typeof french = {
  title: 'Promises',
  loading: 'Computing…',
  intro:
    'What share of a year’s requests, made on a working day from 8:30 to 18:00, keep the time promised. Computed from the organisation’s file (cut-off, collection, products) and the calendar of the destination, like the dates of each letter; no member is read.',
  organisation: 'Organisation',
  year: 'Year',
  product: 'Postal product',
  everyProduct: 'All',
  zone: 'Destination',
  kept: 'Promise kept in %{year}',
  keptLabel: 'Promise kept, by destination and product',
  promised: 'Promised: %{promise}.',
  none: 'No time is promised: here is the longest way.',
  usual: '(usual)',
  worst: 'at worst %{days} d %{hours} h',
  worstMinutes: 'at worst %{days} d %{hours} h %{minutes}',
  notCarried: 'does not go there',
  compared: 'What each product would keep of other promises',
  resource: { name: 'Promises |||| Promises' },
};
