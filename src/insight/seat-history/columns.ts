import { type Column, citySecond, perCent, seconds, toCsv } from '../intervals/index.ts'
import type { AgentHistory, SeatHistory, Spell } from './schema.ts'

/** Nobody sits at a seat that is signed out. */
const STATE_NAMES: Readonly<Record<Exclude<Spell['state'], 'signed-out'>, string>> = {
  ready: '就绪',
  reserved: '预占',
  ringing: '振铃',
  dialling: '呼出中',
  talking: '通话中',
  holding: '保持中',
  consulting: '咨询中',
  releasing: '释放中',
  'wrap-up': '话后整理',
  'not-ready': '示忙',
}

const ENDINGS = { 'signed-out': '签出', open: '仍在席', 'goes-on': '延续', 'not-recorded': '未记录' } as const

const agent: readonly Column<AgentHistory>[] = [
  { title: '工号', cell: row => row.agentNumber },
  { title: '姓名', cell: row => row.name },
]

/** One row an agent. */
const sumColumns: readonly Column<AgentHistory>[] = [
  ...agent,
  { title: '签入次数', cell: row => row.sittings.length },
  { title: '首次签入', cell: row => time(row.sittings.at(0)?.from) },
  { title: '末次签出', cell: row => time(row.sittings.at(-1)?.to) },
  { title: '在席时长(秒)', cell: row => seconds(row.signedInMs) },
  ...Object.entries(STATE_NAMES).map(([state, name]) => ({
    title: `${name}(秒)`,
    cell: (row: AgentHistory) =>
      seconds(row.sums.reduce((sum, of) => (of.state === state ? sum + of.ms : sum), 0)),
  })),
  { title: '占用率', cell: row => perCent(row.occupancy.value) },
]

interface SpellRow extends Spell {
  readonly agentNumber: string | null
  readonly name: string
  readonly seat: string
  readonly ended: string
}

const spellColumns: readonly Column<SpellRow>[] = [
  { title: '工号', cell: row => row.agentNumber },
  { title: '姓名', cell: row => row.name },
  { title: '座席', cell: row => row.seat },
  { title: '状态', cell: row => (row.state === 'signed-out' ? '未签入' : STATE_NAMES[row.state]) },
  { title: '原因', cell: row => row.reason },
  { title: '开始', cell: row => time(row.from) },
  { title: '结束', cell: row => time(row.to) },
  { title: '时长(秒)', cell: row => row.ms / 1_000 },
  { title: '来话编号', cell: row => row.call },
  { title: '本次在席', cell: row => row.ended },
]

/** The spells where somebody was named, else a row an agent. */
export function historyCsv({ agents }: SeatHistory, named: boolean): string {
  if (!named) return toCsv(sumColumns, agents)
  const rows = agents.flatMap(({ agentNumber, name, sittings }) =>
    sittings.flatMap(({ seat, ended, spells = [] }) =>
      spells.map(spell => ({ ...spell, agentNumber, name, seat, ended: ENDINGS[ended] })),
    ),
  )
  return toCsv(spellColumns, rows)
}

function time(instant: string | undefined): string | null {
  return instant === undefined ? null : citySecond(instant)
}
