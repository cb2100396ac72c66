const seconds = [5, 15, 45, 120, 300, 900];

/** How long to wait after this many attempts, in milliseconds: 5 s, 15 s, 45 s, 2 min, 5 min, then 15 min. */
export const backOff = (attempts: number): number => (seconds[Math.max(0, attempts - 1)] ?? 900) * 1_000;
