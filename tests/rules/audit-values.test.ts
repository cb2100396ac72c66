import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { en } from '../../client/console/i18n/en.ts';
import { fr } from '../../client/console/i18n/fr.ts';
import { undoActs } from '../../server/accounts/undo.schema.ts';
import { FactorKind } from '../../server/agents/factors.schema.ts';
import { experiences } from '../../server/agents/roster.schema.ts';
import { approvableActs, ApprovalFilter } from '../../server/approvals/approvals.schema.ts';
import { alertKinds } from '../../server/audit/alerts.schema.ts';
import { AuditFilter } from '../../server/audit/audit.schema.ts';
import { whys } from '../../server/audit/verification.schema.ts';
import { eventTypes, vocabulary } from '../../server/audit/vocabulary.schema.ts';
import { CallbackFilter, callbackKinds, CallbackOutcome } from '../../server/calls/callbacks.schema.ts';
import { ChangeCall } from '../../server/calls/calls.schema.ts';
import { NoteKind } from '../../server/calls/notes.schema.ts';
import {
  callEnds,
  channels,
  contactKinds,
  documentKinds,
  recoveryPaths,
} from '../../server/core/vocabulary.ts';
import { postFileKinds } from '../../server/imports/post-files.schema.ts';
import { destructionKinds } from '../../server/letters/destructions.schema.ts';
import { letterProblems, letterStates } from '../../server/letters/letters.schema.ts';
import { overdueKinds } from '../../server/letters/overdue.schema.ts';
import { returnReasons } from '../../server/letters/returns.schema.ts';
import { Understanding } from '../../server/members/members.schema.ts';
import { MessageFilter, messageTemplates } from '../../server/messages/messages.schema.ts';
import { verificationLevels } from '../../server/organisations/policy-parts.schema.ts';
import { exportFormats } from '../../server/supervision/audit-exports.schema.ts';
import { bulkKinds, LockSecret } from '../../server/supervision/bulk.schema.ts';
import { ChangeIncident, incidentKinds } from '../../server/supervision/incidents.schema.ts';
import { GivenVerdict } from '../../server/supervision/reviews.schema.ts';

const but = (names: string[], ...without: string[]) => names.filter((name) => !without.includes(name));
const source = readdirSync('server', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`server/${file}`, 'utf8'))
  .join('\n');
const filters = [AuditFilter, CallbackFilter, ApprovalFilter, MessageFilter].flatMap((one) =>
  Object.keys(one),
);

/** What stands under each name that holds a word, from where the server has its list. */
const lists: Record<string, readonly string[]> = {
  code: ['forbidden', 'not-found', 'policy-refused', 'conflict'],
  experience: experiences,
  changed: [
    ...but(Object.keys(ChangeCall.shape), 'ended', 'dropped', 'outcome'),
    ...but(Object.keys(ChangeIncident.shape), 'version'),
    ...['name', 'site', 'team', 'own', 'relatives', 'email', 'hours', 'networks', 'caps', 'noUnmasking'],
    ...contactKinds,
  ],
  before: [
    'sign-in',
    'confirm',
    'agent.password',
    ...found(source, /confirmIdentity\([^;]*?'([a-z.-]+)'\)/g),
  ],
  kind: [
    ...[...FactorKind.options, 'recovery-code', ...NoteKind.options, ...callbackKinds, ...contactKinds],
    ...[...documentKinds, 'link', 'code', 'temporary', 'repudiation', ...alertKinds, ...destructionKinds],
    ...[...postFileKinds, ...overdueKinds, ...incidentKinds, ...bulkKinds],
  ],
  why: [
    'wrong',
    'over-limit',
    'not-open',
    'address-block',
    'repudiated',
    'death-reported',
    'review',
    ...whys,
  ],
  by: [...callEnds, 'nir', 'member-number', 'scan', 'reference', 'file', 'agent', 'site', 'lot', 'period'],
  outcome: [...CallbackOutcome.options, 'right', 'wrong', 'former', 'ended', 'done', 'overtaken', 'sent'],
  filters,
  understoodAs: Understanding.shape.kind.options,
  as: ['screen', 'letter'],
  secret: [...LockSecret.options, 'temporary', 'link', 'code', 'france-connect'],
  via: ['pages'],
  level: verificationLevels,
  after: ['password', 'temporary', 'first-code', 'link', 'code', 'france-connect'],
  provider: ['france-connect'],
  what: [...contactKinds, 'address'],
  state: ['seen', 'waiting'],
  act: [...approvableActs, ...undoActs],
  path: recoveryPaths,
  proof: ['birth-date'],
  template: messageTemplates,
  purpose: ['recovery', 'repudiation', 'contact-change', 'link', 'code', 'temporary'],
  problem: [...Object.keys(sectionOf('messages.problems')), ...letterProblems],
  was: letterStates,
  to: ['directory', 'ipp', 'mail-house'],
  format: exportFormats,
  reason: [...returnReasons, 'by-member'],
  channel: channels,
  verdict: GivenVerdict.options,
  rule: rulesOfServer(),
  rules: rulesOfServer(),
  route: routesWithId(),
};

