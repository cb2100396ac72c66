import { record } from '../audit/record.ts';
import { zoneOfRow } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { endOfLetters } from '../credentials/credentials.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { letterPolicyOf } from './letter-policy.ts';
import { moveLetters } from './letters.store.ts';
import * as lotLetters from './lot-letters.store.ts';
import type { LotLetterRow } from './lot-letters.store.ts';
import type { LotRow } from './lots.store.ts';
import { keptInRow, letterDates, productTo } from './promise.ts';
import { makeReference } from './reference.ts';
import { isTestLetter } from './test-letter.ts';
import { followReplacement } from './test-letters.service.ts';

/** The passwords of these sheets die; a new letter takes the place of each whose letter has not ended meanwhile. */
export const replaceSpoiled = async (ctx: Ctx, lot: LotRow, sheets: LotLetterRow[]): Promise<void> => {
  const change = { state: 'spoiled', state_at: ctx.now.toISOString() } as const;
  const ids = sheets.map(({ id }) => id);
  const hit = new Set(await moveLetters(ctx.db, { ids }, ['printed'], change));
  await endOfLetters(ctx, ids, 'spoiled');

  const policy = policyOf(ctx.house, lot.organisation_id);
  const letters = sheets.filter(({ id }) => hit.has(id));
  const replacements = letters.map((letter) => replacementOf(ctx, policy, letter));
  await lotLetters.insertLetters(ctx.db, replacements);
  for (const [at, letter] of letters.entries())
    if (isTestLetter(letter)) await followReplacement(ctx, letter.id, replacements[at]?.id ?? '');
  letters.forEach((letter, at) =>
    record(ctx, {
      type: 'letter.spoiled',
      organisationId: lot.organisation_id,
      memberId: letter.member_id,
      callId: letter.call_id,
      data: { letterId: letter.id, replacedBy: replacements[at]?.id ?? '', lotId: lot.id },
    }),
  );
};

/**
 * The letter that takes a spoiled one's place: same person, address and reason, same day of asking and same
 * promise, which are facts; every date that can still be kept is computed from now.
 */
const replacementOf = (ctx: Ctx, policy: Policy, letter: LotLetterRow): LotLetterRow => {
  const file = letterPolicyOf(policy);
  const zone = zoneOfRow(letter.zone);
  const product = productTo(file, zone, letter.product);
  const promise = letter.promised_on === null ? null : file.promise;
  const promisedAt = new Date(letter.asked_at);
  const dates = letterDates({ ...file, promise, promisedAt, askedAt: ctx.now, product, zone });
  return {
    ...letter,
    id: ctx.newId(),
    reference: makeReference(ctx.house.random.bytes),
    zone,
    product: product.id,
    planned_posting_on: dates.plannedPostingDay,
    latest_posting_at: dates.latestPostingAt.toISOString(),
    earliest_arrival_on: dates.earliestArrival,
    latest_arrival_on: dates.latestArrival,
    announced_on: dates.announcedDay,
    keeps_promise: keptInRow(dates),
    limit_on: dates.limitDay,
    valid_until: dates.validUntil.toISOString(),
    state: 'requested',
    state_at: ctx.now.toISOString(),
    problem: null,
    lot_id: null,
    sheet: null,
    printed_attempt: null,
    replaces_id: letter.id,
    version: 1,
  };
};
