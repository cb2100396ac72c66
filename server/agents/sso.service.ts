import { z } from 'zod';
import { record } from '../audit/record.ts';
import { AppError } from '../core/errors.ts';
import { OpenIdFlow } from '../core/openid.ts';
import { perform, systemVisit } from '../core/perform.ts';
import type { WebVisit } from '../http/routes.ts';
import type { Identified } from '../http/session.ts';
import type { Me } from './agents.schema.ts';
import { findOpenAgent } from './agents.store.ts';
import { findChallenge, takeChallenge } from './factor-challenges.service.ts';
import { offerFactors } from './factors.service.ts';
import * as factors from './factors.store.ts';
import { openSession, proveAtSignIn } from './sign-in.service.ts';
import { accountOfPerson, refused } from './sso-accounts.service.ts';
import { rightsOf, type Sso } from './sso-file.ts';
import { beginSso, endSso, isAnew } from './sso-provider.ts';
import { Anew, type SsoBegin, type SsoFinish, type SsoPerson, type SsoStart } from './sso.schema.ts';
import { keepWay, nobody, noted, offered } from './sso-ways.service.ts';
import { countTry, forgiveTries, triesNameOf } from './tries.service.ts';

/** Begins a way in; what it must bring back is sealed and bound to this browser for five minutes. */
export const startSso = async (visit: WebVisit, { again }: SsoBegin): Promise<SsoStart> => {
  const { house } = visit;
  const { url, flow } = await beginSso(house, offered(house), { anew: again !== undefined });
  const anew = again === undefined ? undefined : { agentId: again, since: house.clock().toISOString() };
  await keepWay(visit, 'sso-flow', nobody, { ...flow, anew });
  return { url };
};

/**
 * Ends it: one way, one return. Opens a session, unless the account has a second factor and the provider asked for none
 * that counts.
 *
 * @throws AppError `second-factor` then, to go on with `finishSso`; `policy-refused` with a sentence that says whom to
 * ask; `unavailable` when the provider does not answer.
 */
export const returnFromSso = async (visit: WebVisit, query: string): Promise<Me> => {
  const { house } = visit;
  const sso = offered(house);
  const token = visit.web.ssoToken;
  visit.web.setSsoCookie(null);
  const kept = token ? await takeChallenge(house, 'sso-flow', nobody, token) : undefined;
  const way = kept && Way.parse(JSON.parse(kept.content));
  const person = way && (await endSso(house, sso, { query, flow: way }));
  const agent = await admit(visit, sso, { person, anew: way?.anew });

  if (!person?.hasSecondFactor && (await factors.hasFactor(house.pool, agent.id))) {
    await keepWay(visit, 'sso-vouched', nobody, { agentId: agent.id });
    const secondFactor = await offerFactors(house, { agentId: agent.id, sessionId: '' });
    throw new AppError('second-factor', 'factors.needed', { secondFactor });
  }
  return openSession(visit, agent, async () => undefined);
};

/** @throws AppError `second-factor` when it is missing or wrong, `signed-out` when the way is over. */
export const finishSso = async (visit: WebVisit, proof: SsoFinish): Promise<Me> => {
  const { house } = visit;
  offered(house);
  const token = visit.web.ssoToken ?? '';
  const kept = await findChallenge(house, 'sso-vouched', nobody, token);
  const agentId = kept && z.object({ agentId: z.string() }).parse(JSON.parse(kept.content)).agentId;
  const agent = agentId && (await findOpenAgent(house.pool, agentId));
  if (!agent) throw new AppError('signed-out', 'sso.over');

  const name = triesNameOf(house, agent.username);
  await countTry(visit, name);
  await proveAtSignIn(visit, agent.id, proof);
  const { id, role, siteId, team } = agent;
  const me = await openSession(visit, { id, name: agent.name, role, siteId, team }, async (ctx) => {
    if (!(await takeChallenge(house, 'sso-vouched', nobody, token, ctx.db)))
      throw new AppError('signed-out', 'sso.over');
    await forgiveTries(ctx, name);
  });
  visit.web.setSsoCookie(null);
  return me;
};

// What the groups give is nobody's own act: nobody raises themselves.
const admit = async (
  visit: WebVisit,
  sso: Sso,
  { person, anew }: { person: SsoPerson | undefined; anew: Anew | undefined },
): Promise<Identified> => {
  const { house } = visit;
  try {
    if (!person) throw refused('not-vouched');
    if (anew && !isAnew(person, anew.since)) throw refused('not-anew');
    const rights = rightsOf(sso, person.groups);
    if (!rights) throw refused('no-group');
    const byGroups = systemVisit(house, 'single-sign-on', house.everyOrganisation());
    return await perform({ ...byGroups, requestId: visit.requestId }, async (ctx) => {
      const agent = await accountOfPerson(ctx, person, rights);
      if (anew && agent.id !== anew.agentId) throw refused('other-person');
      const secondFactor = person.hasSecondFactor;
      record(ctx, { type: 'agent.sso-vouched', data: { agentId: agent.id, secondFactor } });
      return agent;
    });
  } catch (error) {
    throw await noted(visit, error);
  }
};

const Way = OpenIdFlow.extend({ anew: Anew.optional() });
