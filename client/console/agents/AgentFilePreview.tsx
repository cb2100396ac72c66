import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import { Box, Button, Table, TableBody, TableCell, TableHead, TableRow } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { AgentFile, AgentFileLine } from '../../../server/agents/agent-files.schema.ts';
import { Banner } from '../shared/Banner.tsx';
import { Fact, Facts } from '../shared/Facts.tsx';
import { Panel } from '../shared/Page.tsx';
import { useOrganisations } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';

/** What each line of a file would do, or what is wrong with it; what is wrong stands first. */
export const AgentFilePreview = ({ file, onApply }: { file: AgentFile; onApply: () => void }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const wrong = file.lines.filter(({ problems }) => problems.length > 0);
  const good = file.lines.filter(({ problems }) => problems.length === 0);
  return (
    <Panel title={translate('agents.file.preview')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Facts>
          <Fact name={translate('agents.file.makes')}>{format(file.makes)}</Fact>
          <Fact name={translate('agents.file.changes')}>{format(file.changes)}</Fact>
          <Fact name={translate('agents.file.problems')}>{format(file.problems)}</Fact>
        </Facts>
        {wrong.length > 0 && (
          <Banner tone="danger" icon={<ErrorOutline aria-hidden />} title={translate('agents.file.wrong')} />
        )}
        <Table size="small" aria-label={translate('agents.file.preview')}>
          <TableHead>
            <TableRow>
              <TableCell align="right" sx={{ width: 80 }}>
                {translate('agents.file.line')}
              </TableCell>
              <TableCell sx={{ width: 220 }}>{translate('agents.file.username')}</TableCell>
              <TableCell>{translate('agents.file.what')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {[...wrong, ...good].map((line) => (
              <TableRow key={line.line}>
                <TableCell align="right">{format(line.line)}</TableCell>
                <TableCell sx={{ fontWeight: 700 }}>{line.username}</TableCell>
                <TableCell>
                  <What line={line} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {wrong.length === 0 && file.makes + file.changes > 0 && (
          <Box>
            <Button variant="contained" onClick={onApply}>
              {translate('agents.file.apply')}
            </Button>
          </Box>
        )}
      </Box>
    </Panel>
  );
};

const What = ({ line: { what, changed, gives, problems } }: { line: AgentFileLine }) => {
  const translate = useTranslate();
  const organisations = useOrganisations();
  const titleOf = (column: string) => translate(`agents.file.column.${column}`);
  if (problems.length > 0)
    return problems.map(({ column, message }) => (
      <Box key={column}>
        <b>{titleOf(column)}</b> : {message}
      </Box>
    ));
  const nameOf = (id: string) => organisations.find((one) => one.id === id)?.name ?? id;
  const given = [
    ...(gives.role ? [translate(`role.${gives.role}`)] : []),
    ...(gives.organisations ? [gives.organisations.map(nameOf).join(', ')] : []),
    ...(gives.site ? [gives.site] : []),
  ];
  return (
    <>
      {translate(`agents.file.${what}`, { columns: changed.map(titleOf).join(', ') })}
      {given.length > 0 && <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{given.join(' · ')}</Box>}
    </>
  );
};
