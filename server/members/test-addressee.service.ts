import type { Ctx } from '../core/ctx.ts';
import { saveMember } from './saving.service.ts';

/**
 * Where the member stands whom an organisation's test letters are made for. No organisation's id holds a colon, so
 * that no agent, import, search or portal ever reaches it: each asks for organisations of its own scope.
 */
export const testOrganisationOf = (organisationId: string): string => `test:${organisationId}`;

/** Writes that member, once; no name, address or contact of anybody. Answers the id. */
export const saveTestAddressee = async (ctx: Ctx, organisationId: string): Promise<string> => {
  const { id } = await saveMember(ctx, {
    organisationId: testOrganisationOf(organisationId),
    memberNumber: 'test',
    rank: '',
    kind: 'holder',
    nir: null,
    civility: null,
    birthName: null,
    usualName: 'test',
    firstName: '',
    birthDate: '',
    contacts: [],
    address: null,
    spaceType: null,
    companyCode: null,
    contractEndOn: null,
    deceasedOn: null,
    representative: null,
    isProtected: false,
    wantsLargePrint: false,
    language: 'fr',
    lineDigest: '',
    importId: null,
  });
  return id;
};
