import type { Logger } from 'pino'
import type { Step } from '../contact-center/center.ts'
import type { CenterEvent, Fact, Stray } from '../contact-center/events.ts'
import type { EngineWatcher } from '../engine/ports.ts'

/** Tells the log what the floor does: each step of a call under its id, each change of a seat. */
export class FloorLog implements EngineWatcher {
  private readonly log: Logger

  constructor(log: Logger) {
    this.log = log
  }

  handled(event: CenterEvent, step: Step): void {
    if (event.type === 'command-failed') {
      const { call, command, leg, reason } = event
      // A leg that is gone already is the ordinary end of many calls.
      this.log[reason === 'gone' ? 'debug' : 'warn']({ call, command, leg, reason }, 'command failed')
    }
    if (event.type === 'pbx-lost') this.log.error('the PBX is silent')
    if (event.type === 'pbx-surveyed' && event.reconnected) {
      this.log.info({ legs: event.legs.length, bridges: event.bridges.length }, 'the PBX answers')
    }
    for (const effect of step.effects) if (effect.to === 'record') this.tell(effect.fact)
  }

  swept(stray: Stray): void {
    this.log.warn(stray, 'a leg or bridge that no call owns is removed')
  }

  undigested(event: CenterEvent, error: unknown): void {
    this.log.error({ err: error, event: event.type, alarm: 'event-undigested' }, 'an event was passed over')
  }

  surveyFailed(error: unknown): void {
    this.log.warn({ err: error }, 'the PBX could not be asked what it holds')
  }

  private tell(fact: Fact): void {
    if (fact.fact === 'call-noted') {
      const { kind, ...detail } = fact.note
      this.log.info({ call: fact.call, ...detail }, kind)
    }
    if (fact.fact === 'seat-changed') {
      const { seat, state, reason, call } = fact.seat
      this.log.info({ seat, call, reason }, `seat ${state}`)
    }
  }
}
