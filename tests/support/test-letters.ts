import type { Lot } from '../../server/letters/lots.schema.ts';
import type { Answer } from './client.ts';
import type { TestServer } from './server.ts';

type Paper = { pages: string[]; passwords: string[] };

/** The test letter of a printed lot, with its page and the password that stands on it. */
export const testSheetOf = async (server: TestServer, lot: Pick<Lot, 'id'>, { pages, passwords }: Paper) => {
  const where = { lot_id: lot.id, reason: 'test-letter' };
  const letter = await server.house.pool('letters').where(where).first();
  if (!letter) throw new Error('This lot has no test letter.');
  const at = pages.findIndex((page) => page.includes(letter.reference as string));
  return { letter, page: pages[at] ?? '', password: passwords[at] ?? '' };
};

/** What whoever got it is answered on the portal. */
export const acknowledge = (server: TestServer, organisation: string, password: string): Promise<Answer> =>
  server.anonymous().post(`/portal/api/${organisation}/test-letter`, { password });
