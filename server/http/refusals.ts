import type { Request } from 'express';
import type { Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { Route } from './routes.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Notes a refusal; the audit room hands it over, since only it knows the words of the chain. */
    recordRefusal: (ctx: Ctx, refusal: Refusal, about: RefusedAbout | null) => void;
    /** Whom it was about, of the actor's organisations, by ids of members or of what is a member's. */
    memberRefused: (ctx: Ctx, ids: string[]) => Promise<RefusedAbout | null>;
    /** Told in the same transaction of what it was refused with: ids of members, or of what is a member's. */
    watchRefusals: (ctx: Ctx, ids: string[]) => Promise<void>;
    /** Whether anybody behind these ids is watched for: then a conflict counts as a refusal. */
    isWatched: (visit: Visit, ids: string[]) => Promise<boolean>;
  }
}

/** `tried`: a keyed digest of the id in the path. */
export type Refusal = { route: string; code: string; rule: string | null; tried: string | null };

/** The member that a refused request was about, and the call that was open. */
export type RefusedAbout = { memberId: string; organisationId: string; callId: string | null };

/**
 * A refusal rolled everything back; what was tried is then recorded in a transaction of its own, or 503. A conflict is
 * the affair of two colleagues and leaves no row, but where somebody watched for was tried.
 */
export const rememberRefusal = async (
  visit: Visit,
  { method, path }: Route,
  req: Request,
  error: unknown,
): Promise<void> => {
  const { house } = visit;
  if (!(error instanceof AppError) || visit.actor.kind === 'public') return;
  if (!['forbidden', 'not-found', 'policy-refused', 'conflict'].includes(error.code)) return;
  const data = {
    route: `${method} ${path}`,
    code: error.code,
    rule: error.details.rule ?? null,
    tried: req.params.id ? digest(house.keys, 'identifier-index', String(req.params.id)) : null,
  };
  const ids = idsIn(req);
  try {
    if (error.code === 'conflict' && !(await house.isWatched(visit, ids))) return;
    await perform(visit, async (ctx) => {
      house.recordRefusal(ctx, data, await house.memberRefused(ctx, ids));
      await house.watchRefusals(ctx, ids);
    });
  } catch (cause) {
    throw new AppError('unavailable', 'common.unavailable', { cause });
  }
};

/** What the path names comes first: a body may name anybody beside it. What is no id is nobody's. */
const idsIn = ({ params, body }: Request): string[] =>
  [params.id, (body as { memberId?: unknown } | undefined)?.memberId].filter(
    (id): id is string => typeof id === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(id),
  );
