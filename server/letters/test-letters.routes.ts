import { listing, type Route } from '../http/routes.ts';
import { TestLetter, TestLetterFilter } from './test-letters.schema.ts';
import { listTestLetters } from './test-letters.service.ts';
import { testLetterFields } from './test-letters.store.ts';

export const testLetterRoutes: Route[] = [
  listing('/test-letters', {
    summary: 'The letters that organisations send to themselves, one for each week, and whether they came',
    permission: 'lot.list',
    filter: TestLetterFilter,
    sortable: testLetterFields,
    response: TestLetter,
    handle: listTestLetters,
  }),
];
