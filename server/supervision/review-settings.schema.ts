import { z } from 'zod';

/** What makes an act stand in the review queue; each has its words under `reviews.signals` of the console. */
export const signalNames = [
  'way-in',
  'changed-then-used',
  'back-office',
  'channel-late',
  'letters-unproved',
  'call-backs',
  'looks',
  'nir-misses',
  'off-hours',
  'kin',
  'overrides',
  'volume',
  'own-lot',
  'gathered',
  'sample',
] as const;
export const SignalName = z.enum(signalNames);
export type SignalName = z.infer<typeof SignalName>;

/** What it counts and why, for the screen and the documentation. */
const Why = z.strictObject({ fr: z.string().trim().min(1), en: z.string().trim().min(1) });

const Signal = z.strictObject({
  why: Why,
  /** What it adds to the score of an item, once. */
  weight: z.int().min(1).max(20),
  /** The least measure that makes it fire. */
  from: z.int().min(1).max(10_000),
  /**
   * From how many agents at once, on one Paris day and for one cause, it is reported once as that cause. Never from
   * one agent alone, who would hide behind their own number. Without: never.
   */
  structuralFrom: z.int().min(2).max(1_000).optional(),
});

const WithDays = Signal.extend({ days: z.int().min(1).max(30) });
const Volume = Signal.extend({ hours: z.int().min(1).max(24), least: z.int().min(1).max(1_000) });

const signals = {
  ...(Object.fromEntries(signalNames.map((name) => [name, Signal])) as Record<SignalName, typeof Signal>),
  /** Within how many days the acts of one agent on one member, or change and use, belong together. */
  'way-in': WithDays,
  'changed-then-used': WithDays,
  /** So many ways in within so many hours at least, before they are compared with the desk's median. */
  volume: Volume,
};

/** The one file of the review queue: the worker, the screen and the tests read it. */
export const ReviewSettings = z.strictObject({
  /** Besides the signals, one act in so many is drawn at random. */
  sampleOneIn: z.int().min(1).max(100_000),
  /** From so many members of one agent on one day, what comes after is gathered in one item. */
  gatherFrom: z.int().min(1).max(1_000),
  /** From when on supervisors are alerted that something is to be seen today: either is enough. */
  today: z.strictObject({
    why: Why,
    /** The oldest item has waited so long. */
    oldestHours: z.int().min(1).max(720),
    /** An item has this score. */
    score: z.int().min(1).max(200),
  }),
  /** From when on an agent's next way in needs a second person (DOMAIN, "Verification"); no item of the queue. */
  farFromDesk: z.strictObject({
    why: Why,
    /** So many ways in within so many hours at least, and so many times the median of the others. */
    hours: z.int().min(1).max(24),
    least: z.int().min(1).max(1_000),
    timesMedian: z.int().min(2).max(100),
  }),
  signals: z.strictObject(signals),
});
export type ReviewSettings = z.infer<typeof ReviewSettings>;
