import type { Day } from '../core/calendar.ts';
import { toHalfWidth } from '../core/text.ts';

/**
 * A birth date as people write it: « jj/mm/aaaa » as the organisations' instructions have it, any other separator or
 * none, one digit for a day or a month, or as a browser fills it in (aaaa-mm-jj). Undefined for a day that is not.
 */
export const readBirthDate = (typed: string): Day | undefined => {
  const text = toHalfWidth(typed).trim();
  const french =
    /^(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const filled = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year = '', month = '', day = ''] = filled ? filled.slice(1) : (french?.slice(1).reverse() ?? []);
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  const isReal = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
  return isReal ? iso : undefined;
};
