import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { SECOND_MS } from '#kernel/time.ts'
import type { Fact, SeatStateName } from '../contact-center/events.ts'
import type { FloorControl } from '../engine/ports.ts'

const SEAT_STATES: readonly SeatStateName[] = [
  'signed-out',
  'not-ready',
  'ready',
  'reserved',
  'ringing',
  'dialling',
  'talking',
  'holding',
  'consulting',
  'releasing',
  'wrap-up',
]

/** What Prometheus reads. Numbers only: no call, person or phone number is ever a label. */
export class Metrics {
  readonly registry = new Registry()
  private readonly calls = this.counter('hotline_calls_total', 'Calls ended, by result and reason', [
    'result',
    'reason',
  ])
  /** GB/T 33358-2016 asks for an answer within 15 s. */
  private readonly answerSeconds = this.histogram(
    'hotline_answer_seconds',
    'From the queue to the answer',
    [1, 2, 5, 10, 15, 20, 30, 60, 120, 300],
  )
  private readonly popShownSeconds = this.histogram(
    'hotline_pop_shown_seconds',
    'From the offer of a call to its screen-pop written to the socket',
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1],
  )
  private readonly popAcknowledgedSeconds = this.histogram(
    'hotline_pop_acknowledged_seconds',
    'From the screen-pop on the socket to its acknowledgement',
    [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  )

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  /** Gauges read what they show when they are asked for. */
  watch(floor: FloorControl, writer: { readonly behind: number; readonly refused: number }): void {
    this.gauge('hotline_calls_waiting', 'Callers in the queue', gauge => gauge.set(floor.waiting()))
    this.gauge('hotline_facts_behind', 'Events whose facts are not in PostgreSQL yet', gauge =>
      gauge.set(writer.behind),
    )
    this.gauge('hotline_facts_refused', 'Events whose facts the tables refused since the start', gauge =>
      gauge.set(writer.refused),
    )
    this.gauge(
      'hotline_seats',
      'Seats that have been used, by state',
      gauge => {
        const seats = floor.seats()
        for (const state of SEAT_STATES) {
          gauge.set({ state }, seats.filter(seat => seat.state.name === state).length)
        }
      },
      ['state'],
    )
  }

  /** What the PBX's connection counts, since the process began. */
  watchPbx(counters: {
    readonly eventsByType: ReadonlyMap<string, number>
    readonly connections: number
    readonly malformedFrames: number
  }): void {
    this.gauge(
      'hotline_pbx_events',
      'Events heard from the PBX, by type',
      gauge => {
        for (const [type, count] of counters.eventsByType) gauge.set({ type }, count)
      },
      ['type'],
    )
    this.gauge('hotline_pbx_connections', 'Times the PBX was connected to', gauge =>
      gauge.set(counters.connections),
    )
    this.gauge('hotline_pbx_malformed_frames', 'Frames of the PBX that could not be read', gauge =>
      gauge.set(counters.malformedFrames),
    )
  }

  /** Facts that are in the tables, each told once. */
  written(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.fact !== 'call-closed') continue
      const { result, reason, queuedAt, answeredAt } = fact.call
      this.calls.inc({ result, reason })
      if (queuedAt !== null && answeredAt !== null) {
        this.answerSeconds.observe((answeredAt - queuedAt) / SECOND_MS)
      }
    }
  }

  popShown(afterMs: number): void {
    this.popShownSeconds.observe(afterMs / SECOND_MS)
  }

  popAcknowledged(afterMs: number): void {
    this.popAcknowledgedSeconds.observe(afterMs / SECOND_MS)
  }

  private counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name, help, labelNames, registers: [this.registry] })
  }

  private histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, buckets, registers: [this.registry] })
  }

  private gauge(name: string, help: string, read: (gauge: Gauge) => void, labelNames: string[] = []): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.registry],
      collect() {
        read(this)
      },
    })
  }
}

export function metricsRoutes(metrics: Metrics): FastifyPluginAsyncTypebox {
  return async app => {
    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    )
  }
}
