import type { Role } from './vocabulary.ts';

/**
 * Who may do what. Each route names one of these; a role has them all or not at all (PRODUCT, "Who uses it").
 * `signed-in` is every agent of the desk, `own-account` too, even while they must first choose a password or enrol a
 * second factor; `public` needs no session.
 */
const holders = {
  'member.search': ['agent', 'supervisor'],
  'member.view': ['agent', 'supervisor'],
  'member.reveal-nir': ['agent', 'supervisor'],
  'account.unblock': ['agent', 'supervisor'],
  'account.unfreeze': ['supervisor'],
  'account.flag': ['agent', 'supervisor'],
  'member.verify': ['agent', 'supervisor'],
  'member.correct': ['agent', 'supervisor'],
  'member.note': ['agent', 'supervisor'],
  'approval.list': ['agent', 'supervisor'],
  'approval.decide': ['agent', 'supervisor'],
  'approval.grant': ['supervisor'],
  'callback.list': ['agent', 'supervisor'],
  'callback.manage': ['agent', 'supervisor'],
  'change-file.read': ['administrator'],
  'letter.request': ['agent', 'supervisor'],
  'letter.cancel': ['agent', 'supervisor', 'print-operator'],
  'letter.return': ['supervisor', 'print-operator'],
  'letter.preview': ['supervisor', 'print-operator', 'administrator'],
  'promise.view': ['supervisor', 'print-operator', 'administrator'],
  'destruction.list': ['supervisor', 'print-operator'],
  'destruction.witness': ['supervisor', 'print-operator'],
  'alarm.list': ['supervisor', 'print-operator'],
  'letter.list': ['agent', 'supervisor', 'print-operator'],
  'message.list': ['agent', 'supervisor'],
  'alert.list': ['supervisor'],
  'alert.see': ['supervisor'],
  'policy-report.view': ['administrator', 'supervisor', 'auditor'],
  'call.manage': ['agent', 'supervisor'],
  'call.list': ['agent', 'supervisor'],
  'lot.list': ['supervisor', 'print-operator'],
  'lot.make': ['print-operator'],
  'lot.release': ['supervisor', 'print-operator'],
  'lot.print': ['print-operator'],
  'lot.count': ['print-operator'],
  'lot.deposit': ['supervisor', 'print-operator'],
  'lot.kill': ['supervisor'],
  'audit.list': ['supervisor', 'auditor'],
  'audit.verify': ['supervisor', 'auditor'],
  'audit.export': ['supervisor', 'auditor'],
  'consultations.view': ['supervisor', 'auditor'],
  'member.find': ['supervisor', 'auditor'],
  'review.list': ['supervisor'],
  'review.decide': ['supervisor'],
  'review.own': ['agent', 'supervisor', 'print-operator'],
  'incident.view': ['supervisor', 'auditor'],
  'incident.manage': ['supervisor'],
  'bulk.ask': ['supervisor'],
  'bulk.approve': ['supervisor'],
  'figures.view': ['supervisor', 'administrator'],
  'agent.list': ['administrator', 'supervisor', 'auditor'],
  'agent.manage': ['administrator'],
  'agent.end-sessions': ['administrator', 'supervisor'],
  'site.list': ['administrator', 'supervisor'],
  'site.manage': ['administrator'],
  'rights.view': ['administrator', 'auditor'],
  'rights.confirm': ['administrator'],
  'import.list': ['administrator'],
  'import.run': ['administrator'],
  'organisation.list': ['agent', 'supervisor', 'print-operator', 'administrator', 'auditor'],
  'own-account': ['agent', 'supervisor', 'print-operator', 'administrator', 'auditor'],
  'signed-in': ['agent', 'supervisor', 'print-operator', 'administrator', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof holders;

export const permissionsOf = (role: Role): ReadonlySet<Permission> =>
  new Set(
    Object.entries(holders)
      .filter(([, allowed]) => (allowed as readonly Role[]).includes(role))
      .map(([permission]) => permission as Permission),
  );
