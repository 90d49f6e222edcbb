import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { asId, type CallId, type LegId, type StaffId } from '#kernel/ids.ts'
import { HOUR_MS, type Instant } from '#kernel/time.ts'
import { Opusenc } from '../../src/adapters/opus/opusenc.ts'
import { RecordingFolders } from '../../src/adapters/storage/recording-folders.ts'
import type { CallSummary } from '../../src/contact-center/events.ts'
import type { KeepingDeps, RecordingEncoder, RecordingFiles } from '../../src/quality/recordings/index.ts'
import { rawSides, type Sound, stereo, voice, writeRaw } from './audio.ts'
import { audioTool } from './audio-tools.ts'
import { freshDatabase, type TestDatabase } from './database.ts'

/** Recordings with everything real: a database, two folders, opusenc. The clock stands until it is moved. */
export class RecordingBench {
  readonly database: TestDatabase
  readonly folder: string
  readonly spool: string
  readonly recordings: string
  readonly files: RecordingFiles
  readonly encoder: RecordingEncoder
  readonly agent: StaffId = asId('0196f0a0-0000-7000-8000-00000000a001')
  now: Instant = Date.now()
  readonly logged: Record<string, unknown>[] = []
  private calls = 0

  private constructor(database: TestDatabase, folder: string) {
    this.database = database
    this.folder = folder
    this.spool = join(folder, 'raw')
    this.recordings = join(folder, 'recordings')
    this.files = new RecordingFolders(this.spool, this.recordings)
    this.encoder = new Opusenc(audioTool('opusenc'))
  }

  static async open(): Promise<RecordingBench> {
    const bench = new RecordingBench(
      await freshDatabase(),
      await mkdtemp(join(tmpdir(), 'hotline-recordings-')),
    )
    await mkdir(bench.spool)
    await mkdir(bench.recordings)
    const staff = {
      id: bench.agent,
      login: 'wang',
      name: '王',
      password_hash: '',
      role: 'agent',
      agent_number: null,
    }
    await bench.database.db
      .insertInto('staff')
      .values({ ...staff, role: 'agent' })
      .execute()
    return bench
  }

  async close(): Promise<void> {
    await this.database.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  deps(change: Partial<KeepingDeps> = {}): KeepingDeps {
    const log = pino({ base: null }, { write: (line: string) => void this.logged.push(JSON.parse(line)) })
    const { encoder, files } = this
    return { db: this.database.db, files, encoder, clock: { now: () => this.now }, log, ...change }
  }

  alarms(): unknown[] {
    return this.logged.flatMap(line => (line.alarm === undefined ? [] : [line.alarm]))
  }

  /** A talk that has just ended, as the record of calls has it; its recording is not asked for yet. */
  async endedCall(talkMs: number): Promise<CallSummary & { readonly leg: LegId }> {
    const count = String(++this.calls).padStart(12, '0')
    const call: CallId = asId(`0196f0a0-0000-7000-8000-${count}`)
    const leg: LegId = asId(`pbx-${count}.1`)
    const endedAt = this.now
    const bridgedAt = endedAt - talkMs
    const summary: CallSummary = {
      call,
      arrivedAt: bridgedAt - 5_000,
      queuedAt: bridgedAt - 4_000,
      answeredAt: bridgedAt,
      bridgedAt,
      talkMs,
      endedAt,
      leg,
      seat: asId('1001'),
      staff: this.agent,
      offers: 1,
      records: true,
      result: 'completed',
      reason: 'hung-up',
      endedBy: 'caller',
    }
    await this.database.db
      .insertInto('calls')
      .values({
        id: call,
        leg,
        caller_number: '13900000000',
        dialled: '12345',
        arrived_at: new Date(summary.arrivedAt),
        ended_at: new Date(endedAt),
        staff_id: this.agent,
        result: 'completed',
      })
      .execute()
    return { ...summary, leg }
  }

  /** A talk whose recording waits, with `recordedMs` of two voices in the spool; null leaves the spool empty. */
  async waitingCall(talkMs: number, recordedMs: number | null = talkMs): Promise<CallId> {
    const { call, leg } = await this.endedCall(talkMs)
    await this.database.db
      .insertInto('recordings')
      .values({ call_id: call, raw_name: `${leg}.raw`, state: 'waiting', talk_ms: talkMs })
      .execute()
    if (recordedMs !== null) await this.writeRaw(`${leg}.raw`, recordedMs)
    return call
  }

  async writeRaw(name: string, ms: number, sound: Sound = twoVoices(ms / 1_000)): Promise<void> {
    const path = join(this.spool, name)
    await writeRaw(path, sound)
    const closedAt = new Date(this.now - HOUR_MS)
    for (const side of rawSides(path)) await utimes(side, closedAt, closedAt)
  }

  async row(call: CallId) {
    return this.database.db
      .selectFrom('recordings')
      .selectAll()
      .where('call_id', '=', call)
      .executeTakeFirstOrThrow()
  }

  /** The talks whose sound lies in the spool. */
  async raws(): Promise<readonly string[]> {
    return (await this.files.rawFiles()).map(file => file.name)
  }

  /** Finished recordings and drafts, below the recordings folder. */
  async finished(): Promise<readonly string[]> {
    const names = await readdir(this.recordings, { recursive: true })
    return names.filter(name => name.endsWith('.ogg')).sort()
  }
}

export function twoVoices(seconds: number): Sound {
  return stereo(voice(120, seconds, 1), voice(210, seconds, 2))
}
