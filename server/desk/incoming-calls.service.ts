import { idOfAgent } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import { agentOf } from '../calls/calls.service.ts';
import type { Db, Visit } from '../core/ctx.ts';
import { seal, unseal } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import { readCallerNumber } from '../members/caller-number.ts';
import { membersWithNumber } from '../members/number-search.service.ts';
import type { AnnouncedCall, IncomingAddress, IncomingCall } from './incoming-calls.schema.ts';
import * as store from './incoming-calls.store.ts';
import { telephonyClientOf } from './telephony-clients.service.ts';

const keptMinutes = 15;

/**
 * A telephone system announces a call that rings, with its key, and gets the address to open: no number travels in
 * a URL. The number is kept sealed, for a quarter of an hour.
 *
 * @throws AppError `signed-out` for a wrong key, `invalid-input` for a username that nobody has.
 */
export const announceCall = async (visit: WebVisit, input: AnnouncedCall): Promise<IncomingAddress> => {
  const { house, web } = visit;
  const client = await telephonyClientOf(house, web.bearerToken);
  const agentId = input.username === undefined ? null : await idOfAgent(house.pool, input.username);
  if (agentId === undefined) {
    throw new AppError('invalid-input', 'common.invalidInput', { fields: { username: 'incoming.noAgent' } });
  }

  const telephony: Visit = { ...visit, actor: { kind: 'system', name: 'telephony' } };
  return perform(telephony, async (ctx) => {
    const id = ctx.newId();
    const rings: Ringing = { number: input.number, agentId };
    await store.insertIncomingCall(ctx.db, {
      id,
      number_sealed: seal(house.keys, 'incoming-call', placeOf(id), JSON.stringify(rings)),
      received_at: ctx.now.toISOString(),
      ends_at: new Date(ctx.now.getTime() + keptMinutes * 60_000).toISOString(),
    });
    record(ctx, { type: 'incoming-call.received', data: { incomingCallId: id, clientId: client.id } });
    return { address: `${house.publicUrl}/#/incoming/${id}` };
  });
};

/**
 * Who may be calling: the members who have the number shown, listed like those of a search.
 *
 * @throws AppError `not-found`, the same for an address that never was, is over, or rang for somebody else.
 */
export const incomingCall = async (visit: Visit, id: string): Promise<IncomingCall> => {
  const agent = agentOf(visit);
  const row = await read(visit, ({ db, now }) => store.findIncomingCall(db, id, now.toISOString()));
  const rings = row && ringingIn(visit, row);
  if (!row || !rings || (rings.agentId !== null && rings.agentId !== agent.id)) {
    throw new AppError('not-found', 'incoming.over');
  }

  const number = readCallerNumber(rings.number);
  const { members, more } = await membersWithNumber(visit, number);
  const why = number.kind === 'phone' ? 'unknown' : number.kind;
  const note = members.length > 0 ? null : visit.house.words.say(visit.language, `incoming.${why}`);
  return { id, receivedAt: row.received_at, endsAt: row.ends_at, members, more, note };
};

/** Numbers whose time is over. */
export const sweepIncomingCalls = (db: Db, now: Date): Promise<void> =>
  store.deleteIncomingCallsUntil(db, now.toISOString());

type Ringing = { number: string; agentId: string | null };

const ringingIn = ({ house }: Visit, row: store.IncomingCallRow): Ringing =>
  JSON.parse(unseal(house.keys, 'incoming-call', placeOf(row.id), row.number_sealed)) as Ringing;

const placeOf = (id: string): string => `incoming_calls.number:${id}`;
