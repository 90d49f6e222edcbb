import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asId, bridgeId, type CallId, type SeatNumber } from '#kernel/ids.ts'
import { LiveCenter } from '../../src/contact-center/center.ts'
import type { CenterEvent } from '../../src/contact-center/events.ts'
import { handle } from '../../src/contact-center/handle.ts'
import { queueRules, RULES } from '../support/center.ts'

/**
 * What users of other contact centres complained of, and the tests here that would notice it: the list in
 * tests/README.md, each by the name it has. Those that no other file holds follow below.
 */

const TESTS = join(import.meta.dirname, '..')

interface Proof {
  readonly file: string
  readonly name: string
}

/** Rows of the list: `| complaint | `file`: name; `file`: name |`. */
function proofs(): (readonly [complaint: string, proofs: readonly Proof[]])[] {
  const text = readFileSync(join(TESTS, 'README.md'), 'utf8')
  const [, list = ''] = text.split('## Complaints of others')
  const rows = list
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
  return rows.map(row => {
    const [, complaint = '', named = ''] = row.split('|')
    const found = [...named.matchAll(/`([^`]+)`: (.+?)(?=<br>|\s*$)/g)]
    return [complaint.trim(), found.map(([, file = '', name = '']) => ({ file, name }))] as const
  })
}

describe('every complaint has its tests', () => {
  test('the list is read', () => expect(proofs().length).toBeGreaterThanOrEqual(9))

  test.each(proofs())('%s', (_complaint, named) => {
    expect(named.length).toBeGreaterThan(0)
    for (const { file, name } of named) {
      const path = join(TESTS, '..', file)
      expect(existsSync(path), file).toBe(true)
      expect(readFileSync(path, 'utf8').replaceAll("\\'", "'"), `${file}: ${name}`).toContain(name)
    }
  })
})

const QUEUES = ['general', 'enterprise', 'foreign', 'dialect', 'resident', 'leader'] as const
type Untimed = CenterEvent extends infer Event
  ? Event extends CenterEvent
    ? Omit<Event, 'at'>
    : never
  : never

/** The core alone, its time in the test's hand. */
class Core {
  readonly center = new LiveCenter()
  now = 1_000

  happen(event: Untimed): void {
    this.now++
    this.center.commit(handle(this.center, { ...event, at: this.now } as CenterEvent, RULES))
  }

  surveyed(legs: readonly string[], pbxStartedAt = 0): void {
    this.happen({
      type: 'pbx-surveyed',
      askedAt: this.now,
      reconnected: true,
      pbxStartedAt,
      legs: legs.map(leg => ({ leg: asId(leg), state: 'up', arrival: null })),
      bridges: [],
    })
  }

  ready(number: string): void {
    const seat = asId<SeatNumber>(number)
    const agent = { staff: asId<never>(`staff-${number}`), number: asId<never>(number), name: '', skills: {} }
    this.happen({ type: 'seat-signed-in', seat, phone: 'sip', agent })
    this.happen({ type: 'phone-changed', seat, registered: true })
    this.happen({ type: 'desk-changed', seat, connected: true })
    this.happen({ type: 'ready-requested', seat })
  }

  /** A caller on a line without greeting. */
  arrive(name: string, queue: string = 'general'): void {
    const line = { number: asId<never>('12345'), name: '', queue: asId<never>(queue), greets: false }
    const call = asId<CallId>(name)
    const leg = asId<never>(`${name}-leg`)
    this.happen({
      type: 'call-arrived',
      call,
      leg,
      caller: '',
      dialled: '12345',
      line,
      refusal: null,
      menu: null,
      draft: asId(name),
    })
  }

  ring(name: string, seat: string): void {
    this.happen({ type: 'pop-acknowledged', seat: asId(seat), call: asId(name) })
  }

  answer(name: string): void {
    this.happen({ type: 'leg-answered', leg: asId(`${name}-seat-1`) })
  }

  talk(name: string, seat: string): void {
    this.ring(name, seat)
    this.answer(name)
    const playback = asId<never>(`${name}-announcement-1`)
    this.happen({ type: 'prompt-finished', leg: asId(`${name}-leg`), playback, played: true })
    const bridge = bridgeId(asId(name))
    for (const leg of [`${name}-leg`, `${name}-seat-1`]) {
      this.happen({ type: 'leg-bridged', leg: asId(leg), bridge })
    }
    expect(this.seat(seat)?.name).toBe('talking')
  }

  gone(leg: string): void {
    this.happen({ type: 'leg-gone', leg: asId(leg), cause: 'normal' })
  }

  seat(number: string) {
    return this.center.seats.get(asId(number))?.state
  }
  waiting(queue = 'general') {
    return this.center.waiting.get(asId(queue)) ?? []
  }
}

function core(): Core {
  const core = new Core()
  core.happen({
    type: 'queues-configured',
    queues: QUEUES.map(id => queueRules({ id: asId(id), mostWaiting: 1_000 })),
  })
  core.surveyed([])
  return core
}

test('an agent of six queues has a wrap-up after a call from any of them', () => {
  const it = core()
  it.ready('1001')
  for (const queue of QUEUES) {
    it.arrive(queue, queue)
    it.talk(queue, '1001')
    it.gone(`${queue}-leg`)
    it.gone(`${queue}-seat-1`)
    expect(it.seat('1001'), queue).toMatchObject({ name: 'wrap-up', call: queue })
    it.happen({ type: 'wrap-up-finished', seat: asId('1001') })
  }
})

test('two wrap-ups end each by its own time, whichever began last', () => {
  const it = core()
  it.ready('1001')
  it.ready('1002')
  for (const [name, seat] of [
    ['a', '1001'],
    ['b', '1002'],
  ] as const) {
    it.arrive(name)
    it.talk(name, seat)
  }
  const end = (name: string) => {
    it.gone(`${name}-leg`)
    it.gone(`${name}-seat-1`)
  }
  end('a')
  it.now += 30_000
  end('b')
  const ends = ['1001', '1002'].map(seat => {
    const state = it.seat(seat)
    return state?.name === 'wrap-up' ? state.deadlineAt : Number.NaN
  })
  expect((ends[1] ?? 0) - (ends[0] ?? 0)).toBeGreaterThanOrEqual(30_000)
  it.now = ends[0] ?? 0
  it.happen({ type: 'seat-deadline-passed', seat: asId('1001') })
  it.happen({ type: 'seat-deadline-passed', seat: asId('1002') })
  expect([it.seat('1001')?.name, it.seat('1002')?.name]).toEqual(['ready', 'wrap-up'])
})

test('no seat stays busy: with nothing heard any more, deadlines and surveys free it from every state', () => {
  const begun: Record<string, (it: Core) => void> = {
    reserved: () => {},
    ringing: it => it.ring('a', '1001'),
    talking: it => it.talk('a', '1001'),
    releasing: it => {
      it.ring('a', '1001')
      it.gone('a-leg')
    },
    'wrap-up': it => {
      it.talk('a', '1001')
      it.gone('a-leg')
      it.gone('a-seat-1')
    },
  }
  for (const [name, begin] of Object.entries(begun)) {
    const it = core()
    it.ready('1001')
    it.arrive('a')
    begin(it)
    expect(it.seat('1001')?.name).toBe(name)
    for (let minutes = 0; minutes < 30; minutes++) {
      it.now += 60_000
      it.happen({ type: 'seat-deadline-passed', seat: asId('1001') })
      it.happen({ type: 'call-deadline-passed', call: asId('a') })
      it.surveyed([])
    }
    expect(['ready', 'not-ready'], name).toContain(it.seat('1001')?.name)
    expect(it.center.calls.size, name).toBe(0)
  }
})

test('a break outlives the PBX and its new start, and ends when the agent says so', () => {
  const it = core()
  it.ready('1001')
  it.happen({ type: 'not-ready-requested', seat: asId('1001'), reason: 'meal' })
  const before = it.seat('1001')
  it.happen({ type: 'pbx-lost' })
  it.surveyed([], it.now)
  expect(it.seat('1001')).toEqual(before)
  it.happen({ type: 'ready-requested', seat: asId('1001') })
  expect(it.seat('1001')?.name).toBe('ready')
})

test('a caller whose agent is lost between answer and bridge is first in the queue again', () => {
  const it = core()
  it.ready('1001')
  it.arrive('a')
  it.ring('a', '1001')
  it.arrive('b')
  it.answer('a')
  it.gone('a-seat-1')
  expect(it.waiting()).toEqual(['a', 'b'])
  expect(it.center.calls.get(asId('a'))?.state.name).toBe('queued')
})
