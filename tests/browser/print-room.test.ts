import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sheetCode } from '../../server/letters/sheet-code.ts';
import { violations } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { buildConsole, openDesk } from '../support/console.ts';
import { printRoom } from '../support/lots.ts';
import { deskPassword, startServer, type TestServer } from '../support/server.ts';
import { photoOf } from '../support/sheet-photo.ts';

describe('the print room, in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  /** Holds the print before it draws, until it is let go. */
  let held: Promise<void> | null = null;
  const room = printRoom(() => server);
  beforeAll(async () => {
    buildConsole();
    server = await startServer('sqlite', {
      reached: async (point) => {
        if (point === 'k1') await held;
      },
    });
    browser = await launchBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** The browser reports by itself what the server refused: here, what each test means to be refused. */
  const isNoRefusal = (problem: string): boolean => !/status of 4\d\d/.test(problem);
  const dialogOf = (page: Page): Locator => page.getByRole('dialog');
  const scan = async (field: Locator, code: string): Promise<void> => {
    // As a hand scanner types.
    await field.pressSequentially(code);
    await field.press('Enter');
  };
  const print = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Imprimer le lot' }).click();
    await dialogOf(page).getByRole('button', { name: 'Imprimer', exact: true }).click();
  };

  test('an evening: from waiting letters to the post, the waste and what comes back', async () => {
    await room.letters(6);
    const operator = await openDesk(browser, server, 'print-operator');
    const supervisor = await openDesk(browser, server, 'supervisor');

    const number = await makeLot(operator.page);
    await supervisor.page.goto(operator.page.url());
    await release(supervisor.page);
    await operator.page.reload();
    await print(operator.page);
    await operator.page.getByText('Le document est prêt : 6 feuilles').waitFor();
    expect(await violations(operator.page)).toEqual([]);
    await operator.page.getByRole('button', { name: 'Le fichier est entier et imprimé' }).click();
    await operator.page.getByText('Le document est prêt').waitFor({ state: 'detached' });

    await count(operator.page, number);
    await deposit(operator.page);
    await witness(supervisor.page, operator.page);
    await takeReturned(operator.page, number);
    expect([...operator.problems, ...supervisor.problems].filter(isNoRefusal)).toEqual([]);
    await operator.page.context().close();
    await supervisor.page.context().close();
  }, 180_000);

  const makeLot = async (page: Page): Promise<number> => {
    const waiting = page.getByRole('region', { name: /Courriers en attente/ });
    await waiting.getByRole('button', { name: /^Constituer le lot/ }).click();
    await dialogOf(page).getByRole('button', { name: 'Constituer le lot' }).click();
    const title = await page.getByRole('heading', { name: /Lot n° \d+/ }).textContent();
    return Number(/\d+/.exec(title ?? '')?.[0]);
  };

  const release = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Lancer le lot' }).click();
    const password = page.getByRole('textbox', { name: 'Votre mot de passe' });
    await password.fill('pas le bon mot de passe');
    await dialogOf(page).getByRole('button', { name: 'Lancer' }).click();
    await page.locator('[aria-invalid=true]').waitFor();
    expect(await violations(page)).toEqual([]);
    await password.fill(deskPassword);
    await dialogOf(page).getByRole('button', { name: 'Lancer' }).click();
    await dialogOf(page).waitFor({ state: 'detached' });
  };

  const count = async (page: Page, lot: number): Promise<void> => {
    await page.getByRole('button', { name: 'Déclarer le compte' }).click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Bonnes feuilles').fill('2');
    await dialog.getByLabel('Numéros des feuilles gâchées').fill('2-3');
    await dialog.getByText('il en manque 2').waitFor();

    const field = dialog.getByRole('textbox', { name: 'Scanner une feuille gâchée' });
    await scan(field, sheetCode({ lot: lot + 1, attempt: 1, sheet: 4 }));
    await dialog.getByText(`Cette feuille est du lot n° ${lot + 1}`).waitFor();
    await scan(field, sheetCode({ lot, attempt: 9, sheet: 4 }));
    await dialog.getByText('Feuille 4 d’une tentative annulée').waitFor();
    await scan(field, sheetCode({ lot, attempt: 1, sheet: 4 }));
    await dialog.getByText('Feuille 4 : marquée gâchée.').waitFor();
    await scan(field, sheetCode({ lot, attempt: 1, sheet: 2 }));
    await dialog.getByText('Feuille 2 : déjà marquée.').waitFor();
    expect(await field.inputValue()).toBe('');

    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
    const photo = await photoOf(sheetCode({ lot, attempt: 1, sheet: 6 }));
    await dialog.getByLabel('Photo d’une ou plusieurs feuilles').setInputFiles(photo);
    await dialog.getByText('Feuille 6 : marquée gâchée.').waitFor();
    // The reader came from our own address, and the picture went nowhere.
    expect(sent.filter((line) => line.endsWith('.wasm'))).toHaveLength(1);
    expect(sent.filter((line) => !line.startsWith(`GET ${server.url}/`))).toEqual([]);

    expect(await dialog.getByLabel('Numéros des feuilles gâchées').inputValue()).toBe('2-4, 6');
    await dialog.getByText('2 + 4 = 6 : le compte y est.').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Valider le compte' }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  const deposit = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Déclarer le dépôt' }).click();
    const slip = page.waitForEvent('download');
    await dialogOf(page).getByRole('button', { name: 'Bordereau de dépôt' }).click();
    expect((await slip).suggestedFilename()).toMatch(/^bordereau-lot-\d+\.pdf$/);
    expect(await violations(page)).toEqual([]);
    await dialogOf(page).getByRole('button', { name: 'Déclarer déposé' }).click();
    await page.getByText('2 feuilles sont parties').waitFor();
    await page.getByText('feuilles 2 à 4').waitFor();
    expect(await violations(page)).toEqual([]);
  };

  /** Whoever declared the waste reads why not; somebody else attests it. */
  const witness = async (supervisor: Page, operator: Page): Promise<void> => {
    await operator.getByRole('link', { name: 'Attester une destruction' }).click();
    const own = operator.getByRole('row', { name: /feuilles 2 à 4/ });
    expect(await own.getByRole('button', { name: 'J’atteste la destruction' }).isDisabled()).toBe(true);
    await own.getByText('Une autre personne').waitFor();
    expect(await violations(operator)).toEqual([]);

    await supervisor.goto(operator.url());
    const row = supervisor.getByRole('row', { name: /feuilles 2 à 4/ });
    await row.getByRole('button', { name: 'J’atteste la destruction' }).click();
    expect(await violations(supervisor)).toEqual([]);
    await dialogOf(supervisor).getByRole('button', { name: 'J’atteste' }).click();
    await row.waitFor({ state: 'detached' });
  };

  /** A good sheet comes back, then once more, then something that is no letter: each on its own line. */
  const takeReturned = async (page: Page, lot: number): Promise<void> => {
    await page.getByRole('link', { name: 'Courriers revenus' }).click();
    await page.getByRole('radio', { name: 'Pli avisé et non réclamé' }).check();
    const code = sheetCode({ lot, attempt: 1, sheet: 1 });
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    const lines = page.getByRole('list', { name: 'Plis de cette séance' }).getByRole('listitem');
    await lines.first().getByText('adresse douteuse').waitFor();
    await page.keyboard.type('pas une référence');
    await page.keyboard.press('Enter');
    await lines.nth(1).waitFor();
    await lines
      .first()
      .getByText(/référence/)
      .last()
      .waitFor();
    await page.getByText('1 pli enregistré').waitFor();
    expect(await violations(page)).toEqual([]);
  };

  const cancel = async (page: Page, reference: string): Promise<void> => {
    await page.getByRole('link', { name: 'Courriers', exact: true }).click();
    await page.getByRole('button', { name: `Annuler le courrier ${reference}` }).click();
    await dialogOf(page).getByRole('radio').first().check();
    expect(await violations(page)).toEqual([]);
    await dialogOf(page).getByRole('button', { name: 'Annuler le courrier' }).click();
    await page.getByRole('row', { name: new RegExp(reference) }).waitFor({ state: 'detached' });
  };

  test('a letter is called back; a print that is stopped, then one that never arrived, cost what they say and no more', async () => {
    await room.clear();
    const [unwanted] = await room.letters(3);
    const { page, problems } = await openDesk(browser, server, 'print-operator');
    await cancel(page, unwanted?.reference ?? '');
    const made = await room.make();
    await room.release(made);
    await page.goto(`${server.url}/#/lots/${made.id}/show`);

    let letGo = (): void => undefined;
    held = new Promise((resolve) => (letGo = resolve));
    await print(page);
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('button', { name: 'Arrêter' }).click();
    await dialogOf(page).getByText('toutes ses feuilles sont à détruire').waitFor();
    await dialogOf(page).getByRole('button', { name: 'Arrêter l’impression' }).click();
    await page.getByText('Arrêt demandé').waitFor();
    held = null;
    letGo();
    await page.getByText('L’impression s’est interrompue (tentative n° 1)').waitFor();
    await page.getByText(/L’impression a été arrêtée/).waitFor();
    expect(await violations(page)).toEqual([]);

    await print(page);
    await page.getByRole('button', { name: 'Il n’est pas arrivé' }).click();
    await dialogOf(page).getByText('Les 2 feuilles de cette tentative sont toutes à détruire').waitFor();
    await dialogOf(page).getByRole('button', { name: 'Tout refaire' }).click();
    await page.getByText('Tentative n° 2, feuilles 1 à 2').waitFor();
    await page.getByText('L’impression s’est interrompue (tentative n° 2)').waitFor();
    expect(problems.filter(isNoRefusal)).toEqual([]);
    await page.context().close();
  }, 120_000);
});