/** Names that hold ids, digests, moments, or what somebody's own file or hand named. */
const open = [
  ...['tried', 'query', 'block', 'resumes', 'replacedBy', 'username', 'reference', 'version'],
  ...['organisations', 'organisationsBefore', 'alsoShown', 'shown', 'fact', 'destination', 'destinations'],
  ...['until', 'dueAt', 'announcedOn', 'depositedAt', 'day', 'week'],
];

describe.each([
  ['fr', fr],
  ['en', en],
] as const)('what events carry, in %s', (_language, words) => {
  test.each(Object.keys(lists))('every word under "%s" has its own', (name) => {
    const rooms: Record<string, object> = {
      channel: words.callChannel,
      outcome: words.callOutcome,
      rules: words.audit.values.rule,
      why: words.audit.verify.why,
      verdict: words.reviews.verdicts,
    };
    const own = { ...rooms[name], ...(words.audit.values as Record<string, object>)[name] };
    expect((lists[name] ?? []).filter((value) => !(value in own))).toEqual([]);
  });

  test('every name has a label', () => {
    const names = new Set(eventTypes.flatMap((type) => Object.keys(vocabulary[type].shape)));
    expect([...names].filter((name) => !(name in words.audit.data))).toEqual([]);
  });
});

test('every name of the vocabulary that holds text is one of a list, or known to be open', () => {
  const texts = eventTypes.flatMap((type) => {
    const { properties = {} } = z.toJSONSchema(vocabulary[type]);
    const isText = (schema: unknown) => /"type":"string"/.test(JSON.stringify(schema));
    const isClosed = (schema: unknown) => /"(enum|const)":/.test(JSON.stringify(schema));
    return Object.entries(properties).flatMap(([name, schema]) =>
      isText(schema) && !isClosed(schema) && !name.endsWith('Id') ? [name] : [],
    );
  });

  expect([...new Set(texts)].filter((name) => !(name in lists) && !open.includes(name))).toEqual([]);
});

function sectionOf(path: string): object {
  const words = parse(readFileSync('templates/words/fr.yaml', 'utf8')) as Record<
    string,
    Record<string, object>
  >;
  const [room = '', section = ''] = path.split('.');
  return words[room]?.[section] ?? {};
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, value]) => value ?? '');
}

/** Every rule that the server names: where it refuses, and what decides at the desk. */
function rulesOfServer(): string[] {
  const desk =
    /export type Rule =([^;]+);/.exec(readFileSync('server/accounts/decision.ts', 'utf8'))?.[1] ?? '';
  return [
    ...found(source, /rule: '([a-z0-9.-]+)'/g),
    ...found(readFileSync('server/letters/lots-state.ts', 'utf8'), /, '(lot\.[a-z-]+)'[,)]/g),
    ...found(desk, /'([a-z-]+)'/g),
    ...Object.keys(sectionOf('verifications.refused')),
  ];
}

/** Everything that is done to something by its id. */
function routesWithId(): string[] {
  const named = [...source.matchAll(/'(post|patch|put|delete)',\s*'(\/[^']*:id[^']*)'/g)];
  return named.map(([, method, path]) => `${method} ${path}`);
}
