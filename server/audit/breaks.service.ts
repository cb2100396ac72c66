import type { Ctx, House } from '../core/ctx.ts';
import { signText } from '../core/crypto.ts';
import { hmacUnder } from '../core/hmac.ts';
import { perform, systemVisit } from '../core/perform.ts';
import { raiseAlert } from './alerts.service.ts';
import { lastRow, moveHead, takeHead } from './audit.store.ts';
import { segmentStart, segmentText } from './chain.ts';
import type { Verdict } from './chain-verifier.ts';
import { beginHeads } from './heads-kept.service.ts';
import { keptData } from './kept-events.service.ts';
import { record } from './record.ts';
import { insertSegment, listSegments } from './segments.store.ts';
import type { SegmentVerdict, Why } from './verification.schema.ts';

/** `others`: how many more places of the segment are wrong. */
type Fault = { segment: number; brokenAt: number; why: Why; others: number };

/**
 * Tells of what a pass found and nobody was told before: an alert to every organisation, and where the last segment is
 * broken the chain goes on in a new one, signed. What was told stands in the chain, so that nobody can silence an
 * alert beforehand. Answers whether there was anything new.
 */
export const tellOfBreaks = async (house: House, verdict: Verdict): Promise<boolean> => {
  const broken = verdict.segments.flatMap(faultIn);
  if (broken.length === 0) return false;
  const known = await knownFaults(house);
  const last = verdict.segments.length;
  const fresh = broken.filter((fault) => fault.segment === last || !known.has(nameOf(fault)));
  for (const fault of fresh) {
    house.log.error({ ...fault }, 'the audit chain is broken');
    await unlessNothing(house, async (ctx) => {
      if (fault.segment === last) await openSegment(ctx, fault, verdict);
      else record(ctx, { type: 'audit.broken', data: fault });
      const subject = `segment:${fault.segment}:row:${fault.brokenAt}`;
      for (const organisationId of house.everyOrganisation())
        await raiseAlert(ctx, { organisationId, kind: 'audit-broken', subject });
    });
  }
  return fresh.length > 0;
};

const faultIn = ({ number, brokenAt, why, more }: SegmentVerdict): Fault[] =>
  brokenAt === null || why === null ? [] : [{ segment: number, brokenAt, why, others: more }];

const nameOf = ({ segment, brokenAt, why, others }: Fault): string =>
  `${segment} ${brokenAt} ${why} ${others}`;

/** What the chain itself says that was told; a row that our key did not bind says nothing. */
const knownFaults = async (house: House): Promise<Set<string>> => {
  const types = ['audit.segment-opened', 'audit.broken'] as const;
  return new Set((await keptData<Fault>(house, house.pool, { types, limit: 500 })).map(nameOf));
};

/** Beyond every row that is there or was known outside: no place is ever given twice. */
const openSegment = async (ctx: Ctx, fault: Fault, { lastMark }: Verdict): Promise<void> => {
  const { keys } = ctx.house;
  const head = await takeHead(ctx.db);
  const number = fault.segment + 1;
  // Another process found it too, and was faster.
  if ((await listSegments(ctx.db)).length + 1 !== fault.segment) throw new Nothing();
  const fromSeq = Math.max(head.seq, await lastRow(ctx.db), lastMark) + 1;
  const { brokenAt, why } = fault;
  const openedAt = ctx.now.toISOString();
  const segment = { number, fromSeq, previousHash: head.hash, why, brokenAt, openedAt };
  const signature = signText(keys, 'audit-signature', segmentText(segment));
  await insertSegment(ctx.db, { ...segment, signature });
  const start = segmentStart(hmacUnder(keys.derive('audit-chain')), segment);
  await moveHead(ctx.db, { seq: fromSeq - 1, hash: start });
  record(ctx, { type: 'audit.segment-opened', data: { ...fault, opened: number, fromRow: fromSeq } });
  await beginHeads(ctx);
};

class Nothing extends Error {}

const unlessNothing = async (house: House, work: (ctx: Ctx) => Promise<void>): Promise<void> => {
  try {
    await perform(systemVisit(house, 'audit', house.everyOrganisation()), work);
  } catch (error) {
    if (!(error instanceof Nothing)) throw error;
  }
};
