import CheckCircle from '@mui/icons-material/CheckCircle';
import { Box, Table, TableBody, TableCell, TableRow } from '@mui/material';
import { useLocale, useTranslate } from 'react-admin';
import type { AppliedAgentFile } from '../../../server/agents/agent-files.schema.ts';
import { Banner } from '../shared/Banner.tsx';
import { formatDeadline } from '../shared/dates.ts';
import { Panel } from '../shared/Page.tsx';
import { LinkToHand } from './LinkToHand.tsx';

/** What came of a file; the links of new accounts are in this answer and nowhere else. */
export const AppliedLinks = ({ applied: { made, changed, invitations } }: { applied: AppliedAgentFile }) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const counted = (what: 'made' | 'changed', smart_count: number) =>
    translate(`agents.file.applied.${what}`, { smart_count });
  return (
    <>
      <Banner
        tone="open"
        icon={<CheckCircle aria-hidden />}
        title={`${counted('made', made)}, ${counted('changed', changed)}.`}
      />
      {invitations.length > 0 && (
        <Panel title={translate('agents.file.links')}>
          <Box sx={{ mb: 1 }}>{translate('agents.file.linksOnce')}</Box>
          <Table size="small" aria-label={translate('agents.file.links')}>
            <TableBody>
              {invitations.map(({ username, link, until }) => (
                <TableRow key={username}>
                  <TableCell sx={{ fontWeight: 700 }}>{username}</TableCell>
                  <TableCell>
                    <LinkToHand link={link} name={username} />
                  </TableCell>
                  <TableCell sx={{ whiteSpace: 'nowrap' }}>
                    {translate('agents.invitedUntil', {
                      until: formatDeadline(until, locale, translate, 'short'),
                    })}
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
