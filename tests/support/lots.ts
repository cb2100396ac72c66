import { expect } from 'vitest';
import type { Lot } from '../../server/letters/lots.schema.ts';
import type { Answer, Client } from './client.ts';
import { buildLetters, times, type BuiltLetter } from './build.ts';
import { textOfPages } from './paper.ts';
import { deskPassword, type AccountName, type TestServer } from './server.ts';
import { passwordsOn } from './story.ts';

export const organisation = 'mutuelle-agents-publics';
export const product = 'lettre-verte';

/** The print room of one test server: each step answers the lot, or fails the test. */
export const printRoom = (server: () => TestServer) => {
  const api = async (account: AccountName) => server().as(account);
  const ok = (answer: Answer): Lot => {
    expect(answer).toMatchObject({ status: expect.toSatisfy((status: number) => status < 300) });
    return answer.body as Lot;
  };
  const act = async (
    account: AccountName,
    lot: { id: string },
    name: string,
    body: object,
  ): Promise<Answer> => (await api(account)).post(`/api/lots/${lot.id}/${name}`, body);

  return {
    api,
    act,
    /** A client whose session is fresh, after the clock has moved far. */
    again: (account: AccountName): Promise<Client> => server().anonymous().signIn(account, deskPassword),
    /** Nothing waits any more of what other tests left. */
    clear: async () => {
      await server().house.pool('letters').where({ state: 'requested' }).update({ state: 'cancelled' });
    },
    letters: (count: number): Promise<BuiltLetter[]> => buildLetters(server(), times(count)),
    make: async (more: object = {}): Promise<Lot> =>
      ok(await (await api('print-operator')).post('/api/lots', { organisation, product, ...more })),
    release: async (lot: Lot, account: AccountName = 'supervisor'): Promise<Lot> =>
      ok(await act(account, lot, 'release', { version: lot.version, password: deskPassword })),
    print: async (lot: Lot): Promise<{ pages: string[]; passwords: string[] }> => {
      const printed = await act('print-operator', lot, 'print', {});
      expect(printed).toMatchObject({ status: 200 });
      expect(printed.headers.get('content-type')).toBe('application/pdf');
      const pages = await textOfPages(printed.bytes);
      return { pages, passwords: passwordsOn(pages) };
    },
    count: async (lot: Lot, spoiled: number[] = []): Promise<Lot> => {
      const good = lot.printed - spoiled.length;
      return ok(await act('print-operator', lot, 'count', { good, spoiled, version: lot.version }));
    },
    deposit: async (lot: Lot): Promise<Lot> =>
      ok(await act('print-operator', lot, 'deposit', { version: lot.version })),
    show: async (lot: { id: string }): Promise<Lot> =>
      ok(await (await api('print-operator')).get(`/api/lots/${lot.id}`)),
    lettersOf: async (lot: { id: string }) =>
      server().house.pool('letters').where({ lot_id: lot.id }).orderBy('sheet'),
    credentialsOf: async (lot: { id: string }) =>
      server().house.pool('credentials').where({ lot_id: lot.id }).orderBy('attempt'),
    /** The types of the events about a lot, in order. */
    eventsOf: async (lot: {
      id: string;
    }): Promise<{ type: string; result: string; data: Record<string, unknown> }[]> => {
      const rows = await server()
        .house.pool('audit_events')
        .whereLike('payload', `%${lot.id}%`)
        .orderBy('seq');
      return rows.map((row) => ({ type: row.type, result: row.result, data: JSON.parse(row.payload).data }));
    },
    /** What a member is answered who types this at the portal. */
    knock: (letter: BuiltLetter, password: string): Promise<Answer> =>
      server()
        .anonymous()
        .post(`/portal/api/${letter.organisation}/sign-in`, { identifier: letter.identifier, password }),
  };
};

/** A page's password, found by the letter's reference. */
export const passwordOf = (
  letter: BuiltLetter,
  { pages, passwords }: { pages: string[]; passwords: string[] },
): string => passwords[pages.findIndex((page) => page.includes(letter.reference))] ?? '';
