/** Moments at which a test lets the process die (YARDSTICK 3): from before the claim to the midst of the deposit. */
export type FailPoint = 'k0' | 'k1' | 'k2' | 'k3' | 'k4' | 'k5' | 'k6' | 'k7' | 'k8' | 'bulk-step';

declare module '../core/ctx.ts' {
  interface House {
    /** Does nothing, unless a test handed something over. */
    reached: (point: FailPoint) => void | Promise<void>;
  }
}
