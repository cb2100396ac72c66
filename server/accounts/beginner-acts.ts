import type { Act } from './decision.ts';

/**
 * What a beginner asks a senior for: a way in by a message, which opens the account within minutes, and a correction,
 * which decides where the next one goes. A letter goes to the address on file days later, and whoever calls may set it
 * off; an unblock opens nothing: neither needs a senior, and what needs a supervisor needs one from a beginner too.
 */
export const isForSeniors = (act: Act): boolean => act === 'sms' || act === 'email' || act === 'contacts';
