import { describe, expect, test } from 'vitest'
import { asId, bridgeId, type SkillId, seatLegId } from '#kernel/ids.ts'
import { queueRules, RULES } from '../../tests/support/center.ts'
import { LiveCenter } from './center.ts'
import type { CenterEvent, Effect, MaskedRoute } from './events.ts'
import { handle } from './handle.ts'
import { brokenInvariants } from './invariants.ts'
import type { QueueRules } from './queue/queue-rules.ts'

const LINE = { number: asId<never>('12345'), name: '', queue: asId<never>('general'), greets: true }
type Untimed = CenterEvent extends infer Event
  ? Event extends CenterEvent
    ? Omit<Event, 'at'>
    : never
  : never

/** A floor on which things happen a millisecond apart, checked after each. */
class Floor {
  readonly center = new LiveCenter()
  now = 1_000
  effects: readonly Effect[] = []

  happen(event: Untimed): this {
    this.now++
    const step = handle(this.center, { ...event, at: this.now } as CenterEvent, RULES)
    this.center.commit(step)
    this.effects = step.effects
    expect(brokenInvariants(this.center)).toEqual([])
    return this
  }

  surveyed(legs: string[], more: Partial<Extract<CenterEvent, { type: 'pbx-surveyed' }>> = {}): this {
    return this.happen({
      type: 'pbx-surveyed',
      askedAt: this.now,
      reconnected: false,
      pbxStartedAt: 0,
      legs: legs.map(leg => ({ leg: asId(leg), state: 'up', arrival: null })),
      bridges: [],
      ...more,
    })
  }

  ready(number: string): this {
    const seat = asId<never>(number)
    const agent = { staff: asId<never>(`staff-${number}`), number: asId<never>(number), name: '', skills: {} }
    return this.happen({ type: 'seat-signed-in', seat, phone: 'sip', agent })
      .happen({ type: 'phone-changed', seat, registered: true })
      .happen({ type: 'desk-changed', seat, connected: true })
      .happen({ type: 'ready-requested', seat })
  }

  arrive(name: string): this {
    const call = asId<never>(name)
    this.happen({
      type: 'call-arrived',
      call,
      leg: asId(`${name}-leg`),
      caller: '',
      dialled: '12345',
      line: LINE,
      refusal: null,
      menu: null,
      draft: asId(name),
    })
    return this.happen({
      type: 'prompt-finished',
      leg: asId(`${name}-leg`),
      playback: asId(`${name}-greeting`),
      played: true,
    })
  }

  call(name: string) {
    return this.center.calls.get(asId(name))
  }
  seat(number: string) {
    return this.center.seats.get(asId(number))
  }
  dialled(): string[] {
    return this.effects.flatMap(effect =>
      effect.to === 'pbx' && effect.command.do === 'dial-seat' ? [effect.command.leg as string] : [],
    )
  }
  popped(): string[] {
    return this.effects.flatMap(effect => (effect.to === 'desk' ? [effect.pop.seat as string] : []))
  }
}

const floor = () => new Floor().surveyed([])

describe('who is offered what', () => {
  test('the longest-idle ready seat gets the caller who has waited longest', () => {
    const it = floor().ready('1002').ready('1001').arrive('a')
    expect(it.popped()).toEqual(['1002'])
    it.arrive('b')
    expect(it.popped()).toEqual(['1001'])
  })

  test('a seat whose phone or page is away is passed over, and found when it is back', () => {
    const it = floor().ready('1001')
    it.happen({ type: 'desk-changed', seat: asId('1001'), connected: false }).arrive('a')
    expect(it.call('a')?.state.name).toBe('queued')
    it.happen({ type: 'desk-changed', seat: asId('1001'), connected: true })
    expect(it.popped()).toEqual(['1001'])
  })

  test('the pop goes out before the phone is dialled, and the phone waits for it only so long', () => {
    const it = floor().ready('1001').arrive('a')
    expect(it.dialled()).toEqual([])
    it.now += RULES.popAckTimeoutMs
    it.happen({ type: 'seat-deadline-passed', seat: asId('1001') })
    expect(it.dialled()).toEqual(['a-seat-1'])
  })

  test('no answer: the seat is not-ready, the caller is first in the queue again', () => {
    const it = floor().ready('1001').arrive('a')
    it.happen({ type: 'pop-acknowledged', seat: asId('1001'), call: asId('a') }).arrive('b')
    it.now += RULES.ringTimeoutMs
    it.happen({ type: 'seat-deadline-passed', seat: asId('1001') })
    expect(it.center.waiting.get(asId('general'))).toEqual(['a', 'b'])
    it.happen({ type: 'leg-gone', leg: asId('a-seat-1'), cause: 'normal' })
    expect(it.seat('1001')?.state).toMatchObject({ name: 'not-ready', reason: 'no-answer' })
  })

  test('nothing is offered while the PBX is silent', () => {
    const it = floor().ready('1001').happen({ type: 'pbx-lost' }).arrive('a')
    expect(it.call('a')?.state.name).toBe('queued')
    it.surveyed(['a-leg'], { reconnected: true })
    expect(it.call('a')?.state.name).toBe('offered')
  })
})

