import type { Clock } from '../../engine/ports.ts'
import type { AriRest } from './ari-rest.ts'
import type { AriFrame } from './event-socket.ts'
import { APPLICATIONS, ECHO_TYPE } from './subscribe.ts'

/** An echo takes 2 ms. */
const ECHO_LIMIT_MS = 1_000

/**
 * Proves that the events of both applications come to this socket. Needed: when an older socket closes at the
 * moment a newer one opens, Asterisk 22.10 may remove an application from under the newer (4 of 100 times when
 * nothing lies between them), which then stays open and hears nothing.
 */
export class EchoTest {
  private readonly unheard = new Set<unknown>(APPLICATIONS)
  private readonly clock: Clock
  private passed = () => {}

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** @throws when an application is gone, or its echo does not come. */
  async run(rest: AriRest): Promise<void> {
    const echoes = new Promise<void>((resolve, reject) => {
      const late = () => reject(new Error(`no events of ${[...this.unheard].join()}`))
      const cancel = this.clock.after(ECHO_LIMIT_MS, late)
      this.passed = () => {
        cancel()
        resolve()
      }
    })
    const asked = APPLICATIONS.map(async application => {
      const reply = await rest.run(ari => ari.events.userEvent({ eventName: 'echo', application }))
      if (!reply.ok) throw new Error(`no application ${application}: ${reply.reason}, ${reply.detail}`)
    })
    await Promise.all([echoes, ...asked])
  }

  hear(frame: AriFrame): void {
    if (frame.type !== ECHO_TYPE) return
    this.unheard.delete(frame.application)
    if (this.unheard.size === 0) this.passed()
  }
}
