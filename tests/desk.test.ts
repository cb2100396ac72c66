import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { person, save } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const holder = person({ organisationId: 'safiag', memberNumber: '500001' });
const child = person({
  organisationId: 'safiag',
  memberNumber: '500001',
  rank: '01',
  kind: 'dependant',
  firstName: 'Ines',
  birthDate: '2010-05-06',
});
const alone = person({ organisationId: 'safiag', memberNumber: '500002' });

describe.each(databases)('the member’s page on %s', (engine) => {
  let server: TestServer;
  let ids: string[];
  beforeAll(async () => {
    server = await startServer(engine);
    ids = await save(server.house, [holder, child, alone]);
  });
  afterAll(() => server.stop());

  const viewedOf = async (memberId: string | undefined) => {
    const [row] = await server.house
      .pool('audit_events')
      .where({ type: 'member.viewed', member_id: memberId });
    return JSON.parse(row.payload).data;
  };

  test('leaves in the audit whom else it has shown', async () => {
    const agent = await server.as('agent');
    const page = await agent.get(`/api/members/${ids[0]}`);
    await agent.get(`/api/members/${ids[2]}`);

    expect(page.body.household.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
    expect(await viewedOf(ids[0])).toMatchObject({ alsoShown: [ids[1]] });
    expect(await viewedOf(ids[2])).toMatchObject({ alsoShown: [] });
  });
});
