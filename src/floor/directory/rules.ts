import { badInput, type Outcome, ok } from '#kernel/outcome.ts'
import type { DirectoryForm } from './schema.ts'

/** 公安, 消防, 急救, 交通事故: the same all over China (国办发〔2022〕12号 has the hotline work with them). */
export const EMERGENCY_NUMBERS: readonly string[] = ['110', '119', '120', '122']

export function isEmergencyNumber(number: string): boolean {
  return EMERGENCY_NUMBERS.includes(number)
}

export interface KnownPlaces {
  readonly queue: boolean
  readonly line: boolean
}

/** An entry leads to one place, which exists; an emergency is one of the four numbers. */
export function checkEntry(form: DirectoryForm, known: KnownPlaces): Outcome<DirectoryForm> {
  const problems: Record<string, string> = {}
  const places = [form.number, form.queue, form.line].filter(place => place !== null)
  if (places.length !== 1) problems.number = 'one-of-number-queue-line'
  if (form.queue !== null && !known.queue) problems.queue = 'unknown'
  if (form.line !== null && !known.line) problems.line = 'unknown'
  if (form.kind === 'emergency' && (form.number === null || !isEmergencyNumber(form.number))) {
    problems.number = 'no-emergency-number'
  }
  return Object.keys(problems).length > 0 ? badInput(problems) : ok({ ...form, name: form.name.trim() })
}
