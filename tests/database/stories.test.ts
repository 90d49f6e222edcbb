import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { archiveOld } from '../../src/casework/life/index.ts'
import { verifyTrail } from '../../src/casework/trail/index.ts'
import { asId } from '../../src/kernel/ids.ts'
import { cityInstant } from '../../src/kernel/time.ts'
import { City } from '../support/city.ts'

/** What the papers told of the hotline, replayed against the running service; 海棠市 stands for the real cities. */

let city: City
beforeAll(async () => {
  city = await City.open()
})
afterAll(() => city.close())

const to = (lead: string, ...others: string[]) =>
  [lead, ...others].map((unit, index) => ({
    unit: asId<never>(unit),
    role: index === 0 ? ('lead' as const) : ('co' as const),
    person: null,
  }))
const unit = (id: string) => asId<never>(id)

describe('22:30，小区消防通道被堵，车主联系不上', () => {
  let order: string

  test('来电后五分钟内派到交警支队，按紧急件计时', async () => {
    await city.now('2026-03-18 22:30')
    order = await city.call({
      category: '违停堵路',
      title: '小区出口被一辆车堵死，车主联系不上',
      place: '海秀东路8号望海公寓',
      priority: 'P1',
    })
    await city.act('派单员', order, { do: 'dispatch', to: to('jiaojing'), reason: '违停堵路由交警处置' })
    const { clocks } = await city.see(order)
    expect(clocks.find(({ kind }) => kind === 'sign')?.plannedAt).toBe('2026-03-18T14:45:00.000Z')
    expect(clocks.find(({ kind }) => kind === 'contact')?.plannedAt).toBe('2026-03-18T15:00:00.000Z')
    expect(await city.notices('jiaojing')).toEqual(['dispatched'])
  })

  test('交警签收、到场、找到车主，23:00 前答复', async () => {
    await city.now('2026-03-18 22:34')
    await city.act('jiaojing', order, { do: 'sign', unit: unit('jiaojing') })
    await city.now('2026-03-18 22:48')
    await city.act('jiaojing', order, {
      do: 'arrive',
      unit: unit('jiaojing'),
      point: { longitude: 110.35, latitude: 20.02 },
    })
    await city.now('2026-03-18 22:58')
    await city.act('jiaojing', order, {
      do: 'answer',
      unit: unit('jiaojing'),
      text: '已联系到车主，车辆移开，出口恢复通行。',
      solved: true,
    })
    const { status, clocks } = await city.see(order)
    expect(status).toBe('to-review')
    const contact = clocks.find(({ kind }) => kind === 'contact')
    expect(contact).toMatchObject({ stoppedAt: '2026-03-18T14:48:00.000Z' })
  })

  test('审核、回访，满意办结；没有一次催办', async () => {
    await city.now('2026-03-18 23:05')
    await city.act('审核员', order, { do: 'approve', note: '属实' })
    await city.act('回访员', order, { do: 'rate', grade: 'very-good', solved: true, text: '半小时就解决了' })
    expect(await city.see(order)).toMatchObject({ status: 'closed', closing: 'solved', supervision: 0 })
    expect(await city.deeds(order)).toEqual([
      'register',
      'dispatch',
      'sign',
      'arrive',
      'answer',
      'approve',
      'rate',
    ])
  })
})

test('皮带退货：市场监管局半小时内办结', async () => {
  await city.now('2026-03-19 10:00')
  const order = await city.call({
    type: 'COMPLAINT',
    category: '退货退款',
    title: '新买的皮带断了，商家不退货',
  })
  await city.act('派单员', order, { do: 'dispatch', to: to('shijian'), reason: '消费维权' })
  await city.now('2026-03-19 10:06')
  await city.act('shijian', order, { do: 'sign', unit: unit('shijian') })
  await city.act('shijian', order, {
    do: 'contact',
    unit: unit('shijian'),
    channel: 'phone',
    text: '已与双方通话',
  })
  await city.now('2026-03-19 10:28')
  await city.act('shijian', order, {
    do: 'answer',
    unit: unit('shijian'),
    text: '商家已退款 168 元。',
    solved: true,
  })
  await city.act('审核员', order, { do: 'approve', note: '有退款凭证' })
  // 谁的事项谁处理谁回访.
  await city.act('shijian', order, { do: 'rate', grade: 'good', solved: true, text: '没想到这么快' })
  expect(await city.see(order)).toMatchObject({ status: 'closed', closing: 'solved', reworks: 0 })
})

