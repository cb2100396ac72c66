import type { smsScopes } from '../organisations/policy-parts.schema.ts';
import { isMetropolitanMobile, readPhone } from './phone.ts';

type SmsScope = (typeof smsScopes)[number];

// The territories that share the French ten-digit plan: what « France » means to whoever pays for the SMS.
const french = new Set(['FR', 'GP', 'RE', 'MQ', 'GF', 'YT', 'PM', 'BL', 'MF']);

/** Whether the SMS of an organisation reach this mobile: in metropolitan France only, in all of France, or anywhere. */
export const isReachedBySms = (scope: SmsScope, e164: string): boolean => {
  if (scope === 'metropolitan') return isMetropolitanMobile(e164);
  const reading = readPhone(e164);
  if (!reading.ok || reading.kind !== 'mobile') return false;
  return scope === 'any' || french.has(reading.region);
};
