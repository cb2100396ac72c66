import type { NextStep, RecoveryPath } from '../../server/portal/portal.schema.ts';
import { go, replace } from './router.ts';

/**
 * What the pages remember from one to the next. In memory alone: a reload or another member at the same computer
 * finds nothing. Only the number of failures, and that a way back in was begun in this tab, outlive a reload.
 */
const kept: { identifier: string; message: Message | null } = { identifier: '', message: null };

/** `done`: something was achieved; `note`: something to know. */
export type Message = { text: string; kind: 'done' | 'note' };

export const rememberIdentifier = (typed: string): void => void (kept.identifier = typed);
export const rememberedIdentifier = (): string => kept.identifier;

/** A message for the page that comes next. */
export const leaveMessage = (text: string, kind: Message['kind'] = 'done'): void => {
  kept.message = text ? { text, kind } : null;
};
export const takeMessage = (): Message | null => {
  const { message } = kept;
  kept.message = null;
  return message;
};

const failuresKey = 'failures';
export const failures = (): number => Number(sessionStorage.getItem(failuresKey) ?? 0);
export const countFailure = (): void => sessionStorage.setItem(failuresKey, String(failures() + 1));
export const forgetFailures = (): void => sessionStorage.removeItem(failuresKey);

const begunKey = 'begun';
/** Telephones load a page again when one comes back from the SMS: whether to ask the server where one stood. */
export const noteBegun = (path: RecoveryPath): void => sessionStorage.setItem(begunKey, path);
export const begunBeforeLoad: string | null = sessionStorage.getItem(begunKey);
export const forgetBegun = (): void => sessionStorage.removeItem(begunKey);

const pageOf: Record<NextStep, string> = {
  'change-password': 'mot-de-passe',
  terms: 'conditions',
  contacts: 'coordonnees',
  space: 'espace',
};

/** Where a session leads, with what its answer said; the step left is not to be gone back to. */
export const goNext = (next: NextStep, message = ''): void => {
  leaveMessage(message, next === 'change-password' ? 'note' : 'done');
  replace(pageOf[next]);
};

export const goSignIn = (message = ''): void => {
  leaveMessage(message);
  go('');
};
