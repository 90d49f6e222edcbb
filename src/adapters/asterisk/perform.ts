import type { BridgeId, LegId } from '#kernel/ids.ts'
import { unreachable } from '#kernel/outcome.ts'
import type { HangUpCause, PbxCommand, Stray } from '../../contact-center/events.ts'
import type { CommandResult } from '../../engine/ports.ts'
import type { AriReply, AriRest } from './ari-rest.ts'
import { dialOut, dialSeat, snoop } from './new-legs.ts'
import { type CommandOf, done, refused, removed } from './results.ts'
import type { SoundUri } from './sounds.ts'

/**
 * A command as ARI operations. Every id is chosen by us, so a command may be repeated: an id that exists is
 * the success of the earlier try, and what is gone has been hung up or removed already.
 */
export async function perform(
  rest: AriRest,
  soundUri: SoundUri,
  command: PbxCommand,
): Promise<CommandResult> {
  switch (command.do) {
    case 'answer':
      return done(await rest.run(ari => ari.channels.answer({ channelId: command.leg })))
    case 'play':
      return play(rest, soundUri, command)
    case 'stop-play':
      return removed(await rest.run(ari => ari.playbacks.stop({ playbackId: command.playback })))
    case 'start-music':
      return done(await rest.run(ari => ari.channels.startMoh({ channelId: command.leg })))
    case 'stop-music':
      return done(await rest.run(ari => ari.channels.stopMoh({ channelId: command.leg })))
    case 'start-ringback':
      return done(await rest.run(ari => ari.channels.ring({ channelId: command.leg })))
    case 'stop-ringback':
      return done(await rest.run(ari => ari.channels.ringStop({ channelId: command.leg })))
    case 'mute':
      return done(await rest.run(ari => ari.channels.mute({ channelId: command.leg, direction: 'in' })))
    case 'unmute':
      return done(await rest.run(ari => ari.channels.unmute({ channelId: command.leg, direction: 'in' })))
    case 'send-digits':
      return sendDigits(rest, command)
    case 'dial-seat':
      return dialSeat(rest, command)
    case 'dial-out':
      return dialOut(rest, command)
    case 'snoop':
      return snoop(rest, command)
    case 'bridge':
      return bridge(rest, command)
    case 'unbridge':
      return unbridge(rest, command)
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

async function play(
  rest: AriRest,
  soundUri: SoundUri,
  { leg, playback, prompts }: CommandOf<'play'>,
): Promise<CommandResult> {
  const media = prompts.map(soundUri).join(',')
  return done(await rest.run(ari => ari.channels.playWithId({ channelId: leg, playbackId: playback, media })))
}

async function sendDigits(rest: AriRest, command: CommandOf<'send-digits'>): Promise<CommandResult> {
  // To Asterisk other signs are pauses and flashes.
  if (!/^[0-9*#]{1,32}$/.test(command.digits)) return refused('no keys of a telephone')
  return done(await rest.run(ari => ari.channels.sendDTMF({ channelId: command.leg, dtmf: command.digits })))
}

/** `mixing` alone stays a simple bridge while two are in it; any further type makes Asterisk mix. */
async function bridge(rest: AriRest, command: CommandOf<'bridge'>): Promise<CommandResult> {
  const bridgeId = command.bridge
  const created = done(await rest.run(ari => ari.bridges.createWithId({ bridgeId, type: 'mixing' })))
  if (!created.ok) return created
  return done(await rest.run(ari => ari.bridges.addChannel({ bridgeId, channel: command.legs.join(',') })))
}

async function unbridge(rest: AriRest, { bridge, leg }: CommandOf<'unbridge'>): Promise<CommandResult> {
  return removed(await rest.run(ari => ari.bridges.removeChannel({ bridgeId: bridge, channel: leg })))
}
