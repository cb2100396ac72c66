import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { FileField } from '../shared/FileField.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMay } from '../shared/useMe.ts';
import { useUnloadGuard } from '../shared/useUnloadGuard.ts';
import { sendFile, type FileToSend } from './sendFile.ts';
import { noWords, UploadFields, type UploadWords } from './UploadFields.tsx';
import { UploadProgress } from './UploadProgress.tsx';

/** Sends a management system's file: the server reads it whole before anything changes. */
export const UploadScreen = () => (useMay('import.run') ? <Upload /> : <NoSuchPage />);

const Upload = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const [words, setWords] = useState<UploadWords>(noWords);
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState(0);
  const send = useAct(
    (input: FileToSend) => sendFile(input, setSent),
    ({ id }) => redirect(`/imports/${id}/show`),
  );
  useUnloadGuard(send.isPending);
  const { organisation, content, extent, lines } = words;
  const areLinesRight = lines === '' || /^\d{1,8}$/.test(lines);
  const isReady = file !== null && organisation !== '' && extent !== '' && areLinesRight;
  const submit = () => {
    if (!file || extent === '' || !isReady || send.isPending) return;
    setSent(0);
    send.mutate({ organisation, content, extent, lines: lines === '' ? null : Number(lines), file });
  };
  return (
    <Page
      title={translate('imports.upload.title')}
      heading={
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 1.5 }}>
          <Typography variant="h1">{translate('imports.upload.title')}</Typography>
          <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/imports')}>
            {translate('imports.back')}
          </Button>
        </Box>
      }
    >
      <Panel title={translate('imports.upload.what')}>
        <Box
          component="form"
          noValidate
          sx={{ maxWidth: 720, display: 'grid', gap: 2 }}
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <UploadFields
            words={words}
            areLinesRight={areLinesRight}
            disabled={send.isPending}
            onChange={setWords}
          />
          <FileField
            label={translate('imports.upload.file')}
            file={file}
            disabled={send.isPending}
            onChange={setFile}
          />
          <ErrorText error={send.error} />
          {send.isPending && file && <UploadProgress sent={sent} size={file.size} />}
          <Box>
            <Button type="submit" variant="contained" disabled={!isReady || send.isPending}>
              {translate(send.isPending ? 'act.pending' : 'imports.upload.submit')}
            </Button>
          </Box>
        </Box>
      </Panel>
    </Page>
  );
};
