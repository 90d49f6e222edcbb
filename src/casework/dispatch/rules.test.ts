import { describe, expect, test } from 'vitest'
import { asId } from '#kernel/ids.ts'
import { cityInstant } from '#kernel/time.ts'
import { type CatalogueRows, type Contact, DispatchCatalogue, type DutyRule } from './catalogue.ts'
import { checkRule, type Question, tryRules } from './rules.ts'
import { type Evidence, suggestCategories, suggestPriority, suggestUnits } from './suggest.ts'

const area = (code: string, parent: string | null, name: string) => ({
  ...{ code: asId<never>(code), name, aliases: [] },
  parent: parent === null ? null : asId<never>(parent),
})
const unit = (
  id: string,
  name: string,
  kind: 'street' | 'district' | 'office' | 'bureau',
  at: string | null,
) => ({
  ...{ id: asId<never>(id), name, kind },
  area: at === null ? null : asId<never>(at),
})
const contact = (
  of: string,
  duty: 'expert' | 'mediator',
  name: string,
  field: string,
  hours: Contact['hours'] = null,
): Contact => ({ unit: asId<never>(of), duty, name, field, hours })
const PLAIN: DutyRule = {
  ...{ id: 'plain', position: 1, categoryPrefix: null, areaCode: null, hours: null },
  ...{ anyWords: [], allWords: [], noWords: [], lead: 'water', coUnits: [] },
  ...{ personName: null, personDuty: null, personField: null, priority: null, note: '', version: 1 },
}
const ROWS: CatalogueRows = {
  rules: [],
  areas: [
    area('460100', null, '海棠市'),
    area('460107', '460100', '明珠区'),
    area('460107001', '460107', '海秀街道'),
    area('460107002', '460107', '金贸街道'),
  ],
  units: [
    unit('water', '供水公司', 'bureau', null),
    unit('city-management', '城管局', 'bureau', null),
    unit('pearl', '明珠区政府', 'district', '460107'),
    unit('haixiu', '海秀街道办事处', 'street', '460107001'),
    unit('haixiu-justice', '海秀司法所', 'office', '460107001'),
  ],
  contacts: [
    contact('water', 'expert', '丁', '管网', [{ days: [6, 7], from: '00:00', to: '24:00' }]),
    contact('water', 'expert', '甲', '管网', [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }]),
    contact('pearl', 'mediator', '乙', '婚姻家庭'),
    contact('haixiu-justice', 'mediator', '丙', '邻里、装修'),
  ],
  categories: [
    { code: '1-05-001', name: '供水' },
    { code: '2-04-002', name: '邻里纠纷' },
  ],
  categoryWords: [
    { code: '1-05-001', word: '停水' },
    { code: '2-04-002', word: '邻居' },
    { code: '2-04-002', word: '吵架' },
  ],
  priorityWords: [
    { word: '着火', priority: 'P0', emergency: '119' },
    { word: '停水', priority: 'P1', emergency: null },
    { word: '媒体', priority: 'P2', emergency: null },
  ],
  calendar: new Map([['2026-10-08', { works: false }]]),
}
const catalogue = (...rules: readonly Partial<DutyRule>[]) =>
  new DispatchCatalogue({
    ...ROWS,
    rules: rules.map((rule, index) => ({ ...PLAIN, id: `r${index + 1}`, position: index + 1, ...rule })),
  })
const THURSDAY = cityInstant('2026-10-15', '10:00')
const asked = (question: Partial<Question>): Question => ({
  ...{ categoryCode: '1-05-001', area: asId('460107001'), text: '停水', at: THURSDAY },
  ...question,
})
const failures = (rules: readonly Partial<DutyRule>[], question: Partial<Question> = {}) =>
  tryRules(asked(question), catalogue(...rules)).tried.map(({ failed }) => failed)

