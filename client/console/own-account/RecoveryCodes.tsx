import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Ten codes, in this component's memory only, until whoever reads them says that they are kept. */
export const RecoveryCodesDialog = ({ codes, onClose }: { codes: string[]; onClose: () => void }) => {
  const translate = useTranslate();
  return (
    <Dialog open aria-labelledby="recovery-codes" maxWidth="sm" fullWidth>
      <DialogTitle id="recovery-codes" sx={{ fontSize: 17, fontWeight: 700 }}>
        {translate('ownAccount.codes.title')}
      </DialogTitle>
      <DialogContent>
        <Box sx={{ mb: 2 }}>{translate('ownAccount.codes.text')}</Box>
        <Box
          component="ul"
          aria-label={translate('ownAccount.codes.title')}
          sx={{
            m: 0,
            p: 2,
            display: 'grid',
            gridTemplateColumns: '1fr 1fr',
            rowGap: 0.75,
            listStyle: 'none',
            fontFamily: 'monospace',
            fontSize: 16,
            backgroundColor: 'var(--raised)',
            borderRadius: 1,
          }}
        >
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </Box>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>
        <Button type="button" onClick={() => window.print()}>
          {translate('ownAccount.codes.print')}
        </Button>
        <Button type="button" variant="contained" onClick={onClose}>
          {translate('ownAccount.codes.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
