import { UA, WebSocketInterface } from 'jssip'
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA.js'
import type { PhoneAccount } from '../../floor/seats/schema.ts'
import { asksToAnswer } from './auto-answer.ts'
import { closeMicrophone, type MicrophoneProblem, openMicrophone } from './microphone.ts'
import { PHONE_OFF, type PhoneEvent, type PhoneState, phoneAfter } from './phone-state.ts'

type NewSession = IncomingRTCSessionEvent | OutgoingRTCSessionEvent
type Session = NewSession['session']

/** Short, so that a dead path is noticed: a lost phone must not look reachable for ten minutes. */
const REGISTER_EXPIRES_S = 120
const RETRY_FIRST_MS = 2_000
const RETRY_MOST_MS = 15_000
/** After the first network path is found the others get this long; a virtual adapter may never answer. */
const GATHERING_MS = 200

/**
 * The seat's phone in the browser: SIP over WebSocket (RFC 7118) through JsSIP, audio only. It registers, rings,
 * and answers when told to; it never dials and never answers by itself. Its state is read from outside; putting
 * the other side on hold is the service's affair.
 */
export class Softphone {
  readonly #ua: UA
  readonly #sound: HTMLAudioElement
  readonly #watchers = new Set<() => void>()
  #state: PhoneState = PHONE_OFF
  #session: Session | null = null
  #microphone: MediaStream | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #failures = 0

  /** `sound` plays what the caller says. */
  constructor(account: PhoneAccount, sound: HTMLAudioElement) {
    this.#sound = sound
    this.#ua = new UA({
      sockets: [new WebSocketInterface(account.wsUrl)],
      uri: account.uri,
      authorization_user: account.username,
      password: account.password,
      realm: account.realm,
      register: true,
      register_expires: REGISTER_EXPIRES_S,
      connection_recovery_min_interval: 2,
      connection_recovery_max_interval: 10,
      session_timers: false,
    })
    this.#ua.on('connected', () => this.#tell({ type: 'socket-opened' }))
    this.#ua.on('disconnected', () => this.#tell({ type: 'socket-closed' }))
    this.#ua.on('registered', () => {
      this.#failures = 0
      this.#tell({ type: 'registered' })
    })
    this.#ua.on('unregistered', () => this.#tell({ type: 'unregistered' }))
    this.#ua.on('registrationFailed', ({ response }) =>
      this.#registrationFailed(response?.status_code ?? null),
    )
    this.#ua.on('newRTCSession', (event: NewSession) => this.#called(event))
  }

  get state(): PhoneState {
    return this.#state
  }

  /** `changed` is called after every change; the returned function ends that. */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed)
    return () => this.#watchers.delete(changed)
  }

  start(): void {
    this.#tell({ type: 'started' })
    this.#ua.start()
  }

  /** Ends the call, unregisters and closes the socket. */
  stop(): void {
    clearTimeout(this.#retry)
    this.#ua.stop()
    this.#over()
    this.#tell({ type: 'stopped' })
    this.#watchers.clear()
  }

  /** Returns why the microphone did not open: the call then still rings. Null otherwise. */
  async answer(): Promise<MicrophoneProblem | null> {
    const session = this.#session
    if (session === null || this.#state.call.name !== 'ringing') return null
    this.#tell({ type: 'answer-begun' })
    const microphone = await openMicrophone()
    if (!microphone.ok) {
      this.#tell({ type: 'answer-failed' })
      return microphone.problem
    }
    if (this.#session !== session || session.isEnded()) {
      closeMicrophone(microphone.stream) // The caller left while the microphone was being opened.
      return null
    }
    this.#microphone = microphone.stream
    session.answer({ mediaStream: microphone.stream, pcConfig: { iceServers: [] } })
    return null
  }

  hangUp(): void {
    if (this.#session !== null && !this.#session.isEnded()) this.#session.terminate()
  }

  mute(on: boolean): void {
    if (on) this.#session?.mute({ audio: true })
    else this.#session?.unmute({ audio: true })
  }

  #called(event: NewSession): void {
    const { session } = event
    if (event.originator === 'local') return
    if (this.#session !== null) {
      session.terminate({ status_code: 486 })
      return
    }
    this.#session = session
    session.on('peerconnection', ({ peerconnection }) => {
      peerconnection.addEventListener('track', ({ streams: [stream] }) => {
        this.#sound.srcObject = stream ?? null
      })
    })
    let gathered = false
    session.on('icecandidate', ({ ready }) => {
      if (!gathered) setTimeout(ready, GATHERING_MS)
      gathered = true
    })
    session.on('accepted', () => this.#tell({ type: 'call-up' }))
    session.on('muted', () => this.#tell({ type: 'muted', on: true }))
    session.on('unmuted', () => this.#tell({ type: 'muted', on: false }))
    session.on('ended', () => this.#over())
    session.on('failed', () => this.#over())
    this.#tell({ type: 'call-came', autoAnswer: asksToAnswer(event.request.getHeader('Call-Info')) })
  }

  #over(): void {
    this.#session = null
    this.#sound.srcObject = null
    if (this.#microphone !== null) closeMicrophone(this.#microphone)
    this.#microphone = null
    this.#tell({ type: 'call-over' })
  }

  /** JsSIP gives up after a refusal; a PBX that has just restarted refuses until its seats are pushed again. */
  #registrationFailed(status: number | null): void {
    this.#tell({ type: 'registration-failed', rejected: status !== null && status < 500 })
    const waitMs = Math.min(RETRY_FIRST_MS * 2 ** this.#failures, RETRY_MOST_MS)
    this.#failures += 1
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => {
      if (this.#ua.isConnected()) this.#ua.register()
    }, waitMs)
  }

  #tell(event: PhoneEvent): void {
    const next = phoneAfter(this.#state, event)
    this.#state = next
    for (const changed of this.#watchers) changed()
  }
}
