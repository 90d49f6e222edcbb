import { expect, test } from 'vitest'
import { checkQueue } from './rules.ts'
import type { QueueForm, StepForm } from './schema.ts'

const KNOWN = {
  skills: new Set(['dialect', 'english']),
  overflows: new Map([
    ['general', null],
    ['dialect', null],
    ['leader', 'general'],
    ['office', 'leader'],
  ]),
}

const form = (change: Partial<QueueForm>): QueueForm => ({
  nameZh: '方言',
  nameEn: 'Dialect',
  strategy: 'longest-idle',
  needs: [],
  priority: 0,
  ageingPerMinute: 1,
  steps: [],
  mostWaiting: null,
  announceEveryMs: null,
  callBack: null,
  whenUnstaffed: 'wait',
  ...change,
})

function fieldsOf(change: Partial<QueueForm>, id = 'dialect') {
  const checked = checkQueue(id, form(change), KNOWN)
  return checked.ok ? null : checked.refusal.fields
}

test('a whole form comes out as steps the contact centre takes', () => {
  const steps: StepForm[] = [
    { afterMs: 1_000, do: 'play', prompt: 'please-wait' },
    { afterMs: 1_000, do: 'lower-levels', by: 3 },
    { afterMs: 2_000, do: 'raise-priority', by: 9 },
    { afterMs: 3_000, do: 'add-queue', queue: 'leader' },
    { afterMs: 4_000, do: 'overflow', queue: 'general' },
  ]
  const needs = [
    { skill: 'dialect', level: 5 },
    { skill: 'english', level: 1 },
  ]
  expect(checkQueue('dialect', form({ needs, steps }), KNOWN)).toEqual({ ok: true, value: steps })
})

test('skills are known and named once', () => {
  const needs = ['dialect', 'dialect', 'dance'].map(skill => ({ skill, level: 5 }))
  expect(fieldsOf({ needs })).toEqual({ 'needs.1.skill': 'repeated', 'needs.2.skill': 'unknown' })
})

test.each<[string, StepForm[], Record<string, string>]>([
  [
    'times descend',
    [
      { afterMs: 2_000, do: 'lower-levels', by: 1 },
      { afterMs: 1_000, do: 'lower-levels', by: 1 },
    ],
    { 'steps.1.afterMs': 'not-ascending' },
  ],
  [
    'what follows an overflow is never done',
    [
      { afterMs: 1_000, do: 'overflow', queue: 'general' },
      { afterMs: 2_000, do: 'lower-levels', by: 1 },
    ],
    { 'steps.1': 'after-overflow' },
  ],
  ['no such queue', [{ afterMs: 1_000, do: 'add-queue', queue: 'none' }], { 'steps.0.queue': 'unknown' }],
  [
    'overflow to itself',
    [{ afterMs: 1_000, do: 'overflow', queue: 'dialect' }],
    { 'steps.0.queue': 'itself' },
  ],
  ['adding itself', [{ afterMs: 1_000, do: 'add-queue', queue: 'dialect' }], { 'steps.0.queue': 'itself' }],
  ['nothing to do it by', [{ afterMs: 1_000, do: 'lower-levels' }], { 'steps.0.by': 'required' }],
  ['no queue named', [{ afterMs: 1_000, do: 'overflow' }], { 'steps.0.queue': 'required' }],
  [
    'nothing to say',
    [{ afterMs: 1_000, do: 'play', by: 3 }],
    { 'steps.0.prompt': 'required', 'steps.0.by': 'not-a-field' },
  ],
])('refused: %s', (_, steps, fields) => {
  expect(fieldsOf({ steps })).toEqual(fields)
})

test('overflow leads nowhere back, over however many queues', () => {
  const steps: StepForm[] = [{ afterMs: 1_000, do: 'overflow', queue: 'office' }]
  expect(fieldsOf({ steps }, 'general')).toEqual({ 'steps.0.queue': 'circular' })
  expect(fieldsOf({ steps }, 'dialect')).toBeNull()
})
