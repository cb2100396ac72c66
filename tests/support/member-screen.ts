import type { Browser, Locator, Page } from 'playwright-core';
import type { Answers } from './callers.ts';
import { openDesk } from './console.ts';
import type { AccountName, TestServer } from './server.ts';

/** The member's page in a browser, and the parts of it that a call goes through. */
export type MemberScreen = {
  page: Page;
  problems: string[];
  headline: Locator;
  proof: Locator;
  say: Locator;
  acts: Locator;
  approvals: Locator;
  messages: Locator;
  letters: Locator;
};

/** Somebody of the desk who has this member's page open. */
export const openMemberScreen = async (
  browser: Browser,
  server: TestServer,
  username: AccountName,
  memberId: string,
): Promise<MemberScreen> => {
  const { page, problems } = await openDesk(browser, server, username);
  await page.goto(`${server.url}/#/members/${memberId}/show`);
  const screen = memberScreen(page, problems);
  await screen.headline.waitFor();
  return screen;
};

export const memberScreen = (page: Page, problems: string[] = []): MemberScreen => {
  const region = (name: string): Locator => page.getByRole('region', { name });
  return {
    page,
    problems,
    headline: region('Peut-il se connecter ?'),
    proof: region('Vérifier l’appelant'),
    say: region('À dire à l’appelant'),
    acts: region('Ce que vous pouvez faire'),
    approvals: region('Accords demandés'),
    messages: region('E-mails et SMS'),
    letters: region('Courriers'),
  };
};

/** One press on who speaks; what they may prove, or may not, is there afterwards. */
export const say = async ({ page }: MemberScreen, who: string): Promise<void> => {
  await page
    .getByRole('group', { name: 'Qui parle ?' })
    .getByRole('button', { name: who, exact: true })
    .click();
  await page.getByRole('region', { name: /Vérifier l’appelant|n’apprend rien/ }).waitFor();
};

/** Sends a code, and types the one that `read` finds with the member: the field has the focus already. */
export const readBack = async (
  { page, proof }: MemberScreen,
  channel: 'SMS' | 'e-mail',
  read: () => Promise<string>,
): Promise<void> => {
  await proof.getByRole('button', { name: `Envoyer un code par ${channel}` }).click();
  await proof.getByText('3 essais restants').waitFor();
  await page.keyboard.type(await read());
  await proof.getByText('Code exact').waitFor();
};

/** The answer to the question that the page asks now. */
export const answerQuestion = async (
  { page, proof }: MemberScreen,
  answerTo: (label: string) => string,
): Promise<void> => {
  const field = proof.getByRole('textbox', { name: /^(Mois|Montant)/ });
  const label =
    (await proof
      .locator('label')
      .filter({ hasText: /^(Mois|Montant)/ })
      .textContent()) ?? '';
  await field.fill(answerTo(label));
  await page.keyboard.press('Enter');
};

/** What this member would say to a question, by its label. */
export const answerTo = (answers: Answers, label: string): string => {
  if (label.startsWith('Mois')) return answers['contract-start-month'] ?? '';
  return answers[/cotisation/.test(label) ? 'last-contribution-amount' : 'last-statement-amount'] ?? '';
};

/** Chooses a reason in the dialog of an act, and confirms it. */
export const confirm = async (page: Page, button: string, reason: string): Promise<void> => {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: reason }).check();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
};
