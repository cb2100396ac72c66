import { perform, systemVisit } from '../../server/core/perform.ts';
import { Secret } from '../../server/core/secret.ts';
import { comparableWith, hashTemporary, recognise } from '../../server/credentials/credentials.service.ts';
import { readTemporaryPassword } from '../../server/credentials/temporary-password.ts';
import { askMessage, type MessageToAsk } from '../../server/messages/messages.service.ts';
import { buildHolder, type Built } from './holders.ts';
import { oneTimeIn } from './one-time.ts';
import { contact } from './people.ts';
import { everyOrganisation, type TestServer } from './server.ts';

export const email = 'jeanne.tilleul@courriel.example';
/** A number that could be somebody's: a gateway takes it, and no test has a gateway of its own. */
export const mobile = '+33612345678';

/** A holder that can be reached by e-mail and by SMS. */
export const reachable = (server: TestServer, organisation = 'mutuelle-agents-publics'): Promise<Built> =>
  buildHolder(server, {
    organisationId: organisation,
    contacts: [contact('email', email), contact('mobile', mobile)],
  });

/** Asks for a message as the desk or a recovery would; answers its id. */
export const ask = (
  { house }: TestServer,
  member: Built,
  wish: Partial<MessageToAsk> & Pick<MessageToAsk, 'channel' | 'template'>,
): Promise<string> =>
  perform(systemVisit(house, 'tests', everyOrganisation(house)), (ctx) =>
    askMessage(ctx, {
      organisationId: member.organisation,
      memberId: member.id,
      accountId: member.accountId,
      askedBy: 'system',
      recoveryId: wish.template === 'code' ? 'r1' : null,
      purpose: wish.template === 'temporary-password' ? null : 'recovery',
      language: 'fr',
      destination: wish.channel === 'email' ? email : mobile,
      tooLateAfterMinutes: 120,
      ...wish,
    }),
  );

/** One row as the database holds it. */
export const messageRow = (server: TestServer, id: string) =>
  server.house.pool('messages').where({ id }).first();

/** How many secrets of an account are alive. */
export const liveSecrets = async (server: TestServer, member: Built): Promise<number> => {
  const rows = await server.house
    .pool('credentials')
    .where({ account_id: member.accountId, state: 'live' })
    .whereIn('kind', ['link', 'code', 'temporary']);
  return rows.length;
};

/** The secret in the text of a message. */
export const linkIn = (text: string): string => /#\/lien\/([\w-]{43})/.exec(text)?.[1] ?? 'no link';
export const codeIn = (text: string): string => /\b(\d{4,8})\b(?! minutes)/.exec(text)?.[1] ?? 'no code';
export const temporaryIn = (text: string): string =>
  /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b/.exec(text)?.[0] ?? 'no password';

/** What a secret out of a received message is now: live, replaced, expired, or unknown. */
export const secretsIn = (server: TestServer) => {
  const { linkIs, codeIs } = oneTimeIn(server.house);
  return {
    link: (member: Built, text: string) => linkIs(member.organisation, new Secret(linkIn(text))),
    code: (member: Built, text: string) => codeIs(member, new Secret(codeIn(text))),
    temporary: async ({ accountId }: Built, text: string) => {
      const { pool, keys } = server.house;
      const reading = readTemporaryPassword(temporaryIn(text));
      const account = await pool('accounts').where({ id: accountId }).first();
      const typed = new Secret(reading.shape ? reading.symbols : '');
      const hash = hashTemporary(keys, account.temporary_salt as string, typed);
      const now = server.clock.now();
      return recognise(hash, await comparableWith({ db: pool, now }, accountId), now).as;
    },
  };
};

export const stateOf = async (server: TestServer, id: string): Promise<[string, string | null]> => {
  const { state, problem } = await messageRow(server, id);
  return [state as string, problem as string | null];
};
