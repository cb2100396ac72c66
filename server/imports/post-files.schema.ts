import { z } from 'zod';

/** Files that come back from outside about letters: La Poste's returns, a mail house's report. */
export const postFileKinds = ['returns', 'report'] as const;
export const PostFileKind = z.enum(postFileKinds);
export type PostFileKind = z.infer<typeof PostFileKind>;

export const PostFile = z.object({
  id: z.string(),
  kind: PostFileKind,
  lines: z.number(),
  taken: z.number(),
  rejected: z.number(),
  receivedAt: z.string(),
  receivedByName: z.string().nullable(),
  /** The first lines that were not taken: where, why and what to do, never the value. */
  problems: z.array(z.object({ line: z.number(), column: z.string(), message: z.string() })),
});
export type PostFile = z.infer<typeof PostFile>;
