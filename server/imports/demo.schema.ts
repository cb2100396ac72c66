import { z } from 'zod';

const words = z.string().transform((text) => text.trim().split(/\s+/));
const lines = z.string().transform((text) => text.trim().split('\n'));
const byDecade = z.record(z.string().regex(/^\d{4}$/), words);

/** `07000 Le Pouzin 2`: postcode, town, weight. */
const weightedTowns = z
  .array(z.string().regex(/^\d{5} .+ \d+$/))
  .min(1)
  .transform((entries) =>
    entries.flatMap((entry) => {
      const [, postcode = '', town = '', weight = '1'] = /^(\d{5}) (.+) (\d+)$/.exec(entry) ?? [];
      return Array.from({ length: Number(weight) }, () => ({ postcode, town, country: 'FR' }));
    }),
  );

/** `GB EC1A 1BB Londres`: country, postcode, town (one word). */
const foreignTowns = z
  .array(z.string().regex(/^[A-Z]{2} .+ \S+$/))
  .min(1)
  .transform((entries) =>
    entries.map((entry) => {
      const [, country = '', postcode = '', town = ''] = /^([A-Z]{2}) (.+) (\S+)$/.exec(entry) ?? [];
      return { postcode, town, country };
    }),
  );

/** seeds/demo/names.yaml */
export const DemoNames = z.strictObject({ women: byDecade, men: byDecade, roots: words, endings: words });
export type DemoNames = z.infer<typeof DemoNames>;

/** seeds/demo/places.yaml */
export const DemoPlaces = z.strictObject({
  towns: weightedTowns,
  corsica: weightedTowns,
  overseas: weightedTowns,
  cedex: weightedTowns,
  abroad: foreignTowns,
  streetKinds: words,
  streetNames: lines,
  complements: z.array(z.string()).min(1),
  companies: z.array(z.string()).min(1),
});
export type DemoPlaces = z.infer<typeof DemoPlaces>;
