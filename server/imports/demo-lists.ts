import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DemoNames, DemoPlaces } from './demo.schema.ts';

export type DemoLists = { surnames: string[]; names: DemoNames; places: DemoPlaces };

/** Reads and checks `<seeds>/demo/{surnames.txt,names.yaml,places.yaml}`. Throws what zod says of a wrong file. */
export const loadDemoLists = (seedsDirectory: string): DemoLists => {
  const read = (name: string) => readFileSync(join(seedsDirectory, 'demo', name), 'utf8');
  return {
    surnames: read('surnames.txt')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#')),
    names: DemoNames.parse(parse(read('names.yaml'))),
    places: DemoPlaces.parse(parse(read('places.yaml'))),
  };
};
