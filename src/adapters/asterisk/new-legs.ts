import type { Client } from 'ari-client'
import type { CommandResult } from '../../engine/ports.ts'
import type { AriRest } from './ari-rest.ts'
import { type CommandOf, done, refused } from './results.ts'
import { CODECS, endpointName } from './seat-endpoint.ts'
import { ARI_APPLICATION, ENDPOINTS_APPLICATION } from './subscribe.ts'

/** Legs that we make: the id is ours, so that the same command given twice rings nobody twice. */

export function dialSeat(rest: AriRest, command: CommandOf<'dial-seat'>): Promise<CommandResult> {
  return originate(rest, {
    channelId: command.leg,
    endpoint: `PJSIP/${endpointName(command)}`,
    app: ARI_APPLICATION,
    appArgs: 'seat',
    // Without one the phone shows "anonymous", which is what a withheld number is.
    ...(command.caller === '' ? {} : { callerId: command.caller }),
    ...(command.autoAnswer ? { variables: AUTO_ANSWER } : {}),
    // Without these µ-law comes first in the offer, whatever the endpoint prefers.
    formats: CODECS[command.phone],
    timeout: seconds(command.giveUpAfterMs),
  })
}

/** What asks a phone to pick up by itself: no two makes read the same header. The browser's reads the first. */
const AUTO_ANSWER: Readonly<Record<string, string>> = {
  'PJSIP_HEADER(add,Call-Info)': '<sip:hotline>;answer-after=0',
  'PJSIP_HEADER(add,Alert-Info)': '<sip:hotline>;info=alert-autoanswer;delay=0',
  // RFC 5373.
  'PJSIP_HEADER(add,Answer-Mode)': 'Auto',
}

/** China's numbers have up to 15 digits with every prefix; more is a slip or an attack. */
const NUMBER = /^[0-9]{1,20}$/

/** The dialplan's `to-outside` starts the recorder once it is answered, then hands the leg to us. */
export async function dialOut(rest: AriRest, command: CommandOf<'dial-out'>): Promise<CommandResult> {
  const { leg, number, shows, records, giveUpAfterMs } = command
  if (!NUMBER.test(number) || !NUMBER.test(shows)) return refused('not a number')
  return originate(rest, {
    channelId: leg,
    endpoint: `PJSIP/${number}@trunk`,
    context: 'to-outside',
    extension: records ? 'recorded' : 'unrecorded',
    callerId: shows,
    formats: CODECS.sip,
    timeout: seconds(giveUpAfterMs),
  })
}

/**
 * Once Asterisk has said on a connection that an id exists, it says so there of all that it refuses
 * (`ast_channel_errno` of its thread is not cleared): so the leg is looked for.
 */
async function originate(rest: AriRest, args: Originate): Promise<CommandResult> {
  const made = await rest.run(ari => ari.channels.originateWithId(args))
  if (made.ok || made.reason !== 'exists') return done(made)
  const found = await rest.run(ari => ari.channels.get({ channelId: args.channelId }))
  return !found.ok && found.reason === 'gone' ? refused('no such endpoint, or nobody at it') : done(found)
}

type Originate = Parameters<Client['channels']['originateWithId']>[0]

/** Its end would not be heard without being asked for: it is no leg of an endpoint. */
export async function snoop(rest: AriRest, { leg, on }: CommandOf<'snoop'>): Promise<CommandResult> {
  const made = await rest.run(ari =>
    ari.channels.snoopChannelWithId({
      channelId: on,
      snoopId: leg,
      spy: 'both',
      whisper: 'out',
      app: ARI_APPLICATION,
    }),
  )
  // An id that exists is refused like anything else: then it can be listened to all the same.
  if (!made.ok && made.reason !== 'refused') return done(made)
  const heard = await rest.run(ari =>
    ari.applications.subscribe({ applicationName: ENDPOINTS_APPLICATION, eventSource: `channel:${leg}` }),
  )
  return done(made.ok || !heard.ok ? made : heard)
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000)
}