describe('queues as data', () => {
  const GENERAL = asId<never>('general')
  const plain = queueRules()
  const configured = (change: Partial<QueueRules>) =>
    floor().happen({ type: 'queues-configured', queues: [{ ...plain, ...change }] })
  const noted = (it: Floor) =>
    it.effects.flatMap(e => (e.to === 'record' && e.fact.fact === 'call-noted' ? [e.fact.note] : []))
  const due = (it: Floor) => {
    const state = it.call('a')?.state
    if (state?.name !== 'queued' || state.deadlineAt === null) throw new Error('nothing falls due')
    it.now = state.deadlineAt
    return it.happen({ type: 'call-deadline-passed', call: asId('a') })
  }

  test('one caller too many hears that all lines are busy; the call is kept, and blamed on us', () => {
    const it = configured({ mostWaiting: 1 }).arrive('a').arrive('b')
    expect(it.call('a')?.state.name).toBe('queued')
    expect(it.call('b')?.state).toMatchObject({ name: 'refusing', why: 'queue-full' })
    it.happen({ type: 'prompt-finished', leg: asId('b-leg'), playback: asId('b-refusal'), played: true })
    expect(noted(it)).toMatchObject([{ kind: 'ended', result: 'our-fault', reason: 'queue-full' }])
  })

  test('a queue without waiting room still takes whom a ready seat can be offered', () => {
    const it = configured({ mostWaiting: 0 }).ready('1001').arrive('a').arrive('b')
    expect(it.call('a')?.state.name).toBe('offered')
    expect(it.call('b')?.state).toMatchObject({ name: 'refusing', why: 'queue-full' })
  })

  test('steps are taken in time, each with its reason on the timeline; one lets a seat serve', () => {
    const skill = asId<SkillId>('dialect')
    const it = configured({
      needs: [{ skill, level: 5 }],
      steps: [
        { afterMs: 10_000, do: 'play', prompt: 'please-wait' },
        { afterMs: 20_000, do: 'lower-levels', by: 3 },
      ],
    }).ready('1001')
    const agent = {
      staff: asId<never>('staff-1001'),
      number: asId<never>('1001'),
      name: '',
      skills: { [skill]: 2 },
    }
    it.happen({ type: 'agent-changed', agent }).arrive('a')
    expect(it.call('a')?.state.name).toBe('queued')
    due(it)
    expect(noted(it)).toMatchObject([{ kind: 'escalated', step: 'play', afterMs: 10_000 }])
    const playback = it.call('a')?.place?.playing
    if (playback == null) throw new Error('nothing is played')
    // Asterisk does not go back to its music by itself.
    it.happen({ type: 'prompt-finished', leg: asId('a-leg'), playback, played: true })
    expect(it.effects).toMatchObject([{ command: { do: 'start-music' } }])
    due(it)
    expect(noted(it)[0]).toMatchObject({ kind: 'escalated', step: 'lower-levels', detail: '3' })
    expect(it.popped()).toEqual(['1001'])
  })

  test('who waits already waits by the new rules', () => {
    const it = configured({}).arrive('a')
    expect(it.call('a')?.state).toMatchObject({ name: 'queued', deadlineAt: null })
    const steps = [{ afterMs: 30_000, do: 'raise-priority', by: 3 }] as const
    it.happen({ type: 'queues-configured', queues: [{ ...plain, steps }] })
    due(it)
    expect(it.call('a')?.place?.raised).toBe(3)
  })

  test('overflow moves the caller to the other queue, before those who came later', () => {
    const other = { ...plain, id: asId<never>('other') }
    const it = floor().happen({
      type: 'queues-configured',
      queues: [{ ...plain, steps: [{ afterMs: 5_000, do: 'overflow', queue: other.id }] }, other],
    })
    due(it.arrive('a'))
    expect(it.center.waiting.get(other.id)).toEqual(['a'])
    expect(it.center.waiting.get(GENERAL)).toEqual([])
    expect(it.call('a')?.place?.queue).toBe('other')
  })

  test('the more urgent of two queues is served first', () => {
    const urgent = { ...plain, id: asId<never>('urgent'), priority: 10 }
    const it = floor()
      .happen({ type: 'queues-configured', queues: [plain, urgent] })
      .arrive('a')
    it.happen({
      type: 'call-arrived',
      call: asId('u'),
      leg: asId('u-leg'),
      caller: '',
      dialled: '12346',
      line: { ...LINE, queue: urgent.id, greets: false },
      refusal: null,
      menu: null,
      draft: asId('u'),
    }).ready('1001')
    expect(it.call('u')?.state.name).toBe('offered')
    expect(it.call('a')?.state.name).toBe('queued')
  })

  test('a blocked caller hears why and is kept as a call', () => {
    const it = floor().happen({
      type: 'call-arrived',
      call: asId('x'),
      leg: asId('x-leg'),
      caller: '',
      dialled: '12345',
      line: LINE,
      refusal: 'blocked-number',
      menu: null,
      draft: asId('x'),
    })
    const played = it.effects.flatMap(e =>
      e.to === 'pbx' && e.command.do === 'play' ? e.command.prompts : [],
    )
    expect(played).toEqual(['number-blocked'])
    it.happen({ type: 'leg-gone', leg: asId('x-leg'), cause: 'normal' })
    expect(noted(it)).toMatchObject([{ kind: 'ended', result: 'caller-side', reason: 'blocked-number' }])
  })
})

