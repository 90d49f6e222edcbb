import { createSocket, type Socket } from 'node:dgram'
import { decodeALaw, encodeALaw, loudness, PHONE_RATE, peakLevelAt, type Sound } from './audio.ts'

/** A packet holds 20 ms. */
const SAMPLES = 160
const PACKET_MS = 20
const A_LAW = 8
/** As the scenarios' SDP says (RFC 4733). */
const TELEPHONE_EVENT = 101
const KEYS = '0123456789*#'
/** Each key is held for 100 ms, with 60 ms before the next; its end is told three times, as the RFC asks. */
const [KEY_PACKETS, KEY_ENDS, PAUSE_PACKETS] = [5, 3, 3]
/** A tone begins at −12 dB, so that three of them mixed are not cut off. */
const HEARD_DB = -30
const LOUD_DB = -45

interface Packet {
  readonly at: number
  readonly payload: Buffer
}

/**
 * Mouth and ear of a telephone whose signalling SIPp does: the port that its SDP names. It speaks a tone, presses
 * keys, and keeps what it hears.
 */
export class Handset {
  private readonly socket: Socket
  private readonly heard: Packet[] = []
  private readonly keysHeard: string[] = []
  private lastEvent: number | null = null
  private hz: number | null = null
  private readonly keys: string[] = []
  private timer: NodeJS.Timeout | null = null
  private sequence = 0
  /** Where its sound goes. */
  private peer: { readonly port: number; readonly host: string } | null = null
  private speaksBack = false

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('message', (packet, from) => {
      if (this.speaksBack) this.peer = { port: from.port, host: from.address }
      this.hear(packet)
    })
  }

  static open(host: string): Promise<Handset> {
    const socket = createSocket('udp4')
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(0, host, () => resolve(new Handset(socket)))
    })
  }

  get port(): number {
    return this.socket.address().port
  }

  /** Sends sound to the PBX from now on: silence until `say`. */
  speakTo(port: number, host: string): void {
    this.peer = { port, host }
    this.send()
  }

  /** Sends sound to whoever sends some, call after call: a PBX hears where it speaks. */
  speakBack(): void {
    this.speaksBack = true
    this.send()
  }

  private send(): void {
    const packets = this.packets()
    const begun = performance.now()
    let sent = 0
    this.timer = setInterval(() => {
      // A late timer makes up for what it missed: the PBX expects fifty packets a second.
      for (; sent < (performance.now() - begun) / PACKET_MS; sent++) {
        const packet = packets.next().value
        if (this.peer !== null) this.socket.send(packet, this.peer.port, this.peer.host)
      }
    }, PACKET_MS)
  }

  /** Speaks this tone from now on; null is silence. */
  say(hz: number | null): void {
    this.hz = hz
  }

  press(keys: string): void {
    this.keys.push(...keys)
  }

  /** Keys that the other side pressed, in order. */
  pressed(): string {
    return this.keysHeard.join('')
  }

  hears(hz: number, lastMs: number): boolean {
    return peakLevelAt(this.last(lastMs), 0, hz) > HEARD_DB
  }

  /** Whether there was any sound. */
  hearsAnything(lastMs: number): boolean {
    return loudness(this.last(lastMs), 0, 100).some(level => level > LOUD_DB)
  }

  /** What came in the last milliseconds: on one machine nothing overtakes. */
  last(ms: number): Sound {
    const since = performance.now() - ms
    const bytes = Buffer.concat(this.heard.filter(({ at }) => at >= since).map(({ payload }) => payload))
    return { rate: PHONE_RATE, channels: [Float64Array.from(bytes, byte => decodeALaw(byte) / 32_768)] }
  }

  close(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.socket.close()
  }

  private hear(packet: Buffer): void {
    const type = packet.readUInt8(1) & 0x7f
    const payload = packet.subarray(12 + 4 * (packet.readUInt8(0) & 0x0f))
    if (type === A_LAW) this.heard.push({ at: performance.now(), payload })
    // All packets of one key carry the time of its beginning.
    const begun = packet.readUInt32BE(4)
    if (type === TELEPHONE_EVENT && begun !== this.lastEvent) {
      this.lastEvent = begun
      this.keysHeard.push(KEYS[payload.readUInt8(0)] ?? '?')
    }
  }

  private *packets(): Generator<Buffer, never> {
    for (let time = 0; ; ) {
      const key = this.keys.shift()
      if (key !== undefined) {
        for (const event of keyEvents(KEYS.indexOf(key))) yield this.packet(TELEPHONE_EVENT, time, event)
        time += SAMPLES * KEY_PACKETS
      }
      for (let packets = key === undefined ? 1 : PAUSE_PACKETS; packets > 0; packets--) {
        yield this.packet(A_LAW, time, this.sound(time))
        time += SAMPLES
      }
    }
  }

  private sound(time: number): Buffer {
    const { hz } = this
    return Buffer.from(
      Array.from({ length: SAMPLES }, (_, index) => {
        const turns = hz === null ? 0 : (hz * (time + index)) / PHONE_RATE
        return encodeALaw(Math.round(8_192 * Math.sin(2 * Math.PI * turns)))
      }),
    )
  }

  private packet(type: number, time: number, payload: Buffer): Buffer {
    const header = Buffer.alloc(12)
    header.writeUInt8(0x80, 0)
    header.writeUInt8(type, 1)
    header.writeUInt16BE(this.sequence++ & 0xffff, 2)
    header.writeUInt32BE(time, 4)
    header.writeUInt32BE(this.port, 8)
    return Buffer.concat([header, payload])
  }
}

function keyEvents(key: number): Buffer[] {
  return Array.from({ length: KEY_PACKETS + KEY_ENDS - 1 }, (_, index) => {
    const held = Math.min(index + 1, KEY_PACKETS)
    const event = Buffer.from([key, held === KEY_PACKETS ? 0x8a : 0x0a, 0, 0])
    event.writeUInt16BE(held * SAMPLES, 2)
    return event
  })
}
