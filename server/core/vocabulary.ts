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

export const spaceTypes = ['particulier', 'exploitant', 'entreprise', 'employeur-de-jardinier'] as const;
export const SpaceType = z.enum(spaceTypes);
export type SpaceType = z.infer<typeof SpaceType>;

export const contactKinds = ['email', 'mobile', 'landline', 'fax'] as const;
export const ContactKind = z.enum(contactKinds);
export type ContactKind = z.infer<typeof ContactKind>;

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

export const languages = ['fr', 'en'] as const;
export const LanguageCode = z.enum(languages);