describe('one binding', () => {
  const route: MaskedRoute = {
    ...{ binding: asId<never>('binding'), order: asId<never>('order'), short: asId<never>('95012') },
    ...{ from: 'citizen', number: '089866001122', shows: '12345', records: true, staff: null },
    mostTalkMs: 600_000,
  }
  const offered = (name: string) => ({
    ...({ type: 'call-arrived', call: asId<never>(name), leg: asId<never>(`${name}-leg`) } as const),
    ...{ caller: '13876543210', dialled: '12345', line: LINE, refusal: null, menu: null },
    ...{ draft: asId<never>(name), offer: route },
  })
  const one = (name: string) =>
    ({
      ...({ type: 'digit-pressed', leg: asId<never>(`${name}-leg`), digit: '1' } as const),
      callBack: { call: asId<never>(`${name}-back`), draft: asId<never>(`${name}-back`) },
    }) as const
  const holds = (name: string) =>
    ({ type: 'mask-answered', call: asId<never>(name), answer: { answer: 'route', route } }) as const

  test('carries one call: of two offered at once the second is taken on like anybody', () => {
    const it = floor().happen(offered('a')).happen(offered('b'))
    it.happen(one('a')).happen(one('b')).happen(holds('a')).happen(holds('b'))
    expect(it.call('a')?.state.name).toBe('mask-ringing')
    expect(it.call('b')).toMatchObject({ mask: null, state: { name: 'greeting' } })
    const dialled = it.effects.filter(e => e.to === 'pbx' && e.command.do === 'dial-out')
    expect(dialled).toEqual([])
  })

  test('is not taken by an offer after the handler has asked for the citizen', () => {
    const call = { call: asId<never>('c'), draft: asId<never>('c') }
    const asked = { type: 'masked-call-requested', call, first: '089866001122' } as const
    const it = floor()
      .surveyed([])
      .happen(offered('a'))
      .happen({ ...asked, route: { ...route, from: 'unit', number: '13876543210' } })
      .happen(one('a'))
      .happen(holds('a'))
    expect(it.call('c')?.state.name).toBe('mask-calling')
    expect(it.call('a')).toMatchObject({ mask: null, state: { name: 'greeting' } })
  })
})

describe('orders of events that telephony really produces', () => {
  test('the caller leaves in the same instant as the seat answers, either way round', () => {
    for (const order of ['gone first', 'answer first']) {
      const it = floor().ready('1001').arrive('a')
      it.happen({ type: 'pop-acknowledged', seat: asId('1001'), call: asId('a') })
      const gone = { type: 'leg-gone', leg: asId<never>('a-leg'), cause: 'normal' } as const
      const answered = { type: 'leg-answered', leg: seatLegId(asId('a'), 1) } as const
      if (order === 'gone first') it.happen(gone).happen(answered)
      else it.happen(answered).happen(gone)
      it.happen({ type: 'leg-gone', leg: seatLegId(asId('a'), 1), cause: 'normal' })
      expect(it.call('a')).toBeUndefined()
      expect(['ready', 'wrap-up']).toContain(it.seat('1001')?.state.name)
      expect(it.center.legs.size).toBe(0)
    }
  })

  test('a phone that answers when its call is long over is hung up', () => {
    const it = floor().happen({ type: 'leg-answered', leg: asId('old-seat-1') })
    expect(it.effects).toEqual([{ to: 'sweep', stray: { leg: 'old-seat-1' } }])
  })

  test('every event twice changes nothing the second time', () => {
    const once = floor().ready('1001').arrive('a')
    const state = JSON.stringify([...once.center.calls, ...once.center.seats])
    once.happen({ type: 'prompt-finished', leg: asId('a-leg'), playback: asId('a-greeting'), played: true })
    expect(once.effects).toEqual([])
    expect(JSON.stringify([...once.center.calls, ...once.center.seats])).toBe(state)
  })
})

