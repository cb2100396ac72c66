import type { Db } from '../core/ctx.ts';

export type TellingOutcome = 'accepted' | 'unknown' | 'refused';
type TellingRow = {
  alarm_id: string;
  agent_id: string;
  lease_until: string;
  outcome: TellingOutcome | null;
  settled_at: string | null;
};

const table = (db: Db) => db<TellingRow>('alarm_tellings');

/**
 * Takes the alarms that this supervisor is still to be told of; answers which. One statement, so that of two servers
 * one takes each; whoever took one and was never heard of again loses it when the lease ends.
 */
export const claimTellings = async (
  db: Db,
  agentId: string,
  alarmIds: string[],
  lease: { now: string; until: string },
): Promise<string[]> => {
  const rows = await table(db)
    .insert(
      alarmIds.map((alarm_id) => ({
        alarm_id,
        agent_id: agentId,
        lease_until: lease.until,
        outcome: null,
        settled_at: null,
      })),
    )
    .onConflict(['alarm_id', 'agent_id'])
    .merge({ lease_until: lease.until })
    .whereNull('alarm_tellings.outcome')
    .where('alarm_tellings.lease_until', '<=', lease.now)
    .returning('alarm_id');
  return rows.map(({ alarm_id }) => alarm_id);
};

/** What the mail server said for good, or (null) that it may be asked again at once. */
export const settleTellings = async (
  db: Db,
  agentId: string,
  alarmIds: string[],
  outcome: TellingOutcome | null,
  at: string,
): Promise<void> => {
  const change = outcome === null ? { lease_until: at } : { outcome, settled_at: at };
  await table(db)
    .where({ agent_id: agentId })
    .whereIn('alarm_id', alarmIds)
    .whereNull('outcome')
    .update(change);
};
