/**
 * The browser's phone. Its line (is it registered?) and its call are apart: a call goes on over RTP while the
 * signalling socket is being restored.
 *
 *   line   off ──▶ connecting ──▶ registered
 *                     ▲  │            │
 *                     │  └──▶ lost ◀──┘     lost tries again by itself
 *                     └────────┘
 *
 *   call   none ──▶ ringing ──▶ answering ──▶ talking ──▶ none
 *                      ▲           │  answer failed: it still rings
 *                      └───────────┘
 */
export interface PhoneState {
  readonly line: PhoneLine
  readonly call: PhoneCall
}

/** `unreachable`: no socket, or no answer on it. `rejected`: the PBX refuses the account. */
export type PhoneLine =
  | { readonly name: 'off' }
  | { readonly name: 'connecting' }
  | { readonly name: 'registered' }
  | { readonly name: 'lost'; readonly why: 'unreachable' | 'rejected' }

export type PhoneCall =
  | { readonly name: 'none' }
  /** `autoAnswer`: whoever calls asks that it be picked up by itself. */
  | { readonly name: 'ringing'; readonly answerFailed: boolean; readonly autoAnswer: boolean }
  | { readonly name: 'answering' }
  | { readonly name: 'talking'; readonly muted: boolean }

export type PhoneEvent =
  | { readonly type: 'started' }
  | { readonly type: 'stopped' }
  | { readonly type: 'socket-opened' }
  | { readonly type: 'socket-closed' }
  | { readonly type: 'registered' }
  | { readonly type: 'unregistered' }
  | { readonly type: 'registration-failed'; readonly rejected: boolean }
  | { readonly type: 'call-came'; readonly autoAnswer: boolean }
  | { readonly type: 'answer-begun' }
  | { readonly type: 'answer-failed' }
  | { readonly type: 'call-up' }
  | { readonly type: 'muted'; readonly on: boolean }
  | { readonly type: 'call-over' }

export const PHONE_OFF: PhoneState = { line: { name: 'off' }, call: { name: 'none' } }

export function phoneAfter(state: PhoneState, event: PhoneEvent): PhoneState {
  return { line: lineAfter(state.line, event), call: callAfter(state.call, event) }
}

function lineAfter(line: PhoneLine, event: PhoneEvent): PhoneLine {
  if (event.type === 'started') return { name: 'connecting' }
  if (line.name === 'off') return line // Stopped: the last words of the old connection mean nothing.
  switch (event.type) {
    case 'stopped':
      return { name: 'off' }
    case 'registered':
      return { name: 'registered' }
    case 'socket-opened':
      return { name: 'connecting' }
    case 'unregistered':
      // Also told after a failure, which says more.
      return line.name === 'registered' ? { name: 'connecting' } : line
    case 'socket-closed':
      return { name: 'lost', why: 'unreachable' }
    case 'registration-failed':
      return { name: 'lost', why: event.rejected ? 'rejected' : 'unreachable' }
    default:
      return line
  }
}

function callAfter(call: PhoneCall, event: PhoneEvent): PhoneCall {
  switch (event.type) {
    case 'call-came':
      return { name: 'ringing', answerFailed: false, autoAnswer: event.autoAnswer }
    case 'answer-begun':
      return call.name === 'ringing' ? { name: 'answering' } : call
    case 'answer-failed':
      return call.name === 'answering' ? { name: 'ringing', answerFailed: true, autoAnswer: false } : call
    case 'call-up':
      return call.name === 'none' ? call : { name: 'talking', muted: false }
    case 'muted':
      return call.name === 'talking' ? { ...call, muted: event.on } : call
    case 'call-over':
    case 'stopped':
      return { name: 'none' }
    default:
      return call
  }
}
