import type { BridgeId, LegId } from '#kernel/ids.ts'
import { unreachable } from '#kernel/outcome.ts'
import type { HangUpCause, PbxCommand, Prompt, Stray } from '../../contact-center/events.ts'
import type { CommandResult } from '../../engine/ports.ts'
import type { AriReply, AriRest } from './ari-rest.ts'
import { CODECS, endpointName } from './seat-endpoint.ts'
import { ARI_APPLICATION } from './subscribe.ts'

/**
 * A command as ARI operations. Every id is chosen by us, so a command may be repeated: an id that exists is
 * the success of the earlier try, and what is gone has been hung up or removed already.
 */
export async function perform(rest: AriRest, command: PbxCommand): Promise<CommandResult> {
  switch (command.do) {
    case 'answer':
      return done(await rest.run(ari => ari.channels.answer({ channelId: command.leg })))
    case 'play':
      return done(
        await rest.run(ari =>
          ari.channels.playWithId({
            channelId: command.leg,
            playbackId: command.playback,
            media: command.prompts.map(soundUri).join(','),
          }),
        ),
      )
    case 'start-music':
      return done(await rest.run(ari => ari.channels.startMoh({ channelId: command.leg })))
    case 'stop-music':
      return done(await rest.run(ari => ari.channels.stopMoh({ channelId: command.leg })))
    case 'dial-seat':
      return dialSeat(rest, command)
    case 'bridge':
      return bridge(rest, command)
    case 'destroy-bridge':
      return destroyBridge(rest, command.bridge)
    case 'hang-up':
      // That the leg is gone already is told: its own event may have been lost.
      return done(await hangUp(rest, command.leg, command.cause))
    default:
      return unreachable(command)
  }
}

/** Hangs up a leg or removes a bridge that no call owns. */
export async function sweep(rest: AriRest, stray: Stray): Promise<CommandResult> {
  return 'leg' in stray ? removed(await hangUp(rest, stray.leg, 'normal')) : destroyBridge(rest, stray.bridge)
}

function hangUp(rest: AriRest, leg: LegId, cause: HangUpCause): Promise<AriReply<unknown>> {
  const reason = HANG_UP_REASONS[cause]
  return rest.run(ari => ari.channels.hangup({ channelId: leg, reason }))
}

async function destroyBridge(rest: AriRest, bridge: BridgeId): Promise<CommandResult> {
  return removed(await rest.run(ari => ari.bridges.destroy({ bridgeId: bridge })))
}

/** ARI's words; the carrier and the phone see them as Q.850 causes. */
const HANG_UP_REASONS: Readonly<Record<HangUpCause, string>> = {
  normal: 'normal',
  'no-answer': 'no_answer',
  unallocated: 'unallocated',
  'answered-elsewhere': 'answered_elsewhere',
}

function soundUri(prompt: Prompt): string {
  return `sound:hotline/${prompt}`
}

type CommandOf<Name extends PbxCommand['do']> = Extract<PbxCommand, { do: Name }>

async function dialSeat(rest: AriRest, command: CommandOf<'dial-seat'>): Promise<CommandResult> {
  const reply = await rest.run(ari =>
    ari.channels.originateWithId({
      channelId: command.leg,
      endpoint: `PJSIP/${endpointName(command)}`,
      app: ARI_APPLICATION,
      appArgs: 'seat',
      // Without one the phone shows "anonymous", which is what a withheld number is.
      ...(command.caller === '' ? {} : { callerId: command.caller }),
      // Without these µ-law comes first in the offer, whatever the endpoint prefers.
      formats: CODECS[command.phone],
      timeout: Math.ceil(command.giveUpAfterMs / 1_000),
    }),
  )
  return done(reply)
}

/** `mixing` alone stays a simple bridge while two are in it; any further type makes Asterisk mix. */
async function bridge(rest: AriRest, command: CommandOf<'bridge'>): Promise<CommandResult> {
  const bridgeId = command.bridge
  const created = done(await rest.run(ari => ari.bridges.createWithId({ bridgeId, type: 'mixing' })))
  if (!created.ok) return created
  return done(await rest.run(ari => ari.bridges.addChannel({ bridgeId, channel: command.legs.join(',') })))
}

function done(reply: AriReply<unknown>): CommandResult {
  if (reply.ok || reply.reason === 'exists') return { ok: true }
  return { ok: false, reason: reply.reason, detail: reply.detail }
}

/** For what should not be there afterwards: gone is success. */
function removed(reply: AriReply<unknown>): CommandResult {
  return !reply.ok && reply.reason === 'gone' ? { ok: true } : done(reply)
}
