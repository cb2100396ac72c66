import { z } from 'zod';
import { fold } from '../core/text.ts';
import { roles, type Role } from '../core/vocabulary.ts';
import { Household } from './agents.schema.ts';
import { householdKey } from './household.ts';
import { listNamed, oneNamed, type Named } from './agent-file-names.ts';
import { agentColumns, partsOf, type AgentColumn, type AgentRow } from './agent-file-text.ts';
import {
  AgentToMake,
  experiences,
  type AgentChange,
  type AgentToMake as NewAccount,
} from './roster.schema.ts';

/** What the house knows that a line is read against. */
export type Known = {
  organisations: readonly Named[];
  /** A site is kept by its name. */
  sites: readonly Named[];
  /** As they are written now: a team is there by being named, so that another one is no mistake. */
  teams: readonly string[];
  /** The account of that name within reach, as it is now; `taken`: somebody else's, or a closed one. */
  account: Account | 'taken' | undefined;
  isOwn: boolean;
};
export type Account = Required<Omit<NewAccount, 'username' | 'email' | 'site' | 'team'>> & {
  id: string;
  version: number;
  site: string | null;
  team: string | null;
  email: string | null;
};

type Problem = { column: AgentColumn; words: string; params?: Record<string, string> };
export type Planned =
  | { what: 'make'; input: NewAccount; changed: AgentColumn[] }
  | { what: 'change'; id: string; change: AgentChange; changed: AgentColumn[] }
  | { what: 'same'; changed: [] };

/** Nothing is said by an empty cell; a dash takes away what may be absent. */
const none = '-';
const french: Record<string, Role> = {
  conseiller: 'agent',
  superviseur: 'supervisor',
  editique: 'print-operator',
  administrateur: 'administrator',
  auditeur: 'auditor',
};
const frenchExperience: Record<string, string> = {
  debutant: 'beginner',
  confirme: 'usual',
  referent: 'senior',
};

/** What a line would do, or what is wrong with it. */
export const planLine = (
  { cells }: AgentRow,
  known: Known,
): { ok: true; plan: Planned } | { ok: false; problems: Problem[] } => {
  const said = readCells(cells, known);
  const isNew = known.account === undefined;
  const parsed = (isNew ? AgentToMake : AgentToMake.partial()).safeParse(said);
  const problems = beyond(said, known);
  for (const one of parsed.success ? [] : problemsIn(parsed.error, said))
    if (!problems.some(({ column }) => column === one.column)) problems.push(one);
  if (known.account === 'taken') problems.push({ column: 'username', words: 'agents.usernameTaken' });
  problems.sort((one, other) => agentColumns.indexOf(one.column) - agentColumns.indexOf(other.column));
  if (problems.length > 0 || !parsed.success || known.account === 'taken') return { ok: false, problems };
  if (!known.account) {
    return { ok: true, plan: { what: 'make', input: parsed.data as NewAccount, changed: columnsIn(said) } };
  }
  const plan = changeOf(known.account, parsed.data);
  const isRight = (column: AgentColumn) => column !== 'name' && column !== 'email';
  const own = known.isOwn && plan.changed.find(isRight);
  return own ? { ok: false, problems: [{ column: own, words: 'agents.ownRights' }] } : { ok: true, plan };
};

type Said = Partial<Record<AgentColumn, unknown>>;

const readCells = (cells: AgentRow['cells'], known: Known): Said => {
  const said: Said = {};
  for (const column of agentColumns) {
    const cell = cells[column];
    if (cell !== undefined && cell !== '') said[column] = readers[column](cell, known);
  }
  return said;
};

const orNone = (cell: string): string | null => (cell === none ? null : cell);
const itself = (cell: string): string => cell;
const organisationIn = (cell: string, { organisations }: Known): string =>
  oneNamed(organisations, cell)?.id ?? cell;
