import { Box } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { PostFile } from '../../../server/imports/post-files.schema.ts';
import { usePrintTargets } from '../lots/usePrintTargets.ts';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Panel } from '../shared/Page.tsx';
import { FileReport, FileTable } from './FileReport.tsx';
import { SendPostFile } from './SendPostFile.tsx';

const path = `/post-files?${new URLSearchParams({ range: '[0,9]', sort: '["receivedAt","DESC"]' })}`;
const queryKey = ['post-files'];

/** La Poste's file of returns and, where there is one, the mail house's report; what became of each. */
export const PostFiles = () => {
  const translate = useTranslate();
  const client = useQueryClient();
  const [shown, show] = useState<PostFile | null>(null);
  const { data: targets } = usePrintTargets();
  const { data = [], error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<PostFile[]>(path, { signal }),
    staleTime: 0,
  });
  const sent = (file: PostFile) => {
    show(file);
    void client.invalidateQueries({ queryKey });
  };
  return (
    <Panel title={translate('returns.files.title')}>
      <Box sx={{ display: 'grid', gridTemplateColumns: targets?.mailHouse ? '1fr 1fr' : '1fr', gap: 3 }}>
        <SendPostFile kind="returns" onSent={sent} />
        {targets?.mailHouse && <SendPostFile kind="report" onSent={sent} />}
      </Box>
      {shown && <FileReport file={shown} />}
      <ErrorText error={error} />
      {data.length > 0 && <FileTable files={data} onShow={show} />}
    </Panel>
  );
};
