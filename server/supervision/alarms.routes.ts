import { listing, type Route } from '../http/routes.ts';
import { Alarm, AlarmFilter } from './alarms.schema.ts';
import { listAlarms } from './alarms.service.ts';
import { alarmFields } from './alarms.store.ts';

export const alarmRoutes: Route[] = [
  listing('/alarms', {
    summary: 'What stands late in the print room, and what did',
    permission: 'alarm.list',
    filter: AlarmFilter,
    sortable: alarmFields,
    response: Alarm,
    handle: listAlarms,
  }),
];
