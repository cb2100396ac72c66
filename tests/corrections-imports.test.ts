import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../server/audit/record.ts';
import type { Ctx } from '../server/core/ctx.ts';
import { perform, read, systemVisit } from '../server/core/perform.ts';
import { correctAddress, correctContacts } from '../server/members/corrections.service.ts';
import { findMemberFile } from '../server/members/members.service.ts';
import type { Client } from './support/client.ts';
import { correctInBranch, outgoingOf, waiting } from './support/corrections.ts';
import { bringIn, csv, holder, memberOf, type Line } from './support/member-files.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

const organisation = 'mutuelle-agents-publics';
const address = { lines: ['12 rue des Lilas', 'Bâtiment B'], postcode: '35000', town: 'Rennes' };
const moved = {
  'Adresse 1': '12 rue des Lilas',
  'Adresse 2': 'Bâtiment B',
  'Code postal': '35000',
  Ville: 'Rennes',
};

describe.each(databases)('a correction at the desk and the management system’s file on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await signIn('administrator');
    await bringIn(admin, csv([1, 2, 3, 4].map((number) => ({ ...holder(number), ...noMove }))));
  });
  afterAll(() => server.stop());

  const signIn = (account: string) => server.anonymous().signIn(account, deskPassword);
  const noMove = { 'Adresse 2': '' };
  const line = (number: number, more: Line = {}) => csv([{ ...holder(number), ...noMove, ...more }]);
  const correctOf = async (number: number, body: object) => {
    const agent = await signIn('agent');
    const { row } = await memberOf(server.house, number);
    const member = { id: row.id as string, accountId: '', organisation, identifier: '' };
    const { status } = await correctInBranch(agent, member, body);
    expect(status).toBe(200);
    return member;
  };
  const known = async (number: number) => {
    const { row, contacts } = await memberOf(server.house, number);
    return {
      email: contacts.get('email')?.value,
      lines: JSON.parse(row.address_lines as string) as string[],
      town: row.town as string,
      since: row.address_since as string,
    };
  };
  const conflicts = async () =>
    (
      await server.house.pool('import_conflicts').whereNull('resolved_at').select('field').orderBy('field')
    ).map(({ field }) => field as string);

  test('the old values do not overwrite it; what the master says besides is taken', async () => {
    await correctOf(1, { contacts: { email: 'neuve@courriel.example' }, address });

    const report = await bringIn(admin, line(1, { Prénom: 'Odile' }));

    expect(await known(1)).toEqual({
      email: 'neuve@courriel.example',
      lines: address.lines,
      town: 'Rennes',
      since: '2026-11-18',
    });
    expect((await memberOf(server.house, 1)).row.first_name).toBe('Odile');
    expect([report.conflicts, await conflicts()]).toEqual([0, []]);
  });

  test('after 30 days the old values are a conflict, until the master confirms', async () => {
    await correctOf(2, { contacts: { email: 'deux@courriel.example' }, address });
    server.clock.advance(31 * 24 * 60);
    admin = await signIn('administrator');

    const late = await bringIn(admin, line(2, { Prénom: 'Odile' }));
    const shown = await conflicts();
    await bringIn(admin, line(2, { 'E-mail': 'deux@courriel.example', ...moved }));
    server.clock.set(wednesday);
    admin = await signIn('administrator');

    expect([late.conflicts, shown]).toEqual([2, ['address', 'email']]);
    expect(await conflicts()).toEqual([]);
    expect(await known(2)).toMatchObject({ email: 'deux@courriel.example', since: '2026-11-18' });
  });

  test('a file that comes between reading and saving is met, and not overwritten', async () => {
    const visit = systemVisit(server.house, 'tests', [organisation]);
    const why = { by: 'tests', reason: 'moved', callId: null };
    const { row } = await memberOf(server.house, 4);
    const stale = await read(visit, (ctx) => findMemberFile(ctx, row.id as string));
    await bringIn(admin, line(4, { 'Adresse 1': '9 RUE NEUVE', 'E-mail': 'neuf@courriel.example' }));
    const late = (work: (ctx: Ctx) => Promise<void>) =>
      perform(visit, async (ctx) => {
        record(ctx, { type: 'demo.loaded', data: { members: 0 } });
        await work(ctx);
      });

    const toAddress = late((ctx) => correctAddress(ctx, stale, { ...address, country: 'FR' }, why));
    await expect(toAddress).rejects.toMatchObject({ code: 'conflict' });
    const email = [{ kind: 'email' as const, value: 'desk@courriel.example', corrected: false }];
    await expect(late((ctx) => correctContacts(ctx, stale, email, why))).rejects.toMatchObject({
      code: 'conflict',
    });

    expect(await known(4)).toMatchObject({ email: 'neuf@courriel.example', lines: ['9 RUE NEUVE'] });
    expect(await outgoingOf(server, { id: row.id as string })).toEqual([]);
  });

  test('another value of the master’s is newer than the desk’s word, and waits like any change', async () => {
    const member = await correctOf(3, { contacts: { email: 'trois@courriel.example' }, address });

    await bringIn(admin, line(3, { 'E-mail': 'quatre@courriel.example', 'Adresse 1': '1 PLACE DU MARCHE' }));

    expect(await known(3)).toMatchObject({ email: 'quatre@courriel.example', lines: ['1 PLACE DU MARCHE'] });
    expect(await waiting(server, member)).toEqual(['email']);
  });
});
