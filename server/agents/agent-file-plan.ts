import { z } from 'zod';
import { fold } from '../core/text.ts';
import { roles, type Role } from '../core/vocabulary.ts';
import { Household } from './agents.schema.ts';
import { householdKey } from './household.ts';
import { agentColumns, partsOf, type AgentColumn, type AgentRow } from './agent-file-text.ts';
import {
  AgentToMake,
  experiences,
  type AgentChange,
  type AgentToMake as NewAccount,
} from './roster.schema.ts';

/** What the house knows that a line is read against. */
export type Known = {
  organisations: readonly string[];
  sites: readonly string[];
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

type Problem = { column: AgentColumn; words: string };
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
  const said = readCells(cells);
  const isNew = known.account === undefined;
  const parsed = (isNew ? AgentToMake : AgentToMake.partial()).safeParse(said);
  const problems: Problem[] = parsed.success ? [] : problemsIn(parsed.error, said);
  for (const one of beyond(said, known))
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

const readCells = (cells: AgentRow['cells']): Said => {
  const said: Said = {};
  for (const column of agentColumns) {
    const cell = cells[column];
    if (cell !== undefined && cell !== '') said[column] = readers[column](cell);
  }
  return said;
};

const orNone = (cell: string): string | null => (cell === none ? null : cell);
const itself = (cell: string): string => cell;
const householdsIn = (cell: string) =>
  cell === none
    ? []
    : partsOf(cell).map((part) => {
        const [organisationId = '', memberNumber = ''] = part.split(':');
        return { organisationId: organisationId.trim(), memberNumber: memberNumber.trim() };
      });

const readers: Record<AgentColumn, (cell: string) => unknown> = {
  username: itself,
  name: itself,
  role: (cell) => roles.find((role) => role === cell.toLowerCase()) ?? french[fold(cell)] ?? cell,
  organisations: partsOf,
  site: orNone,
  team: orNone,
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

/** What is well written and does not exist, or is not theirs to give. */
const beyond = (said: Said, { organisations, sites }: Known): Problem[] => {
  const problems: Problem[] = [];
  const given = z.array(z.string()).safeParse(said.organisations);
  if (given.success && given.data.some((one) => !organisations.includes(one)))
    problems.push({ column: 'organisations', words: 'agentFiles.unknownOrganisation' });
  if (typeof said.site === 'string' && !sites.includes(said.site))
    problems.push({ column: 'site', words: 'agentFiles.unknownSite' });
  for (const column of ['own', 'relatives'] as const) {
    const households = z.array(Household).safeParse(said[column] ?? []);
    if (households.success && households.data.some((one) => !organisations.includes(one.organisationId)))
      problems.push({ column, words: 'agentFiles.unknownOrganisation' });
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
