import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'react-admin';
import type { Figures, FigureUnit } from '../../../server/supervision/figures.schema.ts';
import { getJson } from '../request.ts';

/** What is asked for; an empty text is everything. */
export type Asked = {
  from: string;
  to: string;
  by: Figures['by'];
  organisation: string;
  site: string;
  team: string;
};

export const useFigures = (asked: Asked) => {
  const said = Object.entries(asked).filter(([, value]) => value !== '');
  const query = String(new URLSearchParams(said));
  return useQuery({
    queryKey: ['figures', useLocale(), query],
    queryFn: ({ signal }) => getJson<Figures>(`/figures?${query}`, { signal }),
    placeholderData: keepPreviousData,
    enabled: asked.from !== '' && asked.to !== '',
  });
};

/** « 1 234 », « 87,5 % », « 6,2 min », « 4,12 € »; a dash where there is nothing to tell. */
export const useFigureFormat = (): ((unit: FigureUnit, value: number | null) => string) => {
  const tag = useLocale() === 'en' ? 'en-GB' : 'fr-FR';
  return (unit, value) => (value === null ? '–' : new Intl.NumberFormat(tag, options[unit]).format(value));
};

const options: Record<FigureUnit, Intl.NumberFormatOptions> = {
  count: {},
  rate: { maximumFractionDigits: 2 },
  share: { style: 'percent', maximumFractionDigits: 1 },
  minutes: { style: 'unit', unit: 'minute', maximumFractionDigits: 1 },
  euros: { style: 'currency', currency: 'EUR' },
};
