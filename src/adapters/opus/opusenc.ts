import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { constants, setPriority } from 'node:os'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { MINUTE_MS } from '#kernel/time.ts'
import { readOggOpusDurationMs } from './ogg-opus-length.ts'

const RAW_FORMAT = ['--raw', '--raw-rate', '8000', '--raw-chan', '2', '--raw-bits', '16']

/**
 * Opus couples the two channels of a stereo stream and saves bits by mixing them when it has too few. opusenc
 * cannot be told to leave them alone, but with enough bits, in its `music` mode, it does. Measured on two
 * Mandarin voices at once and on 440 Hz against 1 kHz, with the processor time for 136 s of talk:
 *
 *   --bitrate 24                                     voices −11 dB   tones −25 dB   19 kbit/s   2.2 s
 *   --bitrate 40 --speech                            voices −41 dB   tones −57 dB   26 kbit/s   2.2 s
 *   --bitrate 40 --music --framesize 60 --comp 5     voices −52 dB   tones −69 dB   31 kbit/s   0.7 s
 */
const QUALITY = ['--bitrate', '40', '--music', '--framesize', '60', '--comp', '5']

/** A talk of eight hours takes three minutes; an encoder that hangs must not hold up the others. */
const TIMEOUT_MS = 20 * MINUTE_MS

/** opus-tools' encoder as a command: a path, or a name found on PATH. */
export class Opusenc {
  private readonly command: string

  constructor(command: string) {
    this.command = command
  }

  /** See `RecordingEncoder`. The file is written by us, so that a full disk is told by its own error code. */
  async encode(raw: Readable, oggPath: string, serial: number): Promise<void> {
    const options = ['--quiet', ...RAW_FORMAT, ...QUALITY, '--serial', String(serial)]
    const child = spawn(this.command, [...options, '-', '-'], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: TIMEOUT_MS,
    })
    // Calls come first: they share the machine.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    const [read, written, said, ended] = await Promise.allSettled([
      pipeline(raw, child.stdin),
      pipeline(child.stdout, createWriteStream(oggPath)),
      text(child.stderr),
      once(child, 'close'),
    ])
    if (ended.status === 'rejected') throw new Error(`${this.command} cannot be run`, { cause: ended.reason })
    if (written.status === 'rejected') throw written.reason
    if (read.status === 'rejected' && read.reason?.code !== 'EPIPE') throw read.reason
    const [code, signal] = ended.value
    if (code === 0) return
    const words = said.status === 'fulfilled' ? said.value.trim() : ''
    throw new Error(`opusenc ended with ${code ?? signal}: ${words}`)
  }

  durationMs(oggPath: string): Promise<number> {
    return readOggOpusDurationMs(oggPath)
  }
}
