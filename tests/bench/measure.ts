/** Prints a line as work goes on. */
export const say = (text: string): void => console.log(`  ${text}`);

/** Says every two seconds how far `work` is; `state` is asked for the words. */
export const withProgress = async <T>(state: () => string, work: () => Promise<T>): Promise<T> => {
  const timer = setInterval(() => say(state()), 2_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
};

/** The value below which the share `part` of the values lies; 0 when there are none. */
export const percentile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
};

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Runs `step` on `loops` autonomous loops for `seconds`. Returns how many were done and how many each second. */
export const runFor = async (
  seconds: number,
  loops: number,
  step: (loop: number) => Promise<void>,
): Promise<{ done: number; perSecond: number }> => {
  const began = performance.now();
  const end = began + seconds * 1_000;
  let done = 0;
  const loop = async (number: number): Promise<void> => {
    while (performance.now() < end) {
      await step(number);
      done += 1;
    }
  };
  await withProgress(
    () => `${done} so far`,
    () => Promise.all(Array.from({ length: loops }, (_, number) => loop(number))),
  );
  return { done, perSecond: (done * 1_000) / (performance.now() - began) };
};

/** Milliseconds that each of the inputs takes, one after the other. */
export const timeEach = async <T>(
  inputs: readonly T[],
  step: (input: T) => Promise<unknown>,
): Promise<number[]> => {
  const times: number[] = [];
  for (const input of inputs) {
    const began = performance.now();
    await step(input);
    times.push(performance.now() - began);
  }
  return times;
};

/** The same numbers at every run: mulberry32, from 0 up to 1. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};
