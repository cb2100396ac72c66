import { UsageError, type Job } from './cli.ts';
import { momentInWords } from './core/days.ts';
import { read, systemVisit } from './core/perform.ts';
import { addPortalClient, listPortalClients, revokePortalClient } from './portal/portal-clients.service.ts';

/** `portal-client add <organisation> <name>`: a key for the organisation's own server, shown this once. */
export const addAClient = ({ terminal, say, words, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const [organisationId = '', name = ''] = words;
    const known = house.organisations.all().map(({ id }) => id);
    if (!known.includes(organisationId)) {
      throw new UsageError(say('unknownOrganisation', { known: known.join(', ') }));
    }
    if (!/^[\p{L}\p{N} ._-]{2,50}$/u.test(name)) throw new UsageError(say('badField', { field: 'nom' }));
    const { id, key } = await addPortalClient(systemVisit(house, 'cli', known), organisationId, name);
    terminal.out(say('clientMade', { id }));
    terminal.out(say('clientKey', { key: key.expose() }));
    return 0;
  });

/** `portal-client list`: whose keys there are, and which are revoked. Never a key. */
export const listClients = ({ terminal, say, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const rows = await read(systemVisit(house, 'cli', []), listPortalClients);
    if (rows.length === 0) terminal.out(say('clientNone'));
    for (const row of rows) {
      const { id, name, organisation_id: organisation } = row;
      const since = momentInWords('fr', row.created_at);
      const revoked = row.revoked_at && momentInWords('fr', row.revoked_at);
      const line = say('clientLine', { id, name, organisation, since });
      terminal.out(revoked ? `${line} ${say('clientRevokedOn', { revoked })}` : line);
    }
    return 0;
  });

/** `portal-client revoke <id>`: the key opens nothing from now on. */
export const revokeClient = ({ terminal, say, words, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    await revokePortalClient(systemVisit(house, 'cli', []), words[0] ?? '');
    terminal.out(say('clientRevoked'));
    return 0;
  });
