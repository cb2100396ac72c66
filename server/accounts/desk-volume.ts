declare module '../core/ctx.ts' {
  interface House {
    /** What counts as far from the desk's; the review queue's file says it. */
    farFromDesk: () => FarFromDesk;
  }
}

/** So many ways in within so many hours at least, and so many times what the others send. */
export type FarFromDesk = { hours: number; least: number; timesMedian: number };

/** Whether an agent sent far more ways in than the desk's median (DOMAIN, "Verification"). */
export const isFarFromDesk = (
  sentByAgent: ReadonlyMap<string, number>,
  agentId: string,
  { least, timesMedian }: Omit<FarFromDesk, 'hours'>,
): boolean => {
  const own = sentByAgent.get(agentId) ?? 0;
  if (own < least) return false;
  const others = [...sentByAgent].filter(([id]) => id !== agentId).map(([, sent]) => sent);
  return own >= timesMedian * medianOf(others);
};

export const medianOf = (values: number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};
