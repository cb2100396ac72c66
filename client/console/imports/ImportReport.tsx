import { Box, LinearProgress } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Import } from '../../../server/imports/imports.schema.ts';
import { Panel } from '../shared/Page.tsx';
import { useNumbers } from '../shared/useNumbers.ts';

const parts = ['accepted', 'updated', 'unchanged', 'rejected', 'duplicate'] as const;
const others = ['closed', 'conflicts', 'corrected'] as const;

/** Lines read = accepted + updated + unchanged + rejected + duplicate, shown as the sum it is, at any moment. */
export const ImportReport = ({ one }: { one: Import }) => {
  const translate = useTranslate();
  const left = one.linesRead - parts.reduce((sum, part) => sum + one[part], 0);
  return (
    <Panel title={translate('imports.report.title')}>
      <Progress one={one} />
      <Box sx={{ display: 'flex', alignItems: 'flex-end', flexWrap: 'wrap', gap: 2 }}>
        <Figure name="linesRead" value={one.linesRead} isTotal />
        <Sign text="=" />
        {parts.map((part, index) => (
          <Box key={part} sx={{ display: 'flex', alignItems: 'flex-end', gap: 2 }}>
            {index > 0 && <Sign text="+" />}
            <Figure name={part} value={one[part]} />
          </Box>
        ))}
        {left > 0 && (
          <>
            <Sign text="+" />
            <Figure name={one.state === 'refused' ? 'dropped' : 'left'} value={left} />
          </>
        )}
      </Box>
      <Box sx={{ mt: 1.5, pt: 1.5, borderTop: '1px solid var(--line)', display: 'flex', gap: 4 }}>
        {others.map((name) => (
          <Figure key={name} name={nameOf(name, one)} value={one[name]} />
        ))}
      </Box>
    </Panel>
  );
};

/** A complete file closes accounts, or takes proofs away. */
const nameOf = (name: string, { content }: Import): string =>
  name === 'closed' && content === 'proofs' ? 'withdrawn' : name;

const Progress = ({ one }: { one: Import }) => {
  const translate = useTranslate();
  const format = useNumbers();
  if (one.state !== 'reading' && one.state !== 'applying') return null;
  const isApplying = one.state === 'applying' && one.linesRead > 0;
  const text = isApplying
    ? translate('imports.report.applying', { done: format(one.appliedLine), all: format(one.linesRead) })
    : translate('imports.report.reading', { lines: format(one.linesRead) });
  return (
    <Box sx={{ mb: 2 }}>
      <Box>{text}</Box>
      <LinearProgress
        variant={isApplying ? 'determinate' : 'indeterminate'}
        value={isApplying ? Math.min(100, (one.appliedLine / one.linesRead) * 100) : undefined}
        aria-label={translate(`imports.state.${one.state}`)}
        aria-valuetext={text}
        sx={{ mt: 0.5, height: 8, borderRadius: 1 }}
      />
    </Box>
  );
};

const Figure = ({ name, value, isTotal }: { name: string; value: number; isTotal?: boolean }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const isBad = name === 'rejected' && value > 0;
  return (
    <Box>
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate(`imports.report.${name}`)}</Box>
      <Box
        sx={{
          fontSize: 22,
          fontWeight: isTotal || isBad ? 700 : 400,
          color: isBad ? 'var(--danger-ink)' : undefined,
        }}
      >
        {format(value)}
      </Box>
    </Box>
  );
};

const Sign = ({ text }: { text: string }) => (
  <Box aria-hidden sx={{ fontSize: 22, color: 'var(--ink-soft)' }}>
    {text}
  </Box>
);
