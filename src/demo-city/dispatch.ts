import type { Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { type DutyRuleForm, insertRule } from '../casework/dispatch/index.ts'
import { categoryRows } from './categories.ts'
import {
  DUTIES,
  type DutyDraft,
  EMERGENCY_WORDS,
  FIRST_DUTIES,
  IMPORTANT_WORDS,
  LAST_DUTIES,
  URGENT_WORDS,
} from './duty-catalogue.ts'

/** The duty catalogue, over the areas, units and categories that stand already. */
export async function seedDispatch(trx: Transaction<Database>): Promise<void> {
  const areas = await trx.selectFrom('areas').select(['code', 'name_zh']).execute()
  const areaCodes = new Map<string, string>(areas.map(({ code, name_zh }) => [name_zh, code]))
  for (const [index, form] of dutyForms(areaCodes).entries()) await insertRule(trx, index + 1, form)
  await trx.insertInto('category_words').values(categoryWords()).execute()
  await trx.insertInto('priority_words').values(priorityWords()).execute()
}

/** What holds whatever the category, then each item's, then each area's rest, then everything else. */
function dutyForms(areaCodes: ReadonlyMap<string, string>): readonly DutyRuleForm[] {
  const codes = categoryCodes()
  const form = (draft: DutyDraft, category: string | null, cited: string) =>
    formOf(draft, category, areaCodes, `《海棠市部门职责清单》${cited}`)
  const areas = DUTIES.flat()
  return [
    ...FIRST_DUTIES.map((draft, i) => form(draft, null, `总则第${i + 1}条`)),
    ...areas.flatMap(([area, items]) =>
      items
        .flatMap(([item, , drafts]) => drafts.map(draft => ({ item, draft })))
        .map(({ item, draft }, i) => form(draft, codeOf(codes, area, item), `${area}第${i + 1}条`)),
    ),
    ...areas.map(([area, , rest]) => form(rest, codeOf(codes, area), `${area}兜底条款`)),
    ...LAST_DUTIES.map(draft => form(draft, null, '首问负责条款')),
  ]
}

function formOf(
  draft: DutyDraft,
  categoryPrefix: string | null,
  areaCodes: ReadonlyMap<string, string>,
  note: string,
): DutyRuleForm {
  const { area, hours, expert, mediator } = draft
  const areaCode = area === undefined ? null : areaCodes.get(area)
  if (areaCode === undefined) throw new Error(`no area ${area}`)
  return {
    ...{ categoryPrefix, areaCode, note, lead: draft.lead, coUnits: words(draft.co) },
    hours: hours?.map(({ days, from, to }) => ({ days: [...days], from, to })) ?? null,
    anyWords: words(draft.any),
    allWords: words(draft.all),
    noWords: words(draft.none),
    personName: null,
    personDuty: personDuty(draft),
    personField: expert ?? mediator ?? null,
    priority: draft.priority ?? null,
  }
}

function personDuty({ expert, mediator, handler }: DutyDraft): DutyRuleForm['personDuty'] {
  if (expert !== undefined) return 'expert'
  if (mediator !== undefined) return 'mediator'
  return handler === true ? 'handler' : null
}

/** Each item has its own name for a word, too. */
function categoryWords() {
  const codes = categoryCodes()
  return DUTIES.flat().flatMap(([area, items]) =>
    items.flatMap(([item, text]) =>
      [...new Set([item, ...words(text)])].map(word => ({ category_code: codeOf(codes, area, item), word })),
    ),
  )
}

function priorityWords() {
  const emergencies = EMERGENCY_WORDS.flatMap(([emergency, text]) =>
    words(text).map(word => ({ word, priority: 'P0' as const, emergency })),
  )
  const others = (text: string, priority: 'P1' | 'P2') =>
    words(text).map(word => ({ word, priority, emergency: null }))
  return [...emergencies, ...others(URGENT_WORDS, 'P1'), ...others(IMPORTANT_WORDS, 'P2')]
}

/** By the names from the area on: 市政设施/路灯. */
function categoryCodes(): ReadonlyMap<string, string> {
  const rows = categoryRows()
  const names = new Map(rows.map(({ code, name_zh }) => [code, name_zh]))
  return new Map(
    rows
      .filter(({ parent_code }) => parent_code !== null)
      .map(({ code, parent_code, name_zh }) => [
        (parent_code ?? '').includes('-') ? `${names.get(parent_code ?? '')}/${name_zh}` : name_zh,
        code,
      ]),
  )
}

function codeOf(codes: ReadonlyMap<string, string>, ...names: readonly string[]): string {
  const code = codes.get(names.join('/'))
  if (code === undefined) throw new Error(`no category ${names.join('/')}`)
  return code
}

function words(text = ''): string[] {
  return text.split(' ').filter(word => word !== '')
}
