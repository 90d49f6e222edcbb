import type { AriReply, AriRest } from './ari-rest.ts'

/** The ARI application that callers enter and seats are dialled from; extensions.conf names it too. */
export const ARI_APPLICATION = 'hotline'

/**
 * Hears of registrations, of ringing and of legs that are gone, on the same socket. An application of its own: a
 * subscription to endpoints brings all events of their channels, which in one application would come twice;
 * and `hotline` is told neither the end of a channel that the dialplan brought nor the ringing of one that goes
 * there when it is answered.
 */
export const ENDPOINTS_APPLICATION = 'hotline-endpoints'

export const APPLICATIONS = [ARI_APPLICATION, ENDPOINTS_APPLICATION] as const

/** What the echo test sends itself. */
export const ECHO_TYPE = 'ChannelUserevent'

/** What each application is to send; half of what Asterisk has to tell is of no use here. */
const HEARD = {
  [ARI_APPLICATION]: [
    'StasisStart',
    'ChannelHold',
    'ChannelUnhold',
    'ChannelEnteredBridge',
    'ChannelDtmfReceived',
    'PlaybackFinished',
    ECHO_TYPE,
    'ApplicationReplaced',
  ],
  [ENDPOINTS_APPLICATION]: [
    'EndpointStateChange',
    'ChannelStateChange',
    'ChannelDestroyed',
    ECHO_TYPE,
    'ApplicationReplaced',
  ],
}

export const HEARD_TYPES: ReadonlySet<string> = new Set(Object.values(HEARD).flat())

/** Done anew with every connection. @throws when Asterisk does not answer or refuses. */
export async function subscribe(rest: AriRest): Promise<void> {
  for (const [applicationName, types] of Object.entries(HEARD)) {
    const filter = { allowed: types.map(type => ({ type })) }
    accepted(await rest.run(ari => ari.applications.filter({ applicationName, filter })))
  }
  accepted(
    await rest.run(ari =>
      ari.applications.subscribe({ applicationName: ENDPOINTS_APPLICATION, eventSource: 'endpoint:PJSIP' }),
    ),
  )
}

function accepted(reply: AriReply<unknown>): void {
  if (!reply.ok) throw new Error(`no subscription to events: ${reply.reason}, ${reply.detail}`)
}
