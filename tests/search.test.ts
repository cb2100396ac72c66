import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { at, contact, person as anyone, save } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const person = (details: Parameters<typeof anyone>[0]) =>
  anyone({ organisationId: 'safiag', birthDate: '1970-01-01', ...at('75011', 'Paris'), ...details });
const corsican = { body: '190062A999903', key: '43' };
const people = [
  person({ memberNumber: '100001', usualName: 'Martin', firstName: 'Pierre', birthDate: '1961-03-12' }),
  person({ memberNumber: '100002', usualName: 'Martin', firstName: 'Jean-Pierre', birthDate: '1982-07-01' }),
  person({ memberNumber: '100003', usualName: 'Martinez', firstName: 'Ana', birthDate: '1961-11-30' }),
  person({
    memberNumber: '100004',
    usualName: 'Durand',
    birthName: 'Lefèvre',
    firstName: 'Marie',
    contacts: [contact('email', 'Marie.Durand@exemple.example'), contact('mobile', '+33639980101')],
  }),
  person({
    memberNumber: '100005',
    usualName: 'Dupont',
    firstName: 'Marie',
    ...at('69003', 'Lyon 3e Arrondissement'),
  }),
  person({ memberNumber: '100006', usualName: 'Dupont', firstName: 'Paul', ...at('59000', 'Lille') }),
  person({ memberNumber: '100007', usualName: 'de La Tour du Pin', firstName: 'Anne Sophie' }),
  person({ memberNumber: '100008', usualName: 'Le Guen', firstName: 'Yann', ...at('17000', 'La Rochelle') }),
  person({ memberNumber: '100009', usualName: 'Santoni', firstName: 'Ghjulia', nir: corsican }),
  person({
    memberNumber: '100009',
    rank: '01',
    kind: 'dependant',
    usualName: 'Santoni',
    firstName: 'Ange',
    nir: corsican,
  }),
  person({ memberNumber: '75020', usualName: 'Œuvrard', firstName: 'Éloïse', ...at('97400', 'Saint-Denis') }),
  person({
    memberNumber: 'AB-77',
    usualName: 'Petit',
    firstName: 'Luc',
    contacts: [contact('mobile', '+262692000123')],
  }),
  ...(
    [
      ['Bruno', '2010-02-03', 'dependant'],
      ['Alma', '1948-05-06', 'dependant'],
      ['Zita', '1975-01-01', 'holder'],
    ] as const
  ).map(([firstName, birthDate, kind], n) =>
    person({ memberNumber: '100020', rank: `0${n}`, kind, usualName: 'Quint', firstName, birthDate }),
  ),
  person({ memberNumber: '100012', usualName: 'Martin', firstName: 'Zoé', organisationId: 'mgen' }),
  person({
    memberNumber: '100013',
    usualName: 'Étranger',
    firstName: 'Noé',
    organisationId: 'mutuelle-imaginaire',
  }),
];
const crowd = Array.from({ length: 230 }, (_, n) =>
  person({
    usualName: 'Foule',
    firstName: `Nom${String.fromCharCode(97 + (n % 26))}`,
    birthDate: '1955-05-05',
  }),
);

