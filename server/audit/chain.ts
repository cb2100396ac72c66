import canonicalize from 'canonicalize';
import type { StampedEvent } from '../core/ctx.ts';
import type { Mac } from '../core/hmac.ts';
import { saysTheSame } from './says-the-same.ts';
import type { Why } from './verification.schema.ts';

/** A row's bytes: RFC 8785 JSON, so that the same event always gives the same digest. */
// Stryker disable next-line StringLiteral: an object is never nothing; the type alone says that it might be.
export const payloadOf = (event: StampedEvent): string => canonicalize(event) ?? '';

/** Binds a payload under the chain's key. */
export const payloadDigest = (mac: Mac, payload: string): string => mac(JSON.stringify(['payload', payload]));

/** Binds a row to its place and to the row before it. */
export const link = (mac: Mac, seq: number, previousHash: string, digest: string): string =>
  mac(JSON.stringify(['link', String(seq), previousHash, digest]));

/** Where the chain goes on after a break. The first segment, from row 1, has no record of its own. */
export type Segment = {
  number: number;
  fromSeq: number;
  /** What the head said when the break was found. */
  previousHash: string;
  /** What was wrong, and at which row. */
  why: Why;
  brokenAt: number;
  openedAt: string;
  signature: string;
};

/** What a segment's signature covers, and what its first row is linked to. */
export const segmentText = ({
  number,
  fromSeq,
  previousHash,
  why,
  brokenAt,
  openedAt,
}: Omit<Segment, 'signature'>): string =>
  JSON.stringify(['segment', number, fromSeq, previousHash, why, brokenAt, openedAt]);

export const segmentStart = (mac: Mac, segment: Omit<Segment, 'signature'>): string =>
  mac(segmentText(segment));

export type ChainRow = {
  seq: number;
  payload: string | null;
  payloadDigest: string;
  hash: string;
  columns: ChainColumns;
};

/** The columns that filters read; each must say what the payload says. */
export type ChainColumns = {
  id: string;
  at: string;
  type: string;
  result: string;
  organisationId: string | null;
  actorKind: string;
  actorId: string | null;
  memberId: string | null;
  callId: string | null;
};

/**
 * What stays of a row whose payload retention took away: its place in the chain, and nothing that nobody could check
 * any more. Pseudonymous ids of members, agents and calls are personal data and go with the rest (CNIL 2021-122: six
 * months to a year, three at most).
 */
export const emptyColumns = (seq: number): ChainColumns => ({
  id: `removed-${seq}`,
  at: '',
  type: 'audit.removed',
  result: 'done',
  organisationId: null,
  actorKind: 'system',
  actorId: null,
  memberId: null,
  callId: null,
});

/**
 * What is wrong with `row` after `previous`, or null. What costs least is looked at first: content and columns that
 * disagree are told as columns that changed, and `whichChanged` says which of them did.
 */
export const faultOf = (mac: Mac, previous: { seq: number; hash: string }, row: ChainRow): Why | null => {
  const { payload, columns } = row;
  if (row.seq !== previous.seq + 1) return 'missing-row';
  if (payload !== null && !saysTheSame(payload, columns)) return 'column-changed';
  if (payload !== null && payloadDigest(mac, payload) !== row.payloadDigest) return 'payload-changed';
  if (payload === null && !isEmpty(row)) return 'payload-removed';
  if (link(mac, row.seq, previous.hash, row.payloadDigest) !== row.hash) return 'link-broken';
  return null;
};

/** Of content and columns that disagree: the content, when our key no longer binds it. */
export const whichChanged = (mac: Mac, { payload, payloadDigest: bound }: ChainRow): Why => {
  // Stryker disable next-line StringLiteral: a row without payload disagrees with nothing, and never comes here.
  const content = payload ?? '';
  return payloadDigest(mac, content) !== bound ? 'payload-changed' : 'column-changed';
};

const isEmpty = ({ seq, columns }: ChainRow): boolean =>
  Object.entries(emptyColumns(seq)).every(([name, value]) => columns[name as keyof ChainColumns] === value);

export const columnsOf = (event: StampedEvent): ChainColumns => ({
  id: event.id,
  at: event.at,
  type: event.type,
  result: event.result,
  organisationId: event.organisationId,
  actorKind: event.actor.kind,
  actorId: event.actor.id,
  memberId: event.memberId,
  callId: event.callId,
});
