import { type Column, cityTime, perCent, seconds, toCsv } from './csv.ts'
import { BANDS_S, STATISTICS } from './rules.ts'
import type { AgentIntervals, AnsweredFigures, Intervals, QueueIntervals } from './schema.ts'

type QueueRow = QueueIntervals['rows'][number]
type AgentRow = AgentIntervals['rows'][number]

const { answerWithinS, shortAbandonS } = STATISTICS

const answered: readonly Column<AnsweredFigures>[] = [
  { title: '接听', cell: row => row.answered },
  ...BANDS_S.map((band, i) => ({
    title: `${band}秒内接听`,
    cell: (row: AnsweredFigures) => row.answeredWithin[i] ?? null,
  })),
  { title: '平均应答时长(秒)', cell: row => seconds(row.speedOfAnswer.meanMs) },
  { title: '平均处理时长(秒)', cell: row => seconds(row.handling.whole.meanMs) },
  { title: '平均报工号(秒)', cell: row => seconds(row.handling.announcement.meanMs) },
  { title: '平均通话(秒)', cell: row => seconds(row.handling.talk.meanMs) },
  { title: '平均保持(秒)', cell: row => seconds(row.handling.hold.meanMs) },
  { title: '平均话后整理(秒)', cell: row => seconds(row.handling.wrapUp.meanMs) },
]

const queueColumns: readonly Column<QueueRow>[] = [
  { title: '时段开始', cell: row => cityTime(row.start) },
  { title: '编号', cell: row => row.key },
  { title: '名称', cell: row => row.name },
  { title: '呈现量', cell: row => row.offered },
  ...answered,
  { title: '放弃', cell: row => row.abandoned },
  ...BANDS_S.map((band, i) => ({
    title: `${band}秒内放弃`,
    cell: (row: QueueRow) => row.abandonedWithin[i] ?? null,
  })),
  { title: `短时放弃(不足${shortAbandonS}秒)`, cell: row => row.shortAbandoned },
  { title: '溢出', cell: row => row.overflowed },
  { title: '排队超时', cell: row => row.timedOut },
  { title: '队满婉拒', cell: row => row.turnedAway },
  { title: '故障中断', cell: row => row.failed },
  { title: '仍在等待', cell: row => row.waiting },
  { title: `服务水平分子(${answerWithinS}秒内接听)`, cell: row => row.serviceLevel.part },
  { title: '服务水平分母(接听+放弃-短时放弃)', cell: row => row.serviceLevel.whole },
  { title: `${answerWithinS}秒服务水平`, cell: row => perCent(row.serviceLevel.value) },
  { title: '接通率', cell: row => perCent(row.answerRate.value) },
  { title: '接通率(不计短时放弃)', cell: row => perCent(row.answerRateWithoutShort.value) },
]

const agentColumns: readonly Column<AgentRow>[] = [
  { title: '时段开始', cell: row => cityTime(row.start) },
  { title: '工号', cell: row => row.agentNumber },
  { title: '姓名', cell: row => row.name },
  { title: '分配量', cell: row => row.offered },
  ...answered,
  { title: '待话时长(秒)', cell: row => seconds(row.time.availableMs) },
  { title: '通话时长(秒)', cell: row => seconds(row.time.talkingMs) },
  { title: '话后整理时长(秒)', cell: row => seconds(row.time.wrapUpMs) },
  { title: '示忙时长(秒)', cell: row => seconds(row.time.notReadyMs) },
  { title: '占用率', cell: row => perCent(row.occupancy.value) },
]

export function intervalsCsv(intervals: Intervals): string {
  return intervals.by === 'agent' ? toCsv(agentColumns, intervals.rows) : toCsv(queueColumns, intervals.rows)
}
