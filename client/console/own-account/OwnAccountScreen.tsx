import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { OwnPasswordForm } from '../passwords/OwnPasswordForm.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { Factors } from './Factors.tsx';
import { useFactors } from './useFactors.ts';

/** What an agent looks after themselves: how they prove who they are. */
export const OwnAccountScreen = () => {
  const translate = useTranslate();
  const { data, error } = useFactors();
  return (
    <Page title={translate('ownAccount.title')}>
      <Box sx={{ maxWidth: 720, display: 'grid', gap: 1.5 }}>
        <Panel title={translate('ownAccount.factors')}>
          <Box sx={{ mb: 2, color: 'var(--ink-soft)' }}>
            {translate(data?.required ? 'ownAccount.requiredText' : 'ownAccount.optionalText')}
          </Box>
          <ErrorText error={error} />
          {data && <Factors own={data} />}
        </Panel>
        <Panel title={translate('passwords.own.title')}>
          <Box sx={{ mb: 2, color: 'var(--ink-soft)' }}>{translate('passwords.own.text')}</Box>
          <OwnPasswordForm />
        </Panel>
      </Box>
    </Page>
  );
};
