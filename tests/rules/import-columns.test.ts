import { describe, expect, test } from 'vitest';
import { AppError } from '../../server/core/errors.ts';
import { findMemberColumns, memberColumns, readMapping } from '../../server/imports/columns.ts';

describe('headers', () => {
  const words = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      if (error instanceof AppError) return [error.words, error.details.params?.column];
      throw error;
    }
    return 'accepted';
  };

  test('are known by their synonyms, without case, accents or signs, and the others are listed', () => {
    const found = findMemberColumns([
      'NUMERO ADHERENT',
      'nom d_usage',
      'PRENOM',
      'Date de naissance (jj/mm/aaaa)',
      'Commentaire',
    ]);

    expect(found.places).toEqual({ memberNumber: 0, usualName: 1, firstName: 2, birthDate: 3, width: 5 });
    expect(found.ignored).toEqual(['Commentaire']);
  });

  test('that are missing or double refuse the file', () => {
    expect(words(() => findMemberColumns(['Matricule', 'Nom', 'Prénom']))).toEqual([
      'imports.file.missing-column',
      'Date de naissance',
    ]);
    expect(words(() => findMemberColumns(['Matricule', 'Nom', 'NOM', 'Prénom', 'DDN']))).toEqual([
      'imports.file.duplicate-column',
      'Nom de naissance',
    ]);
  });

  test('of their own are mapped by a file', () => {
    const mapping = readMapping('memberNumber: COD_ADH\nDate de naissance: DT_NAIS\n');

    expect(findMemberColumns(['COD_ADH', 'DT_NAIS', 'Nom', 'Prénom'], mapping).places).toMatchObject({
      memberNumber: 0,
      birthDate: 1,
    });
    expect(words(() => findMemberColumns(['Matricule', 'DT_NAIS', 'Nom', 'Prénom'], mapping))).toEqual([
      'imports.file.missing-column',
      'N° adhérent',
    ]);
    expect(words(() => readMapping('nope: X\n'))).toEqual(['imports.file.mapping-column', 'nope']);
    expect(words(() => readMapping('- a\n- b\n'))).toEqual(['imports.file.mapping-yaml', undefined]);
    expect(words(() => readMapping('a: "\n'))).toEqual(['imports.file.mapping-yaml', undefined]);
  });

  test('no two columns accept the same one', () => {
    for (const [name, headers] of Object.entries(memberColumns)) {
      for (const header of headers) {
        const width = ['Matricule', 'Nom', 'Prénom', 'DDN', header];
        const found = words(() => findMemberColumns(width));
        const isRequired = ['memberNumber', 'birthName', 'firstName', 'birthDate'].includes(name);
        expect([header, found]).toEqual([
          header,
          isRequired ? ['imports.file.duplicate-column', headers[0]] : 'accepted',
        ]);
      }
    }
  });
});
