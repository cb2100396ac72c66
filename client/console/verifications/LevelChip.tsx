import Badge from '@mui/icons-material/BadgeOutlined';
import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import QuestionAnswer from '@mui/icons-material/QuestionAnswerOutlined';
import VerifiedUser from '@mui/icons-material/VerifiedUserOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import { Box } from '@mui/material';
import type { CallerVerification } from '../../../server/verifications/verifications.schema.ts';
import type { Tone } from '../palette.ts';
import { ToneChip } from '../shared/StatusChip.tsx';

const looks: Record<CallerVerification['level'], { tone: Tone; Icon: SvgIconComponent }> = {
  none: { tone: 'locked', Icon: HelpOutline },
  identified: { tone: 'waiting', Icon: QuestionAnswer },
  'contact-confirmed': { tone: 'open', Icon: VerifiedUser },
  strong: { tone: 'open', Icon: Badge },
};

type Props = Pick<CallerVerification, 'level' | 'levelInWords'>;

/** How much whoever speaks has proved: icon, words and colour. */
export const LevelChip = ({ level, levelInWords }: Props) => {
  const { tone, Icon } = looks[level];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      <Box
        component="span"
        sx={{ display: 'inline-block', '&::first-letter': { textTransform: 'uppercase' } }}
      >
        {levelInWords}
      </Box>
    </ToneChip>
  );
};
