/** A message of a line as SIPp wrote it down. */
export interface SipMessage {
  readonly received: boolean
  /** `INVITE`, `200` … */
  readonly what: string
  /** By name, as it stands on the wire, lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
  readonly text: string
}

/** Whatever a telephone, or the carrier's log of it, could take for somebody's identity (RFC 3261, 3325, 5806, 7044). */
export const IDENTITY_HEADERS = [
  'from',
  'contact',
  'p-asserted-identity',
  'p-preferred-identity',
  'remote-party-id',
  'diversion',
  'history-info',
  'referred-by',
  'reply-to',
  'subject',
  'alert-info',
  'call-info',
  'user-to-user',
  'reason',
] as const

/** SIPp's trace (`-trace_msg`) as messages, without those that the tests themselves sent to a scenario. */
export function readWire(trace: string): readonly SipMessage[] {
  return trace
    .split(/^-{20,} .*$/m)
    .flatMap(part => read(part) ?? [])
    .filter(({ what }) => what !== 'INFO')
}

/** The messages of each call, in the order in which the calls began. */
export function callsOn(trace: string): readonly (readonly SipMessage[])[] {
  const calls = Map.groupBy(readWire(trace), ({ headers }) => headers.get('call-id')?.join() ?? '')
  return [...calls.values()]
}

function read(part: string): SipMessage | null {
  const found = /UDP message (sent|received)[^\n]*\n\s*([\s\S]*)/.exec(part)
  if (found === null) return null
  const [, direction, text = ''] = found
  const [head = '', body = ''] = text.split(/\r?\n\r?\n/, 2)
  const [first = '', ...lines] = head.split(/\r?\n/)
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const [, name = '', value = ''] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? []
    const key = SHORT_FORMS[name.toLowerCase()] ?? name.toLowerCase()
    if (key !== '') headers.set(key, [...(headers.get(key) ?? []), value])
  }
  const what = /^SIP\/2\.0 (\d+)/.exec(first)?.[1] ?? first.split(' ')[0] ?? ''
  return { received: direction === 'received', what, headers, body, text }
}

/** RFC 3261, 7.3.3. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  f: 'from',
  t: 'to',
  m: 'contact',
  i: 'call-id',
  v: 'via',
}
