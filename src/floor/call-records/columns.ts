import { type Column, citySecond, seconds, toCsv } from '../../insight/intervals/index.ts'
import type { CallRow } from './schema.ts'

const DIRECTIONS: Readonly<Record<CallRow['direction'], string>> = {
  inbound: '呼入',
  outbound: '呼出',
  'call-back': '回拨',
  masked: '虚拟短号',
}
const RESULTS: Readonly<Record<NonNullable<CallRow['result']>, string>> = {
  completed: '完成',
  abandoned: '来电人放弃',
  'caller-side': '来电方原因',
  'our-fault': '平台原因',
  'carrier-fault': '运营商原因',
}
const PARTIES: Readonly<Record<NonNullable<CallRow['endedBy']>, string>> = {
  caller: '来电人',
  agent: '座席',
  'third-party': '第三方',
  system: '系统',
  carrier: '运营商',
}

const columns: readonly Column<CallRow>[] = [
  { title: '来话编号', cell: row => row.id },
  { title: '方向', cell: row => DIRECTIONS[row.direction] },
  { title: '市民号码', cell: row => row.callerNumber },
  { title: '拨打号码', cell: row => row.dialled },
  { title: '号码名称', cell: row => row.lineName },
  { title: '到达', cell: row => time(row.arrivedAt) },
  { title: '接听', cell: row => time(row.answeredAt) },
  { title: '结束', cell: row => time(row.endedAt) },
  { title: '等待(秒)', cell: row => seconds(row.waitMs) },
  { title: '通话(秒)', cell: row => seconds(row.talkMs) },
  { title: '座席', cell: row => row.seat },
  { title: '话务员', cell: row => row.agentName },
  { title: '结果', cell: row => (row.result === null ? '进行中' : RESULTS[row.result]) },
  { title: '原因', cell: row => row.reason },
  { title: '结束方', cell: row => (row.endedBy === null ? null : PARTIES[row.endedBy]) },
  { title: '满意度', cell: row => row.grade },
  { title: '工单编号', cell: row => row.workOrder?.number ?? null },
  { title: '工单标题', cell: row => row.workOrder?.title ?? null },
]

/** One row a call, as a spreadsheet opens it. */
export function callsCsv(rows: readonly CallRow[]): string {
  return toCsv(columns, rows)
}

function time(instant: string | null): string | null {
  return instant === null ? null : citySecond(instant)
}
