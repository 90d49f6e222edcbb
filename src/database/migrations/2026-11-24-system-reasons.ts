import { type Kysely, sql } from 'kysely'

/** Reasons that the system gives a seat by itself: every city has them, whatever its agents may choose from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    insert into not_ready_reasons (code, name_zh, name_en, position, choosable) values
      ('signed-in',  '已签入',     'Signed in',    1001, false),
      ('no-answer',  '未应答',     'No answer',    1002, false),
      ('declined',   '拒接',       'Declined',     1003, false),
      ('phone-lost', '话机离线',   'Phone lost',   1004, false),
      ('desk-lost',  '工作台离线', 'Desk offline', 1005, false)
    on conflict (code) do nothing
  `.execute(db)
}
