import type { Import } from '../../../server/imports/imports.schema.ts';
import { uploadFile } from '../requestFile.ts';

export type FileToSend = {
  organisation: string;
  content: Import['content'];
  extent: Import['extent'];
  lines: number | null;
  file: File;
};

/** Sends a management system's file with what is said of it. */
export const sendFile = (
  { file, lines, ...said }: FileToSend,
  onSent: (bytes: number) => void,
): Promise<Import> => {
  const query = new URLSearchParams({ ...said, ...(lines === null ? {} : { lines: String(lines) }) });
  return uploadFile(`/imports?${query}`, file, onSent);
};
