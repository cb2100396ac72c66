import { describe, expect, test } from 'vitest';
import { encodeSms } from '../server/messages/sms-encoding.ts';
import { startSmpp } from './support/gateways.ts';
import { openSmpp } from '../server/messages/sms-smpp.ts';

describe('the parts of an SMS', () => {
  test.each<[string, string, 'gsm-7' | 'ucs-2', number[]]>([
    ['160 letters in one', 'a'.repeat(160), 'gsm-7', [160]],
    ['161 letters in two', 'a'.repeat(161), 'gsm-7', [153, 8]],
    ['accents of the GSM alphabet', 'é è ù à ì ò Ç É', 'gsm-7', [15]],
    ['a euro counts twice', `${'a'.repeat(158)}€`, 'gsm-7', [160]],
    ['a euro is never cut in two', `${'a'.repeat(152)}€${'a'.repeat(10)}`, 'gsm-7', [152, 12]],
    ['one ê makes it UCS-2', 'ê', 'ucs-2', [2]],
    ['70 units in one', 'ê'.repeat(70), 'ucs-2', [140]],
    ['71 units in two', 'ê'.repeat(71), 'ucs-2', [134, 8]],
    ['a pair is never cut in two', `${'ê'.repeat(66)}😀${'ê'.repeat(5)}`, 'ucs-2', [132, 14]],
    ['the escape is no sign', '\u001b', 'ucs-2', [2]],
  ])('%s', (_what, text, coding, lengths) => {
    const encoded = encodeSms(text);

    expect(encoded.coding).toBe(coding);
    expect(encoded.parts.map(({ length }) => length)).toEqual(lengths);
  });

  test('the codes are those of the standard', () => {
    expect(encodeSms('@£é€[').parts[0]).toEqual(Buffer.from([0x00, 0x01, 0x05, 0x1b, 0x65, 0x1b, 0x3c]));
    expect(encodeSms('ê').parts[0]).toEqual(Buffer.from([0x00, 0xea]));
  });
});

describe('over the wire', () => {
  const sms = {
    id: 'm',
    attempt: 1,
    from: 'MutAgents',
    to: '+33612345678',
    validMinutes: 10,
    organisationId: 'o',
  };

  test.each<[string, string, number]>([
    ['short, in GSM-7', 'Votre code est 123456 [€]', 1],
    ['long, in GSM-7', 'Très long à lire. '.repeat(20).trim(), 3],
    ['short, in UCS-2', 'Êtes-vous prêt ?', 1],
    ['long, in UCS-2', 'Êtes-vous bien là-bas, où ça ? '.repeat(6).trim(), 3],
  ])('what is %s arrives as it was written', async (_what, text, parts) => {
    const smpp = await startSmpp();
    const gateway = openSmpp(smpp.url, 1_000);

    expect(await gateway.send({ ...sms, text })).toMatchObject({ as: 'accepted' });
    expect(smpp.received).toEqual([expect.objectContaining({ text, parts, to: sms.to })]);

    await gateway.close();
    await smpp.stop();
  });
});
