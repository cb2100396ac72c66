import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerRight, speakWith } from './support/callers.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import {
  agentsPublicsMember,
  fileWith,
  importFile,
  knock,
  passwordsOn,
  printLot,
  safiagMember,
  search,
} from './support/story.ts';

describe.each(databases)('the whole story on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  test.each([
    ['with a NIR and six digits', safiagMember],
    ['with a member number and a composed password', agentsPublicsMember],
  ])('a member %s is locked, called about, written to and gets back in', async (_how, person) => {
    const member = server.anonymous();
    const agent = await server.as('agent');
    const operator = await server.as('print-operator');

    const imported = await importFile(server, person.organisation, fileWith(person));
    expect(imported.body).toMatchObject({ linesRead: 1, accepted: 1, rejected: 0 });

    for (let n = 0; n < 3; n += 1) expect((await knock(member, person, `wrong-${n}`)).status).toBe(401);
    // The right first code no longer opens a locked account, and nothing says that it is locked.
    const right = await knock(member, person, 'DECOMPTE-7788');
    const wrong = await knock(member, person, 'still-wrong');
    expect(right).toMatchObject({ status: 401, body: wrong.body });

    const found = await search(agent, person.lastName.toLowerCase());
    expect(found.body).toHaveLength(1);
    expect(found.body[0]).toMatchObject({ firstName: person.firstName, headline: 'locked' });
    const { id } = found.body[0];

    await speakWith(agent, { id });
    await answerRight(server, agent, { id, organisation: person.organisation });
    const page = await agent.get(`/api/members/${id}`);
    expect(page.body.headline).toMatchObject({ state: 'locked', title: 'Non : compte bloqué' });
    expect(page.body.can).toMatchObject({ unblock: { allowed: true }, letter: { allowed: true } });
    expect(page.body.identity.nirMasked).toMatch(/•.*\d{2}$/);

    const unblocked = await agent.post(`/api/members/${id}/unblock`, {
      reason: 'forgot-password',
      version: page.body.version,
    });
    expect(unblocked).toMatchObject({ status: 200, body: { message: 'Le compte est débloqué.' } });

    const [reason] = page.body.reasons.letter;
    const asked = await agent.post(`/api/members/${id}/temporary-passwords`, {
      channel: 'letter',
      reason: reason.id,
      version: unblocked.body.version,
    });
    expect(asked).toMatchObject({ status: 200, body: { letter: { to: expect.any(Array) } } });

    const { lot, pdf, pages } = await printLot(server, person.organisation);
    const [printed = ''] = passwordsOn(pages);
    expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-');
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('RENNES');
    expect(pages[0]?.replace(/\s/g, '')).not.toContain(person.nir.replace(/\s/g, ''));
    expect(pages[0]).not.toContain(person.memberNumber);

    const early = await knock(member, person, printed);
    expect(early).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining('pas encore actif') },
    });

    const counted = await operator.post(`/api/lots/${lot.id}/count`, {
      good: 1,
      spoiled: [],
      version: lot.version,
    });
    expect(counted).toMatchObject({ status: 200, body: { state: 'counted' } });
    const deposited = await operator.post(`/api/lots/${lot.id}/deposit`, { version: counted.body.version });
    expect(deposited).toMatchObject({ status: 200, body: { state: 'deposited' } });

    const opened = await knock(member, person, printed.toLowerCase().replaceAll('-', ' '));
    expect(opened).toMatchObject({ status: 200, body: { status: 'must-change-password' } });

    const api = `/portal/api/${person.organisation}`;
    const refused = await member.post(`${api}/password`, { newPassword: 'a' });
    expect(refused).toMatchObject({ status: 400, body: { reasons: expect.any(Array) } });
    const chosen = await member.post(`${api}/password`, { newPassword: person.chosenPassword });
    expect(chosen).toMatchObject({ status: 200, body: { status: 'sign-in-again' } });

    const dead = await knock(member, person, printed);
    expect(dead).toMatchObject({ status: 401, body: { message: expect.stringContaining('déjà servi') } });
    expect(await knock(member, person, person.chosenPassword)).toMatchObject({
      status: 200,
      body: { status: 'signed-in' },
    });

    const after = await agent.get(`/api/members/${id}`);
    expect(after.body.headline.state).toBe('open');
    expect(after.body.timeline.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining([
        'Connexion',
        'Nouveau mot de passe choisi',
        'Compte débloqué',
        'Compte bloqué',
      ]),
    );
    expect(after.body.letters[0]).toMatchObject({ state: 'used' });
  });

  test('nothing of what was typed or printed stands in a log, and the chain holds', async () => {
    const auditor = await server.as('auditor');

    const everything = server.logged.join('\n');
    const verification = await auditor.get('/api/audit-events/verification');

    for (const typed of ['DECOMPTE-7788', '299121399990205', 'Martin', 'Özdemir', '482915', 'sign-in?']) {
      expect(everything).not.toContain(typed);
    }
    expect(verification.body).toMatchObject({ holds: true });
  });
});
