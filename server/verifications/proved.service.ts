import type { Call } from '../calls/calls.schema.ts';
import type { Ctx } from '../core/ctx.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import { contactDigest } from '../members/contact-trust.service.ts';
import { sharedKindsOf, type MemberFile } from '../members/members.service.ts';
import { provedIn, type Proved, type Row } from './levels.ts';
import * as store from './verifications.store.ts';
import type { ProofRow } from './verifications.store.ts';

export type ProvedInCall = {
  /** The row of this very call, if anything was tried in it. */
  proof: ProofRow | undefined;
  proved: Proved;
  /** Kinds of contacts that other people have too. */
  shared: ReadonlySet<ContactKind>;
};

/** What was proved in a call about this member; `former` is the calls it goes on with, nearest first. */
export const provedInCall = async (
  ctx: Ctx,
  member: MemberFile,
  call: Pick<Call, 'id' | 'channel' | 'caller'>,
  former: string[],
): Promise<ProvedInCall> => {
  const rows = await store.listProofs(ctx.db, [call.id, ...former], member.id);
  const proof = rows.find(({ callId }) => callId === call.id);
  const shared = await sharedKindsOf(ctx, member);
  const stillHeld = (row: ProofRow): Row => ({ ...row, confirmed: heldOf(ctx, member, row) });
  const own = proof && stillHeld(proof);
  const others = former.flatMap((id) => rows.find(({ callId }) => callId === id) ?? []).map(stillHeld);
  return { proof, proved: provedIn(call, { own, former: others }, shared), shared };
};

// A proof holds for the number or address that was proved, and for no other that is on file by now.
const heldOf = ({ house }: Ctx, member: MemberFile, { confirmed }: ProofRow): ContactKind[] =>
  member.contacts
    .filter(({ kind, value }) => confirmed[kind] === contactDigest(house.keys, member.id, kind, value))
    .map(({ kind }) => kind);
