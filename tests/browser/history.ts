import { randomUUID } from 'node:crypto'
import type pg from 'pg'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

interface PastCall {
  readonly caller: string
  readonly agent: string
  readonly minutesAgo: number
  /** Of the order that it left behind. */
  readonly title: string | null
}

/** Gives a citizen a life before: calls that other agents took, and orders that stand open. Newest first. */
export async function giveHistory(db: pg.Client, caller: string): Promise<readonly PastCall[]> {
  const past = [
    { agent: 'a1004', minutesAgo: 1.3 * DAY_MINUTES, title: '金桂路工地夜间施工噪声扰民' },
    { agent: 'a1002', minutesAgo: 8.1 * DAY_MINUTES, title: null },
    { agent: 'a1003', minutesAgo: 37.2 * DAY_MINUTES, title: '小区门口路灯不亮' },
  ].map(call => ({ ...call, caller }))
  for (const call of past) await insertCall(db, call)
  return past
}

/** Gives an agent calls taken earlier in the shift. */
export async function giveShift(db: pg.Client, agent: string): Promise<void> {
  const taken = [
    { caller: '18976540311', minutesAgo: 9, title: '海秀东路积水影响通行' },
    { caller: '13637540286', minutesAgo: 17, title: '咨询灵活就业人员社保缴费' },
    { caller: '15808980147', minutesAgo: 28, title: '丽晶小区二次供水水压不足' },
  ]
  for (const call of taken) await insertCall(db, { ...call, agent })
}

/** Two minutes of talk, the caller hanging up; its recording is in the table only. All numbers and names are invented. */
async function insertCall(db: pg.Client, { caller, agent, minutesAgo, title }: PastCall): Promise<void> {
  const call = randomUUID()
  const arrived = new Date(Date.now() - minutesAgo * MINUTE_MS)
  await db.query(
    `insert into calls (id, leg, caller_number, dialled, line_number, line_name, arrived_at, queued_at,
                        answered_at, bridged_at, ended_at, talk_ms, seat, staff_id, offers, result, reason, ended_by)
     select $1::uuid, $1::uuid::text, $2, number, number, name, $3::timestamptz, $3::timestamptz + interval '8 s',
            $3::timestamptz + interval '14 s', $3::timestamptz + interval '16 s', $3::timestamptz + interval '146 s',
            130000, '1001', (select id from staff where login = $4), 1, 'completed', 'hung-up', 'caller'
     from lines where number = '12345'`,
    [call, caller, arrived, agent],
  )
  await db.query(
    `insert into recordings (call_id, raw_name, state, file_name, duration_ms, talk_ms)
     values ($1::uuid, $1::uuid || '.raw', 'kept', $1::uuid || '.ogg', 130000, 130000)`,
    [call],
  )
  if (title === null) return
  await db.query(
    `insert into work_orders (id, number, call_id, status, caller_number, line_number, title, text,
                              opened_by, opened_at, saved_at)
     select $1, to_char($4::timestamptz, 'YYMMDDHH24MISS') || lpad(nextval('work_order_sequence')::text, 6, '0'),
            $2, 'to-dispatch', $3, '12345', $5, $5, id, $4, $4
     from staff where login = $6`,
    [randomUUID(), call, caller, arrived, title, agent],
  )
}