describe.each(databases)('searching members on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
    await save(server.house, people);
    await save(server.house, crowd);
  });
  afterAll(() => server.stop());

  const search = async (
    q: string,
    more: Record<string, unknown> = {},
    account: 'agent' | 'stranger' = 'agent',
  ) => {
    const { organisation, ...rest } = more;
    const client = await server.as(account);
    const filter = organisation ? { q, organisation } : { q };
    const answer = await client.post('/api/members/search', { filter, ...rest });
    const header = answer.headers.get('x-search-understood');
    const rows = Array.isArray(answer.body) ? (answer.body as { lastName: string; firstName: string }[]) : [];
    return {
      status: answer.status,
      names: rows.map(({ lastName, firstName }) => `${lastName} ${firstName}`),
      rows,
      total: Number(answer.headers.get('content-range')?.split('/')[1]),
      bounded: answer.headers.get('x-total-bounded') === 'true',
      understood: header ? JSON.parse(decodeURIComponent(header)) : null,
    };
  };

  test.each([
    ['martin pierre', ['Martin Pierre', 'Martin Jean-Pierre'], 'words'],
    ['PIERRE  martin', ['Martin Pierre', 'Martin Jean-Pierre'], 'words'],
    ['mart pier', ['Martin Pierre', 'Martin Jean-Pierre'], 'words'],
    ['pierre mar', ['Martin Pierre', 'Martin Jean-Pierre'], 'words'],
    ['martin 1961', ['Martin Pierre', 'Martinez Ana'], 'words'],
    ['martin 12/03/1961', ['Martin Pierre'], 'words'],
    ['12.3.1961 pierre', ['Martin Pierre'], 'words'],
    ['12/03/1961', ['Martin Pierre'], 'date'],
    ['lefevre', ['Durand Marie'], 'words'],
    ['LEFÈVRE marie', ['Durand Marie'], 'words'],
    ['durand lefevre', ['Durand Marie'], 'words'],
    ['dupont lyon', ['Dupont Marie'], 'words'],
    ['lyon dupont', ['Dupont Marie'], 'words'],
    ['marie dupont 69003', ['Dupont Marie'], 'words'],
    ['dupont 59', ['Dupont Paul'], 'words'],
    ['lille', ['Dupont Paul'], 'words'],
    ['la rochelle', ['Le Guen Yann'], 'words'],
    ['guen la rochelle', ['Le Guen Yann'], 'words'],
    ['leguen', ['Le Guen Yann'], 'words'],
    ['le guen', ['Le Guen Yann'], 'words'],
    ['tour pin', ['de La Tour du Pin Anne Sophie'], 'words'],
    ['sophie tour', ['de La Tour du Pin Anne Sophie'], 'words'],
    ['de la tour', ['de La Tour du Pin Anne Sophie'], 'words'],
    ['oeuvrard', ['Œuvrard Éloïse'], 'words'],
    ['eloise', ['Œuvrard Éloïse'], 'words'],
    ['75020', ['Œuvrard Éloïse'], 'member-number'],
    ['97400', ['Œuvrard Éloïse'], 'postcode'],
    ['100 006', ['Dupont Paul'], 'member-number'],
    ['ab-77', ['Petit Luc'], 'member-number'],
    ['100020', ['Quint Zita', 'Quint Alma', 'Quint Bruno'], 'member-number'],
    ['marie.durand@EXEMPLE.example', [], 'email'],
    ['Marie.Durand@EXEMPLE.example', ['Durand Marie'], 'email'],
    ['06 39 98 01 01', ['Durand Marie'], 'phone'],
    ['+33 6 39 98 01 01', ['Durand Marie'], 'phone'],
    ['0692000123', ['Petit Luc'], 'phone'],
    ['1 90 06 2A 999 903 43', ['Santoni Ange', 'Santoni Ghjulia'], 'nir'],
    ['190062a999903', ['Santoni Ange', 'Santoni Ghjulia'], 'nir'],
    ['lyon 12/03/1961', [], 'words'],
    ['paris 12/03/1961', ['Martin Pierre'], 'words'],
  ])('%s finds %j, understood as %s', async (q, expected, kind) => {
    const found = await search(q, { organisation: 'safiag' });

    expect(found).toMatchObject({ status: 200, names: expected, understood: { kind, forgiven: [] } });
  });

  test('one slip of the finger in a name is forgiven, and said', async () => {
    expect(await search('lefebvre', { organisation: 'safiag' })).toMatchObject({
      names: ['Durand Marie'],
      understood: { forgiven: [{ typed: 'lefebvre', readAs: ['lefevre'] }] },
    });
    expect((await search('dupond paul')).names).toEqual(['Dupont Paul']);
    expect((await search('duopnt pual')).names).toEqual(['Dupont Paul']);
    expect((await search('santonni ghjulia')).names).toEqual(['Santoni Ghjulia']);
    expect((await search('dupond lille')).names).toEqual(['Dupont Paul']);
    expect((await search('zzyzx')).understood.forgiven).toEqual([]);
  });

  test('a number with a wrong key is said to be one, and nobody is searched', async () => {
    const wrong = await search('1 90 06 2A 999 903 44');

    expect(wrong).toMatchObject({ total: 0, understood: { kind: 'nir-wrong', problem: 'key' } });
  });

  test('a number that nobody has is offered in its Corsican reading', async () => {
    expect(await search('190061999990343')).toMatchObject({
      total: 0,
      understood: { kind: 'nir', corsican: true },
    });
    expect((await search('278032B99990474')).understood).toMatchObject({ kind: 'nir', corsican: false });
  });

  test('nothing is listed without two letters or a whole criterion', async () => {
    expect(await search('')).toMatchObject({ total: 0, understood: { kind: 'nothing', needs: null } });
    expect(await search('m')).toMatchObject({ total: 0, understood: { kind: 'nothing', needs: 'letters' } });
    expect(await search('1961')).toMatchObject({ total: 0, understood: { kind: 'date', needs: 'letters' } });
    expect(await search('marie@')).toMatchObject({
      total: 0,
      understood: { kind: 'email', needs: 'criterion' },
    });
  });

  test('counting stops at 200, and pages stay within', async () => {
    const first = await search('foule', { range: [0, 24] });
    const last = await search('foule', { range: [190, 214] });
    const beyond = await search('foule', { range: [200, 224] });

    expect(first).toMatchObject({ total: 200, bounded: true });
    expect(first.names[0]).toBe('Foule Noma');
    expect(last.rows).toHaveLength(10);
    expect(beyond).toMatchObject({ total: 200, bounded: true, rows: [] });
    expect(await search('martin', { range: [50, 74] })).toMatchObject({ total: 4, bounded: false, rows: [] });
  });

  test('pages follow each other without repeating anyone', async () => {
    const pages = [
      await search('foule noma', { range: [0, 4] }),
      await search('foule noma', { range: [5, 9] }),
    ];
    const ids = pages.flatMap(({ rows }) => rows.map((row) => (row as unknown as { id: string }).id));

    expect(new Set(ids).size).toBe(9);
  });

  test('a search sees the organisations of the agent and no other', async () => {
    expect((await search('martin', {}, 'stranger')).names).toEqual([]);
    expect((await search('etranger', {}, 'stranger')).names).toEqual(['Étranger Noé']);
    expect((await search('martin', { organisation: 'mgen' })).names).toEqual(['Martin Zoé']);
    expect((await search('martin', { organisation: 'mgen' }, 'stranger')).status).toBe(404);
    expect((await search('martin', { organisation: 'nobody' }, 'stranger')).status).toBe(404);
  });

  test.each(['print-operator', 'administrator', 'auditor'] as const)(
    'the %s may not search',
    async (role) => {
      const client = await server.as(role);

      expect((await client.post('/api/members/search', { filter: { q: 'martin' } })).status).toBe(403);
    },
  );

  test('wrong input is refused with the field, and unknown fields too', async () => {
    const client = await server.as('agent');

    const long = await client.post('/api/members/search', { filter: { q: 'x'.repeat(121) } });
    const odd = await client.post('/api/members/search', {
      filter: { q: 'martin', nir: '1' },
      range: [0, 999],
    });

    expect(long).toMatchObject({ status: 400, body: { errors: { 'filter.q': expect.any(String) } } });
    expect(odd).toMatchObject({
      status: 400,
      body: { errors: { 'filter.nir': expect.any(String), range: expect.any(String) } },
    });
  });
});
