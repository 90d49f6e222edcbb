import type { Kysely, Transaction } from 'kysely'
import type { Database } from '#database/types.ts'
import { type AreaCode, asId } from '#kernel/ids.ts'
import { type Outcome, ok, refuse } from '#kernel/outcome.ts'
import { DAY_MS, type Instant, SECOND_MS } from '#kernel/time.ts'
import { recordChange } from '../../floor/config-changes/index.ts'
import { actorOf, holds } from '../../people/roles/index.ts'
import type { StaffMember } from '../../people/staff/index.ts'
import { lastAreaOf } from './callers.ts'
import type { DispatchCatalogue, DutyRule } from './catalogue.ts'
import { readHistory } from './history.ts'
import { checkRule, mayAsk, tryRules } from './rules.ts'
import type {
  DispatchWords,
  DutyRuleForm,
  DutyRuleView,
  NewDutyRuleForm,
  RuleTrial,
  SuggestedArea,
  Suggestion,
  SuggestionForm,
  WordLists,
} from './schema.ts'
import { similarOrders } from './similar.ts'
import {
  insertRule,
  lockRules,
  placeRules,
  readCatalogue,
  readRules,
  removeRule,
  shiftRules,
  updateRule,
} from './store.ts'
import { type Evidence, suggestCategories, suggestPriority, suggestUnits } from './suggest.ts'
import { checkWords } from './word-lists.ts'
import { lockWords, readWords, writeWords } from './word-store.ts'

/** What another service edits, and what the units' room does, counts within this time. */
const FRESH_MS = 5 * SECOND_MS
/** 近三天: what is still being dealt with. */
const SIMILAR_WITHIN_MS = 3 * DAY_MS

/** 秒派: to which units an order is likely to go, and the catalogue by which that is told. */
export class Dispatch {
  private readonly db: Kysely<Database>
  private readonly now: () => Instant
  private catalogue: Promise<DispatchCatalogue> | null = null
  private readAt: Instant = 0

  constructor(db: Kysely<Database>, now: () => Instant) {
    this.db = db
    this.now = now
  }

  async suggest(member: StaffMember, form: SuggestionForm): Promise<Outcome<Suggestion>> {
    const actor = await actorOf(this.db, member)
    if (!mayAsk(actor)) return refuse('not-allowed')
    const catalogue = await this.current()
    // Where somebody's last order was is for those who may look citizens up.
    const { callerNumber, ...rest } = form
    const asked = actor.city.has('citizen.read') ? form : rest
    return ok((await this.weigh(asked, catalogue)).suggestion)
  }

  /** The same, with what became of each rule on the way. */
  async tryOut(member: StaffMember, form: SuggestionForm): Promise<Outcome<RuleTrial>> {
    if (!(await this.mayEdit(member))) return refuse('not-allowed')
    const catalogue = await this.current()
    const { suggestion, evidence } = await this.weigh(form, catalogue)
    const tried = tryRules(evidence, catalogue).tried.map(({ rule: { id, position }, failed }) => ({
      ...{ id, position, failed },
    }))
    return ok({ suggestion, tried })
  }

  async rules(member: StaffMember): Promise<Outcome<DutyRuleView[]>> {
    if (!(await this.mayEdit(member))) return refuse('not-allowed')
    return ok((await readRules(this.db)).map(present))
  }

  async addRule(member: StaffMember, { position, ...form }: NewDutyRuleForm): Promise<Outcome<DutyRuleView>> {
    const checked = await this.check(member, form)
    if (!checked.ok) return checked
    return await this.edit(member, async (trx, rules) => {
      const at = Math.min(position ?? rules.length + 1, rules.length + 1)
      await shiftRules(trx, at, 1)
      const after = present(await insertRule(trx, at, checked.value))
      await recordChange(trx, { by: member.id, subject: 'duty-rule', key: after.id, before: null, after })
      return ok(after)
    })
  }

  /** Saves the form over the version that was edited. */
  async saveRule(
    member: StaffMember,
    id: string,
    version: number,
    form: DutyRuleForm,
  ): Promise<Outcome<DutyRuleView>> {
    const checked = await this.check(member, form)
    if (!checked.ok) return checked
    return await this.edit(member, async (trx, rules) => {
      const old = edited(rules, id, version)
      if (!old.ok) return old
      const after = present(await updateRule(trx, old.value, checked.value))
      const before = present(old.value)
      await recordChange(trx, { by: member.id, subject: 'duty-rule', key: id, before, after })
      return ok(after)
    })
  }

  async removeRule(member: StaffMember, id: string, version: number): Promise<Outcome<void>> {
    return await this.edit(member, async (trx, rules) => {
      const old = edited(rules, id, version)
      if (!old.ok) return old
      await removeRule(trx, id)
      await shiftRules(trx, old.value.position, -1)
      const before = present(old.value)
      await recordChange(trx, { by: member.id, subject: 'duty-rule', key: id, before, after: null })
      return ok(undefined)
    })
  }

  /** @param ids all rules, in the order wanted; refused when somebody has added or removed one meanwhile */
  async placeRules(member: StaffMember, ids: readonly string[]): Promise<Outcome<DutyRuleView[]>> {
    return await this.edit(member, async (trx, rules) => {
      const known = rules.map(({ id }) => id)
      if (ids.length !== known.length || !ids.every(id => known.includes(id))) {
        return refuse('changed-meanwhile', `there are ${known.length} rules`)
      }
      await placeRules(trx, ids)
      const [before, after] = [{ ids: known }, { ids }]
      await recordChange(trx, { by: member.id, subject: 'duty-rule', key: 'order', before, after })
      return ok((await readRules(trx)).map(present))
    })
  }

