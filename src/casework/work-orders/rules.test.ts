import { expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { checkForm, mayRead, maySave } from './rules.ts'
import type { WorkOrderForm } from './schema.ts'

const full: WorkOrderForm = {
  typeCode: 'HELP',
  categoryCode: '1-04-002',
  title: ' 路灯不亮 ',
  text: '',
  place: '海棠路',
  secret: false,
}
const known = { type: true, categoryItem: true }
const person = (id: string, role: StaffMember['role']): StaffMember => ({
  id: asId(id),
  login: id,
  name: id,
  role,
  agentNumber: null,
})

test('a full form passes, blanks around the title gone', () => {
  expect(checkForm(full, known)).toEqual({ ok: true, value: { ...full, title: '路灯不亮' } })
})

test('every wrong field is named at once', () => {
  const outcome = checkForm({ ...full, typeCode: null, title: '  ' }, { ...known, categoryItem: false })
  expect(outcome).toEqual({
    ok: false,
    refusal: {
      code: 'bad-input',
      fields: { typeCode: 'required', categoryCode: 'unknown', title: 'required' },
    },
  })
})

test('only the taker, a shift lead or an admin saves', () => {
  const taker = person('taker', 'agent')
  const may = (member: StaffMember) => maySave(member, taker.id)
  expect(may(taker)).toBe(true)
  expect(may(person('other', 'agent'))).toBe(false)
  expect(may(person('lead', 'shift-lead'))).toBe(true)
  expect(may(person('ear', 'quality'))).toBe(false)
  expect(may(person('root', 'admin'))).toBe(true)
})

test('a secret order is hidden from other agents only', () => {
  const order = { secret: true, opened_by: asId<StaffMember['id']>('taker') }
  expect(mayRead(person('taker', 'agent'), order)).toBe(true)
  expect(mayRead(person('other', 'agent'), order)).toBe(false)
  expect(mayRead(person('ear', 'quality'), order)).toBe(true)
  expect(mayRead(person('other', 'agent'), { ...order, secret: false })).toBe(true)
})
