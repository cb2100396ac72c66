import type { Db } from '../core/ctx.ts';
import type { Caller, ContactKind, DocumentKind, MessageChannel } from '../core/vocabulary.ts';

/** What was proved in one call about one member. */
export type ProofRow = {
  id: string;
  organisationId: string;
  callId: string;
  memberId: string;
  accountId: string;
  caller: Caller;
  /** Facts answered so far, right or wrong. */
  asked: string[];
  rightAnswers: number;
  wrongAnswers: number;
  codeChannel: MessageChannel | null;
  codeTries: number;
  codesAsked: number;
  /** Kind → keyed digest of the value that was proved. */
  confirmed: Confirmed;
  shown: ContactKind[];
  documentKind: DocumentKind | null;
  documentReference: string | null;
  documentState: 'seen' | 'waiting' | 'checked' | 'refused' | null;
  documentBy: string | null;
  failedAt: string | null;
  openedAt: string;
};

export type Confirmed = Partial<Record<ContactKind, string>>;

type Row = {
  id: string;
  organisation_id: string;
  call_id: string;
  member_id: string;
  account_id: string;
  caller: Caller;
  asked: string;
  right_answers: number;
  wrong_answers: number;
  code_channel: MessageChannel | null;
  code_asked_at: string | null;
  code_tries: number;
  codes_asked: number;
  confirmed: string;
  shown: string;
  document_kind: DocumentKind | null;
  document_reference: string | null;
  document_state: ProofRow['documentState'];
  document_by: string | null;
  failed_at: string | null;
  opened_at: string;
};

const table = (db: Db) => db<Row>('verifications');

/**
 * The row of this call and member, made if there is none; of two at once both get the same one. Said to be somebody
 * else by now, whoever speaks begins anew: only the answers given stay answered.
 */
export const openProof = async (
  db: Db,
  about: Pick<
    ProofRow,
    'id' | 'organisationId' | 'callId' | 'memberId' | 'accountId' | 'caller' | 'openedAt'
  >,
): Promise<ProofRow> => {
  await table(db)
    .insert({
      id: about.id,
      organisation_id: about.organisationId,
      call_id: about.callId,
      member_id: about.memberId,
      account_id: about.accountId,
      caller: about.caller,
      asked: '[]',
      right_answers: 0,
      wrong_answers: 0,
      code_channel: null,
      code_asked_at: null,
      code_tries: 0,
      codes_asked: 0,
      confirmed: '{}',
      shown: '[]',
      document_kind: null,
      document_reference: null,
      document_state: null,
      document_by: null,
      failed_at: null,
      opened_at: about.openedAt,
    })
    .onConflict(['call_id', 'member_id'])
    .ignore();
  // Taken hold of until the transaction ends: steps of one verification come one after the other.
  const [row] = await table(db)
    .where({ call_id: about.callId, member_id: about.memberId })
    .update({ opened_at: db.raw('opened_at') as unknown as string })
    .returning('*');
  if (!row) throw new Error('A verification was not opened.');
  if (row.caller === about.caller) return toProof(row);
  const anew = {
    caller: about.caller,
    right_answers: 0,
    code_channel: null,
    confirmed: '{}',
    shown: '[]',
    document_kind: null,
    document_reference: null,
    document_state: null,
    document_by: null,
  };
  await table(db).where({ id: row.id }).update(anew);
  return toProof({ ...row, ...anew });
};

/** Those of these calls about a member, in no order. */
export const listProofs = async (db: Db, callIds: string[], memberId: string): Promise<ProofRow[]> =>
  (await table(db).whereIn('call_id', callIds).where({ member_id: memberId })).map(toProof);

export const findProof = async (db: Db, id: string): Promise<ProofRow | undefined> => {
  const row = await table(db).where({ id }).first();
  return row && toProof(row);
};

/** Counts one answer before it is compared; false when this question has been answered already. */
export const countAnswer = async (db: Db, { id, asked }: ProofRow, fact: string): Promise<boolean> =>
  (await table(db)
    .where({ id, asked: JSON.stringify(asked) })
    .update({ asked: JSON.stringify([...asked, fact]) })) > 0;

