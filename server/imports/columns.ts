import { parse } from 'yaml';
import { AppError } from '../core/errors.ts';
import { fold } from '../core/text.ts';

/** The columns of a members' file: our name → the French header we write, then the headers we also accept. */
export const memberColumns = {
  memberNumber: [
    'N° adhérent',
    'Numéro adhérent',
    'Numéro d’adhérent',
    'Num adhérent',
    'Matricule',
    'Adhérent',
  ],
  rank: ['Rang', 'Rang bénéficiaire', 'Rang du bénéficiaire', 'N° rang'],
  quality: ['Qualité', 'Type de bénéficiaire', 'Titulaire ou ayant droit', 'Lien'],
  nir: [
    'NIR',
    'N° de sécurité sociale',
    'Numéro de sécurité sociale',
    'N° sécurité sociale',
    'N° SS',
    'NSS',
    'INSEE',
  ],
  civility: ['Civilité', 'Titre', 'Civ'],
  birthName: ['Nom de naissance', 'Nom de famille', 'Nom patronymique', 'Nom de jeune fille', 'Nom'],
  usualName: ['Nom d’usage', 'Nom usuel', 'Nom marital', 'Nom d’époux'],
  firstName: ['Prénom', 'Prénoms', 'Premier prénom'],
  birthDate: ['Date de naissance', 'Né le', 'Née le', 'Né(e) le', 'Naissance', 'DDN'],
  email: [
    'E-mail',
    'Email',
    'Mail',
    'Courriel',
    'Adresse e-mail',
    'Adresse électronique',
    'Adresse de courriel',
  ],
  emailSince: ['E-mail depuis le', 'Email depuis le', 'Courriel depuis le', 'Date e-mail'],
  mobile: [
    'Mobile',
    'Portable',
    'Téléphone mobile',
    'Téléphone portable',
    'Tél mobile',
    'Tél portable',
    'GSM',
  ],
  mobileSince: ['Mobile depuis le', 'Portable depuis le', 'Téléphone portable depuis le', 'Date mobile'],
  landline: ['Téléphone fixe', 'Fixe', 'Tél fixe', 'Téléphone', 'Tél', 'Téléphone domicile'],
  landlineSince: ['Téléphone fixe depuis le', 'Fixe depuis le', 'Téléphone depuis le', 'Date fixe'],
  fax: ['Fax', 'Télécopie', 'Télécopieur'],
  faxSince: ['Fax depuis le', 'Télécopie depuis le', 'Date fax'],
  addressLine1: ['Adresse 1', 'Adresse ligne 1', 'Ligne adresse 1', 'Adresse'],
  addressLine2: ['Adresse 2', 'Adresse ligne 2', 'Ligne adresse 2', 'Complément d’adresse'],
  addressLine3: ['Adresse 3', 'Adresse ligne 3', 'Ligne adresse 3'],
  addressLine4: ['Adresse 4', 'Adresse ligne 4', 'Ligne adresse 4'],
  addressSince: ['Adresse depuis le', 'Date adresse'],
  postcode: ['Code postal', 'CP'],
  town: ['Ville', 'Commune', 'Localité', 'Bureau distributeur'],
  country: ['Pays', 'Code pays', 'Pays de résidence'],
  spaceType: ['Type d’espace', 'Espace', 'Profil'],
  clientCompany: [
    'Code entreprise',
    'Entreprise cliente',
    'Code entreprise cliente',
    'Code client',
    'Souscripteur',
  ],
  contractEnd: [
    'Fin de contrat',
    'Date de fin de contrat',
    'Date fin contrat',
    'Radiation',
    'Date de radiation',
  ],
  deathDate: ['Date de décès', 'Décès', 'Décédé le'],
  representativeName: ['Représentant', 'Représentant légal', 'Nom du représentant', 'Tuteur', 'Mandataire'],
  mandateFrom: ['Mandat depuis le', 'Date du mandat', 'Début du mandat', 'Mandat du'],
  mandateUntil: ['Mandat jusqu’au', 'Fin du mandat', 'Mandat au'],
  isProtected: ['Protégé', 'Dossier protégé', 'Dossier sensible', 'VIP'],
  largePrint: ['Gros caractères', 'Grands caractères'],
  language: ['Langue', 'Code langue'],
  firstPasswordCode: [
    'Code premier mot de passe',
    'Code de première connexion',
    'Premier mot de passe',
    'Code d’accès',
  ],
} as const;

/** The columns of the second file: client companies and the end of their rights. */
export const companyColumns = {
  code: ['Code entreprise', 'Code', 'Code client', 'N° entreprise'],
  name: ['Raison sociale', 'Nom', 'Entreprise', 'Dénomination'],
  rightsEnd: ['Fin des droits', 'Date de fin des droits', 'Fin de droits', 'Date fin droits'],
} as const;

/** The columns of the third file: what members can prove. `fact` is the id or the label of the organisation's file. */
export const proofColumns = {
  memberNumber: memberColumns.memberNumber,
  rank: memberColumns.rank,
  fact: ['Preuve', 'Type de preuve', 'Nature', 'Nature de la preuve'],
  value: ['Valeur', 'Valeur de la preuve', 'Réponse', 'Montant'],
  happenedOn: ['Date', 'Date de la preuve', 'Date d’effet', 'Date de paiement', 'En date du'],
} as const;

