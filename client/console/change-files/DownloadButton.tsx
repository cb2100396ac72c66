import FileDownload from '@mui/icons-material/FileDownloadOutlined';
import { Button } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { ChangeFile } from '../../../server/members/change-files.schema.ts';
import { request } from '../request.ts';
import { formatDay } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { useOrganisationName } from '../shared/useMe.ts';

/** Hands the file to the browser; nothing of it stays in the page. */
export const DownloadButton = ({ file }: { file: ChangeFile }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const nameOf = useOrganisationName();
  const download = useAct((one: ChangeFile) => save(one));
  const day = formatDay(file.day, locale);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<FileDownload />}
        disabled={download.isPending}
        onClick={() => download.mutate(file)}
        aria-label={translate('changeFiles.downloadOf', { organisation: nameOf(file.organisationId), day })}
      >
        {translate('changeFiles.download')}
      </Button>
      <ErrorText error={download.error} />
    </>
  );
};

const save = async ({ id, organisationId, day }: ChangeFile): Promise<void> => {
  const { body } = await request(`/api/change-files/${encodeURIComponent(id)}/csv`);
  // Reading the answer as text took the mark of UTF-8 away, which spreadsheets need.
  const url = URL.createObjectURL(new Blob(['\ufeff', body], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${organisationId}-${day}.csv`;
  link.click();
  URL.revokeObjectURL(url);
};
