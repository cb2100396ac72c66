import { fold } from '../core/text.ts';

/**
 * The ISO 3166 alpha-2 code of a country given by its code (two or three letters where usual) or its French or
 * English name; undefined when it is none. Overseas France answers FR: its postcode says which territory.
 */
export const countryCode = (typed: string): string | undefined => {
  const code = codes.get(fold(typed));
  return code && overseasFrance.has(code) ? 'FR' : code;
};

const overseasFrance = new Set(['GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'NC', 'PF', 'WF']);

// Names that files carry and Unicode's lists do not.
const others: Record<string, string> = {
  fra: 'FR',
  'france metropolitaine': 'FR',
  uk: 'GB',
  'grande bretagne': 'GB',
  angleterre: 'GB',
  ecosse: 'GB',
  usa: 'US',
  'etats unis d amerique': 'US',
  hollande: 'NL',
  bel: 'BE',
  che: 'CH',
  deu: 'DE',
  esp: 'ES',
  ita: 'IT',
  lux: 'LU',
  prt: 'PT',
  'republique tcheque': 'CZ',
  viet: 'VN',
  vietnam: 'VN',
};

const notCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'ZZ',
  'XA',
  'XB',
  'QO',
  'SU',
  'DD',
  'YD',
  'YU',
  'FX',
  'TP',
  'ZR',
  'BU',
  'DY',
  'HV',
  'NH',
  'RH',
  'VD',
  'CS',
  'AN',
  'NT',
  'UK',
]);

const buildCodes = (): Map<string, string> => {
  const found = new Map<string, string>();
  const names = ['fr', 'en'].map((language) => new Intl.DisplayNames([language], { type: 'region' }));
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    if (notCountries.has(code)) continue;
    for (const name of names.map((list) => list.of(code))) {
      if (name === undefined || name === code) continue;
      found.set(fold(name), code);
      found.set(fold(code), code);
    }
  }
  for (const [name, code] of Object.entries(others)) found.set(name, code);
  return found;
};

const codes = buildCodes();
