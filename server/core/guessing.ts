/**
 * The arithmetic of guessing (YARDSTICK 5.1), exact and pure: the policy report shows it, the tests hold a
 * simulated attack against it. `possibilities` is how many equally likely values a secret has; people who choose
 * their own are far less even, so that for those every figure is a lower bound.
 */

/** At most so many within so many minutes of the first one. */
export type Window = { most: number; minutes: number };

export const yearInMinutes = 365 * 1_440;

export const possibilitiesOfDigits = (digits: number): number => 10 ** digits;

/** 12 random symbols of 32. */
export const possibilitiesOfTemporaryPassword = 2 ** 60;

/** Whoever has the NIR has year and month of the birth date: the day is left, one of 30.4 (YARDSTICK D3). */
export const possibilitiesOfBirthDay = 365.25 / 12;

/** Entropy in bits. */
export const bitsOf = (possibilities: number): number => Math.log2(possibilities);

/** Chance of a hit with so many different tries at one secret. */
export const hitOnOne = (possibilities: number, tries: number): number => Math.min(1, tries / possibilities);

/**
 * Chance of at least one hit with `tries` tries at each of so many secrets, made anew each time:
 * 1 - (1 - tries / possibilities) ^ secrets, without the loss that this has for tiny chances.
 */
export const hitOnAny = (guess: { possibilities: number; tries: number; secrets: number }): number => {
  if (guess.secrets === 0) return 0;
  return -Math.expm1(guess.secrets * Math.log1p(-hitOnOne(guess.possibilities, guess.tries)));
};

/** How many a year at a steady rate: the tightest of the windows decides. */
export const perYear = (windows: Window[]): number =>
  Math.min(...windows.map(({ most, minutes }) => (most * yearInMinutes) / minutes));

/** What has been taken from one window: nothing yet, or so many since it began. */
export type Taken = { used: number; endsAt: number };

/**
 * Takes one from every window, or from none; says whether it did. The same rule as the budgets of the database,
 * in minutes from any moment: a window begins with its first use and is over when `endsAt` is reached.
 */
export const takeFrom = (windows: Window[], taken: Taken[], at: number): boolean => {
  for (const [n, { most }] of windows.entries()) {
    const one = taken[n];
    if (one && one.endsAt > at && one.used >= most) return false;
  }
  for (const [n, { minutes }] of windows.entries()) {
    const one = taken[n];
    if (one && one.endsAt > at) one.used += 1;
    else taken[n] = { used: 1, endsAt: at + minutes };
  }
  return true;
};

/** When every window has one left again. */
export const nextLeftAt = (windows: Window[], taken: Taken[], at: number): number =>
  windows.reduce((soonest, { most }, n) => {
    const one = taken[n];
    return one && one.used >= most && one.endsAt > soonest ? one.endsAt : soonest;
  }, at);

/** The most that can be had within so many minutes by whoever takes each as soon as it is there. */
export const mostWithin = (windows: Window[], minutes: number): number => {
  const taken: Taken[] = [];
  let at = 0;
  for (let had = 0; ; had += 1) {
    while (!takeFrom(windows, taken, at)) {
      at = nextLeftAt(windows, taken, at);
      if (at >= minutes) return had;
    }
  }
};

/** Limits of acceptance (YARDSTICK 5.1): one targeted member and year, and a million members and year. */
export const mostPerMemberYear = 1e-3;
export const mostPerMillionYear = 1;

export type Odds = {
  bits: number;
  triesPerSecret: number;
  secretsPerYear: number;
  /** Chance that one targeted member is broken into in a year. */
  perMemberYear: number;
  /** Expected accounts a year when everybody of a million members is tried. */
  perMillionYear: number;
  acceptable: boolean;
};

/**
 * The odds of a secret that is made anew for each request: codes, temporary passwords.
 * `requests` are the windows of one member's requests; `wrongTries` those of wrong tries at anybody's, whatever
 * the number of members (none: nothing stops whoever tries everybody).
 */
export const oddsOf = (secret: {
  possibilities: number;
  triesPerSecret: number;
  requests: Window[];
  wrongTries: Window[];
}): Odds => {
  const { possibilities, triesPerSecret } = secret;
  const secretsPerYear = perYear(secret.requests);
  const perMemberYear = hitOnAny({ possibilities, tries: triesPerSecret, secrets: secretsPerYear });
  const perMillionYear = Math.min(1e6 * perMemberYear, perYear(secret.wrongTries) / possibilities);
  return judged({
    bits: bitsOf(possibilities),
    triesPerSecret,
    secretsPerYear,
    perMemberYear,
    perMillionYear,
  });
};

/**
 * The odds of a fact that stays the same however often it is tried: a birth date, an amount. No try is wasted, so
 * that a year's tries add up. `tries` are the windows of one member's tries, `everybodys` those of all together.
 */
export const oddsOfFact = (fact: { possibilities: number; tries: Window[]; everybodys?: Window[] }): Odds => {
  const triesPerYear = perYear(fact.tries);
  const perMemberYear = hitOnOne(fact.possibilities, triesPerYear);
  const perMillionYear = Math.min(1e6 * perMemberYear, perYear(fact.everybodys ?? []) / fact.possibilities);
  return judged({
    bits: bitsOf(fact.possibilities),
    triesPerSecret: triesPerYear,
    secretsPerYear: 1,
    perMemberYear,
    perMillionYear,
  });
};

const judged = (odds: Omit<Odds, 'acceptable'>): Odds => ({
  ...odds,
  acceptable: odds.perMemberYear <= mostPerMemberYear && odds.perMillionYear <= mostPerMillionYear,
});
