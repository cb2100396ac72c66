/** « Fichiers de modifications »: what leaves each night for the management systems. */
export const changeFiles = {
  title: 'Files of changes',
  lead: 'What was corrected or reported each day, for the organisation’s management system. A day without changes is not listed. Each download is recorded.',
  download: 'Download',
  downloadOf: 'Download the file of %{organisation} of %{day}',
  what: 'The file carries members’ contact details. Each download is recorded in the audit.',
  resource: {
    name: 'File of changes |||| Changes',
    fields: {
      day: 'Day',
      organisationId: 'Organisation',
      lines: 'Lines',
      members: 'Members',
      id: 'File',
    },
  },
};
