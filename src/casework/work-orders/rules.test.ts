import { expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { checkForm, maySave } from './rules.ts'
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

const yes = async () => true
const no = async () => false

test('only who took part, a shift lead or an admin saves', async () => {
  const taker = person('taker', 'agent')
  expect(await maySave(taker, taker.id, no)).toBe(true)
  expect(await maySave(person('next', 'agent'), taker.id, yes)).toBe(true)
  expect(await maySave(person('other', 'agent'), taker.id, no)).toBe(false)
  expect(await maySave(person('lead', 'shift-lead'), taker.id, no)).toBe(true)
  expect(await maySave(person('ear', 'quality'), taker.id, yes)).toBe(false)
  expect(await maySave(person('root', 'admin'), taker.id, no)).toBe(true)
})
