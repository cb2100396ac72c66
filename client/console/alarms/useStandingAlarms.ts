import { useQuery } from '@tanstack/react-query';
import { useLocale } from 'react-admin';
import type { Alarm } from '../../../server/supervision/alarms.schema.ts';
import { request } from '../request.ts';
import { useMay } from '../shared/useMe.ts';

/** Shown on the print room's first screen at most; the list has them all. */
export const mostShown = 8;

const path = `/api/alarms?${new URLSearchParams({
  filter: JSON.stringify({ open: true }),
  range: `[0,${mostShown - 1}]`,
  sort: '["raisedAt","ASC"]',
})}`;

/** What stands late now, the oldest first, asked every minute in the background. */
export const useStandingAlarms = (): { alarms: Alarm[]; total: number } => {
  const locale = useLocale();
  const { data } = useQuery({
    queryKey: ['alarms', 'standing', locale],
    queryFn: async ({ signal }) => {
      const { headers, json } = await request(path, { signal, background: true });
      return {
        alarms: json as Alarm[],
        total: Number(headers.get('Content-Range')?.split('/').pop() ?? 0),
      };
    },
    refetchInterval: 60_000,
    enabled: useMay('alarm.list'),
  });
  return data ?? { alarms: [], total: 0 };
};

export const useAlarmCount = (): number => useStandingAlarms().total;
