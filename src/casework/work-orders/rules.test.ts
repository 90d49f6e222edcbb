import { expect, test } from 'vitest'
import { checkForm } from './rules.ts'
import type { WorkOrderForm } from './schema.ts'

const full: WorkOrderForm = {
  typeCode: 'HELP',
  categoryCode: '1-04-002',
  title: ' 路灯不亮 ',
  text: '',
  place: '海棠路',
  secret: false,
}
const known = { type: true, categoryItem: true, area: true }

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
