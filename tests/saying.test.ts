import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOf, speakWith, step } from './support/callers.ts';
import { buildHolder } from './support/holders.ts';
import { contact } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('what to say to a caller, on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());

  const sayings = async (more: object, call?: object) => {
    const member = await buildHolder(server, { organisationId: 'safiag', password: '482915', ...more });
    const agent = await server.as('agent');
    await speakWith(agent, member, { caller: 'unsaid' });
    const unsaid = (await pageOf(agent, member)).say;
    await speakWith(agent, member, call);
    return { agent, member, unsaid, said: (await pageOf(agent, member)).say };
  };

  test('follows the call, and betrays nothing of the account before a proof', async () => {
    const contacts = [contact('email', 'says@tilleul.example')];
    const { agent, member, unsaid, said } = await sayings({ contacts });
    await step(agent, member, { method: 'send-code', channel: 'email' });
    const sent = (await pageOf(agent, member)).say;
    const stranger = await sayings(
      { contacts: [contact('email', 'other@tilleul.example')] },
      { caller: 'third-party' },
    );

    expect(unsaid).toEqual({ before: expect.stringContaining('vérifier à qui je parle'), after: null });
    expect(said).toEqual({ before: expect.stringContaining('vérifier que c’est bien vous'), after: null });
    expect(sent).toEqual({ before: expect.stringContaining('Je vous envoie un code'), after: null });
    expect(stranger.said).toEqual({ before: expect.stringContaining('qu’avec l’adhérent'), after: null });
  });

  test('where nothing on file can prove anything, it is what a failed proof leads to', async () => {
    const withLetters = await sayings({ contacts: [] });
    const without = await sayings({ organisationId: 'mgen', password: 'Tilleul+2026!', contacts: [] });

    expect(withLetters.said.before).toContain('Je vous propose un courrier');
    expect(without.said.before).toContain('Je transmets votre demande à un responsable');
  });
});
