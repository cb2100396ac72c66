import { z } from 'zod';
import type { ListQuery } from '../core/page.ts';
import { largestPage, Range } from './range.schema.ts';

/**
 * The query string of a simple-rest list: `filter` (JSON object), `sort` (`["field","ASC"]`), `range` (`[0,24]`,
 * inclusive). Every list also answers `filter={"id":[…]}` (getMany), of at most 100 ids.
 */
export const makeListQuery = <F extends z.ZodRawShape, S extends string>(
  filter: F,
  sortable: readonly [S, ...S[]],
) =>
  z
    .strictObject({
      filter: json(
        z.strictObject({ ...filter, id: z.array(z.string().max(64)).max(largestPage).optional() }),
      ),
      sort: json(z.tuple([z.enum(sortable), z.enum(['ASC', 'DESC'])])),
      range: json(Range),
    })
    .partial()
    .transform((query): ListQuery<Record<string, unknown>, S> => ({
      filter: (query.filter ?? {}) as Record<string, unknown>,
      sort: {
        field: (query.sort?.[0] ?? sortable[0]) as S,
        order: query.sort?.[1] === 'DESC' ? 'desc' : 'asc',
      },
      offset: query.range?.[0] ?? 0,
      limit: query.range ? query.range[1] - query.range[0] + 1 : 25,
    }));

/** `members 0-24/57`; react-admin reads the part behind the slash. */
export const contentRange = (resource: string, offset: number, rows: number, total: number): string =>
  `${resource} ${rows === 0 ? '*' : `${offset}-${offset + rows - 1}`}/${total}`;

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .max(4_000)
    .transform((text, issues): unknown => {
      const value = parsed(text);
      if (value !== undefined && !JSON.stringify(value).includes('\\u0000')) return value;
      issues.addIssue({ code: 'custom', message: value === undefined ? 'common.badJson' : 'common.nul' });
      return z.NEVER;
    })
    .pipe(schema);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
