import BarChart from '@mui/icons-material/BarChartOutlined';
import type { ConsoleResource } from '../shared/resource.ts';
import { FiguresScreen } from './FiguresScreen.tsx';

/** What the desk did, of nobody in particular. */
export const figures: ConsoleResource = {
  name: 'figures',
  list: FiguresScreen,
  menuIcon: BarChart,
  room: 'supervision',
  may: { list: 'figures.view' },
};
