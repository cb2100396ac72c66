import { BlockList, isIP } from 'node:net';

/**
 * Whether a network address lies in one of these ranges (`192.0.2.0/24`, `2001:db8::/32`, a single address); an IPv4
 * address written as IPv6 (`::ffff:192.0.2.1`) is itself. What is no address lies in none.
 */
export const isWithin = (ranges: readonly string[], address: string): boolean => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 0) return false;
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    const kind = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(network, Number(bits ?? (kind === 'ipv6' ? 128 : 32)), kind);
  }
  return list.check(plain, version === 6 ? 'ipv6' : 'ipv4');
};
