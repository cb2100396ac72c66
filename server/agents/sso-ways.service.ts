import { record } from '../audit/record.ts';
import type { House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import { keepChallenge, makeToken, type PutTo } from './factor-challenges.service.ts';
import type { ChallengePurpose } from './factor-challenges.store.ts';
import type { Sso } from './sso-file.ts';

/** Before it is known who comes. */
export const nobody: PutTo = { agentId: '', sessionId: '' };

/** Keeps what a way through the provider must come back to, for five minutes, bound to this browser. */
export const keepWay = async (
  visit: WebVisit,
  purpose: ChallengePurpose,
  to: PutTo,
  content: object,
): Promise<void> => {
  const token = makeToken(visit.house);
  await keepChallenge(visit.house, purpose, to, { token, content: JSON.stringify(content) });
  visit.web.setSsoCookie(token);
};

/** @throws AppError `not-found` without SSO_FILE. */
export const offered = ({ sso }: House): Sso => {
  if (sso === null) throw new AppError('not-found', 'sso.none');
  return sso;
};

/** Records why somebody was not let through; answers what to throw. */
export const noted = async (visit: WebVisit, error: unknown): Promise<unknown> => {
  if (error instanceof AppError && error.code === 'policy-refused') {
    const why = error.details.rule ?? '';
    await perform(visit, async (ctx) =>
      record(ctx, { type: 'agent.sso-refused', result: 'refused', data: { why } }),
    );
  }
  return error;
};
