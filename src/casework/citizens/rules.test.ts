import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import type { Actor } from '../../cases/actor.ts'
import { RIGHTS, type Right } from '../../cases/rights.ts'
import { checkCitizen, checkReason, formsOf, mergedRecord, sameNumber, viewOfCitizen } from './rules.ts'
import type { CitizenForm } from './schema.ts'

const actor = (city: readonly Right[]): Actor => ({
  kind: 'staff',
  staff: asId('s'),
  name: '某',
  city: new Set(city),
  overUnits: new Map([['identity.see', new Set([asId<'u' & never>('bureau')])]]),
})
const citizen = {
  id: asId<never>('c'),
  kind: 'person',
  name: '王小明',
  number: '13907551234',
  address: '海棠路 12 号 3 单元',
} as const

describe('one phone, however the carrier sends it', () => {
  test.each([
    ['13907551234', '13907551234'],
    ['013907551234', '13907551234'],
    ['+8613907551234', '13907551234'],
    ['008613907551234', '13907551234'],
    ['8613907551234', '13907551234'],
    ['139 0755-1234', '13907551234'],
    ['089866880000', '089866880000'],
    ['+8689866880000', '089866880000'],
    ['66880000', '66880000'],
    ['10086', '10086'],
    ['', ''],
  ])('%s is %s', (sent, same) => expect(sameNumber(sent)).toBe(same))

  test('calls are looked for in every form that comes to the same', () => {
    for (const number of ['13907551234', '089866880000']) {
      for (const form of formsOf(number).filter(one => /^(\+|0|1)/.test(one))) {
        expect(sameNumber(form), form).toBe(number)
      }
    }
  })
})

describe('secrecy', () => {
  const right = fc.subarray([...RIGHTS])
  const type = fc.constantFrom(null, 'CONSULT', 'HELP', 'COMPLAINT', 'REPORT')

  test('nothing of a protected citizen is in what anybody sees, whatever their rights', () => {
    fc.assert(
      fc.property(right, type, fc.boolean(), (rights, typeCode, secret) => {
        const order = { secret, type: typeCode, leadUnit: null }
        const told = JSON.stringify(viewOfCitizen(order, citizen, actor(rights)))
        const hidden = secret || typeCode === 'REPORT'
        for (const one of ['王小明', '13907551234', '海棠路', '"c"']) expect(told.includes(one)).toBe(!hidden)
      }),
    )
  })

  test('the masked number and the word stand there instead; who may ask is told so', () => {
    const order = { secret: true, type: 'HELP', leadUnit: null }
    expect(viewOfCitizen(order, citizen, actor([]))).toEqual({
      hidden: true,
      mayAsk: false,
      id: null,
      kind: null,
      name: '保密',
      number: '139******34',
      address: '',
    })
    expect(viewOfCitizen(order, citizen, actor(['identity.see']))).toMatchObject({
      hidden: true,
      mayAsk: true,
    })
    const theirs = { ...order, leadUnit: asId<never>('bureau') }
    expect(viewOfCitizen(theirs, citizen, actor([])).mayAsk).toBe(true)
    expect(viewOfCitizen(theirs, citizen, { kind: 'service', job: 'sweep' }).mayAsk).toBe(false)
  })

  test('a reason has four characters besides blanks', () => {
    expect(checkReason(' 核实 ').ok).toBe(false)
    expect(checkReason('核 实 ').ok).toBe(false)
    expect(checkReason('  联系举报人 ')).toEqual({ ok: true, value: '联系举报人' })
  })
})

const form: CitizenForm = { kind: 'person', name: '', address: '', tags: [], remark: '', numbers: [] }

test('a form is kept without blanks and doubles', () => {
  const full = {
    ...form,
    name: ' 王 ',
    tags: ['独居', ' 独居', ' '],
    numbers: ['13907551234', '+8613907551234'],
  }
  expect(checkCitizen(full)).toEqual({
    ok: true,
    value: { ...form, name: '王', tags: ['独居'], numbers: ['13907551234'] },
  })
  expect(checkCitizen({ ...form, kind: 'enterprise' }).ok).toBe(false)
})

test('merging two records throws nothing away', () => {
  const one = { ...form, name: '王小明', tags: ['独居'], remark: '听力不好', numbers: ['13907551234'] }
  const other = {
    ...form,
    name: '王晓明',
    address: '海棠路',
    tags: ['老年'],
    remark: '晚上联系',
    numbers: ['1'],
  }
  expect(mergedRecord(one, other)).toEqual({
    kind: 'person',
    name: '王小明',
    address: '海棠路',
    tags: ['独居', '老年'],
    remark: '听力不好\n晚上联系',
    numbers: ['13907551234', '1'],
  })
})
