import { randomUUID } from 'node:crypto'
import type pg from 'pg'

const HOUR_MS = 3_600_000

interface EarlierCall {
  readonly hoursAgo: number
  readonly agent: string
  /** Of the order that it left behind. */
  readonly title: string | null
}

/** Newest first, as the desk shows them. */
const EARLIER: readonly EarlierCall[] = [
  { hoursAgo: 26, agent: 'a1004', title: '金桂路工地夜间施工噪声扰民' },
  { hoursAgo: 193, agent: 'a1002', title: null },
  { hoursAgo: 890, agent: 'a1003', title: '小区门口路灯不亮' },
]

/** Gives a citizen a life before: calls that other agents took, and orders that stand open. Invented throughout. */
export async function giveHistory(db: pg.Client, caller: string): Promise<readonly EarlierCall[]> {
  for (const { hoursAgo, agent, title } of EARLIER) {
    const call = randomUUID()
    const arrived = new Date(Date.now() - hoursAgo * HOUR_MS)
    await db.query(
      `insert into calls (id, leg, caller_number, dialled, line_number, line_name, arrived_at, ended_at,
                          seat, staff_id, result, reason, ended_by)
       select $1::uuid, $1::uuid::text, $2, number, number, name, $3, $3::timestamptz + interval '3 minutes',
              '1001', (select id from staff where login = $4), 'completed', 'hung-up', 'caller'
       from lines where number = '12345'`,
      [call, caller, arrived, agent],
    )
    if (title === null) continue
    await db.query(
      `insert into work_orders (id, number, call_id, status, caller_number, line_number, title, text,
                                opened_by, opened_at, saved_at)
       select $1, to_char($4::timestamptz, 'YYMMDDHH24MISS') || lpad(nextval('work_order_sequence')::text, 6, '0'),
              $2, 'registered', $3, '12345', $5, $5, id, $4, $4
       from staff where login = $6`,
      [randomUUID(), call, caller, arrived, title, agent],
    )
  }
  return EARLIER
}
