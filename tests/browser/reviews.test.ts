import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runReviews } from '../../server/supervision/reviews-worker.ts';
import { hire } from '../support/agents.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { openCall } from '../support/calls.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { giveTemporary, type Built } from '../support/holders.ts';
import { openIncident } from '../support/incidents.ts';
import { buildMember } from '../support/recoveries.ts';
import { settle } from '../support/reviews.ts';
import { deskPassword, moveTo, startServer, wednesday, type TestServer } from '../support/server.ts';

describe('supervision, in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  let member: Built;
  let number: string;
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite');
    await moveTo(server, wednesday);
    settle(server, {}, { sampleOneIn: 2 ** 48 });
    await hire(server, 'second', 'supervisor');
    browser = await launchBrowser();
    member = await buildMember(server, 'safiag', { password: undefined });
    await giveTemporary(server, member, 'live');
    number = (await server.house.pool('members').where({ id: member.id }).first()).member_number;
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const opened: string[] = [];
  const at = async (username: string, path: string): Promise<Page> => {
    const { page, problems } = await openDesk(browser, server, username);
    page.on('close', () => opened.push(...problems));
    await page.goto(`${server.url}/#/${path}`);
    return page;
  };
  const lastWord = async (page: Page, verdict: RegExp, word = ''): Promise<void> => {
    await page.getByRole('radio', { name: verdict }).check();
    if (word) await page.getByRole('textbox', { name: 'Mot à l’agent, qui le lira' }).fill(word);
    await page.getByRole('button', { name: 'Rendre l’avis' }).click();
    await page.getByText('Avis rendu. L’agent peut le lire.').waitFor();
  };

  test('a letter that nobody asked for: scored, to be explained, explained, and settled', async () => {
    const agent = await server.as('agent');
    await openCall(agent, { caller: 'unsaid' });
    const letter = { channel: 'letter', reason: 'no-contact', version: 1 };
    expect((await agent.post(`/api/members/${member.id}/temporary-passwords`, letter)).status).toBe(200);
    await runReviews(server.house);

    const supervisor = await at('supervisor', 'reviews');
    const row = supervisor.getByRole('row', { name: /agent de test/ });
    await row.getByText(/Courrier demandé · n° •••/).waitFor();
    await row.getByText('Acte sans appelant').waitFor();
    expect(await violations(supervisor)).toEqual([]);
    await row.getByRole('link', { name: /agent de test/ }).click();
    await supervisor
      .getByRole('link', { name: new RegExp(`n° ${number}`) })
      .first()
      .waitFor();
    await lastWord(supervisor, /^À expliquer/, 'Qui l’a demandé ?');
    expect(await violations(supervisor)).toEqual([]);

    const own = await at('agent', 'own-reviews');
    await own.getByText('Qui l’a demandé ?').waitFor();
    await own.getByRole('button', { name: 'Répondre' }).click();
    const dialog = own.getByRole('dialog', { name: 'Répondre' });
    await dialog.getByRole('textbox').fill('Il a rappelé d’une autre ligne.');
    expect(await violations(own)).toEqual([]);
    await dialog.getByRole('button', { name: 'Envoyer' }).click();
    await own.getByText('Votre réponse : Il a rappelé d’une autre ligne.').waitFor();
    expect(await own.getByRole('button', { name: 'Répondre' }).count()).toBe(0);

    await supervisor.getByRole('button', { name: 'Retour à la liste' }).click();
    await row.getByText('L’agent s’est expliqué').waitFor();
    await row.getByRole('link', { name: /agent de test/ }).click();
    await supervisor.getByText('Il a rappelé d’une autre ligne.').waitFor();
    await lastWord(supervisor, /^Ordinaire/);
    await supervisor.getByRole('button', { name: 'Retour à la liste' }).click();
    await supervisor.getByText('Rien à relire.').waitFor();
    // Whoever reads what others did is in no telephone call.
    await supervisor.goto(`${server.url}/#/members/${member.id}/show`);
    await supervisor.getByText('Hors appel · personne ne parle').waitFor();
    await own.reload();
    await own.getByText('Ordinaire', { exact: true }).waitFor();
    await Promise.all([supervisor.close(), own.close()]);
    expect(opened).toEqual([]);
  });

  test('an incident: whom an agent touched, what opens their accounts killed by two persons, the banner gone', async () => {
    const agentClient = await server.as('agent');
    await agentClient.get(`/api/members/${member.id}`);
    const client = await server.as('supervisor');
    const text = 'Un accès a été détourné : dites que nous écrivons aux personnes concernées.';
    const more = { kind: 'stolen-access', bannerText: text, organisationIds: ['safiag'] };
    const incident = await openIncident(server, client, more);
    await moveTo(server, '2026-11-18T09:30:00.000Z');
    await (await server.as('agent')).get(`/api/members/${member.id}`);

    const supervisor = await at('supervisor', `incidents/${incident.id}/show`);
    const touched = supervisor.getByRole('region', { name: 'Personnes touchées' });
    await touched.getByRole('combobox', { name: 'À partir de' }).click();
    await supervisor.getByRole('option', { name: 'un conseiller' }).click();
    await touched.getByRole('combobox', { name: 'un conseiller' }).click();
    await supervisor.getByRole('option', { name: /^agent de test/ }).click();
    await touched.getByRole('button', { name: 'Garder ces critères' }).click();
    await supervisor.getByText('Critères gardés').waitFor();
    await touched.getByRole('button', { name: 'Compter et afficher' }).click();
    await touched.getByRole('cell', { name: new RegExp(number) }).waitFor();
    await touched.getByRole('button', { name: 'Éteindre leurs secrets' }).click();
    const ask = supervisor.getByRole('dialog', { name: /^Éteindre/ });
    await ask.getByRole('textbox').fill('Ses consultations n’ont aucun motif.');
    await ask.getByRole('button', { name: 'Demander' }).click();
    await supervisor.getByText('Attend une seconde personne').waitFor();

    const second = await at('second', `incidents/${incident.id}/show`);
    const asked = second.getByRole('region', { name: 'Actions sur de nombreux comptes' });
    for (const said of [
      'Ses consultations n’ont aucun motif.',
      'supervisor de test',
      '1 mot de passe provisoire',
    ])
      await asked.getByText(said).first().waitFor();
    await asked.getByText('agent de test').waitFor();
    await asked.getByRole('button', { name: /^Voir le compte visé/ }).click();
    await asked.getByRole('cell', { name: new RegExp(number) }).waitFor();
    expect(await violations(second)).toEqual([]);
    await asked.getByRole('button', { name: 'Approuver' }).click();
    const approve = second.getByRole('dialog', { name: /^Approuver/ });
    await approve.getByText('Ses consultations n’ont aucun motif.').waitFor();
    await approve.getByRole('textbox', { name: /mot de passe/i }).fill(deskPassword);
    expect(await violations(second)).toEqual([]);
    await approve.getByRole('button', { name: 'Approuver' }).click();
    await second.getByText('Approuvé : c’est en cours.').waitFor();
    await server.work();
    await asked.getByText('1 sur 1 : 1 compte atteint, 1 secret éteint, 1 courrier annulé.').waitFor();

    const agent = await at('agent', '');
    await agent.getByText(text).waitFor();
    await supervisor.getByRole('button', { name: 'La CNIL est informée…' }).click();
    const tell = supervisor.getByRole('dialog', { name: 'Les 72 heures' });
    await tell.getByLabel('Informée le (heure de Paris)').fill('2026-11-18T10:12');
    await tell.getByRole('button', { name: 'Enregistrer ce moment' }).click();
    await supervisor.getByText('CNIL informée').waitFor();
    await supervisor.getByText(/10:12/).waitFor();
    await supervisor.getByRole('button', { name: 'Clore l’incident' }).click();
    await supervisor.getByRole('dialog').getByRole('button', { name: 'Clore' }).click();
    await supervisor.getByText('Incident clos.').waitFor();
    await agent.reload();
    await agent.getByRole('button', { name: /de test/ }).waitFor();
    await agent.waitForLoadState('networkidle');
    expect(await agent.getByText(text).count()).toBe(0);
    await Promise.all([supervisor.close(), second.close(), agent.close()]);
    expect(opened).toEqual([]);
  });
});