describe('the first rule that matches wins', () => {
  test('and those before it say why not', () => {
    const rules: Partial<DutyRule>[] = [
      { categoryPrefix: '1-0' },
      { categoryPrefix: '2' },
      { areaCode: asId('460107002') },
      { anyWords: ['停电', '停气'] },
      { allWords: ['停水', '小区'] },
      { noWords: ['停水'] },
      { hours: [{ days: [6, 7], from: '00:00', to: '24:00' }] },
      { lead: 'gone' },
      { categoryPrefix: '1-05', areaCode: asId('460107'), anyWords: ['停水'] },
      {},
    ]
    expect(failures(rules)).toEqual([
      ...['category', 'category', 'area', 'words', 'words', 'words', 'time', 'no-unit', null],
    ])
  })

  test('a holiday has the hours of a Sunday', () => {
    const sundays = [{ hours: [{ days: [7], from: '08:00', to: '18:00' }] }]
    expect(failures(sundays)).toEqual(['time'])
    expect(failures(sundays, { at: cityInstant('2026-10-08', '10:00') })).toEqual([null])
  })

  test('words are found whatever their width and the blanks in them', () => {
    expect(failures([{ anyWords: ['12345热线'] }], { text: '１２３４５ 热线 ' })).toEqual([null])
  })

  test('without a category or a place, only rules that ask for none match', () => {
    const nothing = { categoryCode: null, area: null }
    expect(failures([{ categoryPrefix: '1' }, { areaCode: asId('460107') }, {}], nothing)).toEqual([
      ...['category', 'area', null],
    ])
  })
})

describe('whom a rule names', () => {
  const match = (rule: Partial<DutyRule>, question: Partial<Question> = {}) =>
    tryRules(asked(question), catalogue(rule)).match

  test('the unit of the place, or the next around it', () => {
    expect(match({ lead: '{street}' })?.lead).toBe('haixiu')
    expect(match({ lead: '{community}' })?.lead).toBe('haixiu')
    expect(match({ lead: '{justice-office}' })?.lead).toBe('haixiu-justice')
    expect(match({ lead: '{justice-office}' }, { area: asId('460107002') })?.lead).toBe('pearl')
    expect(match({ lead: '{street}' }, { area: null })).toBeNull()
  })

  test('each unit once', () => {
    expect(match({ lead: '{street}', coUnits: ['{community}', 'water', 'gone'] })?.coUnits).toEqual(['water'])
  })

  test('the nearest who fits; somebody of another unit brings it along', () => {
    const mediator = { personDuty: 'mediator' as const, lead: '{street}' }
    expect(match(mediator)).toMatchObject({
      person: { unit: 'haixiu-justice', name: '丙' },
      coUnits: ['haixiu-justice'],
    })
    expect(match({ ...mediator, personField: '婚姻' })?.person).toEqual({ unit: 'pearl', name: '乙' })
    expect(match({ personName: '甲' })).toMatchObject({ person: { unit: 'water', name: '甲' }, coUnits: [] })
    expect(match({ ...mediator, personField: '医疗' })?.person).toBeNull()
  })

  test('of two alike the one who is at hand at the time', () => {
    const expert = { personDuty: 'expert' as const, personField: '管网' }
    expect(match(expert)?.person?.name).toBe('甲')
    expect(match(expert, { at: cityInstant('2026-10-17', '10:00') })?.person?.name).toBe('丁')
    // At night neither is: somebody is named all the same.
    expect(match(expert, { at: cityInstant('2026-10-15', '23:00') })?.person?.name).toBe('丁')
  })
})

const went = (at: string, of: string, orders: number) => ({
  area: asId<never>(at),
  unit: asId<never>(of),
  orders,
})
const evidence = (given: Partial<Evidence>): Evidence => ({ ...asked(given), history: [], ...given })

