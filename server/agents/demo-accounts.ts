import type { Role } from '../core/vocabulary.ts';

/** The accounts with which the demo is tried out, one of each role, by the names they sign in with. */
export const demoAccounts: Readonly<Record<string, Role>> = {
  agent: 'agent',
  superviseur: 'supervisor',
  editique: 'print-operator',
  admin: 'administrator',
  auditeur: 'auditor',
};
