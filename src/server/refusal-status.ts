import type { RefusalCode } from '#kernel/outcome.ts'

/** The HTTP status of each refusal, and a sentence for whoever reads the raw answer; screens translate the code. */
export const REFUSALS: Readonly<Record<RefusalCode, { readonly status: number; readonly message: string }>> =
  {
    'not-signed-in': { status: 401, message: 'sign in first' },
    'wrong-password': { status: 401, message: 'login or password is wrong' },
    'too-many-attempts': { status: 429, message: 'too many attempts; wait before the next' },
    'not-allowed': { status: 403, message: 'your role may not do this' },
    'not-found': { status: 404, message: 'there is no such thing' },
    'bad-input': { status: 400, message: 'the input is not as expected' },
    'changed-meanwhile': { status: 412, message: 'someone else changed it meanwhile; read it again' },
    'exists-already': { status: 409, message: 'there is one of that name already' },
    'seat-unknown': { status: 404, message: 'there is no such seat' },
    'seat-taken': { status: 409, message: 'another agent sits there' },
    'agent-has-seat': { status: 409, message: 'you hold a seat already; leave it first' },
    'no-seat': { status: 404, message: 'you hold no seat' },
    'no-agent': { status: 409, message: 'nobody is signed in at the seat' },
    'seat-busy': { status: 409, message: 'the seat is busy with a call' },
    'phone-not-registered': { status: 409, message: 'the phone of the seat is not registered' },
    'desk-not-connected': { status: 409, message: 'the desk page is not connected' },
    'not-in-wrap-up': { status: 409, message: 'the seat is not in wrap-up' },
    'no-call': { status: 409, message: 'the seat has no call' },
    'recording-not-ready': { status: 404, message: 'there is no recording to play yet' },
    'missed-call-closed': { status: 409, message: 'the caller was reached or given up already' },
    'missed-call-claimed': { status: 409, message: 'someone else is calling back' },
    'missed-call-not-claimed': { status: 409, message: 'nobody has taken it on' },
    'handover-unread': { status: 409, message: 'read and sign the handover note first' },
    'handover-published': { status: 409, message: 'a published handover note stands; write an addendum' },
    unavailable: { status: 503, message: 'a part of the system does not answer; try again' },
  }
