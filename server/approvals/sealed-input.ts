import { seal, unseal } from '../core/crypto.ts';
import type { House } from '../core/ctx.ts';
import type { ApprovalRow } from './approvals.store.ts';

/** What an act was asked with: sealed, since it may hold a contact or an address. */
export type Input = Record<string, unknown>;

export const sealInput = ({ keys }: House, id: string, input: Input): string =>
  seal(keys, 'approval', placeOf(id), JSON.stringify(input));

export const openInput = ({ keys }: House, row: Pick<ApprovalRow, 'id' | 'input_sealed'>): Input =>
  JSON.parse(unseal(keys, 'approval', placeOf(row.id), row.input_sealed)) as Input;

const placeOf = (id: string): string => `approvals.input_sealed:${id}`;
