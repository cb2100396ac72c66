import type { Knex } from 'knex';
import pino, { type Logger } from 'pino';
import { join } from 'node:path';
import { closuresOfAccounts } from './accounts/account-closures.service.ts';
import { accountForCallerCode, accountForMessage } from './accounts/claim.service.ts';
import { accountIdOf, flaggedAccounts, headlinesOf, saltsOfAccounts } from './accounts/accounts.service.ts';
import { approvedActs } from './accounts/approved-acts.service.ts';
import { membersOfApprovals } from './approvals/approvals.service.ts';
import { openTestAccount } from './accounts/test-account.service.ts';
import { portalSessionKeeper } from './accounts/portal-sessions.service.ts';
import {
  agentsOfRole,
  agentsOfSite,
  agentsSharing,
  namesOfAgents,
  sessionKeeper,
} from './agents/agents.service.ts';
import { loadSso } from './agents/sso-file.ts';
import { openAudit } from './audit/open-audit.ts';
import { membersBehindCalls } from './calls/calls.service.ts';
import { loadNoteWords } from './calls/note-words.ts';
import type { House } from './core/ctx.ts';
import { loadKeys, type Keys } from './core/crypto.ts';
import { makeHashing, type HashCost } from './core/hashing.ts';
import { Secret } from './core/secret.ts';
import { systemRandom, type Random } from './core/random.ts';
import { loadWords } from './core/words.ts';
import { assertDurable, openPool } from './db/pool.ts';
import { migrate } from './db/migrate.ts';
import { makeLive, type LivePace } from './desk/live.ts';
import type { Env } from './env.ts';
import { bundleSize, makeDrawingDesk } from './letters/drawing-desk.ts';
import type { FailPoint } from './letters/fail-points.ts';
import { loadLetterWords } from './letters/letter-words.ts';
import { membersOfLetters } from './letters/letters.service.ts';
import { makePrintRuns } from './letters/print-runs.ts';
import { openTargets } from './letters/printers/open-targets.ts';
import { isCanaryBehind, tellOfActs, tellOfRefusal } from './members/canaries.service.ts';
import { organisationOfMember } from './members/members.service.ts';
import { memberRefused } from './members/refused-member.service.ts';
import { loadMessageWords } from './messages/message-words.ts';
import { openGateways } from './messages/open-gateways.ts';
import { keepReceipt } from './messages/receipts.service.ts';
import { loadLimits } from './organisations/limits-file.ts';
import { loadOrganisations, portalAddressOf } from './organisations/organisations.service.ts';
import type { ChallengeWork } from './portal/challenge.service.ts';
import { namesOfPortalClients, portalClientKeeper } from './portal/portal-clients.service.ts';
import { settleDocument } from './verifications/other-proofs.service.ts';
import { startPortal } from './portal/portal-start.ts';
import { alarmFigures } from './supervision/alarms.service.ts';
import { oldestWaiting } from './supervision/review-alert.service.ts';
import { loadReviewSettings } from './supervision/review-settings-file.ts';
import { loadCosts } from './supervision/costs-file.ts';

/** What a test may choose instead of the real thing. */
export type Choices = {
  pool?: Knex;
  clock?: () => Date;
  random?: Random;
  keys?: Keys;
  /** What a password's hash costs, less than usual. */
  hashCost?: HashCost;
  log?: Logger;
  challengeWork?: ChallengeWork;
  /** How long a mail server or an SMS gateway may take to answer. */
  gatewayTimeoutMs?: number;
  /** How long a line to a printer may stand still. */
  printerTimeoutMs?: number;
  /** Sheets of a bundle, fewer than usual. */
  bundleSize?: number;
  /** Told at which moment of a lot's life the process is, so that it can die there. */
  reached?: (point: FailPoint) => void | Promise<void>;
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
  const clock = choices.clock ?? (() => new Date());
  const log = choices.log ?? pino({ level: env.logLevel });
  const targets = await openTargets(env, { clock, log, timeoutMs: choices.printerTimeoutMs });
  const pool = choices.pool ?? openPool(env.databaseUrl);
  await assertDurable(pool);
  await migrate(pool);

  const house: House = {
    pool,
    clock,
    random: choices.random ?? systemRandom,
    keys,
    hashing: makeHashing(keys, { cost: choices.hashCost }),
    words,
    log,
    ...openAudit(env, keys, () => house),
    namesOfAgents,
    agentsSharing,
    agentsOfRole,
    agentsOfSite,
    everyOrganisation: () => organisations.all().map(({ id }) => id),
    sessions: sessionKeeper(() => house),
    headlinesOf,
    live: makeLive(() => house, choices.live),
    portalSessions: portalSessionKeeper(() => house),
    publicUrl: env.publicUrl,
    secondFactorRoles: env.secondFactorRoles,
    sso: loadSso(
      env.ssoFile,
      organisations.all().map(({ id }) => id),
      env.production,
    ),
    organisations,
    drawing: makeDrawingDesk(join(env.templatesDirectory, 'fonts')),
    targets,
    bundleSize: choices.bundleSize ?? bundleSize,
    printRuns: makePrintRuns(),
    reached: choices.reached ?? (() => undefined),
    letterWords: loadLetterWords(env.templatesDirectory),
    testLetterWords: loadLetterWords(env.templatesDirectory, 'test-letter'),
    smellsSensitive: loadNoteWords(env.templatesDirectory),
    organisationOfMember,
    watchActs: tellOfActs,
    watchRefusals: tellOfRefusal,
    memberRefused,
    isWatched: isCanaryBehind,
    membersBehind: (db, ids) => [
      ...membersBehindCalls(db, ids),
      membersOfLetters(db, ids),
      membersOfApprovals(db, ids),
    ],
    accountSalts: saltsOfAccounts,
    openTestAccount,
    figures: () => alarmFigures(house),
    closedAccounts: closuresOfAccounts,
    flaggedAccounts,
    limits: loadLimits(env.limitsFile),
    reviewSettings: loadReviewSettings(env.reviewsFile),
    reviewsWaitSince: (db, organisationId) => oldestWaiting(house, db, organisationId),
    farFromDesk: () => house.reviewSettings.farFromDesk,
    costs: loadCosts(env.costsFile),
    portalUrl: env.portalUrl,
    production: env.production,
    changeFiles: { directory: join(env.dataDirectory, 'changes'), laidDown: new Map() },
    metricsToken: env.metricsToken === null ? null : new Secret(env.metricsToken),
    ...startPortal(env, organisations, choices),
    portalClients: portalClientKeeper(() => house),
    namesOfPortalClients,
    ...openGateways(env, clock, log, choices.gatewayTimeoutMs),
    accountForMessage,
    accountForCallerCode,
    accountIdOf,
    approvedActs,
    settleDocument,
    messageWords,
    demo: false,
    training: false,
    trainingCallers: [],
  };
  house.smsGateway.onReceipt?.((receipt) => keepReceipt(house, receipt));
  return house;
};

/** Lets go of what keeps a process alive: open pages, prints, gateways, the drawing thread, then the database. */
export const closeHouse = async (house: House): Promise<void> => {
  await house.live.stop();
  await house.printRuns.stop();
  await house.emailGateway.close();
  await house.smsGateway.close();
  await house.drawing.close();
  await house.closeSecondSink();
  await house.pool.destroy();
};
