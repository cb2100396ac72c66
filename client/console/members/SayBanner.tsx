import RecordVoiceOver from '@mui/icons-material/RecordVoiceOverOutlined';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';

type Props = {
  say: MemberPage['say'];
  /** What the last step of verifying left to say. */
  now: string | null;
};

/** The sentence for the caller, to be read aloud: one that betrays nothing, then the one for who has proved enough. */
export const SayBanner = ({ say: { before, after }, now }: Props) => {
  const translate = useTranslate();
  const title = translate(after ? 'members.say.after' : 'members.say.before');
  const loud = now ?? after ?? before;
  return (
    <Box
      component="section"
      aria-label={translate('members.say.title')}
      sx={{
        display: 'flex',
        gap: 1.5,
        px: 2,
        py: 1.25,
        borderRadius: 1.5,
        backgroundColor: 'var(--paper)',
        border: '1px solid var(--line)',
      }}
    >
      <RecordVoiceOver aria-hidden sx={{ mt: 0.25, color: 'var(--accent)' }} />
      <Box>
        <Box sx={{ fontSize: 13, fontWeight: 700, color: 'var(--ink-soft)' }}>{title}</Box>
        <Box sx={{ fontSize: 17 }}>« {loud} »</Box>
        {after && (
          <Box sx={{ mt: 0.25, fontSize: 13, color: 'var(--ink-soft)' }}>
            {translate('members.say.beforeIt')} « {before} »
          </Box>
        )}
      </Box>
    </Box>
  );
};
