import { z } from 'zod';

/** Words that several rooms share. A word that one room alone needs stays in that room's schema. */

export const roles = ['agent', 'supervisor', 'print-operator', 'administrator', 'auditor'] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

export const channels = ['letter', 'email', 'sms'] as const;
export const Channel = z.enum(channels);
export type Channel = z.infer<typeof Channel>;

/** The channels by which a message goes out; the third one is paper. */
export const messageChannels = ['email', 'sms'] as const;
export const MessageChannel = z.enum(messageChannels);
export type MessageChannel = z.infer<typeof MessageChannel>;

/** Which way back the member takes: the organisation's file says which exist. */
export const recoveryPaths = ['forgotten', 'unblock', 'first'] as const;
export const RecoveryPath = z.enum(recoveryPaths);
export type RecoveryPath = z.infer<typeof RecoveryPath>;

export const callChannels = ['telephone', 'email', 'post', 'branch', 'back-office'] as const;
export const CallChannel = z.enum(callChannels);
export type CallChannel = z.infer<typeof CallChannel>;

export const callers = ['unsaid', 'member', 'dependant', 'legal-representative', 'third-party'] as const;
export const Caller = z.enum(callers);
export type Caller = z.infer<typeof Caller>;

/** What a call came to: the server says it from what was done in the call, unless the agent does. */
export const callOutcomes = [
  'settled',
  'letter-on-its-way',
  'waiting-for-approval',
  'to-call-back',
  'not-verified',
  'suspicion',
  'refused',
  'nothing-done',
] as const;
export const CallOutcome = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof CallOutcome>;

export const callEnds = ['agent', 'dropped', 'next-call', 'idle'] as const;
export const CallEnd = z.enum(callEnds);
export type CallEnd = z.infer<typeof CallEnd>;

export const spaceTypes = ['particulier', 'exploitant', 'entreprise', 'employeur-de-jardinier'] as const;
export const SpaceType = z.enum(spaceTypes);
export type SpaceType = z.infer<typeof SpaceType>;

export const contactKinds = ['email', 'mobile', 'landline', 'fax'] as const;
export const ContactKind = z.enum(contactKinds);
export type ContactKind = z.infer<typeof ContactKind>;

/** Identity documents that prove most; only a reference is ever kept of one (DOMAIN, "Verification"). */
export const documentKinds = ['identity-card', 'passport', 'residence-permit', 'driving-licence'] as const;
export const DocumentKind = z.enum(documentKinds);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** The headline of an account, first that applies (DOMAIN, "People, contacts, accounts"). */
export const headlines = [
  'disabled',
  'frozen',
  'locked',
  'waiting',
  'never-connected',
  'open',
  'no-account',
] as const;
export const Headline = z.enum(headlines);
export type Headline = z.infer<typeof Headline>;

export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export const Weekday = z.enum(weekdays);
export type Weekday = z.infer<typeof Weekday>;

export const languages = ['fr', 'en'] as const;
export const LanguageCode = z.enum(languages);