test('铁皮棚违建：城管主办，街道与司法所协办，一周内拆除', async () => {
  await city.now('2026-03-23 09:10')
  const order = await city.call({
    category: '违法建设',
    title: '楼顶搭铁皮棚当仓库，邻居担心失火',
    place: '海秀街道五指山路',
  })
  await city.act('派单员', order, {
    do: 'dispatch',
    to: to('chengguan', 'haixiu', 'haixiu-sifasuo'),
    reason: '违建由城管牵头，街道、司法所协同',
  })
  for (const who of ['chengguan', 'haixiu', 'haixiu-sifasuo']) {
    await city.act(who, order, { do: 'sign', unit: unit(who) })
  }
  await city.act('chengguan', order, { do: 'arrive', unit: unit('chengguan'), point: null })
  const done = { text: '已与当事人谈妥，自行拆除。', solved: true }
  expect(await city.refused('chengguan', order, { do: 'answer', unit: unit('chengguan'), ...done })).toBe(
    'co-units-open',
  )
  await city.now('2026-03-26 16:00')
  await city.act('haixiu-sifasuo', order, { do: 'answer', unit: unit('haixiu-sifasuo'), ...done })
  await city.act('haixiu', order, { do: 'answer', unit: unit('haixiu'), ...done })
  await city.now('2026-03-27 11:00')
  await city.act('chengguan', order, { do: 'answer', unit: unit('chengguan'), ...done })
  await city.act('审核员', order, { do: 'approve', note: '有拆除前后照片' })
  await city.act('回访员', order, { do: 'rate', grade: 'very-good', solved: true, text: '一周不到就拆了' })
  expect(await city.see(order)).toMatchObject({ status: 'closed', closing: 'solved', supervision: 0 })
})

test('拖欠装修款四万元：12345 → 区 → 街道 → 社区，逐级下转，答复逐级上报', async () => {
  await city.now('2026-05-28 09:00')
  const order = await city.call({ category: '讨薪', title: '装修款 4 万元拖了一年没给' })
  await city.act('派单员', order, { do: 'dispatch', to: to('mingzhu'), reason: '属地管理' })
  await city.act('mingzhu', order, { do: 'sign', unit: unit('mingzhu') })
  const down = (from: string, below: string) =>
    city.act(`${from}+`, order, {
      do: 'pass-down',
      unit: unit(from),
      to: unit(below),
      note: '请尽快核实处理',
    })
  expect(
    await city.refused('mingzhu+', order, {
      do: 'pass-down',
      unit: unit('mingzhu'),
      to: unit('shijian'),
      note: '转市监',
    }),
  ).toBe('unit-not-below')
  await down('mingzhu', 'haixiu')
  await city.act('haixiu', order, { do: 'sign', unit: unit('haixiu') })
  await down('haixiu', 'haixiu-lantian')
  expect(await city.notices('haixiu-lantian')).toContain('passed-down')
  await city.act('haixiu-lantian', order, { do: 'sign', unit: unit('haixiu-lantian') })
  await city.act('haixiu-lantian', order, {
    do: 'contact',
    unit: unit('haixiu-lantian'),
    channel: 'visit',
    text: '社区上门，双方约定分两次付清',
  })
  await city.now('2026-06-03 10:00')
  for (const who of ['haixiu-lantian', 'haixiu', 'mingzhu']) {
    await city.act(who, order, { do: 'answer', unit: unit(who), text: '4 万元已全部付清。', solved: true })
  }
  await city.act('审核员', order, { do: 'approve', note: '有转账记录' })
  await city.act('回访员', order, { do: 'rate', grade: 'very-good', solved: true, text: '送锦旗' })
  expect((await city.see(order)).status).toBe('closed')
  const praise = await city.call({
    type: 'PRAISE',
    category: '工作作风',
    title: '感谢蓝天社区帮忙要回装修款',
  })
  expect((await city.see(praise)).status).toBe('to-dispatch')
})

