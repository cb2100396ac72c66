/** How long an import belongs to the process at work on it, unless that one says again that it is. */
export const leaseSeconds = 5;

export const leaseFrom = (now: Date): string => new Date(now.getTime() + leaseSeconds * 1_000).toISOString();
