import { read, systemVisit } from '../../server/core/perform.ts';
import { waitingContactsOf } from '../../server/members/contact-trust.service.ts';
import { findMemberFile } from '../../server/members/members.service.ts';
import { pageOf, showDocument } from './callers.ts';
import type { Answer, Client } from './client.ts';
import { buildHolder, type Built } from './holders.ts';
import { contact } from './people.ts';
import { everyOrganisation, type TestServer } from './server.ts';

export const oldEmail = 'jeanne.tilleul@courriel.example';

/** Three digits of identifiers that nobody else has; they begin again where they end. */
let serial = 0;

/** A holder with an e-mail, a mobile and an address that have been on file for long. */
export const buildKnown = (server: TestServer, more: object = {}): Promise<Built> => {
  serial = (serial % 999) + 1;
  return buildHolder(server, {
    organisationId: 'msa-sud-aquitaine',
    nir: { body: `2610399998${String(serial).padStart(3, '0')}`, key: null },
    contacts: [
      contact('email', oldEmail.replace('@', `.${serial}@`)),
      contact('mobile', `+33639981${String(serial).padStart(3, '0')}`),
    ],
    ...more,
  });
};

/** Corrects what a test names, as the page stands now unless it says otherwise. */
export const correct = async (
  client: Client,
  member: Pick<Built, 'id'>,
  body: object,
  key?: string,
): Promise<Answer> => {
  const { version } = await pageOf(client, member);
  const path = `/api/members/${member.id}/corrections`;
  return client.post(
    path,
    { reason: 'typing-error', version, ...body },
    key ? { 'idempotency-key': key } : {},
  );
};

/** The same in a branch, by a member whose document was seen. */
export const correctInBranch = async (client: Client, member: Built, body: object): Promise<Answer> => {
  await showDocument(client, member);
  return correct(client, member, body);
};

export const onFile = async (server: TestServer, { id }: Pick<Built, 'id'>) => {
  const rows = await server.house.pool('contacts').where({ member_id: id });
  return Object.fromEntries(rows.map(({ kind, value }) => [kind as string, value as string]));
};

export const memberRow = (server: TestServer, { id }: Pick<Built, 'id'>) =>
  server.house.pool('members').where({ id }).first();

/** The contacts that wait before they may be sent a way back in. */
export const waiting = (server: TestServer, { id }: Pick<Built, 'id'>): Promise<string[]> =>
  read(systemVisit(server.house, 'tests', everyOrganisation(server.house)), async (ctx) =>
    [...(await waitingContactsOf(ctx, await findMemberFile(ctx, id)))].sort(),
  );

export const changesOf = (server: TestServer, { id }: Pick<Built, 'id'>) =>
  server.house.pool('contact_changes').where({ member_id: id }).orderBy('kind');

/** What leaves of a member with the daily file. */
export const outgoingOf = (server: TestServer, { id }: Pick<Built, 'id'>) =>
  server.house.pool('outgoing_changes').where({ member_id: id }).orderBy('kind');

/** Whom a member's notices of changed contacts went to, and what they name. */
export const toldOf = async (server: TestServer, { id }: Pick<Built, 'id'>) => {
  const rows = await server.house
    .pool('messages')
    .where({ member_id: id, template: 'notice-contact-changed' })
    .orderBy(['channel', 'masked']);
  return rows.map(({ channel, masked, params }) => [channel, masked, JSON.parse(params as string).what]);
};
