import CheckCircle from '@mui/icons-material/CheckCircle';
import { Box, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { AppliedAgentFile } from '../../../server/agents/agent-files.schema.ts';
import { Banner } from '../shared/Banner.tsx';
import { Panel } from '../shared/Page.tsx';

/** What came of a file; the links of new accounts are in this answer and nowhere else. */
export const AppliedLinks = ({ applied: { made, changed, invitations } }: { applied: AppliedAgentFile }) => {
  const translate = useTranslate();
  return (
    <>
      <Banner
        tone="open"
        icon={<CheckCircle aria-hidden />}
        title={translate('agents.file.applied', { made, changed })}
      />
      {invitations.length > 0 && (
        <Panel title={translate('agents.file.links')}>
          <Box sx={{ mb: 1 }}>{translate('agents.file.linksOnce')}</Box>
          <Table size="small" aria-label={translate('agents.file.links')}>
            <TableBody>
              {invitations.map(({ username, link }) => (
                <TableRow key={username}>
                  <TableCell sx={{ fontWeight: 700 }}>{username}</TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    <code>{link}</code>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </Panel>
      )}
    </>
  );
};
