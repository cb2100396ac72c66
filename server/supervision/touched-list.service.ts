import { stringify } from 'csv-stringify/sync';
import { confirmIdentity } from '../agents/agents.service.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { numericMoment } from '../core/days.ts';
import { look, perform, read } from '../core/perform.ts';
import type { Outgoing } from '../http/routes.ts';
import { identityLines } from '../members/identity-lines.service.ts';
import type { AskTouched, ExportTouched, Touched, TouchedPerson } from './incidents.schema.ts';
import { findKnown, inEach } from './incidents.service.ts';
import { countTouched, everyoneTouched, type Person } from './touched.service.ts';

/** Counts everyone touched and shows a page of them: a look, that names whom it showed. */
export const viewTouched = (visit: Visit, id: string, { range, ...criteria }: AskTouched): Promise<Touched> =>
  look(visit, async (ctx) => {
    const known = await findKnown(ctx, id);
    const { taken, people } = await everyoneTouched(ctx, known, criteria);
    const rows = await named(ctx, people.slice(range[0], range[1] + 1));
    const members = people.length;
    const data = { incidentId: id, by: taken.by, members };
    for (const organisationId of known.organisationIds) {
      const own = rows.filter((one) => one.organisationId === organisationId);
      const shown = own.map(({ memberId }) => memberId);
      inEach(ctx, [organisationId], { type: 'incident.touched-viewed', data: { ...data, shown } });
    }
    return { counts: countTouched(people), rows, total: members };
  });

/**
 * Sends the list of names, as CSV that spreadsheets read, no cell a formula. Asked again who they are first; recorded
 * before its first byte.
 */
export const exportTouched = async (
  visit: Visit,
  id: string,
  { password, code, assertion, sso, ...criteria }: ExportTouched,
  out: Outgoing,
): Promise<void> => {
  await read(visit, (ctx) => findKnown(ctx, id));
  await confirmIdentity(visit, { password, code, assertion, sso }, 'incident.export');
  const made = await read(visit, async (ctx) => {
    const known = await findKnown(ctx, id);
    const { taken, people } = await everyoneTouched(ctx, known, criteria);
    const rows = await named(ctx, people);
    return { taken, known, rows, text: textOf(ctx, rows), members: people.length };
  });
  const { taken, known, rows, members, text } = made;
  await perform(visit, async (ctx) => {
    const data = { incidentId: id, by: taken.by, members };
    for (const organisationId of known.organisationIds) {
      const ids = rows.filter((row) => row.organisationId === organisationId).map(({ memberId }) => memberId);
      for (let from = 0; from === 0 || from < ids.length; from += namedAtOnce) {
        const shown = ids.slice(from, from + namedAtOnce);
        inEach(ctx, [organisationId], { type: 'incident.touched-exported', data: { ...data, shown } });
      }
    }
  });
  out.begin('text/csv; charset=utf-8', `incident-${id.slice(0, 8)}.csv`);
  await out.write(Buffer.from(text, 'utf8'));
  await out.end();
};

/** So that a member is told of it, each event names whom it let go, and stays small. */
const namedAtOnce = 500;

/** Whose file is gone, or beyond the reader's organisations, has no name to show; they count all the same. */
export const named = async (ctx: Ctx, people: Person[]): Promise<TouchedPerson[]> => {
  const lines = await identityLines(
    ctx,
    people.map(({ memberId }) => memberId),
  );
  return people.map((person) => {
    const { memberNumber = '', rank = '', lastName = '', firstName = '' } = lines.get(person.memberId) ?? {};
    return { ...person, memberNumber, rank, lastName, firstName };
  });
};

const columns = [
  'organisation',
  'organisationId',
  'memberNumber',
  'rank',
  'lastName',
  'firstName',
  'looked',
  'acted',
  'sent',
  'printed',
  'firstInParis',
  'firstAt',
  'lastInParis',
  'lastAt',
] as const;

const textOf = (ctx: Ctx, people: TouchedPerson[]): string =>
  stringify(
    people.map((person) => cellsOf(ctx, person)),
    {
      header: true,
      columns: columns.map((key) => ({
        key,
        header: ctx.house.words.say(ctx.language, `incidents.columns.${key}`),
      })),
      bom: true,
      delimiter: ';',
      record_delimiter: 'windows',
      escape_formulas: true,
    },
  );

/** As the journal's file: each moment by the clocks of the desk, and as it was recorded. */
const cellsOf = ({ house, language }: Ctx, person: TouchedPerson): Record<string, unknown> => ({
  ...person,
  organisation: house.organisations.get(person.organisationId)?.name ?? '',
  firstInParis: person.firstAt && numericMoment(language, person.firstAt),
  lastInParis: person.lastAt && numericMoment(language, person.lastAt),
});
