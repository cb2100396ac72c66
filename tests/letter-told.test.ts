import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRight, lockOut, pageOf, speakWith } from './support/callers.ts';
import type { Client } from './support/client.ts';
import { sheets, type Sheet } from './support/returns.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

/** Lettre verte: asked for on Wednesday the 18th before three, it leaves that day and is there on Saturday. */
describe.each(databases)('« je n’ai rien reçu » gets the true answer, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  type Letter = Record<string, string | number | null>;
  const sheet = async (row: Letter = { version: 1 }, depositedAt?: string): Promise<Sheet> => {
    server.clock.set(wednesday);
    const [made] = await sheets(server, [{}], { depositedAt });
    if (!made) throw new Error('No letter.');
    await server.house.pool('letters').where({ id: made.id }).update(row);
    return made;
  };
  // A session does not outlive the days between two calls.
  const agents = new Map<string, Promise<Client>>();
  const agentAt = (at: string): Promise<Client> => {
    const known = agents.get(at) ?? server.anonymous().signIn('agent', deskPassword);
    agents.set(at, known);
    return known;
  };
  /** What an agent sees at this moment, before and after the caller has proved who they are. */
  const call = async (at: string, { memberId, organisation }: Sheet, language = 'fr') => {
    server.clock.set(at);
    const member = { id: memberId, organisation };
    const agent = await agentAt(at);
    await speakWith(agent, member);
    const { say: unproved } = await pageOf(agent, member);
    await answerRight(server, agent, member);
    const { body } = await agent.get(`/api/members/${memberId}`, { 'accept-language': language });
    return { unproved, after: body.say.after as string, headline: body.headline, timeline: body.timeline };
  };
  const requested = { state: 'requested', lot_id: null, sheet: null, printed_attempt: null };

  test('before a proof, nobody hears whether there is a letter', async () => {
    const under = await call(wednesday, await sheet());
    const ended = await call(wednesday, await sheet({ state: 'used' }));

    expect(under.unproved).toEqual({ before: expect.any(String), after: null });
    expect(ended.unproved).toEqual(under.unproved);
  });

  test('not yet posted: when it leaves and when to expect it', async () => {
    const asked = await sheet(requested);
    const { after, headline } = await call(wednesday, asked);
    const printed = await call(wednesday, await sheet({ state: 'printed', lot_id: null }));

    expect(after).toBe(
      'Un courrier part le mercredi 18 novembre à votre adresse connue. Vous devriez le recevoir entre le vendredi 20 novembre et le samedi 21 novembre. S’il n’arrive pas, un autre peut être demandé à partir du dimanche 22 novembre.',
    );
    expect(headline).toMatchObject({
      state: 'waiting',
      detail: `Un courrier demandé le mercredi 18 novembre (${asked.reference}) partira le mercredi 18 novembre ; attendu au plus tard le samedi 21 novembre. S’il n’arrive pas, un autre peut être demandé à partir du dimanche 22 novembre.`,
    });
    expect(printed.after).toContain('Votre courrier est imprimé et part le mercredi 18 novembre.');
  });

  test('not posted on its day: it has not left, and no day is made up', async () => {
    const { after, headline } = await call('2026-11-19T08:00:00.000Z', await sheet(requested));

    expect(after).toMatch(
      /^Votre courrier devait partir le mercredi 18 novembre ; il n’est pas encore parti/,
    );
    expect(after).not.toContain('à partir du');
    expect(headline.detail).toContain('devait partir le mercredi 18 novembre et n’est pas parti.');
  });

  test('posted a day late and declared another day later: by the day it really left', async () => {
    const late = await sheet({ state_at: '2026-11-20T10:00:00.000Z' }, '2026-11-19T14:00:00.000Z');

    const { after, headline } = await call('2026-11-20T10:00:00.000Z', late);

    expect(after).toBe(
      'Votre courrier est parti le jeudi 19 novembre. Vous devriez le recevoir entre le samedi 21 novembre et le lundi 23 novembre ; son mot de passe est valable jusqu’au jeudi 3 décembre. S’il n’arrive pas, un autre peut être demandé à partir du mardi 24 novembre.',
    );
    expect(headline.detail).toContain(
      'est parti le jeudi 19 novembre ; attendu au plus tard le lundi 23 novembre.',
    );
  });

  test('past the day it was expected: it is late, and another may be asked for', async () => {
    const late = await sheet();

    const { after, headline } = await call('2026-11-23T08:00:00.000Z', late);
    const { can } = await pageOf(await agentAt('2026-11-23T08:00:00.000Z'), { id: late.memberId });

    expect(after).toBe(
      'Votre courrier est parti le mercredi 18 novembre et devait arriver au plus tard le samedi 21 novembre : il est en retard. S’il arrive encore, son mot de passe est valable jusqu’au jeudi 3 décembre. Un autre peut être demandé dès maintenant.',
    );
    expect(headline).toMatchObject({ state: 'waiting', detail: expect.stringContaining('est en retard') });
    expect(can.letter).toMatchObject({ state: 'allowed' });
  });

  test('run out unused, or brought back: told beside what the account is', async () => {
    const out = await sheet({ state: 'expired', state_at: '2026-12-03T23:00:00.000Z' });
    const back = await sheet({
      state: 'returned',
      return_reason: 'unknown-addressee',
      state_at: '2026-12-01T09:00:00.000Z',
    });
    await server.house
      .pool('members')
      .where({ id: back.memberId })
      .update({ address_doubtful_at: wednesday });
    const at = '2026-12-04T09:00:00.000Z';

    const expired = await call(at, out);
    const returned = await call(at, back);
    await server.house.pool('members').where({ id: back.memberId }).update({ address_doubtful_at: null });
    const corrected = await call(at, back);

    expect(expired.headline.state).toBe('never-connected');
    expect(expired.after).toContain(
      'Votre courrier est parti le mercredi 18 novembre ; son mot de passe a expiré le jeudi 3 décembre sans avoir servi. Un autre peut être demandé dès maintenant.',
    );
    expect(returned.after).toContain(
      'Votre courrier parti le mercredi 18 novembre nous est revenu (destinataire inconnu à l’adresse). Avant tout nouvel envoi, votre adresse est à corriger.',
    );
    expect(returned.headline.detail).toContain('Adresse à corriger avant tout envoi.');
    expect(returned.timeline.map(({ text }: { text: string }) => text)).toContain(
      `Courrier ${back.reference} du mercredi 18 novembre revenu : destinataire inconnu à l’adresse`,
    );
    expect(corrected.after).toContain(
      'votre adresse a été corrigée depuis. Un autre peut être demandé dès maintenant.',
    );
  });

  test('a locked member hears of the letter too, in either language', async () => {
    const letter = await sheet();
    const { memberId: id, accountId, organisation, identifier } = letter;
    await lockOut(server, { id, accountId, organisation, identifier });

    const french = await call(wednesday, letter);
    const english = await call(wednesday, letter, 'en');

    expect(french.headline.state).toBe('locked');
    expect(french.after).toMatch(
      /^Votre compte est bloqué .* Votre courrier est parti le mercredi 18 novembre\./,
    );
    expect(english.after).toMatch(
      /^Your account has been locked .* Your letter left on Wednesday 18 November\./,
    );
    expect(english.headline.detail).toContain('expected by Saturday 21 November');
  });

  test('what has ended is no news once the member has got in', async () => {
    const out = await sheet({ state: 'expired', state_at: '2026-12-03T23:00:00.000Z' });
    await server.house
      .pool('accounts')
      .where({ id: out.accountId })
      .update({ password_hash: 'x', last_signed_in_at: '2026-12-04T07:00:00.000Z' });

    const { after, headline } = await call('2026-12-04T09:00:00.000Z', out);

    expect(headline.state).toBe('open');
    expect(`${after}${headline.detail}`).not.toContain('ourrier');
  });
});
