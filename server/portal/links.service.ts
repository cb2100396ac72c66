import type { z } from 'zod';
import { blockOf } from '../accounts/address-block.ts';
import { freezeAccount } from '../accounts/freeze.service.ts';
import { holdOpen } from '../accounts/gate.ts';
import { openPortalSession } from '../accounts/portal-sessions.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import { Secret } from '../core/secret.ts';
import { secondsUntilLeft, spend, type Want } from '../credentials/budgets.service.ts';
import { useUp, type Recognised } from '../credentials/credentials.service.ts';
import { recogniseLink } from '../credentials/one-time.service.ts';
import type { WebVisit } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { ruleInWords } from './password-words.ts';
import type { Repudiated, SignedIn } from './portal.schema.ts';
import { paramsOf, sayer } from './recovery-words.ts';

/**
 * The click on the page that a reset link leads to: opens a session in which nothing but choosing a new password
 * is possible. Nothing is used up by it: the change alone does that, and of several one.
 *
 * @throws AppError `policy-refused` with what became of the link: replaced, expired, used; or that there is none,
 * which is also the answer to a block of addresses that has tried too many.
 */
export const openLink = async (
  visit: WebVisit,
  organisationId: string,
  token: string,
): Promise<z.input<typeof SignedIn>> => {
  const policy = policyOf(visit.house, organisationId);
  const opened = await whileMayTry(visit, policy, async (ctx) => {
    const recognised = await recogniseLink(ctx, policy.id, 'link', new Secret(token));
    const credential = recognised.as === 'live' ? recognised.credential : undefined;
    const account = await holdOpen(ctx, credential && { id: credential.account_id });
    const outcome = account || recognised.as !== 'live' ? outcomeOf(recognised) : 'unknown';
    note(ctx, policy, account?.member_id ?? null, outcome);
    if (!account || !credential) return { outcome, session: null };

    const opening = { openedBy: 'link', credentialId: credential.id } as const;
    const session = await openPortalSession(ctx, policy, account, opening);
    record(ctx, {
      type: 'account.signed-in',
      organisationId: policy.id,
      memberId: account.member_id,
      data: { secret: 'link' },
    });
    return { outcome, session };
  });
  if (!opened?.session) {
    const outcome = opened?.outcome ?? 'unknown';
    throw new AppError('policy-refused', `recovery.link.${outcome}`, {
      rule: `link.${outcome}`,
      params: paramsOf(visit, policy),
    });
  }
  visit.web.setPortalCookie(policy.id, opened.session.token);
  return {
    status: 'must-change-password',
    next: 'change-password',
    message: sayer(visit, policy)('link.opened'),
    passwordRule: ruleInWords(visit, policy),
    sessionEndsAt: opened.session.endsAt,
  };
};

/**
 * « Ce n'était pas moi »: freezes the account. Whoever holds a live link (256 random bits) is told so, and heard
 * however much their block of addresses has tried: its one use bounds it.
 *
 * @throws AppError `policy-refused` for any other link: a victim must not believe to be protected.
 */
export const repudiate = async (
  visit: WebVisit,
  organisationId: string,
  token: string,
): Promise<z.input<typeof Repudiated>> => {
  const policy = policyOf(visit.house, organisationId);
  const recogniseIt = (ctx: Ctx) => recogniseLink(ctx, policy.id, 'repudiation', new Secret(token));
  const act = async (ctx: Ctx) => {
    const recognised = await recogniseIt(ctx);
    const isTheirs = recognised.as === 'live' && (await useUp(ctx, recognised.credential.id));
    if (recognised.as === 'live' && isTheirs) {
      await freezeAccount(ctx, recognised.credential.account_id, 'repudiated');
    }
    note(ctx, policy, null, `repudiation-${recognised.as}`);
    if (isTheirs) return 'frozen';
    return recognised.as === 'live' || recognised.as === 'used' ? 'used' : 'unknown';
  };
  const { as } = await read(visit, recogniseIt);
  const outcome = await (as === 'live' ? perform(visit, act) : whileMayTry(visit, policy, act));
  if (outcome !== 'frozen') {
    const why = outcome ?? 'unknown';
    throw new AppError('policy-refused', `recovery.repudiation.${why}`, {
      rule: `repudiation.${why}`,
      params: paramsOf(visit, policy),
    });
  }
  return { message: sayer(visit, policy)('repudiated') };
};

/**
 * Acts while this block of addresses may try links; answers nothing once it may not. Whoever takes the last one has
 * the alert raised at once: past it nothing is written any more, not even that it was refused.
 */
const whileMayTry = async <T>(
  visit: WebVisit,
  policy: Policy,
  act: (ctx: Ctx) => Promise<T>,
): Promise<T | undefined> => {
  const wants: Want[] = [{ budget: 'links-per-address-block', key: blockOf(visit.web.address) }];
  const isSpent = async (ctx: Ctx) => (await secondsUntilLeft(ctx, wants)) > 0;
  if (await read(visit, isSpent)) return undefined;
  return perform(visit, async (ctx) => {
    if (!(await spend(ctx, policy.id, wants))) {
      note(ctx, policy, null, 'over-budget');
      return undefined;
    }
    if (await isSpent(ctx)) await spend(ctx, policy.id, wants);
    return act(ctx);
  });
};

type Outcome = 'live' | 'replaced' | 'expired' | 'used' | 'ended' | 'unknown';

const outcomeOf = (recognised: Recognised): Outcome => {
  if (recognised.as === 'not-yet-valid') return 'unknown';
  if (recognised.as !== 'replaced') return recognised.as;
  // The organisation's own change of password, a freeze, a message that did not leave: no later one to look for.
  return recognised.credential.ended_as === 'superseded' ? 'replaced' : 'ended';
};

const note = (ctx: Ctx, policy: Policy, memberId: string | null, outcome: string): void =>
  record(ctx, {
    type: 'recovery.link-opened',
    organisationId: policy.id,
    memberId,
    result: outcome === 'live' || outcome === 'repudiation-live' ? 'done' : 'failed',
    data: { outcome },
  });
