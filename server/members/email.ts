export type EmailReading = { ok: true; address: string } | { ok: false; problem: 'too-long' | 'email' };

/** One RFC 5321 addr-spec with a dotted domain; the domain in lower case, which means the same. */
export const readEmail = (typed: string): EmailReading => {
  if (typed.length > 254) return { ok: false, problem: 'too-long' };
  if (!addrSpec.test(typed)) return { ok: false, problem: 'email' };
  const at = typed.indexOf('@');
  return { ok: true, address: typed.slice(0, at) + typed.slice(at).toLowerCase() };
};

const addrSpec =
  /^(?=[^@]{1,64}@)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/i;
