import Block from '@mui/icons-material/Block';
import CheckCircle from '@mui/icons-material/CheckCircle';
import GppMaybe from '@mui/icons-material/GppMaybe';
import HourglassTop from '@mui/icons-material/HourglassTop';
import Lock from '@mui/icons-material/Lock';
import NoAccounts from '@mui/icons-material/NoAccounts';
import PersonOutline from '@mui/icons-material/PersonOutlined';
import { Box } from '@mui/material';
import type { SvgIconComponent } from '@mui/icons-material';
import { useTranslate } from 'react-admin';
import type { FoundMember } from '../../../server/members/members.schema.ts';
import type { Tone } from '../palette.ts';

type Headline = FoundMember['headline'];

/** Icon, word and colour together: never by colour alone. */
export const looks: Record<Headline, { tone: Tone; Icon: SvgIconComponent }> = {
  open: { tone: 'open', Icon: CheckCircle },
  locked: { tone: 'locked', Icon: Lock },
  waiting: { tone: 'waiting', Icon: HourglassTop },
  'never-connected': { tone: 'fresh', Icon: PersonOutline },
  disabled: { tone: 'disabled', Icon: Block },
  frozen: { tone: 'danger', Icon: GppMaybe },
  'no-account': { tone: 'disabled', Icon: NoAccounts },
};

export const StatusChip = ({ state }: { state: Headline }) => {
  const translate = useTranslate();
  const { tone, Icon } = looks[state];
  return (
    <ToneChip tone={tone}>
      <Icon aria-hidden sx={{ fontSize: 17 }} />
      {translate(`state.${state}`)}
    </ToneChip>
  );
};

/** A small label of one meaning; its words must say it without the colour. */
export const ToneChip = ({ tone, children }: { tone: Tone; children: React.ReactNode }) => (
  <Box
    component="span"
    sx={{
      display: 'inline-flex',
      alignItems: 'center',
      gap: 0.75,
      px: 1,
      py: 0.25,
      borderRadius: 1,
      fontSize: 13,
      fontWeight: 700,
      whiteSpace: 'nowrap',
      color: `var(--${tone}-ink)`,
      backgroundColor: `var(--${tone}-soft)`,
    }}
  >
    {children}
  </Box>
);