describe('what a survey makes good', () => {
  const talking = () => {
    const it = floor().ready('1001').arrive('a')
    it.happen({ type: 'pop-acknowledged', seat: asId('1001'), call: asId('a') })
    it.happen({ type: 'leg-answered', leg: asId('a-seat-1') })
    it.happen({
      type: 'prompt-finished',
      leg: asId('a-leg'),
      playback: asId('a-announcement-1'),
      played: true,
    })
    const bridge = bridgeId(asId('a'))
    it.happen({ type: 'leg-bridged', leg: asId('a-leg'), bridge })
    it.happen({ type: 'leg-bridged', leg: asId('a-seat-1'), bridge })
    expect(it.call('a')?.state.name).toBe('talking')
    it.now += 60_000
    return it
  }

  test('a hang-up that was never heard ends the call', () => {
    const it = talking().surveyed([])
    expect(it.call('a')).toBeUndefined()
    expect(it.seat('1001')?.state.name).toBe('wrap-up')
    const closed = it.effects.flatMap(e =>
      e.to === 'record' && e.fact.fact === 'call-closed' ? [e.fact.call] : [],
    )
    expect(closed).toMatchObject([{ result: 'completed', endedBy: 'caller' }])
  })

  test('a PBX that began after the call did took the call with it', () => {
    const it = talking()
    it.surveyed([], { reconnected: true, pbxStartedAt: it.now })
    const closed = it.effects.flatMap(e =>
      e.to === 'record' && e.fact.fact === 'call-closed' ? [e.fact.call] : [],
    )
    expect(closed).toMatchObject([{ result: 'our-fault', reason: 'pbx-lost', endedBy: 'system' }])
  })

  test('two who should hear each other and do not are bridged again', () => {
    const it = talking().surveyed(['a-leg', 'a-seat-1'])
    expect(it.effects).toContainEqual(
      expect.objectContaining({
        command: expect.objectContaining({ do: 'bridge', legs: ['a-leg', 'a-seat-1'] }),
      }),
    )
  })

  test('a caller whom our answer never reached is answered again; music that was to stop is stopped', () => {
    const it = floor().ready('1001').arrive('a')
    it.happen({ type: 'pop-acknowledged', seat: asId('1001'), call: asId('a') })
    it.happen({ type: 'leg-answered', leg: asId('a-seat-1') })
    const unanswered = { leg: asId<never>('a-leg'), state: 'ringing', arrival: null } as const
    const seat = { leg: asId<never>('a-seat-1'), state: 'up', arrival: null } as const
    it.surveyed([], { legs: [unanswered, seat], askedAt: it.now + 1 })
    expect(it.effects).toEqual([])
    it.surveyed([], { legs: [unanswered, seat], askedAt: it.now + 1, reconnected: true })
    const commands = it.effects.flatMap(effect => (effect.to === 'pbx' ? [effect.command.do] : []))
    expect(commands).toEqual(['answer', 'bridge', 'stop-music'])
    it.surveyed([], { legs: [{ ...unanswered, state: 'up' }, seat], askedAt: it.now + 60_000 })
    expect(it.effects).toEqual([])
  })

  test('a phone that should ring and has no leg is rung again, unless its PBX ended', () => {
    const ringing = () => {
      const it = floor().ready('1001').arrive('a')
      return it.happen({ type: 'pop-acknowledged', seat: asId('1001'), call: asId('a') })
    }
    const dialled = { to: 'pbx', command: expect.objectContaining({ do: 'dial-seat', leg: 'a-seat-1' }) }
    const again = ringing().surveyed(['a-leg'], { reconnected: true })
    expect(again.effects).toContainEqual(dialled)
    expect(again.seat('1001')?.state.name).toBe('ringing')
    expect(ringing().surveyed(['a-leg']).effects).toEqual([])
    const it = ringing()
    it.surveyed([], { reconnected: true, pbxStartedAt: it.now })
    expect(it.effects).not.toContainEqual(dialled)
    expect(it.call('a')).toBeUndefined()
  })

  test('legs and bridges without a call are swept; a citizen is not', () => {
    const it = floor()
    it.surveyed(['lost-seat-3'], {
      legs: [
        { leg: asId('lost-seat-3'), state: 'up', arrival: null },
        { leg: asId('citizen'), state: 'up', arrival: { caller: '', dialled: '12345' } },
      ],
      bridges: [{ bridge: asId('lost-bridge'), legs: [] }],
    })
    expect(it.effects).toEqual([
      { to: 'sweep', stray: { leg: 'lost-seat-3' } },
      { to: 'sweep', stray: { bridge: 'lost-bridge' } },
    ])
  })
})
