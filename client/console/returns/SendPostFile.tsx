import UploadFile from '@mui/icons-material/UploadFileOutlined';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { PostFile } from '../../../server/imports/post-files.schema.ts';
import { uploadFile } from '../requestFile.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { FileField } from '../shared/FileField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useUnloadGuard } from '../shared/useUnloadGuard.ts';

type Props = { kind: PostFile['kind']; onSent: (file: PostFile) => void };

const paths: Record<PostFile['kind'], string> = { returns: '/return-files', report: '/mail-house-reports' };

/** One file from outside: chosen, sent, reported. */
export const SendPostFile = ({ kind, onSent }: Props) => {
  const translate = useTranslate();
  const [file, setFile] = useState<File | null>(null);
  const send = useAct(
    (input: { kind: PostFile['kind']; file: File }) => uploadFile<PostFile>(paths[input.kind], input.file),
    (taken) => {
      setFile(null);
      onSent(taken);
    },
  );
  useUnloadGuard(send.isPending);
  return (
    <Box>
      <Box sx={{ fontWeight: 700 }}>{translate(`returns.files.${kind}`)}</Box>
      <Box sx={{ mb: 1, fontSize: 13, color: 'var(--ink-soft)' }}>
        {translate(`returns.files.${kind}Help`)}
      </Box>
      <FileField
        label={translate(`returns.files.${kind}`)}
        file={file}
        disabled={send.isPending}
        onChange={setFile}
      />
      <ErrorText error={send.error} />
      <Button
        variant="contained"
        startIcon={<UploadFile />}
        disabled={!file || send.isPending}
        onClick={() => file && send.mutate({ kind, file })}
        sx={{ mt: 1 }}
      >
        {translate(send.isPending ? 'act.pending' : 'returns.files.send')}
      </Button>
    </Box>
  );
};
