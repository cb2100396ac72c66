import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';
import { AuditSelection } from '../audit/audit.schema.ts';

export const exportFormats = ['csv', 'json'] as const;
export const ExportFormat = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Whatever the list's filters select, as a spreadsheet or as signed JSON Lines. */
export const NewAuditExport = z.strictObject({
  filter: AuditSelection.default({}),
  format: ExportFormat,
  ...OwnProof.shape,
});
export type NewAuditExport = z.output<typeof NewAuditExport>;

/** What checks the signature of a JSON export: Ed25519, SPKI in PEM. */
export const ExportKey = z.object({ publicKey: z.string() });
