/** A stream of bytes that is the same for the same seed (xorshift128, seeded by splitmix32): for simulations only. */
export const seededBytes = (seed: number): ((length: number) => Uint8Array) => {
  let mixed = seed >>> 0;
  const seeded = (): number => {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    let value = mixed;
    value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
    value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
    return value ^ (value >>> 15);
  };
  // Four variables, not an array: simulations draw a hundred million bytes.
  let a = seeded();
  let b = seeded();
  let c = seeded();
  let d = seeded();
  const word = (): number => {
    const mix = a ^ (a << 11);
    a = b;
    b = c;
    c = d;
    d = d ^ (d >>> 19) ^ mix ^ (mix >>> 8);
    return d;
  };
  return (length) => {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += 1) bytes[at] = word() >>> 24;
    return bytes;
  };
};

/** Central interval of a binomial count: outside lies at most `1 - level`, at most half of it on each side. */
export const intervalOf = (trials: number, chance: number, level = 0.95): { least: number; most: number } => {
  const tail = (1 - level) / 2;
  let term = trials * Math.log1p(-chance);
  let below = 0;
  let least = -1;
  for (let count = 0; count <= trials; count += 1) {
    below += Math.exp(term);
    if (least < 0 && below > tail) least = count;
    if (below >= 1 - tail) return { least, most: count };
    term += Math.log((trials - count) / (count + 1)) + Math.log(chance) - Math.log1p(-chance);
  }
  return { least: Math.max(0, least), most: trials };
};
