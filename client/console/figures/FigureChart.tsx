import { useId } from 'react';
import { Bar, BarChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Group, Stretch } from './FigureGroup.tsx';
import { Hatchings, hatched } from './Hatchings.tsx';
import { useFigureFormat } from './useFigures.ts';

type Props = { figures: Group['figures']; stretches: Stretch[]; isStacked: boolean };

/** Bars of counts, each with a hatching of its own. The table beside it is what a keyboard and a reader go to. */
export const FigureChart = ({ figures, stretches, isStacked }: Props) => {
  const format = useFigureFormat();
  const fills = useId();
  const rows = stretches.map(({ label }, at) => ({
    label,
    ...Object.fromEntries(figures.map(({ id, values }) => [id, values[at] ?? 0])),
  }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={rows} accessibilityLayer={false} margin={{ top: 4, right: 4, bottom: 0, left: 0 }}>
        <Hatchings id={fills} />
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis dataKey="label" tick={tick} tickLine={false} stroke="var(--ink-soft)" minTickGap={14} />
        <YAxis
          tick={tick}
          tickLine={false}
          axisLine={false}
          width={48}
          allowDecimals={false}
          tickFormatter={(value: number) => format('count', value)}
        />
        <Tooltip
          cursor={{ fill: 'var(--raised)' }}
          contentStyle={box}
          itemStyle={{ color: 'var(--ink)' }}
          formatter={(value) => format('count', Number(value))}
        />
        <Legend
          itemSorter={null}
          wrapperStyle={{ fontSize: 13 }}
          formatter={(label) => <span style={ink}>{label}</span>}
        />
        {figures.map(({ id, label }, at) => (
          <Bar
            key={id}
            dataKey={id}
            name={label}
            fill={hatched(fills, at)}
            stroke="var(--ink-soft)"
            strokeWidth={0.5}
            isAnimationActive={false}
            maxBarSize={28}
            {...(isStacked && { stackId: 'all' })}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
};

const tick = { fontSize: 12, fill: 'var(--ink-soft)' };
const ink = { color: 'var(--ink)' };
const box = {
  fontSize: 13,
  backgroundColor: 'var(--paper)',
  border: '1px solid var(--line)',
  borderRadius: 6,
};
