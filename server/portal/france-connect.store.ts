import type { Db } from '../core/ctx.ts';

export type JourneyRow = { id: string; organisation_id: string; sealed: string; ends_at: string };
export type IdentityRow = {
  organisation_id: string;
  issuer: string;
  /** Keyed digest of the provider's subject. */
  subject_digest: string;
  account_id: string;
  linked_at: string;
};

const journeys = (db: Db) => db<JourneyRow>('federation_journeys');
const identities = (db: Db) => db<IdentityRow>('federated_identities');

export const insertJourney = async (db: Db, row: JourneyRow): Promise<void> => {
  await journeys(db).insert(row);
};

/** The journey as it stands; nothing when it is over or another's. */
export const findJourney = (
  db: Db,
  which: { id: string; organisationId: string; now: string },
): Promise<JourneyRow | undefined> =>
  journeys(db)
    .where({ id: which.id, organisation_id: which.organisationId })
    .where('ends_at', '>', which.now)
    .first();

/** Ends the journey, so that of several returns one goes on; nothing when it is over or another's. */
export const takeJourney = async (
  db: Db,
  which: { id: string; organisationId: string; now: string },
): Promise<JourneyRow | undefined> => {
  const [row] = await journeys(db)
    .where({ id: which.id, organisation_id: which.organisationId })
    .where('ends_at', '>', which.now)
    .update({ ends_at: which.now })
    .returning('*');
  return row;
};

export const sweepJourneys = (db: Db, now: string): Promise<number> =>
  journeys(db).where('ends_at', '<=', now).delete();

export const findIdentity = (
  db: Db,
  which: Pick<IdentityRow, 'organisation_id' | 'issuer' | 'subject_digest'>,
): Promise<IdentityRow | undefined> => identities(db).where(which).first();

export const listIdentitiesOf = (db: Db, accountId: string, issuer: string): Promise<IdentityRow[]> =>
  identities(db).where({ account_id: accountId, issuer });

/** False when this subject is linked already. */
export const insertIdentity = async (db: Db, row: IdentityRow): Promise<boolean> => {
  const rows = await identities(db)
    .insert(row)
    .onConflict(['organisation_id', 'issuer', 'subject_digest'])
    .ignore()
    .returning('account_id');
  return rows.length > 0;
};
