import { Box, Button, FormControl, FormControlLabel, FormHelperText, Radio, RadioGroup } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { Decide, ReviewPage, Verdict } from '../../../server/supervision/reviews.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ErrorText, isConflict } from '../shared/ErrorText.tsx';
import { Fact, Facts } from '../shared/Facts.tsx';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { Panel } from '../shared/Page.tsx';
import { ShortMoment } from '../shared/ShortMoment.tsx';
import { useAct } from '../shared/useAct.ts';
import { openReviewsKey } from './useOpenReviews.ts';
import { VerdictChip } from './VerdictChip.tsx';

type Props = { review: ReviewPage; onChanged: (review: ReviewPage) => void; onReload: () => void };

/** The verdict that was given, and the form for one that is still to be given. */
export const VerdictPanel = (props: Props) => {
  const translate = useTranslate();
  const { verdict, word, answer, answeredAt, decidedAt, decidedByName, can } = props.review;
  return (
    <Panel title={translate('reviews.verdict')}>
      {verdict && (
        <Facts>
          <Fact name={translate('reviews.given')}>
            <VerdictChip verdict={verdict} />
          </Fact>
          <Fact name={translate('reviews.by')}>
            {decidedByName} {decidedAt && <ShortMoment at={decidedAt} />}
          </Fact>
          {word && <Fact name={translate('reviews.word')}>{word}</Fact>}
          {answer && (
            <Fact name={translate('reviews.answer')}>
              {answer} {answeredAt && <ShortMoment at={answeredAt} />}
            </Fact>
          )}
        </Facts>
      )}
      {can.decide.allowed ? (
        <VerdictForm {...props} />
      ) : (
        <Box sx={{ mt: verdict ? 1 : 0, color: 'var(--ink-soft)' }}>{can.decide.why}</Box>
      )}
    </Panel>
  );
};

const verdicts: Verdict[] = ['ordinary', 'to-explain', 'fault'];

const VerdictForm = ({ review: { id, version, can }, onChanged, onReload }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [verdict, setVerdict] = useState<Verdict | ''>('');
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const decide = useAct(
    (input: Decide, key) => dataProvider.act<ReviewPage>('reviews', id, 'verdict', input, key),
    (changed) => {
      void client.invalidateQueries({ queryKey: openReviewsKey });
      notify('reviews.decidedNow');
      onChanged(changed);
    },
  );
  const word = written.text.trim();
  const isReady = verdict !== '' && (verdict === 'ordinary' || word !== '');
  return (
    <Box
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const confirmed = written.confirmed && { confirmed: true };
        if (isReady && !decide.isPending) decide.mutate({ verdict, word, version, ...confirmed });
      }}
    >
      <FormControl margin="none" disabled={decide.isPending}>
        <RadioGroup
          aria-label={translate('reviews.verdict')}
          value={verdict}
          onChange={(event) => setVerdict(event.target.value as Verdict)}
        >
          {verdicts.map((one) => (
            <FormControlLabel
              key={one}
              value={one}
              label={translate(`reviews.choose.${one}`)}
              disabled={one === 'to-explain' && !can.explain.allowed}
              control={<Radio size="small" sx={{ py: 0.5 }} />}
            />
          ))}
        </RadioGroup>
        {can.explain.why && <FormHelperText sx={{ mx: 0 }}>{can.explain.why}</FormHelperText>}
      </FormControl>
      <NoteField
        label={translate('reviews.wordToAgent')}
        warning="reviews.wordWarning"
        written={written}
        onChange={setWritten}
        error={decide.error}
        disabled={decide.isPending}
      />
      <ErrorText error={decide.error}>
        {isConflict(decide.error) && (
          <Button size="small" color="inherit" onClick={onReload} sx={{ mt: 0.5, ml: -1 }}>
            {translate('reviews.reload')}
          </Button>
        )}
      </ErrorText>
      <Button type="submit" variant="contained" disabled={!isReady || decide.isPending} sx={{ mt: 1 }}>
        {translate('reviews.decide')}
      </Button>
    </Box>
  );
};
