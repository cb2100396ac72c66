import { z } from 'zod';

const NewPassword = z.string().min(1, 'agents.passwordTooShort').max(128);

export const AcceptInvitation = z.strictObject({
  token: z.string().max(100),
  password: NewPassword,
});
/** What to sign in with. */
export const AcceptedInvitation = z.object({ username: z.string() });

export const ChangeOwnPassword = z.strictObject({
  current: z.string().min(1, 'agents.confirmMissing').max(200),
  next: NewPassword,
});
