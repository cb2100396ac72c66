import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import { saveFile } from '../shared/saveFile.ts';
import { useOrganisations } from '../shared/useMe.ts';
import { agentColumns, type ModelColumn } from './agentForm.ts';

/** A file of accounts to begin with: its titles, and two lines that are read as they stand. */
export const ModelFile = () => {
  const translate = useTranslate();
  const names = useOrganisations().map(({ name }) => name);
  const titles = agentColumns.map((column) => translate(`agents.file.column.${column}`));
  const name = translate('agents.file.modelName');
  const word = (said: string) => translate(`agents.file.example.${said}`);
  const lines: Partial<Record<ModelColumn, string>>[] = [
    {
      username: 'prenom.nom',
      name,
      role: word('agent'),
      organisations: names[0] ?? '',
      experience: word('beginner'),
    },
    { username: 'prenom.autre', name, role: word('supervisor'), organisations: names.join(' | ') },
  ];
  const rows = [titles, ...lines.map((line) => agentColumns.map((column) => line[column] ?? ''))];
  // A spreadsheet takes a file for UTF-8 by this sign alone.
  const text = `\uFEFF${rows.map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`;
  return (
    <Button
      size="small"
      startIcon={<FileDownload />}
      disabled={names.length === 0}
      onClick={() => saveFile(new Blob([text], { type: 'text/csv' }), translate('agents.file.modelFile'))}
    >
      {translate('agents.file.model')}
    </Button>
  );
};

const quoted = (cell: string): string => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
