import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemText, readPolicy } from './policy-file.ts';
import type { PolicyReading } from './policy-file.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Limits } from './limits.schema.ts';
import type { Organisation } from './organisations.schema.ts';
import type { Wording } from './policy-parts.schema.ts';
import type { Policy } from './policy.schema.ts';

export type Organisations = { get: (id: string) => Policy | undefined; all: () => Policy[] };

declare module '../core/ctx.ts' {
  interface House {
    organisations: Organisations;
    /** What may be set off from outside, from the one limits file. */
    limits: Limits;
    /** PORTAL_URL: organisations without an address of their own stand under it. */
    portalUrl: string;
    production: boolean;
  }
}

/**
 * Reads every organisation's file once, at start.
 * @throws an Error that lists every problem of every file, one per line: `file:line key: what is wrong. Allowed: …`
 */
export const loadOrganisations = (directory: string): Organisations => {
  const readings = filesIn(directory).map((file) => readFile(directory, file));
  const problems = readings.flatMap((reading) => (reading.ok ? [] : reading.problems));
  if (problems.length > 0) {
    throw new Error(`The organisations' files are wrong:\n${problems.map(problemText).join('\n')}`);
  }

  const policies = new Map(
    readings.flatMap((reading) => (reading.ok ? [[reading.policy.id, reading.policy] as const] : [])),
  );
  return { get: (id) => policies.get(id), all: () => [...policies.values()] };
};

/** The procedure of an organisation. @throws AppError `not-found`, the same as for a member nobody has. */
export const policyOf = (house: House, organisationId: string): Policy => {
  const policy = house.organisations.get(organisationId);
  if (!policy) throw new AppError('not-found', 'common.notFound');
  return policy;
};

/** Where an organisation's portal answers and its links lead: from its file, never from a request's Host. */
export const portalAddressOf = (house: Pick<House, 'portalUrl'>, policy: Policy): string =>
  (policy.portal.address ?? `${house.portalUrl}/${policy.id}`).replace(/\/+$/, '');

/** The organisations of the scope, as the console lists them, in the visit's language. */
export const listOrganisations = (
  ctx: Ctx,
  query: ListQuery<{ id?: string[] }, 'name'>,
): Page<Organisation> => {
  const { language, scope } = ctx;
  const label = ({ id, label }: { id: string; label: Wording }) => ({ id, label: label[language] });
  const rows = ctx.house.organisations
    .all()
    .filter(({ id }) => scope.organisationIds.includes(id) && (query.filter.id?.includes(id) ?? true))
    .map((policy): Organisation => ({
      id: policy.id,
      name: policy.name,
      colour: policy.portal.colours.main,
      sendsLetters: policy.letter !== null,
      products: policy.letter?.products.map(({ id, label }) => ({ id, label })) ?? [],
      defaultProduct: policy.letter?.product ?? null,
      cutoff: policy.letter?.cutoff ?? null,
      collectionAt: policy.letter?.collectionAt ?? null,
      maxFailures: policy.lock.maxFailures,
      spaceTypes: policy.spaceTypes,
      help: { name: policy.help.name[language], phone: policy.help.phone, email: policy.help.email },
      reasons: {
        unblock: policy.reasons.unblock.map(label),
        letter: policy.reasons.letter.map(label),
        message: policy.reasons.message.map(label),
        reveal: policy.reasons.reveal.map(label),
        correct: policy.reasons.correct.map(label),
        cancel: policy.reasons.cancel.map(label),
      },
      facts: policy.facts.map(label),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'fr') * (query.sort.order === 'asc' ? 1 : -1));
  return { rows: rows.slice(query.offset, query.offset + query.limit), total: rows.length };
};

const filesIn = (directory: string): string[] => {
  const files = listed(directory).filter((file) => /\.ya?ml$/i.test(file) && !file.startsWith('.'));
  if (files.length === 0) {
    throw new Error(
      `No organisation's file in ${directory}. ORGANISATIONS_DIR must hold at least one <id>.yaml.`,
    );
  }
  return files.sort();
};

const listed = (directory: string): string[] => {
  try {
    return readdirSync(directory);
  } catch (cause) {
    throw new Error(
      `Cannot read the directory ${directory}. Set ORGANISATIONS_DIR to one that holds <id>.yaml files.`,
      {
        cause,
      },
    );
  }
};

const readFile = (directory: string, file: string): PolicyReading => {
  try {
    return readPolicy(
      file,
      new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(join(directory, file))),
    );
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const problem = { file, line: 1, key: '(file)', problem: 'is not UTF-8 text', allowed: 'UTF-8' };
    return { ok: false, problems: [problem] };
  }
};
