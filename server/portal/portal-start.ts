import type { House } from '../core/ctx.ts';
import { usualWork, type ChallengeWork } from './challenge.service.ts';
import { loadProviders } from './france-connect-file.ts';
import { loadTerms } from './terms-file.ts';
import { loadPortalTexts } from './portal-texts.ts';

type PortalParts = Pick<House, 'portalTexts' | 'providers' | 'challengeWork' | 'termsOfUse'>;

/** What this room reads once, at start. @throws Error naming every file that is wrong. */
export const startPortal = (
  env: { templatesDirectory: string; franceConnectFile: string | null; production: boolean },
  organisations: House['organisations'],
  choices: { challengeWork?: ChallengeWork },
): PortalParts => {
  const ids = organisations.all().map(({ id }) => id);
  return {
    challengeWork: choices.challengeWork ?? usualWork,
    portalTexts: loadPortalTexts(env.templatesDirectory, ids),
    termsOfUse: loadTerms(env.templatesDirectory, organisations.all()),
    providers: loadProviders(env.franceConnectFile, ids, env.production),
  };
};