export const noteAnswer = async (
  db: Db,
  id: string,
  { isRight, failedAt }: { isRight: boolean; failedAt: string | null },
): Promise<void> => {
  const column = isRight ? 'right_answers' : 'wrong_answers';
  await table(db)
    .where({ id })
    .increment(column, 1)
    .update({ failed_at: db.raw('coalesce(failed_at, ?)', [failedAt]) as unknown as string });
};

/** A code is on its way: its tries begin anew. False once this call has sent as many as it may. */
export const beginCode = async (
  db: Db,
  id: string,
  code: { channel: MessageChannel; at: string; most: number },
): Promise<boolean> =>
  (await table(db)
    .where({ id })
    .where('codes_asked', '<', code.most)
    .update({
      code_channel: code.channel,
      code_asked_at: code.at,
      code_tries: 0,
      codes_asked: db.raw('codes_asked + 1') as unknown as number,
    })) > 0;

/** Counts one typed code before it is compared; nothing when no code is out or no try is left. */
export const countCode = async (db: Db, id: string, most: number): Promise<ProofRow | undefined> => {
  const [row] = await table(db)
    .where({ id })
    .whereNotNull('code_channel')
    .where('code_tries', '<', most)
    .update({ code_tries: db.raw('code_tries + 1') as unknown as number })
    .returning('*');
  return row && toProof(row);
};

/** A former code is no guess: its try is given back. */
export const giveCodeBack = async (db: Db, id: string): Promise<void> => {
  await table(db).where({ id }).where('code_tries', '>', 0).decrement('code_tries', 1);
};

/** The live code has had its last try. */
export const failCode = async (db: Db, id: string, at: string): Promise<void> => {
  await table(db)
    .where({ id })
    .update({ failed_at: db.raw('coalesce(failed_at, ?)', [at]) as unknown as string });
};

/** The caller holds this contact; a code that proved it is gone. */
export const confirmContact = async (
  db: Db,
  proof: ProofRow,
  kind: ContactKind,
  digest: string,
): Promise<void> => {
  const confirmed = JSON.stringify({ ...proof.confirmed, [kind]: digest });
  await table(db).where({ id: proof.id }).update({ confirmed, code_channel: null });
};

export const noteShown = async (db: Db, proof: ProofRow, kind: ContactKind): Promise<void> => {
  await table(db)
    .where({ id: proof.id })
    .update({ shown: JSON.stringify([...new Set([...proof.shown, kind])]) });
};

/** A document was seen or came in; false when one is there already. */
export const keepDocument = async (
  db: Db,
  id: string,
  document: { kind: DocumentKind; reference: string; state: 'seen' | 'waiting'; by: string },
): Promise<boolean> =>
  (await table(db)
    .where({ id })
    .where((none) => none.whereNull('document_state').orWhere({ document_state: 'refused' }))
    .update({
      document_kind: document.kind,
      document_reference: document.reference,
      document_state: document.state,
      document_by: document.by,
    })) > 0;

/** Another employee checked it, or (null) nobody will; false when it does not wait any more. */
export const settleDocument = async (
  db: Db,
  id: string,
  state: 'checked' | 'refused' | null,
): Promise<boolean> =>
  (await table(db).where({ id, document_state: 'waiting' }).update({ document_state: state })) > 0;

const toProof = (row: Row): ProofRow => ({
  id: row.id,
  organisationId: row.organisation_id,
  callId: row.call_id,
  memberId: row.member_id,
  accountId: row.account_id,
  caller: row.caller,
  asked: JSON.parse(row.asked) as string[],
  rightAnswers: Number(row.right_answers),
  wrongAnswers: Number(row.wrong_answers),
  codeChannel: row.code_channel,
  codeTries: Number(row.code_tries),
  codesAsked: Number(row.codes_asked),
  confirmed: JSON.parse(row.confirmed) as Confirmed,
  shown: JSON.parse(row.shown) as ContactKind[],
  documentKind: row.document_kind,
  documentReference: row.document_reference,
  documentState: row.document_state,
  documentBy: row.document_by,
  failedAt: row.failed_at,
  openedAt: row.opened_at,
});