describe('琼山大楼违建：常规派单、加派督办、提请纪委，三级才拆', () => {
  let order: string

  test('退单一次，由派单员裁定；再派的单位逾期，自动催办、督办', async () => {
    await city.now('2026-07-01 09:00')
    order = await city.call({
      type: 'COMPLAINT',
      category: '违法建设',
      title: '大楼顶层违法加盖两层，多次反映没人管',
      priority: 'P2',
    })
    await city.act('派单员', order, { do: 'dispatch', to: to('zhujian'), reason: '建设工程' })
    await city.act('zhujian', order, {
      do: 'return',
      unit: unit('zhujian'),
      reason: '已建成的违建不归住建',
      duty: '三定方案：违法建设查处归城管',
    })
    await city.act('派单员', order, { do: 'accept-return', unit: unit('zhujian'), reason: '确属城管职责' })
    await city.act('派单员', order, { do: 'dispatch', to: to('chengguan'), reason: '按职责改派' })
    await city.act('chengguan', order, { do: 'sign', unit: unit('chengguan') })
    await city.now('2026-07-06 18:00')
    // 三个工作日：7 月 2、3、6 日；到期催办。
    expect(await city.see(order)).toMatchObject({ status: 'in-hand', supervision: 1, returns: 1 })
    await city.now('2026-07-07 09:00')
    expect((await city.see(order)).supervision).toBe(2)
    expect(await city.notices('chengguan')).toEqual(expect.arrayContaining(['urged', 'supervised']))
  })

  test('仍不办，逐级通报、问责，移送纪委须有移送权', async () => {
    expect(await city.refused('派单员', order, { do: 'supervise', level: 5, reason: '拒不办理' })).toBe(
      'not-allowed',
    )
    await city.act('督办员', order, { do: 'supervise', level: 3, reason: '列入黑榜' })
    await city.act('督办员', order, { do: 'supervise', level: 5, reason: '提请纪委监委' })
    expect(await city.refused('督办员', order, { do: 'supervise', level: 4, reason: '补问责' })).toBe(
      'level-not-higher',
    )
  })

  test('限期拆除整改，拆后办结；全过程留痕，一环不断', async () => {
    await city.now('2026-07-20 10:00')
    await city.act('chengguan', order, {
      do: 'answer',
      unit: unit('chengguan'),
      text: '已下达限期拆除整改通知书，违建部分全部拆除。',
      solved: true,
    })
    await city.act('审核员', order, { do: 'approve', note: '现场复核属实' })
    await city.act('回访员', order, { do: 'rate', grade: 'good', solved: true, text: '总算拆了' })
    const deeds = await city.deeds(order)
    expect(deeds.filter(deed => deed === 'supervise')).toHaveLength(4)
    expect(deeds.at(-1)).toBe('rate')
    const verified = await verifyTrail(city.database.db, () => {}, asId(order))
    expect(verified).toMatchObject({ broken: null, entries: deeds.length })
  })
})

test('派给没有的单位、不承办的单位，都被拒绝而不是出错', async () => {
  await city.now('2026-08-02 09:00')
  const order = await city.call({ category: '井盖', title: '井盖响' })
  for (const nobody of ['no-such-unit', 'jiwei']) {
    const form = { do: 'dispatch' as const, to: to(nobody), reason: '试试' }
    expect(await city.refused('派单员', order, form)).toBe('unit-takes-none')
  }
})

test('办结满三十天归档；归档后不再是谁的待办', async () => {
  await city.now('2026-09-01 09:00')
  const order = await city.call({ category: '路灯', title: '路灯整夜亮着' })
  await city.act('派单员', order, { do: 'void', reason: '误报' })
  await city.now('2026-09-20 09:00')
  await archiveOld(city.database.db, cityInstant('2026-09-20', '09:00'))
  expect((await city.see(order)).status).toBe('void')
  await archiveOld(city.database.db, cityInstant('2026-10-02', '09:00'))
  expect(await city.see(order)).toMatchObject({ status: 'archived', possible: [{ do: 'note', unit: null }] })
})

test('同一件事两人反映：并单后只办一次，分开后各自接着计时', async () => {
  await city.now('2026-08-03 09:00')
  const first = await city.call({ category: '路灯', title: '海棠路路灯不亮' }, '13900000001')
  const second = await city.call({ category: '路灯', title: '海棠路的灯坏了' }, '13900000002')
  await city.act('派单员', second, { do: 'merge', into: asId(first), reason: '同一盏灯' })
  expect((await city.see(first)).merged.map(({ id }) => id)).toEqual([second])
  expect(await city.see(second)).toMatchObject({ status: 'merged', mergedInto: first })
  await city.now('2026-08-03 09:20')
  await city.act('派单员', second, { do: 'unmerge', reason: '不是同一盏' })
  const [dispatch] = (await city.see(second)).clocks.filter(({ kind }) => kind === 'dispatch')
  // 并单的二十分钟不算：09:00 起 10 分钟，顺延到 09:30。
  expect(dispatch?.dueAt).toBe('2026-08-03T01:30:00.000Z')
})

test('按一次键发两次的网络，只办一次；换个内容用同一个键，不办', async () => {
  await city.now('2026-08-04 09:00')
  const order = await city.call({ category: '井盖', title: '井盖丢了' })
  const dispatcher = await city.person('派单员')
  const send = (reason: string, version: number) =>
    dispatcher.ask(
      'POST',
      `/api/work-orders/${order}/acts`,
      { do: 'dispatch', to: to('chengguan'), reason },
      { 'if-match': `"${version}"`, 'idempotency-key': `key-of-${order}` },
    )
  expect((await send('市政设施', 2)).body.status).toBe('to-sign')
  expect((await send('市政设施', 2)).body.status).toBe('to-sign')
  expect(await send('别的理由', 3)).toMatchObject({ status: 400, body: { code: 'bad-input' } })
  expect((await city.deeds(order)).filter(deed => deed === 'dispatch')).toHaveLength(1)
})