describe('the units suggested', () => {
  test('the rule’s first, then history’s, then the place’s; three at most, each with all its reasons', () => {
    const history = [
      went('460107001', 'water', 12),
      went('460107001', 'city-management', 2),
      went('460107', 'pearl', 90),
    ]
    const units = suggestUnits(evidence({ history }), catalogue({ coUnits: ['pearl'], note: '三定方案' }))
    expect(units).toEqual([
      {
        ...{ unit: 'water', name: '供水公司', role: 'lead', person: null },
        reasons: [
          { code: 'rule', rule: 'r1', position: 1, version: 1, note: '三定方案' },
          { code: 'history', went: 12, of: 14, area: '明珠区海秀街道' },
        ],
      },
      { unit: 'pearl', name: '明珠区政府', role: 'co', person: null, reasons: [expect.anything()] },
      {
        ...{ unit: 'haixiu', name: '海秀街道办事处', role: 'alternative', person: null },
        reasons: [{ code: 'area', area: '明珠区海秀街道' }],
      },
    ])
  })

  test('where no rule matches, what went before leads; few orders of a street say less than many of its district', () => {
    const history = [
      went('460107001', 'city-management', 4),
      went('460107', 'water', 30),
      went('460107', 'pearl', 20),
    ]
    const units = suggestUnits(evidence({ history }), catalogue())
    expect(units.map(({ unit, role }) => [unit, role])).toEqual([
      ['water', 'lead'],
      ['pearl', 'alternative'],
      ['haixiu', 'alternative'],
    ])
  })

  test('of nothing nothing', () => {
    expect(suggestUnits(evidence({ area: null }), catalogue())).toEqual([])
  })
})

test('the category with most words, the words with it', () => {
  expect(suggestCategories('邻居吵架，还停水', catalogue())).toEqual([
    { code: '2-04-002', name: '邻里纠纷', words: ['邻居', '吵架'] },
    { code: '1-05-001', name: '供水', words: ['停水'] },
  ])
})

test.each([
  ['words of an emergency before all else', '停水时着火', 'P0', '119', { code: 'words', words: ['着火'] }],
  ['urgent words before the rule', '停水', 'P1', null, { code: 'words', words: ['停水'] }],
  ['the rule before important words', '媒体来电', 'P1', null, { code: 'rule', position: 1, version: 1 }],
])('the priority: %s', (_, text, priority, emergency, reason) => {
  expect(suggestPriority(asked({ text }), catalogue({ priority: 'P1' }))).toEqual({
    priority,
    emergency,
    reason,
  })
})

test('an ordinary order is ordinary', () => {
  const ordinary = { priority: 'P3', emergency: null, reason: { code: 'ordinary' } }
  expect(suggestPriority(asked({ text: '咨询' }), catalogue({}))).toEqual(ordinary)
})

test('every wrong field of a rule is named', () => {
  const known = { categories: new Set(['1-05']), areas: new Set(['460107']), units: new Set(['water']) }
  const { id, position, version, ...fields } = PLAIN
  const form = { ...fields, hours: null, anyWords: [], allWords: [], noWords: [], coUnits: [] }
  expect(checkRule({ ...form, note: ' 三定 ', anyWords: [' 停水', '停水'] }, known)).toEqual({
    ok: true,
    value: { ...form, note: '三定', anyWords: ['停水'] },
  })
  const wrong = {
    ...form,
    ...{ categoryPrefix: '9', areaCode: '990000', lead: 'gone', coUnits: ['{street}', '{moon}', 'gone'] },
    ...{ hours: [{ days: [1], from: '08:00', to: '08:00' }], personField: '管网' },
  }
  expect(checkRule(wrong, known)).toMatchObject({
    ok: false,
    refusal: {
      fields: {
        ...{ categoryPrefix: 'unknown', areaCode: 'unknown', lead: 'unknown', 'coUnits.1': 'unknown' },
        ...{ 'hours.0.to': 'same-as-from', personField: 'needs-duty' },
      },
    },
  })
  const twice = { ...form, coUnits: ['water'], personName: '甲', personDuty: 'expert' as const }
  expect(checkRule(twice, known)).toMatchObject({
    refusal: { fields: { 'coUnits.0': 'same-as-lead', personDuty: 'not-with-name' } },
  })
})
