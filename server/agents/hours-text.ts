import { weekdays, type Weekday } from '../core/vocabulary.ts';
import type { Site } from './sites.schema.ts';

type Opening = Site['hours'][number];

const french = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

/**
 * Hours as they are typed: `monday-friday 08:30-18:00, saturday 09:00-12:00`, in English or in French. A day may
 * stand on several lines: morning, then afternoon.
 */
export const readHours = (text: string): { ok: true; hours: Opening[] } | { ok: false; part: string } => {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const hours: Opening[] = [];
  for (const part of parts) {
    const line = readLine(part.toLowerCase());
    if (!line) return { ok: false, part };
    hours.push(line);
  }
  return { ok: true, hours };
};

const line = /^(\p{L}+)(?:\s*-\s*(\p{L}+))?\s+([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)$/u;

const readLine = (text: string): Opening | undefined => {
  const found = line.exec(text);
  if (!found) return undefined;
  const [, first = '', last = first, ...times] = found;
  const [from, to] = [placeOf(first), placeOf(last)];
  const [opens, closes] = [`${times[0]}:${times[1]}`, `${times[2]}:${times[3]}`];
  if (from < 0 || to < from || opens >= closes) return undefined;
  return { days: weekdays.slice(from, to + 1) as Weekday[], opens, closes };
};

const placeOf = (name: string): number =>
  Math.max(
    weekdays.findIndex((day) => day === name),
    french.indexOf(name),
  );
