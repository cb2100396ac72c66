import { Secret, TOTP } from 'otpauth';
import type { Client, Answer } from './client.ts';
import { SecurityKey } from './security-key.ts';
import { deskPassword, type TestServer } from './server.ts';

/** An authenticator app, whose clock is the server's. */
export class AuthenticatorApp {
  readonly #totp: TOTP;
  readonly #server: TestServer;

  constructor(server: TestServer, secret: string) {
    this.#server = server;
    this.#totp = new TOTP({ secret: Secret.fromBase32(secret) });
  }

  /** The code shown now, or so many steps of thirty seconds from now. */
  code(steps = 0): string {
    return this.#totp.generate({ timestamp: this.#server.clock.now().getTime() + steps * 30_000 });
  }

  /** A code that nobody has used: half a minute later. */
  next(): string {
    this.#server.clock.advance(0.5);
    return this.code();
  }
}

/** The answer to `POST /api/session`, from a browser of its own unless one is given. */
export const tryToSignIn = (
  server: TestServer,
  username: string,
  proof: { code?: string; assertion?: unknown } = {},
  client: Client = server.anonymous(),
): Promise<Answer> => client.post('/api/session', { username, password: deskPassword, ...proof });

/** Enrols an app for whoever sits at `client`; `proof` as the server asks it of who has a factor. */
export const enrolApp = async (
  server: TestServer,
  client: Client,
  proof: object = { password: deskPassword },
): Promise<{ app: AuthenticatorApp; recoveryCodes: string[]; factorId: string }> => {
  const begun = await client.post('/api/own-account/totp', proof);
  const app = new AuthenticatorApp(server, begun.body.secret as string);
  const added = await client.post('/api/own-account/totp/confirm', {
    enrolment: begun.body.enrolment,
    name: 'Téléphone',
    code: app.code(),
  });
  if (added.status !== 200) throw new Error(`Enrolling answered ${begun.status}, ${added.status}.`);
  return { app, recoveryCodes: added.body.recoveryCodes, factorId: added.body.factor.id };
};

/** The same with a security key. */
export const enrolKey = async (
  server: TestServer,
  client: Client,
  proof: object = { password: deskPassword },
): Promise<{ key: SecurityKey; recoveryCodes: string[] | null }> => {
  const key = new SecurityKey(new URL(server.house.publicUrl).origin);
  const begun = await client.post('/api/own-account/security-keys', proof);
  const response = key.make(begun.body.options);
  const added = await client.post('/api/own-account/security-keys/confirm', { name: 'Clé', response });
  if (added.status !== 200) throw new Error(`Enrolling answered ${begun.status}, ${added.status}.`);
  return { key, recoveryCodes: added.body.recoveryCodes };
};
