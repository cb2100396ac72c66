import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSheetCode } from '../server/letters/sheet-code.ts';
import { shownBy } from '../server/organisations/address-window.schema.ts';
import type { Text } from './support/paper.ts';
import { readPages } from './support/paper-reading.ts';
import { databases, startServer, type AccountName, type TestServer } from './support/server.ts';

const preview = '/api/letters/preview';
const calibration = '/api/letters/calibration';

describe.each(databases)('sheets that are nobody’s on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const ask = async (path: string, query: Record<string, string>, account: AccountName = 'print-operator') =>
    (await server.as(account)).get(`${path}?${new URLSearchParams(query).toString()}`);
  const read = async (path: string, query: Record<string, string>) => {
    const answer = await ask(path, query);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pages = [];
    for await (const page of readPages(answer.bytes)) pages.push(page);
    const [page = { texts: [], code: '' }] = pages;
    return {
      ...page,
      pages: pages.length,
      bytes: answer.bytes,
      text: page.texts.map(({ text }) => text).join(' '),
    };
  };
  const inAddressRectangle = ({ right, baseline }: Text) => right > 85 && baseline > 30 && baseline < 105;

  test.each([
    ['safiag', 'fr', 'false', 'Votre mot de passe provisoire', 'SPÉCIMEN'],
    ['safiag', 'en', 'true', 'Your temporary password', 'SPECIMEN'],
    ['mutuelle-agents-publics', 'fr', 'true', 'Votre mot de passe provisoire', 'SPÉCIMEN'],
    ['msa-sud-aquitaine', 'en', 'false', 'Your temporary password', 'SPECIMEN'],
  ])(
    'the letter of %s (%s, large print %s), its password blanked',
    async (organisation, language, largePrint, subject, word) => {
      const { pages, text, texts, code } = await read(preview, { organisation, language, largePrint });

      expect(pages).toBe(1);
      for (const said of [subject, word, 'XXXX-XXXX-XXXX-X']) expect(text).toContain(said);
      expect(text).not.toMatch(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}\b/);
      expect(readSheetCode(code)).toEqual({ lot: 0, attempt: 0, sheet: 0 });
      expect(texts.filter(inAddressRectangle).filter(({ text: shown }) => shown !== word)).toHaveLength(6);
    },
  );

  test('with its window shows what the envelope does, and where the sheet is folded', async () => {
    const query = { organisation: 'safiag', window: 'true' };
    const plain = await read(preview, { organisation: 'safiag' });
    const { text } = await read(preview, query);

    for (const said of ['toujours dans la fenêtre', 'peut se voir dans la fenêtre', 'pli']) {
      expect(text).toContain(said);
      if (said !== 'pli') expect(plain.text).not.toContain(said);
    }
  });

  test('nothing of it is drawn from a member, and nobody’s row changes', async () => {
    const count = () => server.house.pool('credentials').count('* as n').first();
    const before = await count();
    await read(preview, { organisation: 'safiag' });

    expect(await count()).toEqual(before);
  });

  test('the calibration sheet shows the window of the organisation’s envelope, scales and a code to scan', async () => {
    const { text, code, pages, bytes } = await read(calibration, { organisation: 'mutuelle-imaginaire' });

    expect(pages).toBe(1);
    for (const said of [
      'Feuille de calage',
      'enveloppe C6/5, fenêtre de 45 × 100 mm',
      'Print this sheet at 100 %',
      '190',
      code,
    ])
      expect(text).toContain(said);
    expect(readSheetCode(code)).toEqual({ lot: 0, attempt: 0, sheet: 0 });
    const boxes = rectanglesOf(bytes);
    const { always, ever } = shownBy({ envelope: 'C6/5', heightMm: 45 });
    for (const { left, right, top, bottom } of [always, ever, { left: 85, right: 210, top: 30, bottom: 105 }])
      expect(boxes).toContainEqual([left, top, right - left, bottom - top]);
  });

  test.each<[AccountName, number]>([
    ['supervisor', 200],
    ['administrator', 200],
    ['print-operator', 200],
    ['agent', 403],
    ['auditor', 403],
    ['stranger', 404],
  ])('are for those who answer for letters: %s gets %i', async (account, status) => {
    expect((await ask(preview, { organisation: 'safiag' }, account)).status).toBe(status);
    expect((await ask(calibration, { organisation: 'safiag' }, account)).status).toBe(status);
  });

  test('an organisation that nobody knows answers like another’s, one without letters says so', async () => {
    for (const path of [preview, calibration]) {
      const [unknown, others] = [
        await ask(path, { organisation: 'nowhere' }),
        await ask(path, { organisation: 'safiag' }, 'stranger'),
      ];
      expect({ ...unknown.body, requestId: '' }).toEqual({ ...others.body, requestId: '' });
      expect(await ask(path, { organisation: 'mgen' })).toMatchObject({
        status: 422,
        body: { rule: 'letter.none' },
      });
    }
  });

  test.each([
    [{}, 'organisation'],
    [{ organisation: 'safiag', language: 'de' }, 'language'],
    [{ organisation: 'safiag', largePrint: 'yes' }, 'largePrint'],
    [{ organisation: 'safiag', window: '1' }, 'window'],
  ])('%j is refused by its field', async (query, field) => {
    const answer = await ask(preview, query as Record<string, string>);

    expect(answer).toMatchObject({ status: 400, body: { errors: { [field]: expect.any(String) } } });
  });
});

/** Rectangles that the page draws, in millimetres from its top left. */
const rectanglesOf = (pdf: Uint8Array): number[][] => {
  const bytes = Buffer.from(pdf);
  const file = bytes.toString('latin1');
  const [, id] = /\/Contents (\d+) 0 R/.exec(file) ?? [];
  const content = inflateSync(bytes.subarray(file.indexOf('stream\n', file.indexOf(`\n${id} 0 obj`)) + 7));
  return [...content.toString('latin1').matchAll(/(\S+) (\S+) (\S+) (\S+) re S/g)].map((found) =>
    found.slice(1).map((points) => Math.round((Number(points) * 254) / 72) / 10),
  );
};
