/** What imports ask of the members room, beside `saveMembers`: who is known already, and how. */
export type { KnownCompany, KnownMember, Stamp, Step, Walked } from './intake.store.ts';
export {
  countMembersOf,
  endContracts,
  listCompanies,
  listHoldersByNir,
  listKnown,
  listNumbers,
  listStamps,
  setLineDigests,
  walkMembers,
} from './intake.store.ts';
export { nirIndex, openNir } from './sealed-nir.ts';
