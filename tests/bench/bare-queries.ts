import type { House } from '../../server/core/ctx.ts';
import { afterPrefix } from '../../server/db/dialect.ts';
import { nirIndex } from '../../server/members/sealed-nir.ts';
import type { Kind, Sample } from './search-samples.ts';

export type Query = { sql: string; bindings: string[] };

const columns =
  'm.id, m.organisation_id, m.usual_name, m.first_name, m.birth_date, m.member_number, m.postcode, m.town';

/**
 * The least that answers a search: one statement for the first 25, straight from the b-trees, nothing counted. A
 * name with a mistake in it stands beside the one without.
 */
export const bareQuery = (house: House, organisationIds: string[], kind: Kind, sample: Sample): Query => {
  if (kind === 'NIR') {
    const indexes = organisationIds.map((id) => nirIndex(house.keys, id, sample.nirBody));
    const sql = `select ${columns} from members m
      where m.organisation_id in (${marks(organisationIds)}) and m.nir_index in (${marks(indexes)}) limit 25`;
    return { sql, bindings: [...organisationIds, ...indexes] };
  }
  if (kind === 'name') {
    const prefix = sample.last.slice(0, 4);
    return fromNames(organisationIds, [
      { text: 'last_name >= ? and last_name < ?', bindings: between(prefix) },
    ]);
  }
  const { last, first } = sample;
  return fromNames(organisationIds, [
    { text: 'last_name = ? and first_name >= ? and first_name < ?', bindings: [last, ...between(first)] },
    { text: 'last_name = ? and first_name >= ? and first_name < ?', bindings: [first, ...between(last)] },
  ]);
};

type Condition = { text: string; bindings: string[] };

const fromNames = (organisationIds: string[], conditions: Condition[]): Query => {
  const parts = organisationIds.flatMap((id) =>
    conditions.map(({ text, bindings }) => ({
      sql: `select * from (select member_id, last_name, first_name, birth_date from member_names
        where organisation_id = ? and ${text} order by last_name, first_name, birth_date, member_id limit 25)`,
      bindings: [id, ...bindings],
    })),
  );
  return {
    sql: `select ${columns} from (${parts.map(({ sql }) => sql).join(' union all ')}) as d
      join members m on m.id = d.member_id order by d.last_name, d.first_name, d.birth_date limit 25`,
    bindings: parts.flatMap(({ bindings }) => bindings),
  };
};

const between = (prefix: string): string[] => [prefix, afterPrefix(prefix)];
const marks = (values: string[]): string => values.map(() => '?').join(', ');
