import { z } from 'zod';
import { record } from '../audit/record.ts';
import type { House } from '../core/ctx.ts';
import { OpenIdFlow } from '../core/openid.ts';
import { perform } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import { keepChallenge, makeToken, takeChallenge, type PutTo } from './factor-challenges.service.ts';
import { ownOf } from './factor-enrolment.service.ts';
import { agentOfPerson, refused } from './sso-accounts.service.ts';
import { rightsOf } from './sso-file.ts';
import { beginSso, endSso, isAnew } from './sso-provider.ts';
import type { SsoProof, SsoStart } from './sso.schema.ts';
import { keepWay, noted, offered } from './sso-ways.service.ts';

/** Has the identity provider ask anew who sits at an open session, before an act that asks for a proof. */
export const startSsoProof = async (visit: WebVisit): Promise<SsoStart> => {
  const { house } = visit;
  const { url, flow } = await beginSso(house, offered(house), { anew: true });
  const own = ownOf(visit);
  await keepWay(visit, 'sso-proof-flow', own, { ...flow, since: house.clock().toISOString() });
  await perform(visit, async (ctx) =>
    record(ctx, { type: 'agent.factor-asked', data: { agentId: own.agentId, before: 'confirm' } }),
  );
  return { url };
};

/**
 * The provider's word that it is them, and that it asked just now: good for one act of this session.
 *
 * @throws AppError `policy-refused` with a sentence when it does not hold, `unavailable` when the provider does not
 * answer.
 */
export const returnSsoProof = async (visit: WebVisit, query: string): Promise<SsoProof> => {
  const { house } = visit;
  const sso = offered(house);
  const own = ownOf(visit);
  const cookie = visit.web.ssoToken ?? '';
  visit.web.setSsoCookie(null);
  try {
    const kept = await takeChallenge(house, 'sso-proof-flow', own, cookie);
    if (!kept) throw refused('not-vouched');
    const { since, ...flow } = Way.parse(JSON.parse(kept.content));
    const person = await endSso(house, sso, { query, flow });
    if (!person) throw refused('not-vouched');
    if (!isAnew(person, since)) throw refused('not-anew');
    if (!rightsOf(sso, person.groups)) throw refused('no-group');
    if ((await agentOfPerson(house, person)) !== own.agentId) throw refused('other-person');

    const secondFactor = person.hasSecondFactor;
    await perform(visit, async (ctx) =>
      record(ctx, { type: 'agent.sso-vouched', data: { agentId: own.agentId, secondFactor } }),
    );
    const proof = makeToken(house);
    const content = JSON.stringify({ secondFactor });
    return { proof, endsAt: await keepChallenge(house, 'sso-proof', own, { token: proof, content }) };
  } catch (error) {
    throw await noted(visit, error);
  }
};

/** Takes such a word, once; nothing when it is over, or another session's. */
export const useSsoProof = async (
  house: House,
  own: PutTo,
  proof: string,
): Promise<{ secondFactor: boolean } | undefined> => {
  const kept = await takeChallenge(house, 'sso-proof', own, proof);
  return kept && Word.parse(JSON.parse(kept.content));
};

const Way = OpenIdFlow.extend({ since: z.string() });
const Word = z.strictObject({ secondFactor: z.boolean() });