export type MemberColumn = keyof typeof memberColumns;
export type CompanyColumn = keyof typeof companyColumns;
export type ProofColumn = keyof typeof proofColumns;

/** The columns that a file of each content may have. */
export const columnsOf = { members: memberColumns, companies: companyColumns, proofs: proofColumns } as const;

/** Where each column stands; a column that the file lacks is absent (nothing was said, so nothing changes). */
export type Places<Column extends string> = { readonly [column in Column]?: number } & {
  readonly width: number;
};

/** Our column → their header, for files with headers of their own. */
export type Mapping = ReadonlyMap<string, string>;

export type Columns<Column extends string> = {
  places: Places<Column>;
  /** Headers nothing was read from; safe to show, as the columns that matter were recognised. */
  ignored: string[];
};

/** @throws AppError `imports.file.missing-column` or `.duplicate-column` with `params.column` (our header). */
export const findMemberColumns = (header: string[], mapping?: Mapping): Columns<MemberColumn> => {
  const found = findColumns(memberColumns, header, mapping);
  for (const column of ['memberNumber', 'firstName', 'birthDate'] as const)
    requireColumn(memberColumns, found, column);
  if (found.places.usualName === undefined) requireColumn(memberColumns, found, 'birthName');
  return found;
};

/** @throws AppError as `findMemberColumns`. */
export const findCompanyColumns = (header: string[], mapping?: Mapping): Columns<CompanyColumn> => {
  const found = findColumns(companyColumns, header, mapping);
  for (const column of ['code', 'name', 'rightsEnd'] as const) requireColumn(companyColumns, found, column);
  return found;
};

/** @throws AppError as `findMemberColumns`. */
export const findProofColumns = (header: string[], mapping?: Mapping): Columns<ProofColumn> => {
  const found = findColumns(proofColumns, header, mapping);
  for (const column of ['memberNumber', 'fact', 'value'] as const) requireColumn(proofColumns, found, column);
  return found;
};

/**
 * Reads a mapping file: YAML, one `our column: their header` per line, where our column is its name in this file
 * or its French header.
 * @throws AppError `imports.file.mapping-yaml`, `imports.file.mapping-column` (`params.column`).
 */
export const readMapping = (
  yaml: string,
  known: Record<string, readonly string[]> = memberColumns,
): Mapping => {
  const entries = Object.entries(parseYaml(yaml));
  const names = new Map(
    Object.entries(known).flatMap(([name, [header]]) => [
      [headerKey(name), name],
      [headerKey(header ?? ''), name],
    ]),
  );
  return new Map(
    entries.map(([ours, theirs]) => {
      const column = names.get(headerKey(ours));
      if (column === undefined || (typeof theirs !== 'string' && typeof theirs !== 'number')) {
        throw new AppError('invalid-input', 'imports.file.mapping-column', { params: { column: ours } });
      }
      return [column, String(theirs)];
    }),
  );
};

type Known = Record<string, readonly string[]>;

export const findColumns = <Column extends string>(
  known: Record<Column, readonly string[]>,
  header: string[],
  mapping: Mapping = new Map(),
): Columns<Column> => {
  const columnOf = acceptedHeaders(known, mapping);
  const places: Partial<Record<string, number>> = { width: header.length };
  const ignored: string[] = [];
  header.forEach((cell, index) => {
    const column = columnOf.get(headerKey(cell));
    if (column === undefined) return void ignored.push(cell.trim());
    if (places[column] !== undefined) throw columnRefused('duplicate-column', known, column);
    places[column] = index;
  });
  for (const column of mapping.keys()) {
    if (places[column] === undefined) throw columnRefused('missing-column', known, column);
  }
  return { places: places as Places<Column>, ignored };
};

/** A mapped column answers to its mapped header only, and its header may not mean anything else. */
const acceptedHeaders = (known: Known, mapping: Mapping): Map<string, string> => {
  const accepted = new Map<string, string>();
  for (const [column, headers] of Object.entries(known)) {
    if (!mapping.has(column)) for (const header of headers) accepted.set(headerKey(header), column);
  }
  for (const [column, header] of mapping) accepted.set(headerKey(header), column);
  return accepted;
};

export const requireColumn = <Column extends string>(
  known: Known,
  found: Columns<Column>,
  column: Column,
): void => {
  if (found.places[column] === undefined) throw columnRefused('missing-column', known, column);
};

const columnRefused = (problem: string, known: Known, column: string): AppError =>
  new AppError('invalid-input', `imports.file.${problem}`, {
    params: { column: known[column]?.[0] ?? column },
  });

/** Headers compare without case, accents, signs and a reminder of the date's shape. */
const headerKey = (header: string): string =>
  fold(header)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/ (jj mm aaaa|dd mm yyyy)\b/, '')
    .trim();

const parseYaml = (yaml: string): Record<string, unknown> => {
  let parsed: unknown;
  try {
    parsed = parse(yaml);
  } catch (cause) {
    throw new AppError('invalid-input', 'imports.file.mapping-yaml', { cause });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  throw new AppError('invalid-input', 'imports.file.mapping-yaml');
};
