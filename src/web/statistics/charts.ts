import type { EChartsCoreOption } from 'echarts/core'
import type { QueueIntervals, RollingRates, Step } from '../../insight/intervals/schema.ts'
import { CHART } from '../kit/chart.tsx'
import { intervalName, percent } from '../kit/figures.ts'
import { clock, dateAndTime } from '../kit/time.ts'
import { betweenBands } from './add-up.ts'

/** The names of what is drawn, in the language of the page. */
export interface ChartWords {
  readonly answered: string
  readonly abandoned: string
  readonly failed: string
  readonly waiting: string
  readonly serviceLevel: string
  readonly answerRate: string
  between(from: number, to: number): string
  beyond(seconds: number): string
}

const STEP_MS: Readonly<Record<Step, number>> = { '15m': 900_000, '1h': 3_600_000, '1d': 86_400_000 }

const AXIS = {
  axisLine: { lineStyle: { color: CHART.line } },
  axisTick: { show: false },
  axisLabel: { color: CHART.quiet, fontSize: 11 },
  splitLine: { lineStyle: { color: CHART.split } },
} as const

const BASE = {
  animation: false,
  textStyle: { fontFamily: 'inherit' },
  tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow' }, textStyle: { fontSize: 12 } },
} as const

/** What became of the calls of each interval, stacked, under the line of the service level. */
export function callsOption(found: QueueIntervals, words: ChartWords, nowMs: number): EChartsCoreOption {
  const stepMs = STEP_MS[found.step]
  const end = Math.min(Date.parse(found.to), nowMs)
  const starts: string[] = []
  for (let at = Date.parse(found.from); at < end; at += stepMs) starts.push(new Date(at).toISOString())
  const rows = new Map(found.rows.map(row => [row.start, row]))
  const manyDays = Date.parse(found.to) - Date.parse(found.from) > STEP_MS['1d']
  const bar = (name: string, color: string, of: 'answered' | 'abandoned' | 'failed' | 'waiting') => ({
    name,
    type: 'bar',
    stack: 'calls',
    barCategoryGap: '20%',
    itemStyle: { color },
    data: starts.map(start => rows.get(start)?.[of] ?? 0),
  })
  return {
    ...BASE,
    grid: { left: 8, right: 8, top: 30, bottom: 4, containLabel: true },
    legend: {
      top: 0,
      right: 0,
      itemWidth: 12,
      itemHeight: 8,
      textStyle: { color: CHART.quiet, fontSize: 12 },
    },
    xAxis: {
      type: 'category',
      data: starts.map(start => intervalName(start, found.step, manyDays)),
      ...AXIS,
    },
    yAxis: [
      { type: 'value', minInterval: 1, ...AXIS },
      {
        type: 'value',
        min: 0,
        max: 1,
        ...AXIS,
        splitLine: { show: false },
        axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => percent(value, 0) },
      },
    ],
    series: [
      bar(words.answered, CHART.answered, 'answered'),
      bar(words.abandoned, CHART.abandoned, 'abandoned'),
      bar(words.failed, CHART.failed, 'failed'),
      bar(words.waiting, CHART.waiting, 'waiting'),
      {
        name: words.serviceLevel,
        type: 'line',
        yAxisIndex: 1,
        symbol: 'circle',
        symbolSize: 4,
        connectNulls: false,
        lineStyle: { color: CHART.good, width: 2 },
        itemStyle: { color: CHART.good },
        data: starts.map(start => rows.get(start)?.serviceLevel.value ?? null),
        tooltip: { valueFormatter: (value: unknown) => percent(typeof value === 'number' ? value : null) },
        markLine: targetLine(found.target, false),
      },
    ],
  }
}

/** How long callers waited before they gave up. */
export function waitsOption({ total, bandsS }: QueueIntervals, words: ChartWords): EChartsCoreOption {
  const last = bandsS.at(-1) ?? 0
  return {
    ...BASE,
    grid: { left: 4, right: 8, top: 16, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: [...bandsS.map((to, i) => words.between(bandsS[i - 1] ?? 0, to)), words.beyond(last)],
      ...AXIS,
      axisLabel: { ...AXIS.axisLabel, interval: 0, fontSize: 10.5, hideOverlap: true },
    },
    yAxis: { type: 'value', minInterval: 1, ...AXIS },
    series: [
      {
        name: words.abandoned,
        type: 'bar',
        barCategoryGap: '12%',
        itemStyle: { color: CHART.abandoned },
        label: { show: true, position: 'top', color: CHART.quiet, fontSize: 11 },
        data: betweenBands(total.abandonedWithin, total.abandoned),
      },
    ],
  }
}

/** The answer rate of the 24 hours before each quarter hour, against what the standard asks of any 24 hours. */
export function rollingOption(
  { rates, target }: RollingRates,
  words: ChartWords,
  nowMs: number,
): EChartsCoreOption {
  const values = rates.flatMap(({ answerRate }) => (answerRate.value === null ? [] : [answerRate.value]))
  const oneDay = rates.length <= 97
  return {
    ...BASE,
    grid: { left: 4, right: 12, top: 16, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: rates.map(({ at }) => (oneDay ? clock(at).slice(0, 5) : dateAndTime(at, nowMs))),
      ...AXIS,
    },
    yAxis: {
      type: 'value',
      min: Math.max(0, Math.floor(Math.min(target - 0.05, ...values) * 20) / 20),
      max: 1,
      ...AXIS,
      axisLabel: { ...AXIS.axisLabel, formatter: (value: number) => percent(value, 0) },
    },
    series: [
      {
        name: words.answerRate,
        type: 'line',
        symbol: 'none',
        lineStyle: { color: CHART.answered, width: 2 },
        itemStyle: { color: CHART.answered },
        areaStyle: { color: CHART.answered, opacity: 0.08 },
        data: rates.map(({ answerRate }) => answerRate.value),
        tooltip: { valueFormatter: (value: unknown) => percent(typeof value === 'number' ? value : null, 2) },
        markLine: targetLine(target, true),
      },
    ],
  }
}

function targetLine(target: number, named: boolean) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: CHART.good, type: 'dashed', width: 1 },
    label: {
      show: named,
      formatter: percent(target, 0),
      position: 'insideStartTop',
      color: CHART.good,
      fontSize: 11,
    },
    data: [{ yAxis: target }],
  }
}
