import type { Knex } from 'knex';
import pino, { type Logger } from 'pino';
import { join } from 'node:path';
import { closuresOfAccounts } from './accounts/account-closures.service.ts';
import { accountForCallerCode, accountForMessage } from './accounts/claim.service.ts';
import { accountIdOf, headlinesOf, saltsOfAccounts } from './accounts/accounts.service.ts';
import { approvedActs } from './accounts/approved-acts.service.ts';
import { portalSessionKeeper } from './accounts/portal-sessions.service.ts';
import { agentsSharing, namesOfAgents, sessionKeeper } from './agents/agents.service.ts';
import { appendAudit, makeLookBook } from './audit/audit.service.ts';
import { makeHeadsFile } from './audit/heads-file.ts';
import { loadNoteWords } from './calls/note-words.ts';
import type { House } from './core/ctx.ts';
import { loadKeys, type Keys } from './core/crypto.ts';
import { makeHashQueue } from './core/hashing.ts';
import { Secret } from './core/secret.ts';
import { systemRandom, type Random } from './core/random.ts';
import { loadWords } from './core/words.ts';
import { assertDurable, openPool } from './db/pool.ts';
import { migrate } from './db/migrate.ts';
import { makeLive, type LivePace } from './desk/live.ts';
import type { Env } from './env.ts';
import { makeDrawingDesk } from './letters/drawing-desk.ts';
import { loadLetterWords } from './letters/letter-words.ts';
import { organisationOfMember } from './members/members.service.ts';
import { loadMessageWords } from './messages/message-words.ts';
import { openGateways } from './messages/open-gateways.ts';
import { keepReceipt } from './messages/receipts.service.ts';
import { loadLimits } from './organisations/limits-file.ts';
import { loadOrganisations, portalAddressOf } from './organisations/organisations.service.ts';
import type { ChallengeWork } from './portal/challenge.service.ts';
import { portalClientKeeper } from './portal/portal-clients.service.ts';
import { settleDocument } from './verifications/other-proofs.service.ts';
import { startPortal } from './portal/portal-start.ts';

/** What a test may choose instead of the real thing. */
export type Choices = {
  pool?: Knex;
  clock?: () => Date;
  random?: Random;
  keys?: Keys;
  log?: Logger;
  challengeWork?: ChallengeWork;
  /** How long a mail server or an SMS gateway may take to answer. */
  gatewayTimeoutMs?: number;
  /** How often open pages look for what happened, and how long they rest. */
  live?: LivePace;
};

/** Opens everything a process needs for its whole life, and hands each room what it declared. */
export const openHouse = async (env: Env, choices: Choices = {}): Promise<House> => {
  const organisations = loadOrganisations(env.organisationsDirectory);
  const words = loadWords(env.templatesDirectory);
  const messageWords = loadMessageWords(env.templatesDirectory, {
    words,
    policies: organisations.all(),
    portalAddressOf: (policy) => portalAddressOf(env, policy),
  });
  const keys = choices.keys ?? loadKeys(env.keysFile, !env.production);
  const pool = choices.pool ?? openPool(env.databaseUrl);
  await assertDurable(pool);
  await migrate(pool);

  const headsFile = join(env.dataDirectory, 'audit-heads.jsonl');
  const clock = choices.clock ?? (() => new Date());
  const log = choices.log ?? pino({ level: env.logLevel });
  const house: House = {
    pool,
    clock,
    random: choices.random ?? systemRandom,
    keys,
    hashing: makeHashQueue(),
    words,
    log,
    appendAudit: appendAudit(keys),
    appendLooks: makeLookBook(() => house),
    chainCommitted: makeHeadsFile(headsFile),
    headsWaiting: [],
    headsFile,
    namesOfAgents,
    agentsSharing,
    everyOrganisation: () => organisations.all().map(({ id }) => id),
    sessions: sessionKeeper(() => house),
    headlinesOf,
    live: makeLive(() => house, choices.live),
    portalSessions: portalSessionKeeper(() => house),
    publicUrl: env.publicUrl,
    organisations,
    drawing: makeDrawingDesk(join(env.templatesDirectory, 'fonts')),
    letterWords: loadLetterWords(env.templatesDirectory),
    smellsSensitive: loadNoteWords(env.templatesDirectory),
    organisationOfMember,
    accountSalts: saltsOfAccounts,
    closedAccounts: closuresOfAccounts,
    limits: loadLimits(env.limitsFile),
    portalUrl: env.portalUrl,
    production: env.production,
    changeFiles: { directory: join(env.dataDirectory, 'changes'), laidDown: new Map() },
    metricsToken: env.metricsToken === null ? null : new Secret(env.metricsToken),
    ...startPortal(env, organisations, choices),
    portalClients: portalClientKeeper(() => house),
    ...openGateways(env, clock, log, choices.gatewayTimeoutMs),
    accountForMessage,
    accountForCallerCode,
    accountIdOf,
    approvedActs,
    settleDocument,
    messageWords,
    demo: false,
  };
  house.smsGateway.onReceipt?.((receipt) => keepReceipt(house, receipt));
  return house;
};

/** Lets go of what keeps a process alive: open pages, gateways, the drawing thread, then the database. */
export const closeHouse = async (house: House): Promise<void> => {
  await house.live.stop();
  await house.emailGateway.close();
  await house.smsGateway.close();
  await house.drawing.close();
  await house.pool.destroy();
};
