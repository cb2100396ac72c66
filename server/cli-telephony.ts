import { UsageError, type Job } from './cli.ts';
import { momentInWords } from './core/days.ts';
import { read, systemVisit } from './core/perform.ts';
import {
  addTelephonyClient,
  listTelephonyClients,
  revokeTelephonyClient,
} from './desk/telephony-clients.service.ts';

/** `telephony-client add <name>`: a key for a telephone system, shown this once. */
export const addATelephonyClient = ({ terminal, say, words, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const [name = ''] = words;
    if (!/^[\p{L}\p{N} ._-]{2,50}$/u.test(name)) throw new UsageError(say('badField', { field: 'nom' }));
    const { id, key } = await addTelephonyClient(systemVisit(house, 'cli', []), name);
    terminal.out(say('clientMade', { id }));
    terminal.out(say('clientKey', { key: key.expose() }));
    return 0;
  });

/** `telephony-client list`: which keys there are, and which are revoked. Never a key. */
export const listAllTelephonyClients = ({ terminal, say, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const rows = await read(systemVisit(house, 'cli', []), listTelephonyClients);
    if (rows.length === 0) terminal.out(say('clientNone'));
    for (const { id, name, created_at, revoked_at } of rows) {
      const line = say('telephonyLine', { id, name, since: momentInWords('fr', created_at) });
      const revoked = revoked_at && momentInWords('fr', revoked_at);
      terminal.out(revoked ? `${line} ${say('clientRevokedOn', { revoked })}` : line);
    }
    return 0;
  });

/** `telephony-client revoke <id>`: the key announces nothing from now on. */
export const revokeATelephonyClient = ({ terminal, say, words, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    await revokeTelephonyClient(systemVisit(house, 'cli', []), words[0] ?? '');
    terminal.out(say('clientRevoked'));
    return 0;
  });
