import { Box, Button, LinearProgress } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { BulkRequest } from '../../../server/supervision/bulk.schema.ts';
import type { Tone } from '../palette.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Panel } from '../shared/Page.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { ToneChip } from '../shared/StatusChip.tsx';
import { useNumbers } from '../shared/useNumbers.ts';
import { BulkFacts } from './BulkFacts.tsx';
import { BulkTargets } from './BulkTargets.tsx';
import { DecideBulk } from './DecideBulk.tsx';
import { useBulk, type BulkFilter } from './useBulk.ts';

const tones: Record<BulkRequest['state'], Tone> = {
  waiting: 'waiting',
  running: 'locked',
  done: 'open',
  refused: 'disabled',
  withdrawn: 'disabled',
  expired: 'disabled',
};

/** Acts on many accounts, each asked by one person and decided by another, with how far it has come. */
export const BulkRequests = ({ filter, hideEmpty }: { filter: BulkFilter; hideEmpty?: boolean }) => {
  const translate = useTranslate();
  const { data, error } = useBulk(filter);
  if (hideEmpty && !error && (data ?? []).length === 0) return null;
  return (
    <Panel title={translate('incidents.bulk.title')}>
      <ErrorText error={error} />
      {data?.length === 0 && <Box>{translate('incidents.bulk.none')}</Box>}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
        {data?.map((request) => (
          <One key={request.id} request={request} />
        ))}
      </Box>
    </Panel>
  );
};

const One = ({ request }: { request: BulkRequest }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const [deciding, setDeciding] = useState<'approve' | 'refuse' | null>(null);
  const { kind, state, targets, can } = request;
  return (
    <Box component="li" sx={{ display: 'grid', gap: 0.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Box component="strong">
          {translate(`incidents.bulk.${kind}`, { smart_count: targets, count: format(targets) })}
        </Box>
        <ToneChip tone={tones[state]}>{translate(`incidents.bulk.state.${state}`)}</ToneChip>
        {state === 'waiting' && (
          <Box sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 1 }}>
            {can.approve.allowed ? (
              <Button size="small" variant="contained" onClick={() => setDeciding('approve')}>
                {translate('incidents.bulk.approve.button')}
              </Button>
            ) : (
              <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{can.approve.why}</Box>
            )}
            {can.refuse.allowed && (
              <Button size="small" variant="outlined" onClick={() => setDeciding('refuse')}>
                {translate(`incidents.bulk.refuse.${can.approve.allowed ? 'button' : 'own'}`)}
              </Button>
            )}
          </Box>
        )}
      </Box>
      <BulkFacts request={request} />
      {request.decidedAt && (
        <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {translate('incidents.bulk.decidedBy', { name: request.decidedByName ?? '–' })}{' '}
          <ShortMoment at={request.decidedAt} />
        </Box>
      )}
      {state === 'waiting' && <BulkTargets request={request} />}
      <Progress request={request} />
      {deciding && <DecideBulk act={deciding} request={request} onClose={() => setDeciding(null)} />}
    </Box>
  );
};

const Progress = ({ request }: { request: BulkRequest }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const { kind, state, donePlace, targets, hit, secrets, letters, withLetters, counted } = request;
  const left = kind === 'kill-secrets' && !withLetters ? counted.letters : 0;
  if (state !== 'running' && state !== 'done') return null;
  const count = (what: string, n: number): string =>
    translate(`incidents.bulk.counts.${what}`, { smart_count: n, count: format(n) });
  const said = translate(`incidents.bulk.did-${kind}`, {
    done: format(donePlace),
    targets: format(targets),
    ...(kind === 'unblock' ? { hit: count('unblocked', hit) } : { hit: count('hit', hit) }),
    secrets: count('secrets', secrets),
    letters: count('letters', letters),
  });
  return (
    <Box>
      {state === 'running' && (
        <LinearProgress
          variant="determinate"
          value={targets === 0 ? 100 : (donePlace / targets) * 100}
          aria-label={translate('incidents.bulk.progress')}
          sx={{ mb: 0.5, maxWidth: 420 }}
        />
      )}
      <Box role="status" sx={{ fontSize: 13 }}>
        {said}
        {left > 0 && ` ${count('left', left)}`}
      </Box>
    </Box>
  );
};
