import { z } from 'zod';
import { Version } from '../core/version.schema.ts';
import { Opening } from '../organisations/policy-parts.schema.ts';

/** `192.0.2.0/24`, `2001:db8::/32`, or one address. */
const Network = z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()], 'sites.badNetwork');
const most = z.int().min(1).max(100_000).nullable();

/** How much an agent of a site may do in an hour by the clock and in a day in Paris; null: as much as they need. */
export const Caps = z.strictObject({
  /** Searches, members' pages and numbers shown whole. */
  looksPerHour: most,
  looksPerDay: most,
  /** Ways back in, by whichever channel. */
  waysInPerHour: most,
  waysInPerDay: most,
});
export type Caps = z.infer<typeof Caps>;
export const noCaps: Caps = {
  looksPerHour: null,
  looksPerDay: null,
  waysInPerHour: null,
  waysInPerDay: null,
};

/** Where agents work: its hours say what counts as desk time, the rest what they may do there. */
export const Site = z.object({
  id: z.string(),
  name: z.string(),
  hours: z.array(Opening),
  /** Where on the network its agents' sessions may be; null: anywhere. */
  networks: z.array(z.string()).nullable(),
  caps: Caps,
  /** Nothing masked is shown whole there. */
  noUnmasking: z.boolean(),
  version: z.number(),
});
export type Site = z.infer<typeof Site>;

export const ListedSite = Site.extend({
  /** Open accounts that work there. */
  agents: z.number(),
  can: z.object({ change: z.object({ allowed: z.boolean(), why: z.string().nullable() }) }),
});
export type ListedSite = z.infer<typeof ListedSite>;

const hours = z.array(
  Opening.refine(({ opens, closes }) => opens < closes, { message: 'agents.badHours', path: ['closes'] }),
);
const name = z.string().trim().min(1).max(100);
const restrictions = {
  networks: z.array(Network).min(1).max(50).nullable().optional(),
  caps: Caps.optional(),
  noUnmasking: z.boolean().optional(),
};

export const NewSite = z.strictObject({ name, hours: hours.max(40), ...restrictions });
export type NewSite = z.infer<typeof NewSite>;

/** What is not named stays. */
export const ChangeSite = z.strictObject({
  name: name.optional(),
  hours: hours.max(40).optional(),
  ...restrictions,
  version: Version,
});
export type ChangeSite = z.infer<typeof ChangeSite>;
