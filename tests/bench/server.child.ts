import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as accounts from '../../server/accounts/accounts.store.ts';
import { identifierIndex, identifiersOf } from '../../server/accounts/identifiers.ts';
import { createAgent } from '../../server/agents/agents.service.ts';
import { makeApp } from '../../server/app.ts';
import type { Db, House } from '../../server/core/ctx.ts';
import { housekeep, systemVisit } from '../../server/core/perform.ts';
import { Secret } from '../../server/core/secret.ts';
import { everyOrganisation, loosen, openBenchHouse } from './bench-house.ts';
import { waitingLetters, type BenchLot } from './bench-lot.ts';
import { answerJobs } from './child.ts';

/** What a section needs to knock: whom it may sign in, and where. */
export type BenchServer = { url: string; username: string; password: string };
export type BenchMembers = { path: string; identifiers: string[]; password: string };

const password = 'quatre mots de notre banc';
let house: House;

const open = async ({
  folder,
  looseLimits,
}: {
  folder: string;
  looseLimits?: boolean;
}): Promise<BenchServer> => {
  house = await openBenchHouse(folder);
  if (looseLimits) loosen(house);
  const known = everyOrganisation(house);
  const username = `banc-${house.random.id().slice(0, 8)}`;
  const agent = { username, name: 'Banc', role: 'agent', organisations: known, password } as const;
  await createAgent(systemVisit(house, 'bench', known), agent, known);

  const server = createServer();
  // Whoever waits for others to sign in keeps their line.
  server.keepAliveTimeout = 300_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on(
    'request',
    makeApp(house, {
      origins: new Set([url]),
      trustProxy: [],
      consoleDirectory: 'none',
      portalDirectory: 'none',
    }),
  );
  return { url, username, password };
};

/** Members who can sign in with a password, of an organisation that knows them by their number. */
const members = async ({ count }: { count: number }): Promise<BenchMembers> => {
  const policy = house.organisations
    .all()
    .find(({ signIn }) => signIn.identifiers.some(({ kind }) => kind === 'member-number'));
  if (!policy) throw new Error('No organisation knows its members by number.');
  const hash = await house.hashing.hash(new Secret(password));
  const numbers = Array.from({ length: count }, (_, at) => `99${String(at).padStart(6, '0')}`);

  await housekeep(house, async (db, now) => {
    for (const memberNumber of numbers) {
      const id = house.random.id();
      await insertMember(db, { id, organisationId: policy.id, memberNumber, at: now.toISOString() });
      await accounts.insertAccounts(db, [accountOf(id, policy.id, hash, now.toISOString())]);
      await accounts.insertHolders(db, [{ member_id: id, account_id: id }]);
      const known = identifiersOf(policy.signIn.identifiers, { nirBody: null, memberNumber });
      const rows = known.map(({ kind, canonical }) => ({
        organisation_id: policy.id,
        identifier_index: identifierIndex(house.keys, policy.id, canonical),
        kind,
        account_id: id,
      }));
      await accounts.insertIdentifiers(db, rows);
    }
  });
  return { path: `/portal/api/${policy.id}/sign-in`, identifiers: numbers, password };
};

const insertMember = async (
  db: Db,
  { id, organisationId, memberNumber, at }: Record<'id' | 'organisationId' | 'memberNumber' | 'at', string>,
): Promise<void> => {
  await db('members').insert({
    id,
    organisation_id: organisationId,
    member_number: memberNumber,
    rank: '',
    kind: 'holder',
    household: memberNumber,
    usual_name: 'BANC',
    first_name: 'Essai',
    birth_date: '1970-01-01',
    address_lines: '[]',
    country: 'FR',
    address_since: at.slice(0, 10),
    protected: 0,
    large_print: 0,
    language: 'fr',
    sort_name: 'banc  essai',
    line_digest: '',
    created_at: at,
    version: 1,
  });
};

const accountOf = (id: string, organisationId: string, hash: string, at: string): accounts.AccountRow => ({
  id,
  organisation_id: organisationId,
  member_id: id,
  password_hash: hash,
  password_set_at: at,
  first_code_digest: null,
  temporary_salt: id,
  frozen_at: null,
  frozen_why: null,
  suspected_at: null,
  suspected_until: null,
  first_signed_in_at: at,
  last_signed_in_at: at,
  created_at: at,
  version: 1,
  terms_version: null,
  terms_accepted_at: null,
  contacts_confirmed_at: null,
});

const letters = ({ count }: { count: number }): Promise<BenchLot> => waitingLetters(house, count, password);

/** Agents of every organisation, by name; all have the one password. */
const agents = async ({ count }: { count: number }): Promise<string[]> => {
  const known = everyOrganisation(house);
  const names = Array.from({ length: count }, () => `banc-${house.random.id().slice(0, 13)}`);
  for (const username of names) {
    const agent = { username, name: 'Banc', role: 'agent', organisations: known, password } as const;
    await createAgent(systemVisit(house, 'bench', known), agent, known);
  }
  return names;
};

/** From here on what is recorded goes nowhere: what the audit costs is what is then saved. */
const stopAudit = (): void => {
  house.appendLooks = async () => undefined;
  house.appendAudit = async () => ({ seq: 0, hash: '', at: '' });
  house.chainCommitted = () => undefined;
};

answerJobs({ open, members, letters, agents, stopAudit });
