import { Secret as Seed, TOTP } from 'otpauth';

/** RFC 6238 as every app knows it: SHA-1, six digits, thirty seconds. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
// A clock half a minute off, or a code typed slowly.
const window = 1;

/** @returns the secret of twenty bytes in base32. */
export const seedFrom = (bytes: Uint8Array): string =>
  new Seed({ buffer: Uint8Array.from(bytes).buffer }).base32;

/** What a QR code tells an app (Key URI Format); holds the secret. */
export const uriOf = (seed: string, issuer: string, label: string): string =>
  new TOTP({ ...settings, secret: Seed.fromBase32(seed), issuer, label }).toString();

/** Which time step this code is of, near `now`; null when of none. */
export const stepOf = (seed: string, code: string, now: Date): number | null => {
  const timestamp = now.getTime();
  const delta = new TOTP({ ...settings, secret: Seed.fromBase32(seed) }).validate({
    token: code,
    timestamp,
    window,
  });
  return delta === null ? null : TOTP.counter({ period: settings.period, timestamp }) + delta;
};
