import type { z } from 'zod';
import type {
  AskRecovery,
  Challenge,
  ChooseChannel,
  ChooseNewPassword,
  ConfirmContactChange,
  ContactConfirmation,
  ContactsSaved,
  FranceConnectReturned,
  FranceConnectStart,
  MemberSignIn,
  NextAnswer,
  OpenRecovery,
  OwnContacts,
  PasswordChosen,
  PortalDescription,
  PortalSession,
  RecoveryStep,
  Repudiated,
  SaveContacts,
  SignedIn,
  Terms,
} from '../../server/portal/portal.schema.ts';
import type {
  AcknowledgeTestLetter,
  TestLetterAcknowledged,
} from '../../server/portal/test-letter.schema.ts';
import { request } from './request.ts';

type Next = z.infer<typeof NextAnswer>;

/** Every call that the member's pages make: nothing else leaves them. */
export const describe = () => request<PortalDescription>('GET', '/description');
export const challenge = () => request<z.infer<typeof Challenge>>('GET', '/challenge');

export const signIn = (typed: z.infer<typeof MemberSignIn>) => request<SignedIn>('POST', '/sign-in', typed);
export const session = () => request<PortalSession>('GET', '/session');
export const signOut = () => request<null>('DELETE', '/session');
export const changePassword = (typed: z.infer<typeof ChooseNewPassword>) =>
  request<PasswordChosen>('POST', '/password', typed);

export const askRecovery = (asked: AskRecovery) => request<RecoveryStep>('POST', '/recoveries', asked);
export const openRecovery = () => request<OpenRecovery>('GET', '/recoveries');
export const chooseChannel = (chosen: z.infer<typeof ChooseChannel>) =>
  request<RecoveryStep>('POST', '/recoveries/channel', chosen);
export const typeCode = (code: string) => request<RecoveryStep>('POST', '/recoveries/code', { code });
export const openLink = (token: string) => request<SignedIn>('POST', '/links', { token });
export const repudiate = (token: string) =>
  request<z.infer<typeof Repudiated>>('POST', '/repudiations', { token });

export const sayTestLetterCame = (typed: AcknowledgeTestLetter) =>
  request<TestLetterAcknowledged>('POST', '/test-letter', typed);

export const terms = () => request<Terms>('GET', '/terms');
export const acceptTerms = (version: string) => request<Next>('POST', '/terms', { version });
export const contacts = () => request<OwnContacts>('GET', '/contacts');
export const saveContacts = (saved: z.infer<typeof SaveContacts>) =>
  request<z.infer<typeof ContactsSaved>>('PUT', '/contacts', saved);
export const confirmContact = (confirmed: z.infer<typeof ConfirmContactChange>) =>
  request<z.infer<typeof ContactConfirmation>>('POST', '/contacts/confirmation', confirmed);

export const startFranceConnect = () =>
  request<z.infer<typeof FranceConnectStart>>('POST', '/france-connect');
export const returnFromFranceConnect = (query: string) =>
  request<FranceConnectReturned>('POST', '/france-connect/return', { query });
export const linkFranceConnect = (identifier: string) =>
  request<SignedIn>('POST', '/france-connect/link', { identifier });
