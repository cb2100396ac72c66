import { kinOf } from '../agents/agents.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { MemberFile } from './members.service.ts';
import { listNumbersOfPerson } from './members.store.ts';

/** What a member is to an agent, by whichever of the person's files: one account may stand in several. */
export const kinOfMember = async (
  ctx: Pick<Ctx, 'db'>,
  agentId: string,
  member: MemberFile,
): Promise<'self' | 'relative' | null> => {
  const { organisationId } = member;
  const numbers = await listNumbersOfPerson(ctx.db, member);
  const kin = await Promise.all(
    numbers.map((memberNumber) => kinOf(ctx, agentId, { organisationId, memberNumber })),
  );
  return kin.find((one) => one === 'self') ?? kin.find((one) => one !== null) ?? null;
};
