import type { CallId } from '#kernel/ids.ts'
import type { CommandFailure, PbxCommand } from '../contact-center/events.ts'
import type { Pbx } from './ports.ts'

/**
 * One lane a call: its commands reach the PBX in the order they were decided (a hang-up must not overtake the
 * dial it undoes), while different calls never wait for each other.
 */
export class CommandLanes {
  private readonly pbx: Pbx
  private readonly failed: (command: PbxCommand, reason: CommandFailure) => void
  private readonly lanes = new Map<CallId, PbxCommand[]>()

  constructor(pbx: Pbx, failed: (command: PbxCommand, reason: CommandFailure) => void) {
    this.pbx = pbx
    this.failed = failed
  }

  perform(command: PbxCommand): void {
    const lane = this.lanes.get(command.call)
    if (lane !== undefined) {
      lane.push(command)
      return
    }
    const started = [command]
    this.lanes.set(command.call, started)
    void this.run(command.call, started)
  }

  /** What has not been given to the PBX yet is not given any more. */
  stop(): void {
    for (const lane of this.lanes.values()) lane.length = 0
  }

  private async run(call: CallId, lane: PbxCommand[]): Promise<void> {
    for (let command = lane[0]; command !== undefined; command = lane[0]) {
      const result = await this.pbx.perform(command)
      lane.shift()
      if (!result.ok) this.failed(command, result.reason)
    }
    this.lanes.delete(call)
  }
}