  /** The words that tell a category or an urgency. */
  async words(member: StaffMember): Promise<Outcome<DispatchWords>> {
    return (await this.mayEdit(member)) ? ok(await readWords(this.db)) : refuse('not-allowed')
  }

  /**
   * Saves some of the lists over the version that was edited; the others stay.
   * @param change those that are to be as it says
   */
  async saveWords(member: StaffMember, version: number, change: WordLists): Promise<Outcome<DispatchWords>> {
    if (!(await this.mayEdit(member))) return refuse('not-allowed')
    const { categories } = await this.current()
    const outcome = await this.db.transaction().execute(async trx => {
      const stands = await lockWords(trx)
      if (stands.version !== version) return refuse('changed-meanwhile', `are at version ${stands.version}`)
      const checked = checkWords(change, stands.lists, categories)
      if (!checked.ok) return checked
      await writeWords(trx, version, checked.value)
      const saved = await readWords(trx)
      const sides = [stands, saved].map(({ lists }) => pick(lists, Object.keys(change)))
      const [before = null, after = null] = sides
      await recordChange(trx, { by: member.id, subject: 'dispatch-words', key: 'all', before, after })
      return ok(saved)
    })
    this.catalogue = null
    return outcome
  }

  private mayEdit(member: StaffMember): Promise<boolean> {
    return holds(this.db, member, 'settings.edit')
  }

  private async edit<T>(
    member: StaffMember,
    change: (trx: Transaction<Database>, rules: readonly DutyRule[]) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    if (!(await this.mayEdit(member))) return refuse('not-allowed')
    const outcome = await this.db.transaction().execute(async trx => change(trx, await lockRules(trx)))
    this.catalogue = null
    return outcome
  }

  private async check(member: StaffMember, form: DutyRuleForm): Promise<Outcome<DutyRuleForm>> {
    if (!(await this.mayEdit(member))) return refuse('not-allowed')
    const { categories, areas, units } = await this.current()
    return checkRule(form, {
      categories,
      areas: { has: code => areas.has(asId<AreaCode>(code)) },
      units: { has: id => units.has(asId(id)) },
    })
  }

  private async weigh(
    form: SuggestionForm,
    catalogue: DispatchCatalogue,
  ): Promise<{ readonly suggestion: Suggestion; readonly evidence: Evidence }> {
    const now = form.at === undefined ? this.now() : Date.parse(form.at)
    const said = `${form.title}\n${form.text}`
    const area = await this.areaOf(form, said, catalogue)
    const code = area === null ? null : asId<AreaCode>(area.code)
    const categories = form.categoryCode === null ? suggestCategories(said, catalogue) : []
    const categoryCode = form.categoryCode ?? categories[0]?.code ?? null
    const [history, similar] = await Promise.all([
      readHistory(this.db, categoryCode, catalogue.areas.chain(code), now),
      similarOrders(this.db, {
        text: said,
        areas: code === null ? [] : catalogue.areas.within(code),
        point: form.point ?? null,
        since: now - SIMILAR_WITHIN_MS,
        except: form.orderId ?? null,
      }),
    ])
    const text = `${said}\n${form.place}`
    const evidence = { categoryCode, area: code, text, at: now, history }
    const suggestion: Suggestion = {
      area,
      categories: [...categories],
      priority: suggestPriority(evidence, catalogue),
      units: [...suggestUnits(evidence, catalogue)],
      similar: [...similar],
    }
    return { suggestion, evidence }
  }

  /** What the agent chose; else what the place names, or the text; else where the caller's last order was. */
  private async areaOf(
    { areaCode, place, callerNumber }: SuggestionForm,
    said: string,
    { areas }: DispatchCatalogue,
  ): Promise<SuggestedArea | null> {
    const named = (code: AreaCode) => ({ code, name: areas.fullName(code) })
    const given = areaCode === undefined ? null : asId<AreaCode>(areaCode)
    if (given !== null && areas.has(given)) return { ...named(given), from: 'given', candidates: [] }
    for (const [from, text] of [
      ['place', place],
      ['text', said],
    ] as const) {
      const { area, candidates } = areas.locate(text)
      if (area !== null) return { ...named(area), from, candidates: candidates.map(named) }
    }
    const last = callerNumber === undefined ? null : await lastAreaOf(this.db, callerNumber)
    return last === null ? null : { ...named(last), from: 'caller', candidates: [] }
  }

  /** Read again when it is old, once however many ask. */
  private async current(): Promise<DispatchCatalogue> {
    if (this.catalogue === null || this.now() - this.readAt > FRESH_MS) {
      this.readAt = this.now()
      const reading = readCatalogue(this.db)
      this.catalogue = reading
      reading.catch(() => {
        if (this.catalogue === reading) this.catalogue = null
      })
    }
    return await this.catalogue
  }
}

function edited(rules: readonly DutyRule[], id: string, version: number): Outcome<DutyRule> {
  const rule = rules.find(one => one.id === id)
  if (rule === undefined) return refuse('not-found')
  return rule.version === version ? ok(rule) : refuse('changed-meanwhile', `is at version ${rule.version}`)
}

function pick(lists: WordLists, names: readonly string[]): WordLists {
  return Object.fromEntries(names.map(name => [name, lists[name] ?? []]))
}

function present(rule: DutyRule): DutyRuleView {
  return {
    ...rule,
    hours:
      rule.hours === null ? null : rule.hours.map(({ days, from, to }) => ({ days: [...days], from, to })),
    anyWords: [...rule.anyWords],
    allWords: [...rule.allWords],
    noWords: [...rule.noWords],
    coUnits: [...rule.coUnits],
  }
}
