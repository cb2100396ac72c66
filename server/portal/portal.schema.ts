import { z } from 'zod';

export const MemberSignIn = z.strictObject({
  identifier: z.string().max(60),
  password: z.string().max(300),
});

const NextStep = z.enum(['signed-in', 'must-change-password']);

/** What opened, and what the member does next. The session itself travels as a cookie. */
export const SignedIn = z.object({
  status: NextStep,
  message: z.string(),
  /** The rule a new password must follow, in words; set when one must be chosen. */
  passwordRule: z.array(z.string()),
  sessionEndsAt: z.string(),
});

export const ChooseNewPassword = z.strictObject({ newPassword: z.string().min(1).max(300) });
export const PasswordChosen = z.object({
  status: z.enum(['sign-in-again', 'signed-in']),
  message: z.string(),
});

export const PortalSession = z.object({ status: NextStep, passwordRule: z.array(z.string()) });
