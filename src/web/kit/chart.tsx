import { BarChart, LineChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsCoreOption, type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  CanvasRenderer,
])

interface Props {
  readonly option: EChartsCoreOption
  /** What a screen reader says in its place. */
  readonly label: string
  readonly testId?: string
}

/** A chart that fills the box it stands in. */
export function Chart({ option, label, testId }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  useEffect(() => {
    if (box.current === null) return
    const drawn = init(box.current)
    chart.current = drawn
    const watch = new ResizeObserver(() => drawn.resize())
    watch.observe(box.current)
    return () => {
      watch.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])
  return (
    <div
      ref={box}
      role="img"
      aria-label={label}
      style={{ width: '100%', height: '100%' }}
      data-testid={testId}
    />
  )
}

/** What all charts share: quiet axes in the page's colours. */
export const CHART = {
  ink: '#14202e',
  quiet: '#566678',
  line: '#d3dce5',
  split: '#e9eef3',
  answered: '#0b5cab',
  abandoned: '#c22f2f',
  failed: '#a85b00',
  waiting: '#9aa7b5',
  good: '#15803d',
} as const
