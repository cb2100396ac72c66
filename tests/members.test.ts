import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read, systemVisit } from '../server/core/perform.ts';
import {
  findMemberFile,
  householdOf,
  identityOf,
  maskedContactsOf,
} from '../server/members/members.service.ts';
import { openNir } from '../server/members/sealed-nir.ts';
import { contact, person, save } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const nir = { body: '2850669999170', key: '09' };
const holder = person({
  organisationId: 'safiag',
  memberNumber: '500001',
  usualName: 'Berger',
  birthName: 'Aubry',
  firstName: 'Inès',
  nir,
  contacts: [contact('email', 'ines@exemple.example'), contact('mobile', '+33639980777', '2026-11-10')],
});
const child = person({
  organisationId: 'safiag',
  memberNumber: '500001',
  rank: '01',
  kind: 'dependant',
  usualName: 'BERGER',
  firstName: 'Ines',
  birthDate: '2010-05-06',
  contacts: [contact('mobile', '+33639980777')],
});

describe.each(databases)('members on file on %s', (engine) => {
  let server: TestServer;
  let ids: string[];
  beforeAll(async () => {
    server = await startServer(engine);
    ids = await save(server.house, [holder, child]);
  });
  afterAll(() => server.stop());

  const reading = <T>(work: Parameters<typeof read<T>>[1], organisations = ['safiag']) =>
    read(systemVisit(server.house, 'tests', organisations), work);

  test('an agent sees them masked, with what is recent and what is shared', async () => {
    const { identity, contacts, household } = await reading(async (ctx) => {
      const member = await findMemberFile(ctx, ids[0] ?? '');
      return {
        identity: await identityOf(ctx, member),
        contacts: await maskedContactsOf(ctx, member),
        household: await householdOf(ctx, member),
      };
    });

    expect(identity).toMatchObject({
      lastName: 'Berger',
      birthName: 'Aubry',
      nirMasked: '• •• •• •• ••• 170 09',
    });
    expect(contacts).toMatchObject([
      { kind: 'email', masked: 'i•••••@•••.example', recent: false, shared: false, metropolitan: null },
      { kind: 'mobile', masked: '06 •• •• •• 77', recent: true, shared: true, metropolitan: true },
    ]);
    expect(household).toMatchObject([{ id: ids[1], kind: 'dependant', namesake: true, hasAccount: false }]);
    expect(JSON.stringify({ identity, contacts })).not.toContain('639980777');
  });

  test('another organisation’s member is nobody', async () => {
    const foreign = reading((ctx) => findMemberFile(ctx, ids[0] ?? ''), ['mgen']);
    const absent = reading((ctx) => findMemberFile(ctx, 'nobody'));

    const [one, other] = await Promise.allSettled([foreign, absent]);
    expect(one).toMatchObject({
      status: 'rejected',
      reason: { code: 'not-found', words: 'common.notFound' },
    });
    expect(other).toMatchObject(one);
  });

  test('the NIR is nowhere in clear, and opens in its own row only', async () => {
    const rows = await server.house.pool('members').select('*');

    expect(JSON.stringify(rows)).not.toContain(nir.body);
    const { nir_sealed: sealed } = rows.find(({ id }) => id === ids[0]);
    expect(openNir(server.house.keys, ids[0] ?? '', sealed)).toEqual(nir);
    expect(() => openNir(server.house.keys, ids[1] ?? '', sealed)).toThrow();
  });

  test('saved again they keep their id, and former names and contacts are gone', async () => {
    const again = await save(server.house, [
      { ...holder, usualName: 'Chevalier', birthName: null, contacts: [] },
    ]);
    const agent = await server.as('agent');
    const found = async (q: string) => (await agent.post('/api/members/search', { filter: { q } })).body;

    expect(again).toEqual([ids[0]]);
    expect(await found('chevalier ines')).toMatchObject([{ id: ids[0] }]);
    expect(await found('aubry')).toEqual([]);
    expect(await found('ines@exemple.example')).toEqual([]);
  });

  test('a doubtful address stays so until another one comes', async () => {
    const members = () => server.house.pool('members').where({ id: ids[0] });
    await members().update({ address_doubtful_at: '2026-11-01T00:00:00.000Z' });

    await save(server.house, [holder]);
    expect(await members().first()).toMatchObject({ address_doubtful_at: '2026-11-01T00:00:00.000Z' });

    const moved = {
      lines: ['9 place du Test'],
      postcode: '13001',
      town: 'Marseille',
      country: 'FR',
      since: '2026-11-18',
    };
    await save(server.house, [{ ...holder, address: moved }]);
    expect(await members().first()).toMatchObject({ address_doubtful_at: null, town: 'Marseille' });
  });
});
