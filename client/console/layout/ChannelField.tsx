import { MenuItem, TextField } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Call } from '../../../server/calls/calls.schema.ts';

const channels = ['telephone', 'email', 'post', 'branch', 'back-office'] as const;

type Props = { value: Call['channel']; onChange: (channel: Call['channel']) => void; disabled?: boolean };

export const ChannelField = ({ value, onChange, disabled }: Props) => {
  const translate = useTranslate();
  return (
    <TextField
      select
      fullWidth
      margin="none"
      label={translate('shell.call.channel')}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value as Call['channel'])}
    >
      {channels.map((channel) => (
        <MenuItem key={channel} value={channel}>
          {translate(`callChannel.${channel}`)}
        </MenuItem>
      ))}
    </TextField>
  );
};