const householdsIn = (cell: string, known: Known) =>
  cell === none
    ? []
    : partsOf(cell).map((part) => {
        const [organisation = '', memberNumber = ''] = part.split(':');
        return {
          organisationId: organisationIn(organisation.trim(), known),
          memberNumber: memberNumber.trim(),
        };
      });

const readers: Record<AgentColumn, (cell: string, known: Known) => unknown> = {
  username: itself,
  name: itself,
  role: (cell) => roles.find((role) => role === cell.toLowerCase()) ?? french[fold(cell)] ?? cell,
  organisations: (cell, known) => [...new Set(partsOf(cell).map((part) => organisationIn(part, known)))],
  site: (cell, { sites }) => oneNamed(sites, cell)?.name ?? orNone(cell),
  team: (cell, { teams }) => teams.find((team) => fold(team) === fold(cell)) ?? orNone(cell),
  email: orNone,
  experience: (cell) =>
    experiences.find((one) => one === cell.toLowerCase()) ?? frenchExperience[fold(cell)] ?? cell,
  own: householdsIn,
  relatives: householdsIn,
};

const problemsIn = (error: z.ZodError, said: Said): Problem[] => {
  const found = new Map<AgentColumn, Problem>();
  for (const { path, message } of error.issues) {
    const column = agentColumns.find((one) => one === path[0]) ?? 'username';
    const words = said[column] === undefined ? 'agentFiles.missing' : message;
    if (!found.has(column)) found.set(column, { column, words });
  }
  return [...found.values()];
};

/** What does not exist, or is not theirs to give: with what may be written instead. */
const beyond = (said: Said, { organisations, sites }: Known): Problem[] => {
  const problems: Problem[] = [];
  const isUnknown = (id: string) => organisations.every((one) => one.id !== id);
  const noOrganisation = (column: AgentColumn) =>
    problems.push({
      column,
      words: 'agentFiles.unknownOrganisation',
      params: { known: listNamed(organisations) },
    });
  const oneOf = (column: 'role' | 'experience', of: readonly string[], words: string) => {
    if (said[column] !== undefined && !of.some((one) => one === said[column]))
      problems.push({ column, words, params: { known: of.join(', ') } });
  };

  oneOf('role', roles, 'agentFiles.unknownRole');
  oneOf('experience', experiences, 'agentFiles.unknownExperience');
  const given = z.array(z.string()).safeParse(said.organisations);
  if (given.success && given.data.some(isUnknown)) noOrganisation('organisations');
  if (typeof said.site === 'string' && sites.every(({ name }) => name !== said.site)) {
    const words = sites.length > 0 ? 'agentFiles.unknownSite' : 'agentFiles.noSite';
    problems.push({ column: 'site', words, params: { known: sites.map(({ name }) => name).join(', ') } });
  }
  for (const column of ['own', 'relatives'] as const) {
    const households = z.array(Household).safeParse(said[column] ?? []);
    if (households.success && households.data.some((one) => isUnknown(one.organisationId)))
      noOrganisation(column);
  }
  return problems;
};

const columnsIn = (said: Said): AgentColumn[] => agentColumns.filter((column) => said[column] !== undefined);

const changeOf = (account: Account, said: Partial<NewAccount>): Exclude<Planned, { what: 'make' }> => {
  const changed = agentColumns.filter(
    (column) =>
      column !== 'username' &&
      said[column] !== undefined &&
      comparable(said[column]) !== comparable(account[column]),
  );
  if (changed.length === 0) return { what: 'same', changed: [] };
  const change = Object.fromEntries(changed.map((column) => [column, said[column as keyof NewAccount]]));
  return { what: 'change', id: account.id, change: { ...change, version: account.version }, changed };
};

const isHousehold = (value: unknown): value is Household =>
  typeof value === 'object' && value !== null && 'memberNumber' in value;

const oneComparable = (value: unknown): string =>
  isHousehold(value) ? `${value.organisationId}:${householdKey(value.memberNumber)}` : String(value);

const comparable = (value: unknown): string =>
  Array.isArray(value) ? value.map(oneComparable).sort().join('\n') : oneComparable(value);
