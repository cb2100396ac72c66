import Visibility from '@mui/icons-material/VisibilityOutlined';
import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { Alert } from '../../../server/audit/alerts.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { useAct } from '../shared/useAct.ts';
import { useMay } from '../shared/useMe.ts';
import { unseenKey } from './useUnseen.ts';

/** Says that somebody has taken it in hand; who and when stay with the alert. */
export const SeenButton = ({ alert: { id, version, message, can } }: { alert: Alert }) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const client = useQueryClient();
  const refresh = useRefresh();
  const notify = useNotify();
  const seen = useAct(
    (input: { version: number }, key) => dataProvider.act<Alert>('alerts', id, 'seen', input, key),
    () => {
      void client.invalidateQueries({ queryKey: unseenKey });
      refresh();
      notify('alerts.seen.done');
    },
  );
  if (!useMay('alert.see')) return null;
  if (!can.see.allowed)
    return <Box sx={{ maxWidth: 260, fontSize: 13, color: 'var(--ink-soft)' }}>{can.see.why}</Box>;
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        startIcon={<Visibility />}
        disabled={seen.isPending}
        onClick={() => seen.mutate({ version })}
        aria-label={translate('alerts.seen.of', { message })}
      >
        {translate('alerts.seen.button')}
      </Button>
      <ErrorText error={seen.error} />
    </>
  );
};
