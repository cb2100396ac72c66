import { z } from 'zod';

/** What a supervisor undoes on an account: live secrets die, it locks again, or is frozen. */
export const undoActs = ['kill-secrets', 'lock-again', 'freeze'] as const;
export const UndoAct = z.enum(undoActs);
export type UndoAct = z.infer<typeof UndoAct>;
