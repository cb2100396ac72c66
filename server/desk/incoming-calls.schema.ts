import { z } from 'zod';
import { FoundMember } from '../members/members.schema.ts';

/** A call that rings, as the telephone system announces it. */
export const AnnouncedCall = z.strictObject({
  /** As the caller's line shows it; empty, or a word in its place, when it is withheld. */
  number: z.string().max(128),
  /** The agent whose telephone rings: nobody else may then open the address. */
  username: z.string().max(64).optional(),
});
export type AnnouncedCall = z.infer<typeof AnnouncedCall>;

/** What the telephone system opens on the agent's screen: nothing of the number stands in it. */
export const IncomingAddress = z.object({ address: z.string() });
export type IncomingAddress = z.infer<typeof IncomingAddress>;

/** Members who have the number that the caller's line shows; it proves nothing. */
export const IncomingCall = z.object({
  id: z.string(),
  receivedAt: z.string(),
  /** After this moment the number is forgotten. */
  endsAt: z.string(),
  members: z.array(FoundMember),
  /** There are others than those listed. */
  more: z.boolean(),
  /** Why nobody is listed. */
  note: z.string().nullable(),
});
export type IncomingCall = z.infer<typeof IncomingCall>;
