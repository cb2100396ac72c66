import type { Db } from '../core/ctx.ts';

type InvitationRow = { agent_id: string; token_digest: string; made_at: string; expires_at: string };

/** A new link is the only one: the former works no more. */
export const putInvitation = async (db: Db, row: InvitationRow): Promise<void> => {
  await db<InvitationRow>('agent_invitations').insert(row).onConflict('agent_id').merge();
};

/** Whose link this is while it works; `use` takes it. */
export const findInvitation = async (
  db: Db,
  tokenDigest: string,
  now: string,
): Promise<{ agentId: string } | undefined> => {
  const row = await db<InvitationRow>('agent_invitations')
    .where({ token_digest: tokenDigest })
    .where('expires_at', '>', now)
    .first('agent_id');
  return row && { agentId: row.agent_id };
};

/** Takes the link, once. Nothing when it was used, replaced or is too old. */
export const takeInvitation = async (
  db: Db,
  tokenDigest: string,
  now: string,
): Promise<{ agentId: string } | undefined> => {
  const [row] = await db<InvitationRow>('agent_invitations')
    .where({ token_digest: tokenDigest })
    .where('expires_at', '>', now)
    .update({ expires_at: now })
    .returning('agent_id');
  return row && { agentId: row.agent_id };
};

/** Answers whether a link waited that still worked. */
export const withdrawInvitation = async (db: Db, agentId: string, now: string): Promise<boolean> =>
  (await db<InvitationRow>('agent_invitations')
    .where({ agent_id: agentId })
    .where('expires_at', '>', now)
    .delete()) === 1;

export const dropInvitation = async (db: Db, agentId: string): Promise<void> => {
  await db<InvitationRow>('agent_invitations').where({ agent_id: agentId }).delete();
};

export const listInvitations = async (
  db: Db,
  agentIds: string[],
  now: string,
): Promise<Map<string, string>> => {
  const rows = await db<InvitationRow>('agent_invitations')
    .whereIn('agent_id', agentIds)
    .where('expires_at', '>', now)
    .select('agent_id', 'expires_at');
  return new Map(rows.map((row) => [row.agent_id, row.expires_at]));
};

export const deleteInvitationsBefore = async (db: Db, now: string): Promise<void> => {
  await db<InvitationRow>('agent_invitations').where('expires_at', '<=', now).delete();
};
