import { createHmac } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { StampedEvent } from '../core/ctx.ts';

/** A row's bytes: RFC 8785 JSON, so that the same event always gives the same digest. */
export const payloadOf = (event: StampedEvent): string => canonicalize(event) ?? '';

/** Binds a payload under the chain's key. */
export const payloadDigest = (key: Buffer, payload: string): string => mac(key, 'payload', payload);

/** Binds a row to its place and to the row before it. */
export const link = (key: Buffer, seq: number, previousHash: string, digest: string): string =>
  mac(key, 'link', String(seq), previousHash, digest);

export type ChainRow = {
  seq: number;
  payload: string | null;
  payloadDigest: string;
  hash: string;
  /** The columns that filters read; each must say what the payload says. */
  columns: {
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
};

/** What is wrong with `row` after `previous`, or null. Nothing removes payloads yet, so a removed one is a fault. */
export const faultOf = (
  key: Buffer,
  previous: { seq: number; hash: string },
  row: ChainRow,
): 'missing-row' | 'payload-removed' | 'payload-changed' | 'column-changed' | 'link-broken' | null => {
  if (row.seq !== previous.seq + 1) return 'missing-row';
  if (row.payload === null) return 'payload-removed';
  if (payloadDigest(key, row.payload) !== row.payloadDigest) return 'payload-changed';
  if (link(key, row.seq, previous.hash, row.payloadDigest) !== row.hash) return 'link-broken';
  if (!saysTheSame(row.payload, row.columns)) return 'column-changed';
  return null;
};

const saysTheSame = (payload: string, columns: ChainRow['columns']): boolean => {
  const event = JSON.parse(payload) as StampedEvent;
  return (
    event.id === columns.id &&
    event.at === columns.at &&
    event.type === columns.type &&
    event.result === columns.result &&
    event.organisationId === columns.organisationId &&
    event.actor.kind === columns.actorKind &&
    event.actor.id === columns.actorId &&
    event.memberId === columns.memberId &&
    event.callId === columns.callId
  );
};

const mac = (key: Buffer, ...parts: string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
