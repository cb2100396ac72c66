import { shutAccounts, holdersWithoutIdentifier, openAccounts } from '../accounts/open-accounts.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { confirmCorrections } from '../members/desk-corrections.service.ts';
import { listHoldersByNir, nirIndex, setLineDigests } from '../members/intake.service.ts';
import { saveMembers } from '../members/saving.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { insertConflict, insertRejections, resolveConflicts, type LineRow } from './import-lines.store.ts';
import type { Counts, ImportRow } from './imports.store.ts';
import { planLines, type PlannedLine } from './plan-lines.ts';

type Changing = Extract<PlannedLine, { person: object }>;
type Refusal = { line: number; column: string; problem: string };

/** Applies staged lines of members, inside the caller's transaction. Says what became of each, in numbers. */
export const applyMembers = async (
  ctx: Ctx,
  policy: Policy,
  row: ImportRow,
  lines: (LineRow & { sealed: string })[],
): Promise<Counts> => {
  const planned = await planLines(ctx.house, ctx.db, row, lines);
  const changing = planned.filter((one): one is Changing => one.plan?.isChanged === true);
  const samePerson = await findSamePersons(ctx, policy, changing);
  const refusals = await refusalsOf(ctx, policy, changing, samePerson);
  await insertRejections(
    ctx.db,
    refusals.map((refusal) => ({ import_id: row.id, ...refusal })),
  );

  const refused = new Set(refusals.map(({ line }) => line));
  const good = changing.filter(({ line }) => !refused.has(line));
  const saved = await saveMembers(
    ctx,
    good.map(({ plan }) => plan.person),
  );
  await keepAccounts(ctx, policy, good, saved, samePerson);

  const same = planned.filter((one): one is Changing => one.plan?.isChanged === false);
  await setLineDigests(
    ctx.db,
    same.flatMap(({ known, digest }) => (known ? [{ id: known.id, lineDigest: digest }] : [])),
  );
  const conflicts = await keepCorrections(ctx, policy, planned);
  const accepted = saved.filter(({ isNew }) => isNew).length;
  return {
    accepted,
    updated: saved.length - accepted,
    unchanged: planned.length - changing.length,
    rejected: refused.size,
    conflicts,
  };
};

/** Who a holder is the same person as: an id, or the line of one who comes before them in this step. */
type SamePersons = { of: Map<number, string>; strangers: Set<number> };

const lineKey = (line: number): string => `line:${line}`;

/**
 * One NIR may cover several people; of two holders with the same NIR, the same birth date means one person, and
 * another birth date rejects the later row (DOMAIN).
 */
const findSamePersons = async (ctx: Ctx, policy: Policy, changing: Changing[]): Promise<SamePersons> => {
  const holders = changing.flatMap(({ line, plan, known }) => {
    const { kind, nir, birthDate } = plan.person;
    if (kind !== 'holder' || !nir) return [];
    return [{ line, birthDate, id: known?.id ?? null, index: nirIndex(ctx.house.keys, policy.id, nir.body) }];
  });
  const byNir = new Map<string, { key: string; birthDate: string }[]>();
  const add = (index: string, key: string, birthDate: string) =>
    byNir.set(index, [...(byNir.get(index) ?? []), { key, birthDate }]);
  const indexes = [...new Set(holders.map(({ index }) => index))];
  for (const one of await listHoldersByNir(ctx.db, policy.id, indexes))
    add(one.nirIndex, one.id, one.birthDate);

  const found: SamePersons = { of: new Map(), strangers: new Set() };
  for (const { line, index, birthDate, id } of holders) {
    const key = id ?? lineKey(line);
    const others = (byNir.get(index) ?? []).filter((other) => other.key !== key);
    if (others.some((other) => other.birthDate !== birthDate)) found.strangers.add(line);
    else {
      if (others[0]) found.of.set(line, others[0].key);
      add(index, key, birthDate);
    }
  }
  return found;
};

const refusalsOf = async (
  ctx: Ctx,
  policy: Policy,
  changing: Changing[],
  { of, strangers }: SamePersons,
): Promise<Refusal[]> => {
  const onlyNir = policy.signIn.identifiers.every(({ kind }) => kind === 'nir');
  const refusals: Refusal[] = [];
  const holders = changing.filter(({ line, plan }) => plan.person.kind === 'holder' && !strangers.has(line));
  for (const line of strangers) refusals.push({ line, column: 'nir', problem: 'nir-other-birth-date' });
  for (const { line, plan } of holders) {
    if (onlyNir && !plan.person.nir) refusals.push({ line, column: 'nir', problem: 'missing' });
  }
  const without = await holdersWithoutIdentifier(
    ctx,
    policy,
    holders.map(({ line, known, plan }) => ({
      memberId: known?.id ?? lineKey(line),
      isNew: !known,
      nirBody: plan.person.nir?.body ?? null,
      memberNumber: plan.person.memberNumber,
      samePersonAs: of.get(line) ?? null,
    })),
  );
  for (const { line, known } of holders) {
    if (!without.has(known?.id ?? lineKey(line))) continue;
    refusals.push({ line, column: 'memberNumber', problem: 'identifier-taken' });
  }
  return refusals;
};

const keepAccounts = async (
  ctx: Ctx,
  policy: Policy,
  good: Changing[],
  saved: { id: string; isNew: boolean }[],
  { of }: SamePersons,
): Promise<void> => {
  const idOf = new Map(good.map(({ line }, at) => [lineKey(line), saved[at]?.id ?? '']));
  const all = good.map((one, at) => ({ ...one, id: saved[at]?.id ?? '', isNew: saved[at]?.isNew ?? false }));
  const holders = all.filter(({ plan }) => plan.person.kind === 'holder');
  await openAccounts(
    ctx,
    policy,
    holders.map(({ id, isNew, line, plan, person }) => {
      const other = of.get(line) ?? null;
      return {
        memberId: id,
        isNew,
        nirBody: plan.person.nir?.body ?? null,
        memberNumber: plan.person.memberNumber,
        samePersonAs: other && (idOf.get(other) ?? (other.startsWith('line:') ? null : other)),
        firstPasswordCode: person.firstPasswordCode,
      };
    }),
  );
  const former = all.filter(
    ({ plan, known }) => plan.person.kind === 'dependant' && known?.kind === 'holder',
  );
  if (former.length > 0)
    await shutAccounts(
      ctx,
      policy,
      former.map(({ id }) => id),
    );
};

const keepCorrections = async (ctx: Ctx, policy: Policy, planned: PlannedLine[]): Promise<number> => {
  let conflicts = 0;
  for (const { plan, known } of planned) {
    if (!plan || !known) continue;
    if (plan.confirmed.length > 0) {
      const at = ctx.now.toISOString();
      await resolveConflicts(ctx.db, await confirmCorrections(ctx.db, plan.confirmed, at), at);
    }
    for (const field of plan.conflicts) {
      const row = {
        id: ctx.newId(),
        organisation_id: policy.id,
        member_id: known.id,
        field,
        since: ctx.now.toISOString(),
      };
      if (await insertConflict(ctx.db, row)) conflicts += 1;
    }
  }
  return conflicts;
};
