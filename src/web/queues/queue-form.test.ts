import { expect, test } from 'vitest'
import type { QueueView, StepForm } from '../../floor/queues/schema.ts'
import {
  BLANK_QUEUE,
  doing,
  formOf,
  fromMinutes,
  minutes,
  movedStep,
  oneMoreStep,
  QUEUE_FIELDS,
} from './queue-form.ts'

const PLAY: StepForm = { afterMs: 10_000, do: 'play', prompt: 'greeting' }
const LOWER: StepForm = { afterMs: 20_000, do: 'lower-levels', by: 3 }
const OVER: StepForm = { afterMs: 30_000, do: 'overflow', queue: 'general' }

test('a step that moves leaves the times ascending', () => {
  expect(movedStep([PLAY, LOWER, OVER], 0, 1)).toEqual([
    { ...LOWER, afterMs: 10_000 },
    { ...PLAY, afterMs: 20_000 },
    OVER,
  ])
  expect(movedStep([PLAY, LOWER, OVER], 2, 0).map(step => step.do)).toEqual([
    'overflow',
    'play',
    'lower-levels',
  ])
})

test('a new step comes last, but before the caller leaves', () => {
  expect(oneMoreStep([])).toMatchObject([{ afterMs: 15_000, do: 'play' }])
  expect(oneMoreStep([PLAY]).map(step => step.afterMs)).toEqual([10_000, 25_000])
  const beforeOverflow = oneMoreStep([PLAY, OVER])
  expect(beforeOverflow.map(step => [step.do, step.afterMs])).toEqual([
    ['play', 10_000],
    ['play', 30_000],
    ['overflow', 45_000],
  ])
})

test('a queue is edited without its id and version; a prompt that is not offered is left to be chosen', () => {
  const steps = [PLAY, { ...PLAY, prompt: 'apology' }]
  const queue: QueueView = { ...BLANK_QUEUE, id: 'general', version: 3, steps }
  const { prompt: _, ...without } = PLAY
  expect(formOf(queue)).toEqual({ ...BLANK_QUEUE, steps: [PLAY, without] })
})

test('offering a call-back needs nothing beside it', () => {
  expect(doing('offer-call-back')).toEqual({ do: 'offer-call-back' })
  expect(oneMoreStep([PLAY, { afterMs: 20_000, do: 'offer-call-back' }]).map(step => step.afterMs)).toEqual([
    10_000, 20_000, 35_000,
  ])
})

test('minutes are told to the half and kept to the millisecond', () => {
  expect([30_000, 300_000, 7_200_000].map(minutes)).toEqual([0.5, 5, 120])
  expect([0.5, 5, 120].map(fromMinutes)).toEqual([30_000, 300_000, 7_200_000])
})

test('every part of a queue is told of in its history and compared when two have saved', () => {
  expect([...QUEUE_FIELDS].sort()).toEqual(Object.keys(BLANK_QUEUE).sort())
})
