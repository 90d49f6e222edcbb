import type { CitizenId, UnitId } from '#kernel/ids.ts'
import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import { maskPhoneNumber } from '#kernel/phone-number.ts'
import { type Actor, hasRight } from '../../cases/actor.ts'
import { isProtected, type Secrecy } from '../../cases/secrecy.ts'
import { HIDDEN_NAME } from '../secrecy/index.ts'
import type { CitizenForm, OrderCitizen } from './schema.ts'

/** Shorter is no reason but a key press. */
export const LEAST_REASON = 4

const MOBILE = /^(?:(?:\+|00)?86|0)?(1[3-9]\d{9})$/
const FROM_ABROAD = /^(?:\+|00)86(\d{9,11})$/

/** A carrier sends one phone as 139…, 0139…, +86139…; a citizen's record knows it once: 139…, 0898…. */
export function sameNumber(number: string): string {
  const digits = number.replaceAll(/[\s-]/g, '')
  const mobile = MOBILE.exec(digits)?.[1]
  if (mobile !== undefined) return mobile
  const fixed = FROM_ABROAD.exec(digits)?.[1]
  return fixed === undefined ? digits : `0${fixed}`
}

/** The forms in which calls of that phone may be on record. */
export function formsOf(number: string): readonly string[] {
  const abroad = number.replace(/^0/, '')
  const forms = [number, `+86${abroad}`, `0086${abroad}`, `86${abroad}`]
  return number.startsWith('1') && number.length === 11 ? [...forms, `0${number}`] : forms
}

/** Whose work is with citizens all over the city; a unit's people know those of their own orders only. */
export function mayReadCitizens(actor: Actor): boolean {
  return hasRight(actor, 'citizen.read')
}

export function mayEditCitizens(actor: Actor): boolean {
  return mayReadCitizens(actor) && (hasRight(actor, 'order.register') || hasRight(actor, 'order.lead'))
}

export function mayMergeCitizens(actor: Actor): boolean {
  return mayReadCitizens(actor) && hasRight(actor, 'order.lead')
}

/** What an order keeps of its citizen. */
export interface CitizenOfOrder {
  readonly id: CitizenId | null
  readonly kind: 'person' | 'enterprise'
  readonly name: string
  /** As it called; empty when withheld. */
  readonly number: string
  readonly address: string
}

/** An order in the eyes of secrecy; `leadUnit` for whoever may ask over units. */
export interface OrderInSecret extends Secrecy {
  readonly leadUnit: UnitId | null
}

/**
 * What a reader of an order sees of its citizen: all, or a masked number and whether asking for more makes sense.
 * Even who may see an identity sees it only by asking (`POST …/identity`), so that no list shows one in passing.
 */
export function viewOfCitizen(order: OrderInSecret, citizen: CitizenOfOrder, actor: Actor): OrderCitizen {
  if (!isProtected(order)) return { hidden: false, mayAsk: false, ...citizen }
  return {
    hidden: true,
    mayAsk: maySeeIdentity(order, actor),
    id: null,
    kind: null,
    name: HIDDEN_NAME,
    number: maskPhoneNumber(citizen.number),
    address: '',
  }
}

export function maySeeIdentity({ leadUnit }: Pick<OrderInSecret, 'leadUnit'>, actor: Actor): boolean {
  return hasRight(actor, 'identity.see', leadUnit ?? undefined)
}

export function checkReason(reason: string): Outcome<string> {
  const trimmed = reason.trim()
  return [...trimmed].length < LEAST_REASON ? badInput({ reason: 'too-short' }) : ok(trimmed)
}

/** Blanks gone, each tag and number once; an enterprise has a name. */
export function checkCitizen(form: CitizenForm): Outcome<CitizenForm> {
  const checked: CitizenForm = {
    kind: form.kind,
    name: form.name.trim(),
    address: form.address.trim(),
    remark: form.remark.trim(),
    tags: [...new Set(form.tags.map(tag => tag.trim()))].filter(tag => tag !== ''),
    numbers: [...new Set(form.numbers.map(sameNumber))],
  }
  if (checked.kind === 'enterprise' && checked.name === '') return badInput({ name: 'required' })
  return ok(checked)
}

/** Two records of one citizen as one: what the kept record lacks comes from the other; nothing is thrown away. */
export function mergedRecord(kept: CitizenForm, other: CitizenForm): CitizenForm {
  return {
    kind: kept.kind,
    name: kept.name || other.name,
    address: kept.address || other.address,
    remark: joined(kept.remark, other.remark),
    tags: [...new Set([...kept.tags, ...other.tags])],
    numbers: [...new Set([...kept.numbers, ...other.numbers])],
  }
}

function joined(one: string, other: string): string {
  return [...new Set([one, other])].filter(text => text !== '').join('\n')
}
